import { describe, expect, test } from 'vitest';
import type { LogItem } from '#contracts/submission';
import { organisationOf, submissionKeyOf } from '#store/hashes';
import { house } from '../publish/publishing.ts';
import { compareLog, runCampaign, type Sent } from './campaign.ts';

describe('under faults', () => {
  const catalogue = [[], [{ attribute: 'sector', level: 0 }]];
  const ALL_WELL = { lost: [], invented: [], returned: [], revived: [], isReleaseEqual: true, hasLeftovers: false };

  // The long version: npm run faults -- --n 10000
  test('everything acknowledged is there once, nothing withdrawn is back, the release is that of the acknowledged', async () => {
    const result = await runCampaign({
      submissions: 120,
      kills: 2,
      database: 'elsewhere',
      seed: 'gate',
      concurrency: 24,
      catalogue,
    });
    expect(result).toMatchObject({ ...ALL_WELL, kills: 2, sent: 120 });
    expect(result.withdrawn).toBeGreaterThan(0);
    // All kinds but the rare silence were dealt, so the campaign was no calm one.
    for (const kind of ['throttled', 'failed', 'reset', 'answerLost', 'slow', 'repeatedLate'] as const)
      expect(result.faults.database![kind], kind).toBeGreaterThan(0);
    for (const kind of ['reset', 'answerLost', 'slow', 'repeatedLate', 'overtaken'] as const)
      expect(result.faults.network[kind], kind).toBeGreaterThan(0);
  }, 240_000);

  // The long version: npm run faults -- --n 10000 --embedded
  test('the same holds where the database dies with the service', async () => {
    const result = await runCampaign({
      submissions: 60,
      kills: 2,
      database: 'embedded',
      seed: 'embedded',
      concurrency: 16,
      catalogue,
    });
    expect(result).toMatchObject({ ...ALL_WELL, kills: 2, sent: 60 });
    expect(result.withdrawn).toBeGreaterThan(0);
  }, 240_000);
});

describe('the comparison of log and acknowledged submissions', () => {
  const receipt = '0'.repeat(27);
  const sent = (changed: Partial<Sent> = {}): Sent => ({
    receipt,
    idempotencyKey: 'a',
    body: { instrument: 'digitalcheck.1', profile: {}, conductedOn: '2026-01-01', answers: { 'it-1': 3 } },
    isAcknowledged: true,
    isWithdrawn: false,
    ...changed,
  });
  const item = (changed: Partial<LogItem> = {}): LogItem =>
    ({
      ...house('house', 0, { conductedOn: '2026-01-01', answers: { 'it-1': 3 } }),
      organisation: organisationOf(receipt),
      key: submissionKeyOf('digitalcheck.1', 'a'),
      ...changed,
    }) as LogItem;
  const log = (...items: LogItem[]) => ({
    async *scan() {
      yield* items;
    },
  });

  test.each([
    ['nothing, where all is well', [item()], sent(), {}],
    ['a lost submission', [], sent(), { lost: ['a'] }],
    ['other answers', [item({ answers: { 'it-1': 2 } })], sent(), { lost: ['a'] }],
    ['nothing lost that was never acknowledged', [], sent({ isAcknowledged: false }), {}],
    ['a withdrawn one that is back', [item()], sent({ isWithdrawn: true }), { returned: ['a'] }],
    ['the same one twice', [item(), item()], sent(), { invented: [expect.any(String)] }],
    ['one that nobody sent', [item(), item({ key: 'x' })], sent(), { invented: [expect.any(String)] }],
  ])('names %s', async (_, items, what, found) => {
    expect(await compareLog(log(...items), [what])).toEqual({ lost: [], invented: [], returned: [], ...found });
  });
});
