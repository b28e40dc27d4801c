import { type DynamoDBClient, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CampaignDraw } from '#contracts/participation';
import type { Association, Campaign } from '#contracts/registry';
import type { Attempt, Cell, Change, HeadEntry, Manifest } from '#contracts/release';
import { REVIEWED_HASH_LENGTH, type Review } from '#contracts/review';
import type { LogItem, StoredSubmission } from '#contracts/submission';
import { POLICY } from '#disclosure/policy';
import { AssociationChangedError } from '#store/association-changed';
import { createTables } from '#store/create-tables';
import { createInvitationStore, InvitationTakenError } from '#store/dynamo-invitations';
import { createParticipationStore } from '#store/dynamo-participation';
import { createRegistryStore, JoinCodeTakenError } from '#store/dynamo-registry';
import { createReleaseStore } from '#store/dynamo-releases';
import { createSubmissionLog } from '#store/dynamo-submission-log';
import { canonicalJson, invitationHashOf, organisationOf, sha256Hex, submissionKeyOf } from '#store/hashes';
import type { ReleaseStore, SubmissionLog } from '#store/ports';
import { encodeSubmission, itemSize } from '#store/submission-item';
import { tableNames } from '#store/tables';

/** What every DynamoDB must do for the stores; `start` gives a client of an empty one. */
export function storeContract(start: () => Promise<DynamoDBClient>): void {
  let client: DynamoDBClient;
  let count = 0;

  beforeAll(async () => {
    client = await start();
  });
  afterAll(() => client?.destroy());

  /** Tables of its own for each test. */
  async function freshTables() {
    count += 1;
    const names = tableNames(`contract-${count}`);
    await createTables(client, names);
    return names;
  }
  const freshLog = async () => createSubmissionLog(client, (await freshTables()).submissions);
  const freshReleases = async () => {
    const { releases } = await freshTables();
    // Two publishers are two programs, so each has a store of its own.
    return [createReleaseStore(client, releases), createReleaseStore(client, releases), releases] as const;
  };

  it('creates its tables once, and finds them there the second time', async () => {
    const names = await freshTables();
    await createTables(client, names);
    expect(await createSubmissionLog(client, names.submissions).list(organisation(1))).toEqual([]);
  });

  describe('submissions', () => {
    it('reads back what it stored, with everything or the least', async () => {
      const log = await freshLog();
      for (const entry of [
        submission(1, 1),
        plain(1, 2),
        { ...plain(1, 3), answers: {}, associations: [], questions: {} },
      ]) {
        expect(await log.put(entry)).toBe('stored');
        expect(await log.get(entry.organisation, entry.key)).toEqual(entry);
      }
      expect(await log.list(organisation(1))).toHaveLength(3);
      expect(await log.get(organisation(1), key(9))).toBeUndefined();
      expect(await log.list(organisation(2))).toEqual([]);
    });

    it('overwrites nothing: a key is taken once', async () => {
      const log = await freshLog();
      const first = submission(1, 1);
      const answers = await Promise.all([
        log.put(first),
        log.put({ ...first, conductedOn: '2020-01-01' }),
        log.put({ ...first, conductedOn: '2020-01-02' }),
      ]);
      expect(answers.sort()).toEqual(['exists', 'exists', 'stored']);
      const stored = await log.get(first.organisation, first.key);
      expect(await log.put({ ...first, conductedOn: '2020-01-03' })).toBe('exists');
      expect(await log.get(first.organisation, first.key)).toEqual(stored);
    });

    it('lists and scans more than a page of 1 MB', async () => {
      const log = await freshLog();
      const associations = Array.from({ length: 80 }, (_, number) => `c-${number.toString(16).padStart(8, '0')}`);
      const large = Array.from({ length: 900 }, (_, number) => ({ ...submission(1, number), associations }));
      const bytes = large.reduce((sum, entry) => sum + itemSize(encodeSubmission(entry)), 0);
      expect(bytes).toBeGreaterThan(2 ** 20);
      await inParallel(large, log.put);
      await log.put(submission(2, 1));
      expect(new Set((await log.list(organisation(1))).map((entry) => entry.key))).toEqual(
        new Set(large.map((entry) => entry.key)),
      );
      expect(await collect(log, 1)).toHaveLength(901);
      expect(await log.withdraw(organisation(1), '2026-07-01T00:00:00.000Z')).toBe(900);
      expect(await log.list(organisation(1))).toEqual([]);
      expect(await log.list(organisation(2))).toHaveLength(1);
    });

    it('scans the same items in one or seven segments, an organisation always in one', async () => {
      const log = await freshLog();
      let next = 0;
      await fc.assert(
        fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 12 }), async (sizes) => {
          for (const size of sizes) {
            const number = next++;
            await inParallel([...Array(size).keys()], (index) => log.put(submission(number, index)));
            if (number % 5 === 0) await log.withdraw(organisation(number), '2026-07-01T00:00:00.000Z');
          }
          const whole = await collect(log, 1);
          const segments = await Promise.all([...Array(7).keys()].map((segment) => collectSegment(log, segment, 7)));
          expect(segments.flat().map(canonicalJson).sort()).toEqual(whole.map(canonicalJson).sort());
          const owners = segments.map((items) => new Set(items.map((item) => item.organisation)));
          const distinct = new Set(whole.map((item) => item.organisation)).size;
          expect(owners.reduce((sum, set) => sum + set.size, 0)).toBe(distinct);
        }),
        { numRuns: 5 },
      );
    });
  });

  describe('withdrawal', () => {
    const withdrawnAt = '2026-07-01T10:00:00.000Z';

    it('leaves tombstones that keep a late retry out, and may be repeated', async () => {
      const log = await freshLog();
      await log.put(submission(1, 1));
      await log.put(submission(1, 2));
      await log.put(submission(2, 1));
      expect(await log.withdraw(organisation(1), withdrawnAt)).toBe(2);
      expect(await log.withdraw(organisation(1), '2026-07-02T00:00:00.000Z')).toBe(0);
      expect(await log.withdraw(organisation(3), withdrawnAt)).toBe(0);
      expect(await log.list(organisation(1))).toEqual([]);
      expect(await log.put(submission(1, 1))).toBe('exists');
      const expiresAt = submission(1, 1).expiresAt;
      expect(await log.get(organisation(1), key(1))).toEqual({
        kind: 'tombstone',
        organisation: organisation(1),
        key: key(1),
        withdrawnAt,
        expiresAt,
      });
      const left = (await collect(log, 1)).filter((item) => item.organisation === organisation(1));
      expect(left.map((item) => item.kind).sort()).toEqual(['tombstone', 'tombstone', 'withdrawal']);
      expect(JSON.stringify(left)).not.toMatch(/answers|profile|elder-care/);
      expect(await log.list(organisation(2))).toHaveLength(1);
    });

    it('takes a new submission afterwards, and withdraws that too', async () => {
      const log = await freshLog();
      await log.put(submission(1, 1));
      await log.withdraw(organisation(1), withdrawnAt);
      expect(await log.put(submission(1, 2))).toBe('stored');
      expect(await log.list(organisation(1))).toHaveLength(1);
      expect(await log.withdraw(organisation(1), '2026-08-01T00:00:00.000Z')).toBe(1);
      const marker = (await collect(log, 1)).find((item) => item.kind === 'withdrawal');
      expect(marker?.kind === 'withdrawal' && [...marker.keys].sort()).toEqual([key(1), key(2)].sort());
    });

    // A crash is a client whose n-th write never arrives: 1 the marker, 2 to 4 the tombstones.
    it.each([1, 2, 3, 4])(
      'is all or nothing when it dies at write %i, and is finished by repeating it',
      async (nth) => {
        const { submissions: table } = await freshTables();
        const log = createSubmissionLog(client, table);
        for (const number of [1, 2, 3]) await log.put(submission(1, number));
        await expect(
          createSubmissionLog(dyingClient(client, nth), table).withdraw(organisation(1), withdrawnAt),
        ).rejects.toThrow('died');

        const isMarked = nth > 1;
        expect(await log.list(organisation(1))).toHaveLength(isMarked ? 0 : 3);
        for (const number of [1, 2, 3]) {
          expect((await log.get(organisation(1), key(number)))?.kind).toBe(isMarked ? 'tombstone' : 'submission');
          expect(await log.put(submission(1, number))).toBe('exists');
        }
        expect((await collect(log, 1)).filter((item) => item.kind === 'submission')).toHaveLength(Math.min(3, 5 - nth));
        await log.put(submission(1, 4));

        await log.withdraw(organisation(1), '2026-07-02T00:00:00.000Z');
        expect((await collect(log, 1)).filter((item) => item.kind === 'submission')).toEqual([]);
        expect((await log.get(organisation(1), key(4)))?.kind).toBe('tombstone');
      },
    );

    it('keeps everything withdrawn when two run at once with submissions coming in', async () => {
      const log = await freshLog();
      for (const number of [1, 2, 3]) await log.put(submission(1, number));
      await Promise.all([
        log.withdraw(organisation(1), withdrawnAt),
        log.put(submission(1, 4)),
        log.withdraw(organisation(1), withdrawnAt),
      ]);
      for (const number of [1, 2, 3]) expect((await log.get(organisation(1), key(number)))?.kind).toBe('tombstone');
      await log.withdraw(organisation(1), withdrawnAt);
      expect(await log.list(organisation(1))).toEqual([]);
    });
  });

  describe('releases', () => {
    it('go from attempt to head, each step twice', async () => {
      const [store] = await freshReleases();
      const first = attempt('2026-06-30', null, 'a');
      expect(await store.head(SERIES)).toBeUndefined();
      for (let time = 0; time < 2; time += 1) expect(await store.begin(first, NOON)).toBe('begun');
      expect(await store.seriesState(SERIES)).toEqual({
        head: { series: SERIES, releases: [] },
        attempt: first,
        abandoned: [],
      });
      for (let time = 0; time < 2; time += 1) await writeAll(store, first);
      expect(await store.head(SERIES)).toBeUndefined();
      for (let time = 0; time < 2; time += 1) expect(await store.putInForce(first, entryOf(first))).toBe('in-force');
      expect(await store.head(SERIES)).toEqual({ series: SERIES, releases: [entryOf(first)] });

      const second = attempt('2026-12-31', first.releaseId, 'b');
      expect(await store.begin({ ...second, follows: null }, NOON)).toBe('conflict');
      expect(await store.begin(second, NOON)).toBe('begun');
      expect(await store.putInForce(second, entryOf(second))).toBe('in-force');
      expect((await store.head(SERIES))?.releases).toEqual([entryOf(second), entryOf(first)]);
      expect(await store.seriesState(SERIES)).toMatchObject({ abandoned: [] });
    });

    it('show manifest and cells only once they are listed, and then byte for byte', async () => {
      const [writer, reader] = await freshReleases();
      const release = attempt('2026-06-30', null, 'a');
      await writer.begin(release, NOON);
      await writeAll(writer, release);
      const read = async (store: ReleaseStore) => ({
        manifest: await store.manifest(release.releaseId),
        cells: await Promise.all(KEYS.map((key) => store.cell(release.releaseId, key))),
        change: await store.change(release.releaseId, 'all'),
        members: await store.memberCells(release.releaseId, 'c-0a1b2c3d'),
      });
      for (const store of [writer, reader])
        expect(await read(store)).toEqual({
          manifest: undefined,
          cells: [undefined, undefined],
          change: undefined,
          members: undefined,
        });
      await writer.putInForce(release, entryOf(release));
      for (const store of [writer, reader]) {
        expect(canonicalJson(await read(store))).toBe(
          canonicalJson({
            manifest: manifest(release),
            cells: KEYS.map(cell),
            change: change('all'),
            members: MEMBERS,
          }),
        );
        expect(await store.cell(release.releaseId, 'sector=health')).toBeUndefined();
        expect(await store.memberCells(release.releaseId, 'c-ffffffff')).toBeUndefined();
        expect(await store.manifest('digitalcheck.1-2026-06-30-ffffffff')).toBeUndefined();
        expect(await store.manifest('nonsense')).toBeUndefined();
      }
    });

    it('refuse a second publisher while the first holds its attempt, and let it take over afterwards', async () => {
      const [one, other] = await freshReleases();
      const a = attempt('2026-06-30', null, 'a');
      const b = { ...attempt('2026-06-30', null, 'b'), heldUntil: '2027-01-01T15:00:00.000Z' };
      const outcomes = await Promise.all([one.begin(a, NOON), other.begin(b, NOON)]);
      expect([...outcomes].sort()).toEqual(['begun', 'held']);
      const [winner, loser] = outcomes[0] === 'begun' ? [a, b] : [b, a];
      expect(await other.renew(loser, b.heldUntil)).toBe('conflict');
      expect(await other.putInForce(loser, entryOf(loser))).toBe('conflict');

      expect(await one.renew(winner, '2027-01-01T14:00:00.000Z')).toBe('renewed');
      expect(await other.begin(loser, '2027-01-01T13:59:00.000Z')).toBe('held');
      expect(await other.begin(loser, '2027-01-01T16:00:00.000Z')).toBe('begun');
      expect((await one.seriesState(SERIES)).abandoned).toEqual([winner.releaseId]);
      expect(await one.renew(winner, '2028-01-01T00:00:00.000Z')).toBe('conflict');
      expect(await one.putInForce(winner, entryOf(winner))).toBe('conflict');
      await one.abandon(winner);
      expect((await one.seriesState(SERIES)).attempt?.releaseId).toBe(loser.releaseId);
      expect(await other.putInForce(loser, entryOf(loser))).toBe('in-force');
      expect((await one.head(SERIES))?.releases).toEqual([entryOf(loser)]);
    });

    it('forget everything of an abandoned attempt, and nothing of others', async () => {
      const [store, , table] = await freshReleases();
      const left = attempt('2026-06-30', null, 'left');
      await store.begin(left, NOON);
      await writeAll(store, left);
      await inParallel([...Array(60).keys()], (place) => store.writeCell(left.releaseId, cell(`sector=s-${place}`)));
      await expect(store.removeAbandoned(SERIES, left.releaseId)).rejects.toThrow('not abandoned');
      await store.abandon(left);
      await store.abandon(left);
      expect(await store.seriesState(SERIES)).toMatchObject({ abandoned: [left.releaseId] });
      const kept = attempt('2026-06-30', null, 'kept');
      await store.begin(kept, NOON);
      await writeAll(store, kept);
      await store.putInForce(kept, entryOf(kept));
      for (let time = 0; time < 2; time += 1) await store.removeAbandoned(SERIES, left.releaseId);
      expect((await store.seriesState(SERIES)).abandoned).toEqual([]);
      const { Items } = await client.send(new ScanCommand({ TableName: table }));
      const partitions = new Set(Items!.map(({ pk }) => pk!.S!));
      expect(partitions).toEqual(new Set([`series#${SERIES}`, `release#${kept.releaseId}`]));
      await expect(store.removeAbandoned(SERIES, kept.releaseId)).rejects.toThrow('not abandoned');
      expect(await store.manifest(kept.releaseId)).toEqual(manifest(kept));
    });

    it('replace a release in the update that puts its erratum in force, in the same place', async () => {
      const [store] = await freshReleases();
      const first = attempt('2026-06-30', null, 'a');
      const second = attempt('2026-12-31', first.releaseId, 'b');
      for (const one of [first, second]) {
        await store.begin(one, NOON);
        await writeAll(store, one);
        await store.putInForce(one, entryOf(one));
      }
      const erratum = { ...attempt('2026-06-30', second.releaseId, 'e'), replaces: first.releaseId };
      const entry: HeadEntry = { ...entryOf(erratum), copies: first.releaseId };
      await store.begin(erratum, NOON);
      await writeAll(store, erratum);
      expect(await store.putInForce(erratum, entry)).toBe('in-force');
      expect((await store.head(SERIES))?.releases).toEqual([
        entryOf(second),
        entry,
        { ...entryOf(first), state: 'replaced' },
      ]);
      expect(await store.manifest(first.releaseId)).toBeUndefined();
      expect(await store.manifest(erratum.releaseId)).toEqual(manifest(erratum));
      // What is not given out any more cannot be replaced once more.
      const late = { ...attempt('2026-06-30', second.releaseId, 'l'), replaces: first.releaseId };
      await store.begin(late, NOON);
      expect(await store.putInForce(late, entryOf(late))).toBe('conflict');
    });

    it('are taken down for good, which warm readers notice within a minute', async () => {
      const { releases: table } = await freshTables();
      let ms = 0;
      const warm = createReleaseStore(client, table, () => ms);
      const operator = createReleaseStore(client, table);
      const release = attempt('2026-06-30', null, 'a');
      await operator.begin(release, NOON);
      await writeAll(operator, release);
      await operator.putInForce(release, entryOf(release));
      expect(await warm.cell(release.releaseId, 'all')).toEqual(cell('all'));
      ms = 30_000;
      expect(await warm.cell(release.releaseId, 'all')).toEqual(cell('all'));
      for (let time = 0; time < 2; time += 1) expect(await operator.takeDown(release.releaseId)).toBe('taken-down');
      expect(await operator.takeDown('digitalcheck.1-2026-06-30-ffffffff')).toBeUndefined();
      expect(await operator.takeDown('nonsense')).toBeUndefined();
      expect(await operator.cell(release.releaseId, 'all')).toBeUndefined();
      ms = 60_000;
      expect(await warm.cell(release.releaseId, 'all')).toBeUndefined();
      expect(await warm.manifest(release.releaseId)).toBeUndefined();
      expect(await warm.head(SERIES)).toEqual({
        series: SERIES,
        releases: [{ ...entryOf(release), state: 'taken-down' }],
      });
    });

    it('are read with two requests a cell at first, then with one', async () => {
      const { releases: table } = await freshTables();
      const store = createReleaseStore(client, table);
      const release = attempt('2026-06-30', null, 'a');
      await store.begin(release, NOON);
      await writeAll(store, release);
      await store.putInForce(release, entryOf(release));
      let requests = 0;
      const counting = Object.assign(Object.create(client), {
        send: (command: unknown) => {
          requests += 1;
          return (client.send as (given: unknown) => unknown).call(client, command);
        },
      });
      const reader = createReleaseStore(counting, table);
      await reader.cell(release.releaseId, 'all');
      expect(requests).toBe(2);
      await reader.cell(release.releaseId, 'all');
      await reader.manifest(release.releaseId);
      expect(requests).toBe(4);
    });

    it('of another edition of the program are not written over', async () => {
      const { releases: table } = await freshTables();
      const Item = { pk: { S: `series#${SERIES}` }, sk: { S: 'state' }, releases: { L: [] } };
      await client.send(new PutItemCommand({ TableName: table, Item }));
      const store = createReleaseStore(client, table);
      await expect(store.head(SERIES)).rejects.toThrow('another edition');
      await expect(store.begin(attempt('2026-06-30', null, 'a'), NOON)).rejects.toThrow('another edition');
    });
  });

  describe('participation', () => {
    const draw = (countedOn: string, isFinal = false): CampaignDraw => ({
      countedOn,
      count: { state: 'counted', about: 40 },
      isFinal,
    });

    it('keeps one draw a day of each campaign, and none after the final one', async () => {
      const { releases } = await freshTables();
      const [one, other] = [createParticipationStore(client, releases), createParticipationStore(client, releases)];
      expect(await one.participation('c-0a1b2c3d')).toBeUndefined();
      const outcomes = await Promise.all(
        [one, other, one, other].map((store, place) =>
          store.addDraw('c-0a1b2c3d', 'k-00000001', {
            ...draw('2026-06-10'),
            count: { state: 'counted', about: 10 + place * 5 },
          }),
        ),
      );
      expect([...outcomes].sort()).toEqual(['exists', 'exists', 'exists', 'stored']);
      const { campaigns } = (await one.participation('c-0a1b2c3d'))!;
      const [first] = campaigns['k-00000001']!;
      expect(first?.count).toEqual({ state: 'counted', about: 10 + outcomes.indexOf('stored') * 5 });
      expect(await one.addDraw('c-0a1b2c3d', 'k-00000001', draw('2026-06-09'))).toBe('exists');
      expect(await one.addDraw('c-0a1b2c3d', 'k-00000002', draw('2026-06-10'))).toBe('stored');
      expect(await one.addDraw('c-0a1b2c3d', 'k-00000001', draw('2026-07-01', true))).toBe('stored');
      expect(await one.addDraw('c-0a1b2c3d', 'k-00000001', draw('2026-07-09', true))).toBe('exists');
      expect(await other.participation('c-0a1b2c3d')).toEqual({
        campaigns: { 'k-00000001': [first, draw('2026-07-01', true)], 'k-00000002': [draw('2026-06-10')] },
      });
      expect(await other.participation('c-ffffffff')).toBeUndefined();
    });
  });

  describe('registry', () => {
    it('finds associations by id and by join code as people type it', async () => {
      const store = createRegistryStore(client, (await freshTables()).registry);
      const one = association('c-0a1b2c3d', 'ELDE-7K3M-2');
      const other = { ...association('c-4e5f6a7b', 'KITA-9'), closedAt: '2026-01-01T00:00:00.000Z' };
      await store.put(one);
      await store.put(one);
      await store.put(other);
      expect(await store.association(one.id)).toEqual(one);
      expect(await store.byJoinCode(' elde 7k3m–2 ')).toEqual(one);
      expect(await store.byJoinCode('kita9')).toEqual(other);
      expect(await store.byJoinCode('KITA-8')).toBeUndefined();
      expect(await store.byJoinCode(' - ')).toBeUndefined();
      expect(await store.association('c-00000000')).toBeUndefined();
      expect(await store.associations()).toEqual([one, other]);
    });

    it('gives a join code to one association only, and frees it when the association takes another', async () => {
      const store = createRegistryStore(client, (await freshTables()).registry);
      const one = association('c-0a1b2c3d', 'ELDE-7K3M-2');
      const other = association('c-4e5f6a7b', 'elde7k3m2');
      await store.put(one);
      await expect(store.put(other)).rejects.toThrow(JoinCodeTakenError);
      expect(await store.association(other.id)).toBeUndefined();
      await store.put({ ...one, joinCode: 'NEW-1' }, one);
      expect(await store.byJoinCode('ELDE-7K3M-2')).toBeUndefined();
      await store.put(other);
      expect(await store.byJoinCode('ELDE-7K3M-2')).toEqual(other);
      expect((await store.byJoinCode('new1'))?.id).toBe(one.id);
    });

    it('lets one of several change an association that all of them read, and tells the others', async () => {
      const { registry } = await freshTables();
      const store = createRegistryStore(client, registry);
      const first = association('c-0a1b2c3d', 'ELDE-7K3M-2');
      await store.put(first);
      const wanted = Array.from({ length: 8 }, (_, place) => ({ ...first, contact: `Kontakt ${place}` }));
      const outcomes = await Promise.allSettled(wanted.map((entry) => store.put(entry, first)));
      const done = outcomes.flatMap(({ status }, place) => (status === 'fulfilled' ? [wanted[place]] : []));
      expect(done).toHaveLength(1);
      for (const outcome of outcomes)
        if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(AssociationChangedError);
      expect(await store.association(first.id)).toEqual(done[0]);
      // A retry whose first answer was lost is no second change.
      await store.put(done[0]!, first);
      // Nor is an association made twice, or brought back under an id that is taken.
      await expect(store.put({ ...first, name: 'Ein anderer' })).rejects.toThrow(AssociationChangedError);
      await expect(store.put(association('c-99999999', 'KITA-9'), first)).rejects.toThrow(AssociationChangedError);
      expect(await store.associations()).toEqual(done);
    });
  });

  describe('campaigns', () => {
    const campaign = (id: string): Campaign => ({
      id,
      instrument: 'digitalcheck.1',
      opensOn: '2026-06-01',
      closesOn: '2026-06-30',
      resultsOn: '2026-09-01',
    });

    it('stand with their association, wherever it is read, and are no part of what the operator puts', async () => {
      const store = createRegistryStore(client, (await freshTables()).registry);
      const one = association('c-0a1b2c3d', 'ELDE-7K3M-2');
      await store.put(one);
      await store.put(association('c-4e5f6a7b', 'KITA-9'));
      await store.putCampaigns(one, [campaign('k-00000001')]);
      const read = (await store.association(one.id))!;
      expect(read).toEqual({ ...one, campaigns: [campaign('k-00000001')] });
      expect(await store.byJoinCode('ELDE-7K3M-2')).toEqual(read);
      expect((await store.associations()).map(({ campaigns }) => campaigns?.length)).toEqual([1, undefined]);
      await store.put({ ...read, contact: 'Frau Yilmaz' }, read);
      expect((await store.association(one.id))?.campaigns).toEqual(read.campaigns);
    });

    it('lets one of several change them, and tells the others', async () => {
      const store = createRegistryStore(client, (await freshTables()).registry);
      const one = association('c-0a1b2c3d', 'ELDE-7K3M-2');
      await store.put(one);
      await store.putCampaigns(one, [campaign('k-00000001')]);
      await store.putCampaigns(one, [campaign('k-00000001')]);
      await expect(store.putCampaigns(one, [campaign('k-00000002')])).rejects.toThrow(AssociationChangedError);
      const read = (await store.association(one.id))!;
      await store.putCampaigns(read, [...read.campaigns!, campaign('k-00000002')]);
      expect((await store.association(one.id))?.campaigns).toHaveLength(2);
    });
  });

  describe('reviews of flagged submissions', () => {
    const review = (number: number, changed: Partial<Review> = {}): Review => ({
      organisation: organisation(number).slice(0, REVIEWED_HASH_LENGTH),
      submission: key(1),
      decision: 'admit',
      decidedAt: '2026-07-01T00:00:00.000Z',
      ...changed,
    });
    const sorted = (reviews: Review[]) => reviews.map(canonicalJson).sort();

    it('are read back, each as it was last decided, and are no associations', async () => {
      const store = createRegistryStore(client, (await freshTables()).registry);
      expect(await store.reviews()).toEqual([]);
      const [one, other, further] = [
        review(1),
        review(2, { reason: 'ein Scherz „ß“' }),
        review(1, { submission: key(2) }),
      ];
      for (const entry of [one, other, further, other]) await store.putReview(entry);
      expect(sorted(await store.reviews())).toEqual(sorted([one, other, further]));
      const changed = review(1, { decision: 'exclude', decidedAt: '2026-07-02T00:00:00.000Z', reason: 'invented' });
      await store.putReview(changed);
      expect(sorted(await store.reviews())).toEqual(sorted([changed, other, further]));
      expect(await store.associations()).toEqual([]);
      await store.put(association('c-0a1b2c3d', 'ELDE-7K3M-2'));
      expect(await store.reviews()).toHaveLength(3);
      expect(await store.associations()).toHaveLength(1);
    });

    it('are all there beyond a page of 1 MB', async () => {
      const store = createRegistryStore(client, (await freshTables()).registry);
      const reviews = Array.from({ length: 700 }, (_, number) =>
        review(number, { submission: `${number}`.padEnd(900, 'x'), reason: 'y'.repeat(300) }),
      );
      await inParallel(reviews, (entry) => store.putReview(entry));
      expect(sorted(await store.reviews())).toEqual(sorted(reviews));
    });

    it('leave one of two operators, not halves of both', async () => {
      const store = createRegistryStore(client, (await freshTables()).registry);
      const both = [review(1), review(1, { decision: 'exclude', reason: 'invented' })];
      await Promise.all(both.map((entry) => store.putReview(entry)));
      const [left, ...more] = await store.reviews();
      expect(more).toEqual([]);
      expect(both).toContainEqual(left);
    });
  });

  describe('invitations', () => {
    const code = '0000000000000011';
    const drawn = {
      codeHash: invitationHashOf(code),
      association: 'c-0a1b2c3d',
      campaign: 'k-00000001',
      opensOn: '2026-06-01',
    };

    it('lets one organisation in, which may come again', async () => {
      const table = (await freshTables()).invitations;
      const store = createInvitationStore(client, table);
      await store.put(drawn);
      const claims = await Promise.all(
        Array.from({ length: 12 }, (_, number) => store.claim(code, organisation(number))),
      );
      const winner = claims.findIndex((claim) => claim !== undefined);
      const claimed = { association: drawn.association, campaign: drawn.campaign };
      expect(claims.filter((claim) => claim !== undefined)).toEqual([{ ...claimed, isNew: true }]);
      expect(await store.claim(code, organisation(winner))).toEqual({ ...claimed, isNew: false });
      expect(await store.claim(code, organisation(99))).toBeUndefined();
      // Neither the code nor the organisation can be read off the table.
      const { Items } = await client.send(new ScanCommand({ TableName: table }));
      expect(JSON.stringify(Items)).not.toContain(code);
      const claimedBy = Buffer.from(Items![0]!.claimedBy!.B!).toString('base64url');
      expect(Array.from({ length: 12 }, (_, number) => organisation(number))).not.toContain(claimedBy);
      // A drawing that is repeated changes nothing, and another campaign cannot have the code.
      await store.put(drawn);
      expect(await store.claim(code, organisation(99))).toBeUndefined();
      await expect(store.put({ ...drawn, campaign: 'k-00000002' })).rejects.toThrow(InvitationTakenError);
      await expect(store.put({ ...drawn, association: 'c-99999999' })).rejects.toThrow(InvitationTakenError);
    });

    it('frees a code for whoever holds it, and for nobody else', async () => {
      const store = createInvitationStore(client, (await freshTables()).invitations);
      await store.put(drawn);
      await store.claim(code, organisation(1));
      await store.release(code, organisation(2));
      expect(await store.claim(code, organisation(2))).toBeUndefined();
      await store.release(code, organisation(1));
      await store.release(code, organisation(1));
      expect(await store.claim(code, organisation(2))).toMatchObject({ isNew: true });
    });

    it('knows no code that was not drawn; asking leaves nothing behind', async () => {
      const table = (await freshTables()).invitations;
      const store = createInvitationStore(client, table);
      expect(await store.claim(code, organisation(1))).toBeUndefined();
      await store.release(code, organisation(1));
      const { Items } = await client.send(new ScanCommand({ TableName: table }));
      expect(Items).toEqual([]);
    });
  });
}

const organisation = (number: number) => organisationOf(`ORGANISATION${number}`);
const key = (number: number) => submissionKeyOf('digitalcheck.1', `key-${number}`);

function plain(owner: number, number: number): StoredSubmission {
  return {
    kind: 'submission',
    organisation: organisation(owner),
    key: key(number),
    instrument: 'digitalcheck.1',
    conductedOn: '2026-06-30',
    acceptedAt: '2026-06-30T08:15:00.123Z',
    admission: 'open',
    profile: { level: 'facility', sector: 'elder-care' },
    bodyHash: Buffer.from(sha256Hex(`${owner} ${number}`), 'hex').toString('base64url'),
    expiresAt: 1_940_000_000,
  };
}

function submission(owner: number, number: number): StoredSubmission {
  return {
    ...plain(owner, number),
    admission: number % 2 === 0 ? 'trusted' : 'invited',
    source: 'import:operator',
    answers: Object.fromEntries(
      Array.from({ length: 20 }, (_, index) => [
        `item-number-${index}`,
        ([0, 1, 2, 3, 4, 'na', 'dk'] as const)[index % 7]!,
      ]),
    ),
    scores: { it: 0, innovation: 100 },
    questions: { obstacle: ['time'], support: ['funding', 'peers'], tried: [] },
    associations: ['c-0a1b2c3d', 'c-4e5f6a7b'],
  };
}

const SERIES = 'digitalcheck.1';
const NOON = '2027-01-01T12:00:00.000Z';
const KEYS = ['all', 'sector=elder-care'];

function attempt(cutoffOn: string, follows: string | null, hash: string): Attempt {
  return {
    releaseId: `${SERIES}-${cutoffOn}-${sha256Hex(hash).slice(0, 8)}`,
    series: SERIES,
    instrument: SERIES,
    cutoffOn,
    acceptedUntil: `${cutoffOn}T23:00:00.000Z`,
    heldUntil: '2027-01-01T12:03:00.000Z',
    follows,
    replaces: null,
  };
}

function entryOf({ releaseId, cutoffOn, acceptedUntil }: Attempt): HeadEntry {
  return { releaseId, cutoffOn, acceptedUntil, state: 'listed' };
}

async function writeAll(store: ReleaseStore, release: Attempt): Promise<void> {
  for (const key of KEYS) await store.writeCell(release.releaseId, cell(key));
  await store.writeChange(release.releaseId, change('all'));
  await store.writeMemberCells(release.releaseId, MEMBERS);
  await store.writeManifest(manifest(release));
}

function cell(key: string): Cell {
  return {
    group: { key, where: key.startsWith('sector=') ? { sector: key.slice(7) } : {} },
    state: 'published',
    participations: 45,
    dimensions: { it: [{ permille: 500, value: 55 }], overall: [{ permille: 500, value: 50 }] },
    items: { backup: { atLeast: [95, 60, 35, 5], notApplicable: 5, dontKnow: 0 } },
    questions: { obstacle: { base: 40, shares: { time: 35 } } },
  };
}

function change(key: string): Change {
  return { group: { key, where: {} }, state: 'suppressed', reason: 'protection' };
}

const MEMBERS = {
  association: 'c-0a1b2c3d',
  cells: [{ ...cell('all'), group: { key: 'association=c-0a1b2c3d', where: {}, association: 'c-0a1b2c3d' } }],
  changes: [{ ...change('all'), group: { key: 'association=c-0a1b2c3d', where: {}, association: 'c-0a1b2c3d' } }],
};

function manifest({ heldUntil: _, ...release }: Attempt): Manifest {
  return {
    ...release,
    nextReleaseOn: '2027-12-31',
    marks: { isTrial: false, isInvented: false, hasKnownKey: false },
    policy: POLICY,
    policyHash: sha256Hex('policy'),
    instrumentHash: sha256Hex('instrument'),
    codeVersion: '1',
    leftOut: [{ incomplete: 5, underReview: 0 }],
    epsilonSum: 40.5,
    cells: [{ group: { key: 'all', where: {} }, state: 'published', participations: 45 }],
    changes: [{ group: { key: 'all', where: {} }, state: 'suppressed', reason: 'protection' }],
  };
}

function association(id: string, joinCode: string): Association {
  return { id, name: 'Verband für Ältere', joinCode, members: 45, createdAt: '2026-01-01T00:00:00.000Z' };
}

/** The client, until its n-th PutItem, which fails before it reaches the engine. */
function dyingClient(client: DynamoDBClient, nth: number): DynamoDBClient {
  let puts = 0;
  const send = client.send.bind(client) as (command: unknown) => Promise<unknown>;
  return Object.assign(Object.create(client), {
    send: (command: unknown) => {
      if (command instanceof PutItemCommand) puts += 1;
      return puts >= nth ? Promise.reject(new Error('died')) : send(command);
    },
  });
}

async function collectSegment(log: SubmissionLog, segment: number, segments: number): Promise<LogItem[]> {
  const items: LogItem[] = [];
  for await (const item of log.scan(segment, segments)) items.push(item);
  return items;
}
const collect = async (log: SubmissionLog, segments: number) =>
  (await Promise.all([...Array(segments).keys()].map((segment) => collectSegment(log, segment, segments)))).flat();

async function inParallel<T>(entries: T[], run: (entry: T) => Promise<unknown>): Promise<void> {
  const queue = [...entries];
  await Promise.all(
    Array.from({ length: 20 }, async () => {
      for (let entry = queue.pop(); entry !== undefined; entry = queue.pop()) await run(entry);
    }),
  );
}
