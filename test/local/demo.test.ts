import { randomBytes } from 'node:crypto';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, it } from 'vitest';
import { addDays, dayNumber } from '#contracts/calendar';
import { joiningOf } from '#contracts/joining';
import { parseReceipt } from '#contracts/receipt';
import type { StoredSubmission } from '#contracts/submission';
import {
  DEMO_INSTRUMENT,
  DEMO_JOIN_CODE,
  demoCutoffs,
  demoReceipt,
  openDemoKeys,
  seedDemo,
} from '#functions/local/demo';
import { createApp } from '#functions/service/app';
import { loadInstruments } from '#instruments/load-instruments';
import { createTables } from '#store/create-tables';
import { createInvitationStore } from '#store/dynamo-invitations';
import { createParticipationStore } from '#store/dynamo-participation';
import { createRegistryStore } from '#store/dynamo-registry';
import { createReleaseStore } from '#store/dynamo-releases';
import { createSubmissionLog } from '#store/dynamo-submission-log';
import { organisationOf, sha256Hex } from '#store/hashes';
import { tableNames } from '#store/tables';
import { memoryClient } from '../store/memory-client.ts';

const FIRST_DAY = '2026-03-17';
const instruments = await loadInstruments([]);

let client: DynamoDBClient;
beforeEach(async () => {
  client = memoryClient();
  await createTables(client, tableNames('demo'));
});

/** The service over tables in memory, with a clock to turn and a publisher that only takes notes. */
function service() {
  const names = tableNames('demo');
  const clock = { now: new Date(`${FIRST_DAY}T09:00:00Z`) };
  const lines: Record<string, unknown>[] = [];
  const published: string[] = [];
  const submissions = createSubmissionLog(client, names.submissions);
  const registry = createRegistryStore(client, names.registry);
  const appAt = (now: () => Date) =>
    createApp({
      instruments,
      submissions,
      releases: createReleaseStore(client, names.releases),
      registry,
      invitations: createInvitationStore(client, names.invitations),
      participation: createParticipationStore(client, names.releases),
      files: { get: async () => undefined, list: async () => [] },
      sources: [],
      now,
      program: 'test',
      randomBytes,
      log: (entry) => lines.push(entry),
    });
  const app = appAt(() => clock.now);
  const seed = (through = (moment: Date): Pick<typeof app, 'request'> => appAt(() => moment)) =>
    seedDemo({
      appAt: through,
      registry,
      instruments,
      now: () => clock.now,
      publish: async (series, cutoffOn, at) => published.push(`${series} ${cutoffOn} ${at.toISOString().slice(0, 10)}`),
    });
  async function stored(): Promise<StoredSubmission[]> {
    const found: StoredSubmission[] = [];
    for await (const item of submissions.scan(0, 1)) if (item.kind === 'submission') found.push(item);
    return found.sort((a, b) => (`${a.organisation}${a.key}` < `${b.organisation}${b.key}` ? -1 : 1));
  }
  return { app, appAt, clock, lines, published, registry, seed, stored };
}

describe('seeding the demo', () => {
  it('submits the sector through the api, then publishes twice, and hands out the receipt of a house with a history', async () => {
    const { app, seed, stored, published, registry, lines } = service();
    const { receipt } = await seed();

    const all = await stored();
    expect(new Set(all.map((submission) => submission.organisation)).size).toBe(270);
    expect(all.length).toBeGreaterThan(400);
    const invited = all.filter((submission) => submission.admission === 'invited');
    const [few, umbrella] = await registry.associations();
    expect(await registry.byJoinCode(DEMO_JOIN_CODE)).toEqual(few);
    expect(few).toMatchObject({ name: 'Demo-Verband', members: 45 });
    expect(umbrella).toMatchObject({ name: 'Demo-Dachverband', members: 200 });
    const membersOf = (id: string) =>
      new Set(invited.flatMap(({ organisation, associations }) => (associations?.includes(id) ? [organisation] : [])));
    expect([membersOf(few!.id).size, membersOf(umbrella!.id).size]).toEqual([45, 120]);
    expect(
      invited.every(({ associations }) => associations?.every((id) => id === few?.id || id === umbrella?.id)),
    ).toBe(true);

    // One round is over, one is on.
    const [past, present] = umbrella!.campaigns!;
    expect(past!.closesOn < FIRST_DAY && past!.resultsOn < FIRST_DAY).toBe(true);
    expect(joiningOf(umbrella!, DEMO_INSTRUMENT, FIRST_DAY)).toEqual({ state: 'open' });
    expect(present!.resultsOn > FIRST_DAY).toBe(true);

    // What the start prints opens: a key that was rotated meanwhile is not said any more.
    const noon = new Date(`${FIRST_DAY}T12:00:00.000Z`);
    expect((await openDemoKeys(registry, noon)).map(({ name }) => name)).toEqual(['Demo-Verband', 'Demo-Dachverband']);
    const rotated = [{ hash: sha256Hex('another'), madeAt: noon.toISOString() }];
    await registry.put({ ...few!, keys: rotated }, few!);
    expect((await openDemoKeys(registry, noon)).map(({ name }) => name)).toEqual(['Demo-Dachverband']);

    const [first, second] = demoCutoffs(FIRST_DAY);
    expect(published).toEqual([first, second].map((on) => `${DEMO_INSTRUMENT} ${on} ${addDays(on, 2)}`));
    // What counts in which release hangs on when it was accepted: no check is accepted after the release it is for.
    for (const { conductedOn, acceptedAt } of all) {
      expect(acceptedAt > conductedOn).toBe(true);
      for (const cutoffOn of [first, second])
        expect([conductedOn <= cutoffOn, acceptedAt <= `${addDays(cutoffOn, 2)}T06`]).toEqual(
          Array(2).fill(conductedOn <= cutoffOn),
        );
      expect(acceptedAt < `${FIRST_DAY}T`).toBe(true);
    }
    const dates = all.map((submission) => submission.conductedOn);
    expect(dates.filter((date) => date <= first).length).toBeGreaterThan(150);
    expect(dates.filter((date) => date > first && date <= second).length).toBeGreaterThan(150);
    const waiting = dates.filter((date) => date > second);
    expect(waiting.length).toBeGreaterThan(20);
    expect(waiting.every((date) => date < FIRST_DAY)).toBe(true);

    const history = await app.request('/v1/submissions', { headers: { Authorization: `Bearer ${receipt}` } });
    const { submissions } = (await history.json()) as {
      submissions: { profile: Record<string, string>; overall: number; conductedOn: string }[];
    };
    expect(submissions).toHaveLength(2);
    for (const submission of submissions) {
      expect(submission.profile).toMatchObject({ level: 'facility', sector: 'elder-care', size: '50-249' });
      expect(submission.overall).toBeGreaterThan(0);
    }
    expect(submissions[1]!.conductedOn <= first && submissions[0]!.conductedOn > first).toBe(true);
    expect(JSON.stringify(lines)).not.toContain(receipt);
  });

  it('changes nothing when it runs again, not even weeks later', async () => {
    const { clock, seed, stored, published } = service();
    await seed();
    const before = await stored();
    clock.now = new Date('2026-04-29T09:00:00Z');
    await seed();
    expect(await stored()).toEqual(before);
    expect(published.slice(2)).toEqual(published.slice(0, 2));
  });

  it('completes a run that broke off', async () => {
    const { app, appAt, clock, seed, stored } = service();
    let left = 100;
    const failing = (moment: Date) => ({
      request: async (...call: Parameters<typeof app.request>) => {
        left -= 1;
        const working = appAt(() => moment);
        return left >= 0 ? working.request(...call) : Response.json({ title: 'Out of order' }, { status: 503 });
      },
    });
    await expect(seed(failing)).rejects.toThrow(/refused: 503 Out of order$/);
    expect((await stored()).length).toBeLessThanOrEqual(100);
    clock.now = new Date('2026-03-19T09:00:00Z');
    await seed();
    expect(new Set((await stored()).map((submission) => submission.organisation)).size).toBe(270);
  });

  it('leaves withdrawn what somebody withdrew while trying', async () => {
    const { app, seed, stored } = service();
    const { receipt } = await seed();
    await app.request('/v1/submissions', { method: 'DELETE', headers: { Authorization: `Bearer ${receipt}` } });
    await seed();
    const parsed = parseReceipt(receipt);
    const house = parsed.ok ? organisationOf(parsed.receipt) : '';
    expect((await stored()).filter((submission) => submission.organisation === house)).toEqual([]);
  });
});

describe('receipts and dates', () => {
  it('makes a valid receipt for every organisation, each its own', () => {
    const receipts = Array.from({ length: 1000 }, (_, organisation) => demoReceipt(organisation));
    expect(new Set(receipts).size).toBe(1000);
    for (const receipt of receipts) expect(parseReceipt(receipt).ok).toBe(true);
  });

  it.each(['2024-02-29', '2026-01-01', '2026-03-31', '2026-05-31', '2026-12-01', '2027-07-30'])(
    'on %s the cut-offs are month ends far enough apart, and the next release is still to come',
    (day) => {
      const [first, second] = demoCutoffs(day);
      const age = (date: string) => dayNumber(day) - dayNumber(date);
      expect(age(first)).toBeGreaterThanOrEqual(366);
      expect(age(first)).toBeLessThanOrEqual(428);
      expect(dayNumber(second) - dayNumber(first)).toBeGreaterThanOrEqual(240);
      expect(age(second)).toBeGreaterThan(118);
      expect(age(second)).toBeLessThan(160);
      for (const cutoff of [first, second]) {
        const next = new Date((dayNumber(cutoff) + 1) * 86_400_000).getUTCDate();
        expect(next).toBe(1);
      }
    },
  );
});
