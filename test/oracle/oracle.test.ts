import { describe, expect, it } from 'vitest';
import { auditDraw } from '#audit/audit-draw';
import { AuditLog } from '#audit/audit-log';
import type { HeadEntry } from '#contracts/release';
import { decideRelease } from '#disclosure/decide-release';
import { drawRelease } from '#disclosure/draw-release';
import { POLICY } from '#disclosure/policy';
import { createFold } from '#microdata/fold';
import { manifestOf } from '../audit/manifest-of.ts';
import { type AskedRelease, readWorld, type World } from './worlds.ts';

function drawn({ instrument, log }: World, asked: AskedRelease) {
  const fold = createFold({ ...asked, instruments: new Map([[instrument.id, instrument]]) });
  for (const item of log) fold.add(item);
  const reviewed = fold.review(POLICY.quality, asked.reviews);
  const input = { instrument, participations: fold.participations(), policy: POLICY };
  const decided = decideRelease(input);
  const key = Buffer.from(asked.key, 'hex');
  return { reviewed, decided, release: drawRelease({ ...input, decided, cutoffOn: asked.cutoffOn, key }) };
}

/** What the auditor says of the release of `oracle.py`, with a manifest about it. */
function audited({ instrument, log }: World, asked: AskedRelease) {
  const { cells, changes } = asked.expected;
  const auditLog = new AuditLog({ ...asked, instruments: new Map([[instrument.id, instrument]]) });
  for (const item of log) auditLog.add(item);
  const formerAt = (day: string, acceptedUntil: string): HeadEntry => ({
    releaseId: `${instrument.id}-${day}-00000000`,
    cutoffOn: day,
    acceptedUntil,
    state: 'listed',
  });
  // What was accepted up to here has counted in two releases.
  const former = asked.acceptedAfter
    ? [formerAt('2025-12-31', '2025-12-31T22:45:00.000Z'), formerAt('2025-06-30', asked.acceptedAfter)]
    : [];
  const manifest = manifestOf(instrument, asked, asked.expected, { policy: POLICY, former });
  return auditDraw(auditLog, {
    manifest,
    cells,
    changes,
    reviews: asked.reviews,
    former,
    key: Buffer.from(asked.key, 'hex'),
  });
}

/** How many were drawn: every number but participations and the permille of a cut. */
function figuresIn(shown: unknown): number {
  if (typeof shown !== 'object' || shown === null) return typeof shown === 'number' ? 1 : 0;
  return Object.entries(shown)
    .filter(([name]) => name !== 'participations' && name !== 'permille')
    .reduce((sum, [, value]) => sum + figuresIn(value), 0);
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

  it('is one in which the auditor finds nothing to object to', () => {
    const { breaks, incomplete, checked } = audited(world, asked);
    expect({ breaks, incomplete }).toEqual({ breaks: [], incomplete: [] });
    const { cells, changes } = asked.expected;
    expect(checked).toMatchObject({
      groups: cells.length + changes.length,
      figures: figuresIn([...cells, ...changes]),
    });
  });
});

describe('the worlds', () => {
  it('hold every kind of figure and every reason, so that the comparison covers them', () => {
    const [asked] = worlds.sector.releases;
    const { reviewed, decided } = drawn(worlds.sector, asked!);
    const reasonsOf = (groups: typeof decided.cells) => new Set(groups.map(({ reason }) => reason));
    expect(reasonsOf(decided.cells)).toEqual(new Set([undefined, 'nobody', 'too-few', 'one-source', 'too-close']));
    expect(reasonsOf(decided.changes)).toEqual(new Set([undefined, 'nobody', 'too-few', 'too-close']));

    const published = asked!.expected.cells.flatMap((cell) => (cell.state === 'published' ? [cell] : []));
    const cutsOf = (cell: (typeof published)[number]) => cell.dimensions.overall!.length;
    expect(new Set(published.map(cutsOf))).toEqual(new Set([1, 3, 11, 19]));
    const unitTypes = published.filter(({ group }) => Object.keys(group.where).length === 0 && !group.association);
    expect(unitTypes.map(({ group }) => group.unitType)).toEqual(['facility', 'carrier']);
    expect(published.some(({ group, items, questions }) => group.association && items && questions)).toBe(true);
    const { questions } = worlds.sector.instrument;
    const asksOf = published.flatMap((cell) => (cell.questions ? [Object.keys(cell.questions).length] : []));
    expect([Math.max(...asksOf), Math.min(...asksOf) < questions.length]).toEqual([questions.length, true]);

    const changes = asked!.expected.changes.flatMap((change) => (change.state === 'published' ? [change] : []));
    expect(new Set(changes.map(({ dimensions }) => dimensions.it!.shares !== undefined))).toEqual(
      new Set([true, false]),
    );
    expect(asked!.expected.leftOut.every(({ incomplete }) => incomplete > 0)).toBe(true);
    expect(asked!.expected.leftOut.some(({ underReview }) => underReview > 0)).toBe(true);
    const flags = new Set(reviewed.flatMap((one) => one.flags));
    expect(flags).toEqual(new Set(['straight-lining', 'too-fast', 'near-duplicate']));
    expect(new Set(reviewed.map(({ decision }) => decision))).toEqual(new Set([null, 'admit', 'exclude']));
    expect(worlds.egdi.releases[1]!.expected.changes.some(({ state }) => state === 'published')).toBe(true);
  });
});
