import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LogItem, StoredSubmission } from '#contracts/submission';
import { POLICY } from '#disclosure/policy';
import { createFold, type FoldWindow } from '#microdata/fold';
import type { Participations } from '#microdata/participations';
import { scoresInstrument, submissionOf } from './probe.ts';

const window: FoldWindow = {
  instruments: new Map([[scoresInstrument.id, scoresInstrument]]),
  cutoffOn: '2026-03-31',
  after: '2024-03-31',
  acceptedUntil: '2026-04-02T00:00:00.000Z',
  acceptedAfter: null,
};

function folded(items: LogItem[], changed: Partial<FoldWindow> = {}): Participations {
  const fold = createFold({ ...window, ...changed });
  for (const item of items) fold.add(item);
  return fold.participations();
}

/** Every row by the name of its organisation, and who is left out: rows have no order of their own. */
function byHouse({ organisations, leftOut, size, ...columns }: Participations) {
  const rowOf = (row: number) =>
    Object.entries(columns).map(([name, values]) => {
      const width = values.length / size;
      return [name, Array.from<unknown>(values as ArrayLike<unknown>).slice(row * width, (row + 1) * width)];
    });
  return {
    rows: new Map(organisations.toSorted().map((house) => [house, rowOf(organisations.indexOf(house))])),
    leftOut: leftOut.map((one) => ({
      ...one,
      incomplete: one.incomplete.toSorted(),
      underReview: one.underReview.toSorted(),
    })),
  };
}

/** What the fold should find, computed the plain way. */
function expected(items: LogItem[]): Map<string, string> {
  const withdrawn = new Set(
    items.flatMap((item) => (item.kind === 'withdrawal' ? item.keys.map((key) => `${item.organisation}/${key}`) : [])),
  );
  const byHouse = new Map<string, StoredSubmission>();
  for (const item of items) {
    if (item.kind !== 'submission' || withdrawn.has(`${item.organisation}/${item.key}`)) continue;
    if (
      item.conductedOn > window.cutoffOn ||
      item.conductedOn <= window.after ||
      item.acceptedAt > window.acceptedUntil
    )
      continue;
    if (item.scores?.x === undefined || item.scores.y === undefined) continue;
    const rank = (s: StoredSubmission) => `${s.conductedOn} ${s.acceptedAt} ${s.key}`;
    const best = byHouse.get(item.organisation);
    if (!best || rank(item) > rank(best)) byHouse.set(item.organisation, item);
  }
  return new Map([...byHouse].map(([house, { key }]) => [house, key]));
}

describe('matched organisations', () => {
  const on = (conductedOn: string, x: number, changed: Partial<StoredSubmission> = {}) =>
    submissionOf('h', { key: conductedOn, conductedOn, scores: { x, y: 50 }, ...changed });
  const firstOf = (...items: LogItem[]) => folded(items).firsts[0];

  it('are measured from the first submission to the last, at least six calendar months later', () => {
    expect(firstOf(on('2025-08-28', 10), on('2026-02-28', 30))).toBe('2025-08-28');
    expect(firstOf(on('2025-08-29', 10), on('2026-02-28', 30))).toBeNull();
    expect(firstOf(on('2026-03-01', 30), on('2024-05-01', 10), on('2025-05-01', 20))).toBe('2024-05-01');
    const { firstScores, scores } = folded([on('2025-05-01', 20), on('2026-03-01', 30)]);
    expect([[...firstScores], [...scores]]).toEqual([
      [20, 50, 35],
      [30, 50, 40],
    ]);
  });

  it('have both inside the window, complete, and not withdrawn', () => {
    expect(firstOf(on('2024-03-31', 10), on('2025-03-01', 20), on('2026-03-01', 30))).toBe('2025-03-01');
    expect(firstOf(on('2025-03-01', 10, { scores: { x: 10 } }), on('2026-03-01', 30))).toBeNull();
    const withdrawal = {
      kind: 'withdrawal' as const,
      organisation: 'h'.padEnd(43, '_'),
      withdrawnAt: '',
      expiresAt: 0,
    };
    const items = [on('2024-05-01', 10), on('2025-03-01', 20), on('2026-03-01', 30)];
    expect(firstOf(...items, { ...withdrawal, keys: ['2024-05-01'] })).toBe('2025-03-01');
  });

  it('are never measured across values of the unit type attribute', () => {
    const instrument = { ...scoresInstrument, unitTypeAttribute: 'size' };
    const fold = createFold({ ...window, instruments: new Map([[instrument.id, instrument]]) });
    fold.add(on('2024-05-01', 10, { profile: { sector: 'a', size: 'l' } }));
    fold.add(on('2025-05-01', 20));
    fold.add(on('2026-03-01', 30));
    expect(fold.participations().firsts).toEqual(['2025-05-01']);
  });

  it('count by their last submission; the first may be one that counted in two releases already', () => {
    const items = [
      on('2024-05-01', 10, { acceptedAt: '2024-05-01T10:00:00.000Z' }),
      on('2026-03-01', 30, { acceptedAt: '2026-03-01T10:00:00.000Z' }),
    ];
    expect(folded(items, { acceptedAfter: '2025-01-01T00:00:00.000Z' })).toMatchObject({
      submissions: ['2026-03-01'],
      firsts: ['2024-05-01'],
    });
    expect(folded(items, { acceptedAfter: '2026-03-01T10:00:00.000Z' }).size).toBe(0);
  });
});

const score = fc.integer({ min: 0, max: 100 });
const submission = fc
  .record({
    house: fc.constantFrom('h1', 'h2', 'h3', 'h4', 'h5'),
    key: fc.integer({ min: 1, max: 9 }),
    conductedOn: fc.constantFrom('2024-03-31', '2024-04-01', '2025-06-01', '2026-03-31', '2026-04-01'),
    acceptedAt: fc.constantFrom('2026-04-01T00:00:00.000Z', '2026-04-02T00:00:00.000Z', '2026-04-02T00:00:00.001Z'),
    sector: fc.constantFrom('a', 'b'),
    scores: fc.oneof(fc.record({ x: score, y: score }), fc.record({ x: score })),
  })
  .map(({ house, key, sector, ...rest }) =>
    submissionOf(house, {
      ...rest,
      scores: rest.scores as Record<string, number>,
      key: `${house}-${key}`,
      profile: { sector, size: 's' },
    }),
  );
const withdrawal = fc
  .record({ house: fc.constantFrom('h1', 'h2'), keys: fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 4 }) })
  .map(
    ({ house, keys }): LogItem => ({
      kind: 'withdrawal',
      organisation: house.padEnd(43, '_'),
      keys: keys.map((key) => `${house}-${key}`),
      withdrawnAt: '2026-04-01T00:00:00.000Z',
      expiresAt: 0,
    }),
  );
const log = fc
  .uniqueArray(submission, { selector: ({ organisation, key }) => `${organisation}/${key}`, maxLength: 40 })
  .chain((submissions) => fc.array(withdrawal, { maxLength: 2 }).map((marks): LogItem[] => [...submissions, ...marks]));

describe('createFold', () => {
  it('counts each organisation once, with its last complete submission of the window', () => {
    fc.assert(
      fc.property(log, (items) => {
        const participations = folded(items);
        expect(
          new Map(participations.organisations.map((house, row) => [house, participations.submissions[row]!])),
        ).toEqual(expected(items));
      }),
    );
  });

  it('does not depend on the order of items', () => {
    fc.assert(
      fc.property(
        log.chain((items) => fc.tuple(fc.constant(items), fc.shuffledSubarray(items, { minLength: items.length }))),
        ([items, shuffled]) => {
          expect(byHouse(folded(shuffled))).toEqual(byHouse(folded(items)));
        },
      ),
    );
  });

  it('grows past its first capacity and keeps every row', () => {
    const items = Array.from({ length: 5000 }, (_, place) =>
      submissionOf(`h${place}`, {
        scores: { x: place % 101, y: (place * 3) % 101 },
        profile: { sector: place % 3 === 0 ? 'a' : 'b', size: 's' },
      }),
    );
    const participations = folded(items);
    expect(participations.size).toBe(5000);
    for (let row = 0; row < participations.size; row++) {
      const place = Number(participations.organisations[row]!.slice(1).replaceAll('_', ''));
      expect(participations.codes[row * 2]).toBe(place % 3 === 0 ? 0 : 1);
      expect(participations.scores[row * 3]).toBe(place % 101);
      expect(participations.scores[row * 3 + 1]).toBe((place * 3) % 101);
      expect(participations.scores[row * 3 + 2]).toBe(Math.floor(((place % 101) + ((place * 3) % 101)) / 2 + 0.5));
    }
  });

  it('ignores expired items, other instruments and tombstones', () => {
    expect(
      folded([
        submissionOf('expired', { expiresAt: Date.parse(window.acceptedUntil) / 1000 }),
        submissionOf('foreign', { instrument: 'other.1' }),
        { kind: 'tombstone', organisation: 'gone', key: 'k', withdrawnAt: window.acceptedUntil, expiresAt: 0 },
      ]).size,
    ).toBe(0);
  });
});

describe('what is left out', () => {
  const twoTypes = { ...scoresInstrument, unitTypeAttribute: 'size' };
  const review = (submission: StoredSubmission) => ({
    organisation: submission.organisation.slice(0, 22),
    submission: submission.key,
    decision: 'exclude' as const,
    decidedAt: '2026-03-02T00:00:00.000Z',
  });
  const incomplete = (house: string, changed: Partial<StoredSubmission> = {}) =>
    submissionOf(house, { scores: { x: 10 }, ...changed });
  const nameOf = (house: string) => house.padEnd(43, '_');

  it('are organisations without a participation, by the unit type of their last submission', () => {
    const fold = createFold({ ...window, instruments: new Map([[twoTypes.id, twoTypes]]) });
    const excluded = submissionOf('e', { profile: { sector: 'a', size: 'l' } });
    for (const item of [
      submissionOf('whole'),
      incomplete('whole', { key: 'later', conductedOn: '2026-02-01' }),
      incomplete('i'),
      incomplete('j', { profile: { sector: 'a', size: 'l' }, key: 'later', conductedOn: '2026-02-01' }),
      incomplete('j'),
      excluded,
      incomplete('e', { key: 'before', conductedOn: '2025-01-01', profile: { sector: 'a', size: 'l' } }),
      incomplete('nowhere', { profile: { sector: 'a' } }),
    ])
      fold.add(item);
    fold.review(POLICY.quality, [review(excluded)]);
    expect(fold.participations().organisations).toEqual([nameOf('whole')]);
    expect(fold.participations().leftOut).toEqual([
      { unitType: 's', incomplete: [nameOf('i')], underReview: [] },
      { unitType: 'l', incomplete: [nameOf('j')], underReview: [nameOf('e')] },
    ]);
  });

  it('are not those that withdrew, or whose submissions counted twice already', () => {
    const withdrawal: LogItem = {
      kind: 'withdrawal',
      organisation: nameOf('w'),
      keys: ['k'],
      withdrawnAt: window.acceptedUntil,
      expiresAt: 0,
    };
    const items = [incomplete('w', { key: 'k' }), withdrawal, incomplete('old'), submissionOf('before')];
    expect(folded(items, { acceptedAfter: '2026-01-15T10:00:00.000Z' })).toMatchObject({
      size: 0,
      leftOut: [{ incomplete: [], underReview: [] }],
    });
  });
});
