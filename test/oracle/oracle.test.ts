import { describe, expect, it } from 'vitest';
import { auditDraw } from '#audit/audit-draw';
import { createAuditLog } from '#audit/audit-log';
import { POLICY } from '#disclosure/policy';
import { decideRelease, drawRelease } from '#disclosure/release';
import { createFold } from '#microdata/fold';
import { type AskedRelease, readWorld, type World } from './worlds.ts';

function drawn({ instrument, log }: World, asked: AskedRelease) {
  const fold = createFold({ ...asked, instruments: new Map([[instrument.id, instrument]]) });
  for (const item of log) fold.add(item);
  fold.review(POLICY.quality, asked.reviews);
  const input = { instrument, participations: fold.participations(), policy: POLICY };
  const decided = decideRelease(input);
  const key = Buffer.from(asked.key, 'hex');
  return { decided, release: drawRelease({ ...input, decided, cutoffOn: asked.cutoffOn, key }) };
}

const worlds = { egdi: readWorld('egdi'), sector: readWorld('sector') };
const releases = Object.entries(worlds).flatMap(([name, world]) =>
  world.releases.map((asked) => ({ name: `${name}, ${asked.cutoffOn}`, world, asked })),
);

describe.each(releases)('the release of $name', ({ world, asked }) => {
  it('is, figure by figure, the one that oracle.py computed', () => {
    const { release } = drawn(world, asked);
    const { cells, changes, leftOut, epsilonSum } = asked.expected;
    expect(release.cells.length).toBe(cells.length);
    for (const [place, cell] of cells.entries()) expect(release.cells[place]).toEqual(cell);
    expect(release.changes.length).toBe(changes.length);
    for (const [place, change] of changes.entries()) expect(release.changes[place]).toEqual(change);
    expect(release.leftOut).toEqual(leftOut);
    expect(release.epsilonSum).toBe(epsilonSum);
  });
});

describe('the worlds', () => {
  it('hold every kind of figure and every reason, so that the comparison covers them', () => {
    const [asked] = worlds.sector.releases;
    const { decided } = drawn(worlds.sector, asked!);
    const reasonsOf = (groups: typeof decided.cells) => new Set(groups.map(({ reason }) => reason));
    expect(reasonsOf(decided.cells)).toEqual(new Set([undefined, 'nobody', 'too-few', 'one-source', 'too-close']));
    expect(reasonsOf(decided.changes)).toEqual(new Set([undefined, 'nobody', 'too-few', 'too-close']));

    const published = asked!.expected.cells.flatMap((cell) => (cell.state === 'published' ? [cell] : []));
    const cutsOf = (cell: (typeof published)[number]) => cell.dimensions.overall!.length;
    expect(new Set(published.map(cutsOf))).toEqual(new Set([1, 3, 11, 19]));
    const panels = published.filter(({ group }) => Object.keys(group.where).length === 0 && !group.cohort);
    expect(panels.map(({ group }) => group.panel)).toEqual(['facility', 'carrier']);
    expect(published.some(({ group, items, questions }) => group.cohort && items && questions)).toBe(true);
    const { questions } = worlds.sector.instrument;
    const asksOf = published.flatMap((cell) => (cell.questions ? [Object.keys(cell.questions).length] : []));
    expect([Math.max(...asksOf), Math.min(...asksOf) < questions.length]).toEqual([questions.length, true]);

    const changes = asked!.expected.changes.flatMap((change) => (change.state === 'published' ? [change] : []));
    expect(new Set(changes.map(({ dimensions }) => dimensions.it!.shares !== undefined))).toEqual(
      new Set([true, false]),
    );
    for (const { incomplete, underReview } of asked!.expected.leftOut)
      expect([incomplete > 0, underReview >= 0]).toEqual([true, true]);
    expect(worlds.egdi.releases[1]!.expected.changes.some(({ state }) => state === 'published')).toBe(true);
  });
});
