import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Instrument } from '#contracts/instrument';
import { Cell, Change, LeftOut } from '#contracts/release';
import type { Review } from '#contracts/review';
import type { LogItem, StoredSubmission } from '#contracts/submission';
import { decideRelease } from '#disclosure/decide-release';
import { drawRelease } from '#disclosure/draw-release';
import { epsilonSum } from '#disclosure/epsilon-sum';
import { POLICY } from '#disclosure/policy';
import { disclosureReportOf } from '#disclosure/report';
import { createFold } from '#microdata/fold';

const textOf = (name: string) => readFileSync(new URL(`../fixtures/method-2/${name}`, import.meta.url), 'utf8');
const read = <T>(name: string): T => JSON.parse(textOf(`${name}.json`));
const instrument = Instrument.parse(read('instrument'));
const log = textOf('log.jsonl')
  .trimEnd()
  .split('\n')
  .map((line): LogItem => JSON.parse(line));
const given = read<{
  cutoffOn: string;
  after: string;
  acceptedUntil: string;
  acceptedAfter: string;
  key: string;
  reviews: Review[];
}>('given');
const released = read<ReturnType<typeof drawRelease>>('release');
const key = Uint8Array.from(Buffer.from(given.key, 'hex'));

function drawnOf(items: readonly LogItem[], policy = POLICY, drawingKey: Uint8Array = key) {
  const fold = createFold({ ...given, instruments: new Map([[instrument.id, instrument]]) });
  for (const item of items) fold.add(item);
  const reviewed = fold.review(policy.quality, given.reviews);
  const participations = fold.participations();
  const decided = decideRelease({ instrument, participations, policy });
  const drawn = drawRelease({ instrument, participations, policy, decided, cutoffOn: given.cutoffOn, key: drawingKey });
  return { participations, decided, drawn, report: disclosureReportOf(decided, reviewed) };
}

/** Every figure is one that was computed outside the code base, in plain Python over the same log and key. */
describe('a release of the log of the fixture', () => {
  const { drawn, report } = drawnOf(log);

  it('has the figures of an independent computation', () => {
    expect(drawn).toEqual(released);
  });

  it('holds cells, changes and left-out counts as the contracts have them', () => {
    for (const cell of drawn.cells) Cell.parse(cell);
    for (const change of drawn.changes) Change.parse(change);
    for (const leftOut of drawn.leftOut) LeftOut.parse(leftOut);
  });

  it('shows each kind of figure and each reason at least once, so that the comparison covers them', () => {
    const published = drawn.cells.flatMap((cell) => (cell.state === 'published' ? [cell] : []));
    const questions = published.flatMap(({ questions }) => (questions ? [Object.keys(questions).length] : []));
    expect([Math.max(...questions), Math.min(...questions) < 2]).toEqual([2, true]);
    expect(published.some(({ group, items }) => group.association !== undefined && items)).toBe(true);
    expect(new Set(published.map(({ dimensions }) => dimensions.it!.length))).toEqual(new Set([1, 3, 11]));
    expect(drawn.changes.some((change) => change.state === 'published' && change.dimensions.it!.shares)).toBe(true);
    const reasons = new Set([...report.cells, ...report.changes].map(({ reason }) => reason));
    expect(reasons).toEqual(new Set([undefined, 'nobody', 'too-few', 'one-source', 'too-close']));
  });

  it('does not depend on the order of the log, and does on the key', () => {
    expect(drawnOf(log.toReversed()).drawn).toEqual(drawn);
    const otherKey = drawnOf(log, POLICY, key.toReversed()).drawn;
    expect(otherKey.cells).not.toEqual(drawn.cells);
    expect(otherKey.cells.map(({ state }) => state)).toEqual(drawn.cells.map(({ state }) => state));
  });

  it('tells the operator exactly, by key, and says of flagged submissions what was decided', () => {
    const all = report.cells.find(({ key }) => key === 'level=facility')!;
    expect(all).toMatchObject({ decision: 'published' });
    expect(all.n - (all.n % 5)).toBe(
      drawn.cells.flatMap((cell) =>
        cell.group.key === all.key && cell.state === 'published' ? cell.participations : [],
      )[0],
    );
    expect(report.leftOut.map(({ unitType }) => unitType)).toEqual(['facility', 'carrier']);
    expect(report.reviewed).toMatchObject({ admitted: 1, excluded: 1 });
    expect(report.reviewed.waiting).toBeGreaterThan(0);
  });
});

describe('equal sets', () => {
  it('have equal figures under whatever name', () => {
    // Everybody of the facilities is a member of one more association, and large: three names of one set.
    const members = log.map((item) =>
      item.kind === 'submission' && item.profile.level === 'facility'
        ? { ...item, associations: ['c-0000000a'], profile: { ...item.profile, size: 'large' } }
        : item,
    );
    const loose = { ...POLICY, minNestedDifference: 0 };
    const { cells, changes } = drawnOf(members, loose).drawn;
    for (const figures of [cells, changes]) {
      const named = (name: string) => {
        const { group: _, ...rest } = figures.find(({ group }) => group.key === name)!;
        return rest;
      };
      expect(named('level=facility')).toMatchObject({ state: 'published' });
      expect(named('level=facility,association=c-0000000a')).toEqual(named('level=facility'));
      expect(named('level=facility,size=large')).toEqual(named('level=facility'));
    }
    // By the rule only the first of them is shown.
    const strict = drawnOf(members).drawn.cells.filter(({ state }) => state === 'published');
    expect(strict.map(({ group }) => group.key)).not.toContain('level=facility,association=c-0000000a');
  });
});

describe('an instrument without items and questions', () => {
  it('has cells without them', () => {
    const scored: Instrument = { ...instrument, kind: 'scores', items: [], questions: [] };
    const fold = createFold({ ...given, instruments: new Map([[scored.id, scored]]) });
    const { answers: _, ...sheet } = log.find(
      (item): item is StoredSubmission => item.kind === 'submission' && item.conductedOn > '2026',
    )!;
    for (let place = 0; place < 60; place++)
      fold.add({ ...sheet, organisation: `s${place}`, scores: { it: place, people: 100 - place } });
    const participations = fold.participations();
    const input = { instrument: scored, participations, policy: POLICY };
    const { cells } = drawRelease({ ...input, decided: decideRelease(input), cutoffOn: given.cutoffOn, key });
    const published = cells.filter(({ state }) => state === 'published');
    expect(published.length).toBeGreaterThan(0);
    for (const cell of published) expect(Object.keys(cell)).toEqual(['group', 'state', 'participations', 'dimensions']);
  });
});

describe('one source', () => {
  it('never hides what an association is shown of its own members, nor what the operator trusts', () => {
    const change = (changed: Partial<StoredSubmission>) =>
      log.map((item) => (item.kind === 'submission' ? { ...item, associations: ['c-0000000a'], ...changed } : item));
    const reasonsOf = (items: LogItem[]) =>
      Object.fromEntries(drawnOf(items).decided.cells.map(({ group, reason }) => [group.key, reason]));
    const carrier = reasonsOf(change({ source: 'carrier:x', admission: 'invited' }));
    expect(carrier['level=facility']).toBe('one-source');
    expect(carrier['level=facility,association=c-0000000a']).toBeUndefined();
    expect(reasonsOf(change({ source: 'import:x', admission: 'trusted' }))['level=facility']).toBeUndefined();
  });
});

describe('epsilonSum', () => {
  it('adds up what other answers can change over every figure that one participation can be in', () => {
    const cut = 1.4;
    const cutLadder = [{ fromN: 20, permilles: [500] }];
    const policy = { ...POLICY, cutLadder, changeCutLadder: cutLadder };
    // Three scores; six counts for each of six items; four and three counts of questions; three directions a score.
    const scores = 3 * cut;
    const items = 0.5 * (6 * 6 + 4 + 3);
    const change = 3 * (cut + 3 * 0.5);
    // Five public sets, four of them with items; two sets of members for each of three associations, one with items.
    const sum = 5 * (scores + change) + 4 * items + 3 * (2 * (scores + change) + items);
    expect(epsilonSum(instrument, policy)).toBeCloseTo(sum, 9);
    // Never below the sum, whatever its digits: 0.7 * 1000 / 950 + ... rounded up to a tenth.
    expect(epsilonSum(instrument, POLICY)).toBe(1177.9);
  });
});
