import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Manifest } from '#contracts/release';
import type { StoredSubmission } from '#contracts/submission';
import { checkedPolicy } from '#disclosure/checked-policy';
import { removeAllLeftovers } from '#functions/publish/attempt';
import type { PublishDependencies } from '#functions/publish/dependencies';
import type { PublishRequest } from '#functions/publish/plan';
import { publish } from '#functions/publish/publish';
import { PublishError } from '#functions/publish/publish-error';
import { canonicalJson } from '#store/hashes';
import { again, house, houses, probe, publishing, TRIAL } from './publishing.ts';

const request = { instrument: 'probe.1', cutoffOn: '2026-03-31' };
const SERIES = 'probe.1';
const SECTOR: StoredSubmission[] = [
  ...houses('a', 60, { profile: { sector: 'a', size: 's' } }),
  ...houses('b', 45, { profile: { sector: 'b', size: 'l' }, admission: 'invited', associations: ['c-0a1b2c3d'] }),
  ...houses('c', 22, { profile: { sector: 'c', size: 'l' } }),
  ...houses('d', 11, { profile: { sector: 'd', size: 'l' } }),
];
const KNOWN_KEY = Uint8Array.from({ length: 32 }, (_, place) => place);

let service: Awaited<ReturnType<typeof publishing>>;
beforeEach(async () => {
  service = await publishing();
  await service.submit(...SECTOR);
});
afterEach(() => service.close());

async function published(deps: PublishDependencies, asked: PublishRequest): Promise<Manifest> {
  const outcome = await publish(deps, asked);
  if (outcome.state !== 'published') throw new Error(outcome.state);
  return outcome.manifest;
}

const entries = async () => (await service.deps.releases.seriesState(SERIES)).head.releases;
const listed = async () =>
  (await entries()).filter(({ state }) => state === 'listed').map(({ releaseId }) => releaseId);

/** Nothing lies in tables, files and parts but what is in force. */
async function expectNoLeftovers() {
  const kept = (await entries()).map(({ releaseId }) => releaseId);
  const { attempt, abandoned } = await service.deps.releases.seriesState(SERIES);
  expect({ attempt, abandoned }).toEqual({ attempt: undefined, abandoned: [] });
  const partitions = (await service.partitions()).filter((pk) => pk.startsWith('release#'));
  expect(partitions).toEqual(kept.map((id) => `release#${id}`).sort());
  const files = new Set((await service.deps.files.list('')).map((path) => path.split('/').slice(0, 2).join('/')));
  expect([...files].sort()).toEqual(kept.map((id) => `releases/${id}`).sort());
  expect(await service.deps.parts!.list('')).toEqual([]);
}

/** The figures of a release as they are given out, without its id. */
async function figuresOf({ releases }: PublishDependencies, { releaseId, cells, changes }: Manifest) {
  const keys = cells.map(({ group }) => group.key);
  return canonicalJson({
    cells: await Promise.all(keys.map((key) => releases.cell(releaseId, key))),
    changes: await Promise.all(changes.map(({ group }) => releases.change(releaseId, group.key))),
    members: (await releases.memberCells(releaseId, 'c-0a1b2c3d')) ?? null,
    entries: [cells, changes],
  });
}

describe('publish', () => {
  it('puts a release in force with the groups that the policy allows, whole, and an association’s cells apart', async () => {
    const manifest = await published(service.deps, request);
    expect(await entries()).toEqual([
      {
        releaseId: manifest.releaseId,
        cutoffOn: '2026-03-31',
        acceptedUntil: '2026-04-01T23:45:00.000Z',
        state: 'listed',
      },
    ]);
    expect(manifest).toMatchObject({
      follows: null,
      replaces: null,
      nextReleaseOn: '2026-09-27',
      marks: { isTrial: false, isInvented: false, hasKnownKey: false },
    });
    expect(Object.fromEntries(manifest.cells.map((cell) => [cell.group.key, cell.state]))).toEqual({
      all: 'published',
      'sector=ab': 'published',
      'sector=cd': 'published',
      'sector=a': 'published',
      'sector=b': 'published',
      'sector=c': 'published',
      'sector=d': 'suppressed',
    });
    const { releases } = service.deps;
    expect(await releases.cell(manifest.releaseId, 'sector=d')).toEqual({
      group: { key: 'sector=d', where: { sector: 'd' } },
      state: 'suppressed',
      reason: 'protection',
    });
    const all = await releases.cell(manifest.releaseId, 'all');
    expect(all).toMatchObject({ state: 'published', participations: 135 });
    expect(Object.keys((all as { dimensions: object }).dimensions).sort()).toEqual(['overall', 'x', 'y']);
    const members = (await releases.memberCells(manifest.releaseId, 'c-0a1b2c3d'))!;
    expect(members.cells[0]).toMatchObject({
      group: { key: 'association=c-0a1b2c3d' },
      state: 'published',
      participations: 45,
    });
    expect(JSON.stringify([manifest, await service.deps.files.list('')])).not.toContain('c-0a1b2c3d');
    await expectNoLeftovers();
  });

  it('draws and writes nothing in a dry run, and tells what would be shown', async () => {
    let draws = 0;
    const randomBytes = (length: number) => {
      draws += 1;
      return new Uint8Array(length);
    };
    const before = canonicalJson(await service.items());
    const dry = await publish({ ...service.deps, randomBytes }, { ...request, isDryRun: true });
    expect([dry.state, draws]).toEqual(['dry-run', 0]);
    expect(canonicalJson(await service.items())).toBe(before);
    expect(await service.deps.files.list('')).toEqual([]);
    const real = await publish(service.deps, request);
    expect('report' in dry && 'report' in real && canonicalJson(real.report)).toBe(
      'report' in dry && canonicalJson(dry.report),
    );
  });

  it('draws anew each time, and the same from the same key, in any number of segments', async () => {
    const drawn: string[] = [];
    for (const [segments, knownKey] of [
      [1, KNOWN_KEY],
      [7, KNOWN_KEY],
      [64, KNOWN_KEY],
      [7, undefined],
      [7, undefined],
    ] as const) {
      const fresh = await publishing({
        submissions: service.deps.submissions,
        segments,
        policy: TRIAL,
        isInvented: true,
      });
      const manifest = await published(fresh.deps, knownKey ? { ...request, knownKey } : request);
      expect(manifest.marks).toEqual({ isTrial: true, isInvented: true, hasKnownKey: knownKey !== undefined });
      drawn.push(await figuresOf(fresh.deps, manifest));
      await fresh.close();
    }
    expect(new Set(drawn).size).toBe(3);
    expect(drawn[1]).toBe(drawn[0]);
    expect(drawn[2]).toBe(drawn[0]);
    expect(KNOWN_KEY[31]).toBe(31);
  });

  it('keeps the key nowhere: not in a table, file, part or log', async () => {
    const keys: Buffer[] = [];
    const randomBytes = (length: number) => {
      const bytes = Buffer.from(crypto.getRandomValues(new Uint8Array(length)));
      if (length === 32) keys.push(Buffer.from(bytes));
      return bytes;
    };
    await published({ ...service.deps, randomBytes }, request);
    expect(keys).toHaveLength(1);
    const { files, parts } = service.deps;
    const stored = await Promise.all((await files.list('')).map((path) => files.get(path)));
    const texts = [
      JSON.stringify(await service.items()),
      JSON.stringify(service.logged),
      JSON.stringify(await parts!.list('')),
      ...stored.map((bytes) => Buffer.from(bytes!).toString('latin1')),
    ];
    expect(texts.length).toBeGreaterThan(10);
    const spellings = (['hex', 'base64', 'base64url', 'latin1'] as const).map((as) => keys[0]!.toString(as));
    for (const spelling of [...spellings, JSON.stringify([...keys[0]!])])
      expect(texts.some((text) => text.includes(spelling))).toBe(false);
  });

  it('counts the codes of a corrected version by their names, not by their order', async () => {
    const reversed = {
      ...probe,
      id: 'probe.1.1',
      profile: probe.profile.map((attribute) => ({ ...attribute, codes: attribute.codes.toReversed() })),
      dimensions: probe.dimensions.toReversed(),
    };
    const instruments = new Map([
      [reversed.id, reversed],
      [probe.id, probe],
    ]);
    await service.submit(...houses('n', 20, { instrument: 'probe.1.1', profile: { sector: 'd', size: 's' } }));
    const manifest = await published({ ...service.deps, instruments }, { ...request, instrument: 'probe.1.1' });
    expect(manifest.instrument).toBe('probe.1.1');
    expect(manifest.cells.find(({ group }) => group.key === 'sector=d')).toMatchObject({ participations: 30 });
  });

  it('keeps a withdrawn house out, also when it withdraws while others are read', async () => {
    const { submissions } = service.deps;
    let next = 0;
    const withdrawing: typeof submissions = {
      ...submissions,
      // With every item that is read somebody goes.
      async *scan(segment, segments) {
        for await (const item of submissions.scan(segment, segments)) {
          if (next < 30) await submissions.withdraw(house('a', next++).organisation, '2026-04-02T00:00:01.000Z');
          yield item;
        }
      },
    };
    const manifest = await published({ ...service.deps, submissions: withdrawing }, request);
    expect(next).toBe(30);
    const n = manifest.cells.find(({ group }) => group.key === 'sector=a');
    expect(n).toMatchObject({ state: 'published' });
    await published(service.another({ now: () => new Date('2026-12-01T00:00:00.000Z') }), {
      ...request,
      cutoffOn: '2026-11-30',
    }).then((second) =>
      expect(second.cells.find(({ group }) => group.key === 'sector=a')).toMatchObject({ participations: 30 }),
    );
  });

  it('ends although somebody withdraws with every cell it writes', async () => {
    const { submissions } = service.deps;
    const under: Promise<unknown>[] = [];
    const meanwhile = {
      ...service.deps.releases,
      writeCell: async (...given: Parameters<typeof service.deps.releases.writeCell>) => {
        const { organisation } = house('a', under.length);
        if (under.length < 60) under.push(submissions.withdraw(organisation, '2026-04-02T00:00:01.000Z'));
        return service.deps.releases.writeCell(...given);
      },
    };
    const manifest = await published({ ...service.deps, releases: meanwhile }, request);
    expect(under.length).toBeGreaterThan(2);
    expect(await listed()).toEqual([manifest.releaseId]);
    await Promise.all(under);
  });
});

describe('an attempt', () => {
  it('leaves the former release in force when it is killed at any write, and nothing of it stays', async () => {
    const first = await published(service.deps, request);
    const later = { ...request, cutoffOn: '2026-10-31' };
    service.clock.now = new Date('2026-11-02T00:00:00.000Z');
    await service.submit(...again(SECTOR, { conductedOn: '2026-10-01', acceptedAt: '2026-10-01T08:00:00.000Z' }));
    let killed = 0;
    for (let crashAt = 1; ; crashAt += crashAt < 8 ? 1 : 5) {
      let writes = 0;
      // From its end on nothing of a killed process gets through.
      const dying = <T extends object>(store: T, names: string[]): T =>
        new Proxy(store, {
          get(target, name) {
            const method = Reflect.get(target, name) as (...given: unknown[]) => Promise<unknown>;
            return async (...given: unknown[]) => {
              if (writes >= crashAt || (names.includes(String(name)) && ++writes >= crashAt)) throw new Error('killed');
              return method.apply(target, given);
            };
          },
        });
      const publisher = service.another();
      const deps = {
        ...publisher,
        releases: dying(publisher.releases, WRITES),
        files: dying(publisher.files, ['put', 'remove']),
      };
      const outcome = await publish(deps, later).catch((error: Error) => error);
      if (!(outcome instanceof Error)) break;
      killed += 1;
      expect(outcome.message).toBe('killed');
      expect(await listed()).toEqual([first.releaseId]);
      const held = (await service.deps.releases.seriesState(SERIES)).attempt;
      if (held) {
        await expect(publish(service.another(), later)).rejects.toThrow(
          `Another publisher is at work on probe.1, until ${held.heldUntil}`,
        );
        service.clock.now = new Date(Date.parse(held.heldUntil) + 1);
      }
      // The weekly task removes what nobody came back for.
      if (crashAt % 2 === 0) {
        await removeAllLeftovers(service.another());
        await expectNoLeftovers();
      }
    }
    expect(killed).toBeGreaterThan(10);
    expect(await listed()).toHaveLength(2);
    await expectNoLeftovers();
    expect(service.logged).toContainEqual(expect.objectContaining({ event: 'attempt-outlived' }));
    expect(service.logged).toContainEqual(expect.objectContaining({ event: 'leftovers', removed: 1, left: 0 }));
  }, 120_000);
  const WRITES = ['begin', 'writeCell', 'writeChange', 'writeMemberCells', 'writeManifest', 'renew', 'putInForce'];

  it('that was paused before its last step fails there once another took over, and leaves nothing', async () => {
    let resume = () => {};
    const paused = new Promise<void>((done) => {
      resume = done;
    });
    let reached = () => {};
    const isPaused = new Promise<void>((done) => {
      reached = done;
    });
    const a = service.another();
    const slow = {
      ...a,
      releases: {
        ...a.releases,
        putInForce: async (...given: Parameters<typeof a.releases.putInForce>) => {
          reached();
          await paused;
          return a.releases.putInForce(...given);
        },
      },
    };
    const first = publish(slow, request);
    await isPaused;
    await expect(publish(service.another(), request)).rejects.toThrow(PublishError);
    service.clock.now = new Date('2026-04-02T00:04:00.000Z');
    const winner = await published(service.another(), request);
    resume();
    await expect(first).rejects.toThrow(/took over from probe\.1-2026-03-31-[0-9a-f]{8}; it put nothing in force/);
    expect(await listed()).toEqual([winner.releaseId]);
    await expectNoLeftovers();
  });

  it('is alone: of two at once one is refused in words', async () => {
    const outcomes = await Promise.allSettled([
      publish(service.another(), request),
      publish(service.another(), request),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const refused = outcomes.find((outcome) => outcome.status === 'rejected');
    expect(refused?.reason).toBeInstanceOf(PublishError);
    expect(String(refused?.reason)).toMatch(/Another publisher is at work on probe\.1, until 2026-04-02T00:03/);
    expect(await listed()).toHaveLength(1);
    await expectNoLeftovers();
  });

  it('is stopped by a break the audit finds, and by what the audit could not look at', async () => {
    const report = { breaks: [], incomplete: [], checked: {} };
    const audits = [
      [{ ...report, breaks: [{ rule: '2', detail: 'a group of three' }] }, /1 breaks in .* rule 2: a group of three/],
      [{ ...report, incomplete: ['the cuts'] }, /not complete and nothing was published: the cuts/],
    ] as const;
    for (const [found, sentence] of audits) {
      const audit = (() => found) as unknown as NonNullable<PublishDependencies['audit']>;
      await expect(publish({ ...service.deps, audit }, request)).rejects.toThrow(sentence);
    }
    expect(await entries()).toEqual([]);
    await expectNoLeftovers();
  });

  it('that does not fit into a function says so in time, and points to the segments', async () => {
    let calls = 0;
    const remainingMs = () => (calls++ === 0 ? 800_000 : 60_000);
    await expect(publish({ ...service.deps, remainingMs }, request)).rejects.toThrow(
      /15 minutes .* nothing was published.*docs\/deploy\.md#big-sectors/,
    );
    await expectNoLeftovers();
    await published({ ...service.deps, remainingMs: () => 200_000 }, request);
    expect(service.logged).toContainEqual(expect.objectContaining({ event: 'near-limit', secondsLeft: 200 }));
  });

  it('tells leftovers that cannot be removed, and publishes all the same', async () => {
    const { releases } = service.deps;
    const broken = {
      ...service.deps,
      releases: {
        ...releases,
        putInForce: () => Promise.reject(new Error('down')),
        removeAbandoned: () => Promise.reject(new Error('down')),
      },
    };
    await expect(publish(broken, request)).rejects.toThrow('down');
    const { putInForce: _, ...rest } = broken.releases;
    await published({ ...service.deps, releases: { ...releases, ...rest, putInForce: releases.putInForce } }, request);
    expect(service.logged).toContainEqual({ event: 'leftovers', series: SERIES, removed: 0, left: 1 });
    await removeAllLeftovers(service.deps);
    await expectNoLeftovers();
  });
});

describe('the rules of publishing', () => {
  it.each([
    [{ instrument: 'none.1' }, /instrument "none.1" is unknown/],
    [{ ...request, cutoffOn: '2026-13-01' }, /not a date/],
    [{ ...request, cutoffOn: '2026-02-30' }, /not a date/],
    [{ ...request, cutoffOn: '2026-04-02' }, /not past/],
    [{ ...request, replaces: 'probe.1-2020-01-01-00000000' }, /no release/],
    [{ ...request, knownKey: KNOWN_KEY }, /known key is for a trial policy only/],
    [{ ...request, cutoffOn: '2025-01-01' }, /Nobody counts at the cut-off 2025-01-01; a release without/],
  ])('refuse %o', async (bad, message) => {
    await expect(publish(service.deps, bad)).rejects.toThrow(message);
    expect(await entries()).toEqual([]);
    await expectNoLeftovers();
  });

  it('let a trial policy be for invented data only', async () => {
    await expect(publish({ ...service.deps, policy: TRIAL }, request)).rejects.toThrow(/for invented data only/);
    const invented = await published({ ...service.deps, isInvented: true }, request);
    expect(invented.marks).toEqual({ isTrial: false, isInvented: true, hasKnownKey: false });
    const short = { ...request, cutoffOn: '2026-04-01', knownKey: new Uint8Array(31) };
    await expect(publish({ ...service.deps, policy: TRIAL, isInvented: true }, short)).rejects.toThrow(/32 bytes/);
  });

  it('keep cut-offs rising and apart, also from releases that were taken down', async () => {
    const { releaseId } = await published(service.deps, request);
    service.clock.now = new Date('2026-12-01T00:00:00.000Z');
    const refusals = async () => {
      await expect(publish(service.another(), request)).rejects.toThrow(/must lie after/);
      await expect(publish(service.another(), { ...request, cutoffOn: '2026-09-26' })).rejects.toThrow(
        /180 days apart; the next may be 2026-09-27 at the earliest/,
      );
    };
    await refusals();
    expect(await service.deps.releases.takeDown(releaseId)).toBe('taken-down');
    await refusals();
    const next = await published(service.another(), { ...request, cutoffOn: '2026-09-27' });
    expect(next.follows).toBeNull();
    expect(await listed()).toEqual([next.releaseId]);
  });

  it('count a participation in two releases that were in force, also if they were taken down, and no more', async () => {
    const years = ['2026-03-31', '2026-10-31', '2027-05-31'];
    const clocks = ['2026-04-02', '2026-11-02', '2027-06-02'];
    for (const [place, cutoffOn] of years.slice(0, 2).entries()) {
      service.clock.now = new Date(`${clocks[place]}T00:00:00.000Z`);
      const { releaseId, cells } = await published(service.another(), { ...request, cutoffOn });
      expect(cells[0]).toMatchObject({ state: 'published', participations: 135 });
      if (place === 0) await service.deps.releases.takeDown(releaseId);
    }
    service.clock.now = new Date(`${clocks[2]}T00:00:00.000Z`);
    await expect(publish(service.another(), { ...request, cutoffOn: years[2]! })).rejects.toThrow(
      /Nobody counts .* who was not in 2 releases before/,
    );
    await service.submit(
      ...again(SECTOR.slice(0, 40), { conductedOn: '2027-01-15', acceptedAt: '2027-01-15T10:00:00.000Z' }),
    );
    const third = await published(service.another(), { ...request, cutoffOn: years[2]! });
    expect(third.cells[0]).toMatchObject({ state: 'published', participations: 40 });
  });
});

describe('an erratum', () => {
  it('of words copies the drawn cells, names both, and counts as no draw', async () => {
    const stated = { doi: '10.5072/first', fieldwork: { pretests: 'None.' } };
    const first = await published(service.deps, { ...request, stated });
    service.clock.now = new Date('2026-05-01T00:00:00.000Z');
    await service.submit(...houses('late', 20, { acceptedAt: '2026-04-20T00:00:00.000Z' }));
    const asked = { instrument: 'probe.1', replaces: first.releaseId, stated: { erratum: 'A label was wrong.' } };
    let draws = 0;
    const randomBytes = (length: number) => {
      if (length === 32) draws += 1;
      return service.deps.randomBytes(length);
    };
    const erratum = await published(service.another({ randomBytes }), asked);
    expect(draws).toBe(0);
    expect(erratum).toMatchObject({
      replaces: first.releaseId,
      follows: null,
      cutoffOn: '2026-03-31',
      stated: { ...asked.stated, fieldwork: { pretests: 'None.' } },
    });
    expect(erratum.releaseId).not.toBe(first.releaseId);
    expect(await entries()).toMatchObject([
      { releaseId: erratum.releaseId, state: 'listed', copies: first.releaseId, acceptedUntil: first.acceptedUntil },
      { releaseId: first.releaseId, state: 'replaced' },
    ]);
    expect(await service.another().releases.manifest(first.releaseId)).toBeUndefined();
    for (const { group } of first.cells)
      expect(await service.deps.releases.cell(erratum.releaseId, group.key)).toMatchObject({ group });
    const changelog = await service.deps.files.get(`releases/${erratum.releaseId}/CHANGELOG.md`);
    expect(new TextDecoder().decode(changelog)).toContain(
      `Erratum: replaces ${first.releaseId}. A label was wrong. The figures are those drawn for ${first.releaseId}, unchanged.`,
    );

    const second = await published(service.another(), { instrument: 'probe.1', replaces: erratum.releaseId });
    expect((await entries())[0]).toMatchObject({ releaseId: second.releaseId, copies: first.releaseId });
    // What was wrong in the first is said of the second alone, how its answers came in of both.
    expect(second.stated).toEqual({ fieldwork: { pretests: 'None.' } });
    // Two more draws are left for who was in the first: the copies were none.
    service.clock.now = new Date('2026-11-02T00:00:00.000Z');
    const next = await published(service.another(), { ...request, cutoffOn: '2026-10-31' });
    expect(next.cells[0]).toMatchObject({ participations: 155 });
  });

  it('copies byte for byte, an association’s cells included', async () => {
    await service.deps.registry.put({
      id: 'c-0a1b2c3d',
      name: 'Verband',
      joinCode: 'ABCD-EFG',
      createdAt: '2026-01-01T00:00:00.000Z',
    });
    const first = await published(service.deps, request);
    const before = await figuresOf(service.deps, first);
    const erratum = await published(service.another(), { instrument: 'probe.1', replaces: first.releaseId });
    expect(await figuresOf(service.deps, erratum)).toBe(before);
    expect(before).toContain('association=c-0a1b2c3d');
  });

  it('of figures draws anew, counts as one of the two, and is possible for the newest release only', async () => {
    const first = await published(service.deps, request);
    const asked = { instrument: 'probe.1', replaces: first.releaseId, drawsAnew: true };
    await expect(publish(service.deps, { ...asked, cutoffOn: '2026-03-30' })).rejects.toThrow(
      /An erratum has the cut-off of the release it replaces, 2026-03-31/,
    );
    const before = await figuresOf(service.deps, first);
    const erratum = await published(service.another(), asked);
    expect(await figuresOf(service.deps, erratum)).not.toBe(before);
    const [newest] = await entries();
    expect(newest).not.toHaveProperty('copies');
    service.clock.now = new Date('2026-11-02T00:00:00.000Z');
    await expect(publish(service.another(), { ...request, cutoffOn: '2026-10-31' })).rejects.toThrow(/Nobody counts/);
    await service.submit(...again(SECTOR, { conductedOn: '2026-10-01', acceptedAt: '2026-10-01T08:00:00.000Z' }));
    const next = await published(service.another(), { ...request, cutoffOn: '2026-10-31' });
    expect(next.follows).toBe(erratum.releaseId);
    await expect(publish(service.another(), { ...asked, replaces: erratum.releaseId })).rejects.toThrow(
      /drawn anew for the newest release only/,
    );
    await expect(publish(service.another(), { ...asked, replaces: first.releaseId })).rejects.toThrow(/no release/);
    const words = await published(service.another(), { instrument: 'probe.1', replaces: erratum.releaseId });
    expect((await entries()).map(({ releaseId, state }) => [releaseId, state])).toEqual([
      [next.releaseId, 'listed'],
      [words.releaseId, 'listed'],
      [erratum.releaseId, 'replaced'],
      [first.releaseId, 'replaced'],
    ]);
  });
});

it('a stricter policy is stamped into the release', async () => {
  const policy = checkedPolicy({ minParticipations: 50, cutLadder: [{ fromN: 50, permilles: [500] }] });
  const manifest = await published({ ...service.deps, policy }, request);
  expect(manifest.policy.minParticipations).toBe(50);
  expect(manifest.cells.filter(({ state }) => state === 'published').map(({ group }) => group.key)).toEqual([
    'all',
    'sector=ab',
    'sector=a',
  ]);
});
