import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Answer, StoredSubmission } from '#contracts/submission';
import { POLICY } from '#disclosure/policy';
import { loadInstruments } from '#instruments/load-instruments';
import { createFold, type Fold, type FoldWindow } from '#microdata/fold';
import { flagsOf } from '#microdata/quality';
import { submissionOf } from './probe.ts';

const instrument = (await loadInstruments([])).get('digitalcheck.1')!;
const { quality } = POLICY;
const window: FoldWindow = {
  instruments: new Map([[instrument.id, instrument]]),
  cutoffOn: '2026-03-31',
  after: '2024-03-31',
  acceptedUntil: '2026-04-02T00:00:00.000Z',
  acceptedAfter: null,
};

/** A sheet that no other seed gives. */
const sheet = (seed: number): Record<string, Answer> =>
  Object.fromEntries(
    instrument.items.map(({ id }, place) => [
      id,
      (createHash('sha256').update(`${seed}/${place}`).digest()[0]! % 5) as Answer,
    ]),
  );
const level = (answer: Answer) => Object.fromEntries(instrument.items.map(({ id }) => [id, answer]));
const profile = { level: 'facility', sector: 'elder-care', size: '50-249', region: 'de-nw' };
const check = (house: string, changed: Partial<StoredSubmission> = {}): StoredSubmission => {
  const { scores: _, ...rest } = submissionOf(house);
  return { ...rest, instrument: instrument.id, profile, answers: sheet(1), ...changed };
};
/** The sheet with the items of one dimension changed as asked. */
const changedIn = (dimension: string, by: number) => {
  const answers = { ...sheet(1) };
  for (const item of instrument.items)
    if (item.dimension === dimension) answers[item.id] = (((answers[item.id] as number) + by) % 5) as Answer;
  return answers;
};
const cluster = (count: number, changed: Partial<StoredSubmission> = {}) =>
  Array.from({ length: count }, (_, place) =>
    check(`near-${place}`, { answers: changedIn('innovation', place % 5), ...changed }),
  );

function folded(...submissions: StoredSubmission[]): Fold {
  const fold = createFold(window);
  for (const submission of submissions) fold.add(submission);
  return fold;
}
const named = (fold: Fold) => fold.participations().organisations.map((name) => name.replaceAll('_', ''));
const flagged = (fold: Fold) =>
  Object.fromEntries(fold.review(quality, []).map((one) => [one.organisation.replaceAll('_', ''), one.flags]));

describe('flags of one submission', () => {
  it.each([
    [
      'one level in 15 items',
      { answers: Object.fromEntries(Object.entries(level(2)).slice(0, 15)) },
      ['straight-lining'],
    ],
    ['one level in 14 items', { answers: Object.fromEntries(Object.entries(level(2)).slice(0, 14)) }, []],
    ['one level but for one item', { answers: { ...level(2), [instrument.items[7]!.id]: 3 as Answer } }, []],
    ['no level at all', { answers: level('na') }, []],
    ['39 seconds for 20 items', { secondsTaken: 39 }, ['too-fast']],
    ['40 seconds for 20 items', { secondsTaken: 40 }, []],
    ['unknown seconds', {}, []],
    [
      'a house with a join code that many know',
      { answers: level(2), admission: 'invited' as const, secondsTaken: 1 },
      ['straight-lining', 'too-fast'],
    ],
    ['a house with a code of its own', { answers: level(2), admission: 'single-use' as const, secondsTaken: 1 }, []],
    ['a trusted house with one level', { answers: level(2), admission: 'trusted' as const }, []],
  ])('%s', (_, changed, flags) => {
    expect(flagsOf(instrument, check('a', changed), quality)).toEqual(flags);
    const own = check('a', changed);
    // The fold must see what the api sees, of sheets that are complete.
    if (Object.keys(own.answers!).length === instrument.items.length)
      expect(flagged(folded(own)).a ?? []).toEqual(flags);
  });
});

describe('near-duplicates', () => {
  it('are five organisations that differ in one dimension at most', () => {
    expect(Object.values(flagged(folded(...cluster(5))))).toEqual(Array(5).fill(['near-duplicate']));
    expect(flagged(folded(...cluster(4)))).toEqual({});
  });

  it('need the same profile, and the same answers in all other dimensions', () => {
    const [first, ...others] = cluster(5);
    expect(flagged(folded({ ...first!, profile: { ...profile, region: 'de-by' } }, ...others))).toEqual({});
    const elsewhere = { ...changedIn('innovation', 1), [instrument.items[0]!.id]: 'dk' as Answer };
    expect(flagged(folded({ ...first!, answers: elsewhere }, ...others))).toEqual({});
  });

  it('count organisations, not submissions, and neither those vouched for nor the withdrawn', () => {
    const repeated = cluster(4);
    repeated.push({ ...repeated[0]!, key: 'again'.padEnd(43, '_') });
    expect(flagged(folded(...repeated))).toEqual({});
    expect(
      flagged(folded(...cluster(4), check('i', { admission: 'single-use' }), check('t', { admission: 'trusted' }))),
    ).toEqual({});
    const fold = folded(...cluster(5));
    const { organisation, key } = cluster(1)[0]!;
    fold.add({ kind: 'withdrawal', organisation, keys: [key], withdrawnAt: window.acceptedUntil, expiresAt: 4e9 });
    expect(flagged(fold)).toEqual({});
  });

  it('are told with the organisations in their cluster', () => {
    const others = Array.from({ length: 40 }, (_, place) =>
      check(`h${place}`, { answers: sheet(place + 9), profile: { ...profile, region: `r${place}` } }),
    );
    const found = folded(...cluster(6), ...others).review(quality, []);
    expect(found.map((entry) => entry.cluster)).toEqual(Array(6).fill(6));
  });

  it('agree with a comparison of every pair', () => {
    const all = Array.from({ length: 300 }, (_, place) =>
      check(`p${place}`, {
        answers: changedIn(['it', 'processes', 'leadership', 'innovation'][place % 4]!, place % 3),
        profile: {
          ...profile,
          size: ['1-9', '10-49', '50-249'][(place * 7) % 3]!,
          region: ['de-nw', 'de-by', 'de-he', 'de-be', 'de-hh'][(place * 11) % 5]!,
        },
      }),
    ).filter((_, place) => place % 5 < 3);
    const isNear = (a: StoredSubmission, b: StoredSubmission, dimension: string) =>
      JSON.stringify(a.profile) === JSON.stringify(b.profile) &&
      instrument.items.every((item) => item.dimension === dimension || a.answers![item.id] === b.answers![item.id]);
    const expected = all.filter((own) =>
      instrument.dimensions.some(
        ({ id }) => all.filter((other) => isNear(own, other, id)).length >= quality.duplicateCluster,
      ),
    );
    expect(expected.length).toBeGreaterThan(0);
    expect(Object.keys(flagged(folded(...all))).sort()).toEqual(
      expected.map(({ organisation }) => organisation.replaceAll('_', '')).sort(),
    );
  });
});

describe('the effect on participations', () => {
  const straight = check('s', { answers: level(2), key: 'later'.padEnd(43, '_'), conductedOn: '2026-03-01' });
  const review = (decision: 'admit' | 'exclude', submission = straight) => ({
    organisation: submission.organisation.slice(0, 22),
    submission: submission.key,
    decision,
    decidedAt: '2026-03-02T00:00:00.000Z',
  });

  it('leaves a flagged submission out, and counts the former one of its house', () => {
    const fold = folded(check('s'), straight, check('b', { answers: sheet(2) }));
    expect(fold.participations().submissions).toContain(straight.key);
    fold.review(quality, []);
    expect(named(fold)).toEqual(['s', 'b']);
    expect(fold.participations().submissions).toEqual([check('s').key, check('b').key]);
    const alone = folded(straight, check('b'));
    alone.review(quality, []);
    expect(named(alone)).toEqual(['b']);
  });

  it('counts what is admitted, and nothing of another submission under the same key', () => {
    const fold = folded(straight, check('u', { answers: level(3), key: straight.key }));
    const found = fold.review(quality, [review('admit')]);
    expect(found.map(({ decision }) => decision)).toEqual(['admit', null]);
    expect(named(fold)).toEqual(['s']);
  });

  it('leaves the excluded out, also when its flag is gone', () => {
    const fold = folded(...cluster(4));
    fold.review(quality, [review('exclude', cluster(1)[0]!)]);
    expect(named(fold)).toEqual(['near-1', 'near-2', 'near-3']);
  });

  it('measures no change from a submission that is held', () => {
    const first = check('m', { answers: level(1), conductedOn: '2024-06-01', key: 'first'.padEnd(43, '_') });
    const second = check('m', { conductedOn: '2025-03-01', key: 'second'.padEnd(43, '_') });
    const last = check('m', { conductedOn: '2026-03-01', key: 'last'.padEnd(43, '_') });
    const fold = folded(first, second, last);
    expect(fold.participations().firsts).toEqual([first.key]);
    fold.review(quality, []);
    expect(fold.participations().firsts).toEqual([null]);
  });
});
