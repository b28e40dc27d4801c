import { expect, it } from 'vitest';
import { type Composition, compose, type FormerVersion } from '#benchmark/compose';
import { createFold } from '#microdata/fold';
import { POLICY } from '#disclosure/policy';
import { bindDecisions, releaseOf } from '#disclosure/release';
import type { Plan } from '#contracts/release';
import type { StoredSubmission } from '#contracts/submission';
import { scoresInstrument, submissionOf } from './rosters.ts';

const plan: Plan = {
  releaseId: 'probe.1-2026-03-31-00000000',
  panel: 'probe.1',
  instrument: 'probe.1',
  cutoffOn: '2026-03-31',
  acceptedUntil: '2026-04-02T00:00:00.000Z',
  follows: null,
  replaces: null,
  instrumentHash: 'a'.repeat(64),
  policyHash: 'b'.repeat(64),
  codeVersion: 'test',
};
const instrument = { ...scoresInstrument, catalogue: [[], ['sector']], ladder: [['sector'], []] };

function reportOf(submissions: StoredSubmission[], former: FormerVersion[] = []) {
  const fold = createFold({
    instruments: new Map([[instrument.id, instrument]]),
    cutoffOn: plan.cutoffOn,
    after: '2024-03-31',
    acceptedUntil: plan.acceptedUntil,
  });
  for (const submission of submissions) fold.add(submission);
  const composition: Composition = compose({
    instrument,
    policy: POLICY,
    cutoffOn: plan.cutoffOn,
    rosterWithout: (deferred) => fold.roster(deferred),
    former,
  });
  return releaseOf(plan, bindDecisions(plan, instrument, composition), POLICY).report;
}

const houses = (prefix: string, count: number, scores: (place: number) => Record<string, number>, sector = 'a') =>
  Array.from({ length: count }, (_, place) =>
    submissionOf(`${prefix}${place}`, { scores: scores(place), profile: { sector, size: 's' } }),
  );

it('counts groups, dimensions by cause and what waits, and keeps every line', () => {
  const spread = (place: number) => (place * 37) % 101;
  const report = reportOf([
    ...houses('a', 40, (place) => ({ x: spread(place), y: 50 })),
    ...houses('b', 40, (place) => ({ x: spread(place + 7), y: place < 33 ? 20 : 80 }), 'b'),
    ...houses('c', 8, (place) => ({ x: spread(place), y: spread(place) }), 'c'),
  ]);
  expect(report.lines.map(({ key, n, outcome, cause }) => [key, n, outcome, cause])).toEqual([
    ['all', 80, 'fresh', null],
    ['sector=a', 40, 'fresh', null],
    ['sector=b', 40, 'fresh', null],
    ['sector=c', 0, 'suppressed', 'nobody'],
    ['sector=d', 0, 'suppressed', 'nobody'],
    // Nobody took part twice.
    ...['all', 'sector=a', 'sector=b', 'sector=c', 'sector=d'].map((key) => [
      `${key},measure=change`,
      0,
      'suppressed',
      'nobody',
    ]),
  ]);
  expect(report.deferred).toBe(8);
  expect(report.groups).toEqual({ fresh: 3, carried: 0, suppressed: 7, empty: 7 });
  expect(report.causes).toEqual({ nobody: 7 });
  expect(report.dimensions).toEqual({ published: 7, suppressed: 2, causes: { 'one-score-prevails': 2 } });
});

it('names the former versions that isolate somebody whatever is decided now, and how many, but not who', () => {
  const former = (key: string, count: number): FormerVersion => ({
    cell: {
      version: `old/${key}`,
      asOf: '2025-06-30',
      group: { key: 'all', where: {} },
      state: 'published',
      participations: 45,
      dimensions: {},
      items: {},
      questions: {},
    },
    organisations: Array.from({ length: count }, (_, place) => `o${place}`),
    submissions: Array.from({ length: count }, (_, place) => `s${place}`),
    invited: 0,
    isInForce: false,
  });
  const { beyondCure } = reportOf([], [former('sector', 48), former('cohort', 45)]);
  expect(beyondCure).toEqual([{ organisations: 3, versions: ['old/cohort', 'old/sector'] }]);
});
