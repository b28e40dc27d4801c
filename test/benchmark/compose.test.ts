import { describe, expect, it } from 'vitest';
import { compose, type FormerVersion } from '#benchmark/compose';
import { createFold } from '#microdata/fold';
import { admit } from '#benchmark/isolation';
import { POLICY } from '#disclosure/policy';
import type { CellVersion } from '#contracts/release';
import type { StoredSubmission } from '#contracts/submission';
import { scoresInstrument, submissionOf } from './rosters.ts';

function foldOf(submissions: StoredSubmission[]) {
  const fold = createFold({
    instruments: new Map([[scoresInstrument.id, scoresInstrument]]),
    cutoffOn: '2026-03-31',
    after: '2024-03-31',
    acceptedUntil: '2026-04-02T00:00:00.000Z',
  });
  for (const submission of submissions) fold.add(submission);
  return fold;
}

const rostersOf = (submissions: StoredSubmission[]) => (deferred: ReadonlySet<string>) =>
  foldOf(submissions).roster(deferred);

const houses = (prefix: string, count: number, changed: Partial<StoredSubmission> = {}) =>
  Array.from({ length: count }, (_, place) => submissionOf(`${prefix}${place}`, changed));
const inSector = (sector: string, size = 's') => ({ profile: { sector, size } });

function decide(submissions: StoredSubmission[], former: FormerVersion[] = [], cutoffOn = '2026-03-31') {
  const { decisions } = compose({
    instrument: { ...scoresInstrument, catalogue: [[], ['sector']], ladder: [['sector'], []] },
    policy: POLICY,
    cutoffOn,
    rosterWithout: rostersOf(submissions),
    former,
  });
  return Object.fromEntries(
    decisions.map((decision) => [
      decision.group.key,
      decision.outcome === 'fresh' ? 'fresh' : `${decision.outcome}: ${decision.cause}`,
    ]),
  );
}

/** The version of a group that a former release published of these submissions. */
function versionOf(key: string, submissions: StoredSubmission[], asOf = '2025-09-30') {
  const [attribute, code] = key.split('=');
  const group = { key, where: code ? { [attribute!]: code } : {} };
  const members = submissions.filter(({ profile }) => !code || profile.sector === code);
  const cell: CellVersion = {
    version: `r/${key}`,
    asOf,
    group,
    state: 'published',
    participations: 30,
    dimensions: {},
    items: {},
    questions: {},
  };
  return {
    cell,
    organisations: members.map(({ organisation }) => organisation),
    submissions: members.map(({ key: submission }) => submission),
    invited: members.filter(({ admission }) => admission !== 'open').length,
    isInForce: true,
  };
}

/** Makes the submissions part of a former release, so that they can no longer wait. */
const counted = (submissions: StoredSubmission[]) =>
  versionOf(
    'region=x',
    [...submissions, ...houses('elsewhere', 30)].map((entry) => ({ ...entry, profile: { sector: 'x' } })),
  );

describe('compose', () => {
  it('publishes what is large enough (rule 3)', () => {
    const decisions = decide([
      ...houses('a', 30, inSector('a')),
      ...houses('b', 29, inSector('b')),
      ...houses('c', 9, inSector('c')),
    ]);
    expect(decisions).toEqual({
      all: 'fresh',
      'sector=a': 'fresh',
      'sector=b': 'suppressed: too-few-invited',
      'sector=c': 'suppressed: below-k',
      'sector=d': 'suppressed: nobody',
    });
  });

  it('asks for ten invited participations below thirty', () => {
    const invited = { admission: 'invited' as const };
    const others = houses('x', 40, inSector('b'));
    // Two sectors stay suppressed, so that neither is what the others leave of the whole.
    const rest = [...houses('y', 12, inSector('c')), ...houses('z', 12, inSector('d'))];
    expect(decide([...others, ...rest, ...houses('a', 10, { ...inSector('a'), ...invited })])['sector=a']).toBe(
      'fresh',
    );
    expect(
      decide([
        ...others,
        ...rest,
        ...houses('a', 9, { ...inSector('a'), ...invited }),
        ...houses('o', 10, inSector('a')),
      ])['sector=a'],
    ).toBe('suppressed: too-few-invited');
  });

  it('lets no untrusted source fill a cell (rule 9)', () => {
    const imported = houses('i', 25, { ...inSector('a'), source: 'import:tool' });
    expect(decide([...imported, ...houses('a', 9, inSector('a'))]).all).toBe('suppressed: one-source');
    expect(decide([...imported, ...houses('a', 10, inSector('a'))]).all).toBe('fresh');
    const trusted = houses('t', 30, { ...inSector('a'), source: 'import:operator', admission: 'trusted' });
    expect(decide(trusted).all).toBe('fresh');
  });

  it('keeps parent and child apart by nobody or ten (rule 6a)', () => {
    const few = houses('b', 9, inSector('b'));
    expect(decide([...houses('a', 60, inSector('a')), ...few], [counted(few)])).toMatchObject({
      all: 'fresh',
      'sector=a': 'suppressed: difference-to-a-cell',
    });
    expect(decide(houses('a', 60, inSector('a')))).toMatchObject({ all: 'fresh', 'sector=a': 'fresh' });
  });

  it('suppresses a second cell where the rest of a parent would be few (rule 6b)', () => {
    const few = houses('d', 9, inSector('d'));
    const others = [
      ...houses('a', 60, inSector('a')),
      ...houses('b', 50, inSector('b')),
      ...houses('c', 40, inSector('c')),
    ];
    expect(decide([...others, ...few], [counted(few)])).toMatchObject({
      all: 'fresh',
      'sector=a': 'fresh',
      'sector=b': 'fresh',
      'sector=c': 'suppressed: rest-of-a-parent',
    });
  });

  it('lets fewer than ten newcomers wait where they alone would cost others their cell', () => {
    const input = {
      instrument: { ...scoresInstrument, catalogue: [[], ['sector']], ladder: [[]] },
      policy: POLICY,
      cutoffOn: '2026-03-31',
      former: [],
    };
    const outcome = compose({
      ...input,
      rosterWithout: rostersOf([...houses('a', 45, inSector('a')), ...houses('b', 3, inSector('b'))]),
    });
    expect(outcome.deferred.size).toBe(3);
    expect(
      outcome.decisions.filter((decision) => decision.outcome === 'fresh').map(({ group, n }) => [group.key, n]),
    ).toEqual([
      ['all', 45],
      ['sector=a', 45],
    ]);
    const again = compose({
      ...input,
      rosterWithout: rostersOf([...houses('b', 3, inSector('b')), ...houses('a', 45, inSector('a'))]),
    });
    expect(again).toEqual(outcome);
  });

  it('lets them wait with all they sent since the last release, but keeps who was counted before', () => {
    const again = (entries: StoredSubmission[]) =>
      entries.map((entry) => ({ ...entry, key: `${entry.key}2`, conductedOn: '2026-02-15' }));
    const [a, b] = [houses('a', 45, inSector('a')), houses('b', 3, inSector('b'))];
    const outcomeOf = (former: FormerVersion[]) =>
      compose({
        instrument: { ...scoresInstrument, catalogue: [[], ['sector']], ladder: [[]] },
        policy: POLICY,
        cutoffOn: '2026-03-31',
        rosterWithout: rostersOf([...a, ...b, ...again(b)]),
        former,
      });
    const { deferred, roster } = outcomeOf([]);
    expect([deferred.size, roster.size]).toEqual([6, 45]);
    // Left out, who was counted before would be a change of its own: the older submission would count again.
    expect(outcomeOf([counted(b)]).roster.size).toBe(48);
  });

  it('lets just these wait, though all chose the same Idempotency-Key', () => {
    const sameKey = { key: 'import-2026-01-15-r1' };
    const outcome = compose({
      instrument: { ...scoresInstrument, catalogue: [[], ['sector']], ladder: [[]] },
      policy: POLICY,
      cutoffOn: '2026-03-31',
      former: [],
      rosterWithout: rostersOf([
        ...houses('a', 45, { ...inSector('a'), ...sameKey }),
        ...houses('b', 3, { ...inSector('b'), ...sameKey }),
      ]),
    });
    expect(outcome.deferred.size).toBe(3);
    expect(outcome.roster.size).toBe(45);
  });

  it('carries a cell in which fewer than ten changed, and refreshes it at ten (rule 7)', () => {
    const before = houses('a', 40, inSector('a'));
    const former = [versionOf('all', before), versionOf('sector=a', before)];
    expect(decide(before, former).all).toBe('carried: too-few-changes');
    expect(decide([...before, ...houses('n', 9, inSector('a'))], former).all).toBe('carried: too-few-changes');
    expect(decide([...before, ...houses('n', 10, inSector('a'))], former).all).toBe('fresh');
    const resubmitted = before.map((submission, place) =>
      place < 10 ? { ...submission, key: `${submission.key}2` } : submission,
    );
    expect(decide(resubmitted, former).all).toBe('fresh');
    expect(decide(before.slice(10), former).all).toBe('fresh');
    expect(decide(before.slice(9), former).all).toBe('carried: too-few-changes');
  });

  it('compares with every version ever published, not just the last', () => {
    const first = houses('a', 40, inSector('a'));
    const second = [...first, ...houses('b', 12, inSector('a'))];
    const former = [{ ...versionOf('all', first, '2025-01-31'), isInForce: false }, versionOf('all', second)];
    expect(decide([...first, ...houses('c', 3, inSector('a'))], former).all).toBe('carried: too-few-changes');
  });

  it('lets open newcomers not move a cell that rests on invitations', () => {
    const before = houses('a', 15, { ...inSector('a'), admission: 'invited' });
    const former = [versionOf('all', before)];
    expect(decide([...before, ...houses('n', 12, inSector('a'))], former).all).toBe('carried: too-few-invited-changes');
    expect(decide([...before, ...houses('n', 12, { ...inSector('a'), admission: 'invited' })], former).all).toBe(
      'fresh',
    );
  });

  it('withdraws a version that is older than the panel window', () => {
    const before = houses('a', 40, inSector('a'));
    expect(decide(before, [versionOf('all', before, '2024-03-31')]).all).toBe('suppressed: too-few-changes');
    expect(decide(before, [versionOf('all', before, '2024-04-01')]).all).toBe('carried: too-few-changes');
  });

  it('withdraws in an erratum what it may not correct, and carries what the faulty release had only carried', () => {
    const members = [...houses('a', 40, inSector('a')), ...houses('b', 40, inSector('b'))];
    const older = versionOf('sector=b', members);
    const former = [versionOf('all', members), { ...older, cell: { ...older.cell, version: 'older/sector=b' } }];
    const { decisions } = compose({
      instrument: { ...scoresInstrument, catalogue: [[], ['sector']], ladder: [[]] },
      policy: POLICY,
      cutoffOn: '2026-03-31',
      rosterWithout: rostersOf(members),
      former,
      replaces: 'r',
    });
    const outcomes = Object.fromEntries(decisions.map(({ group, outcome }) => [group.key, outcome]));
    expect(outcomes).toMatchObject({ all: 'suppressed', 'sector=b': 'carried' });
  });

  it('withdraws a version that is below the policy of today', () => {
    const before = houses('a', 29, inSector('a'));
    expect(decide(before, [versionOf('all', before)]).all).toBe('suppressed: too-few-invited');
  });

  describe('an association', () => {
    const member = { admission: 'invited' as const, cohorts: ['c-1'] };
    // Two sectors stay suppressed, so that neither is what the others leave of the whole.
    const others = [
      ...houses('b', 40, inSector('b')),
      ...['c', 'd'].flatMap((code) => houses(code, 12, inSector(code))),
    ];

    it('gets its members as a whole and by sector, with a house in two of them counted in both', () => {
      const both = houses('ab', 12, { ...inSector('b'), admission: 'invited', cohorts: ['c-2', 'c-1'] });
      const decisions = decide([...others, ...houses('m', 30, { ...inSector('a'), ...member }), ...both]);
      expect(decisions).toMatchObject({
        'cohort=c-1': 'fresh',
        'sector=a,cohort=c-1': 'fresh',
        'sector=b,cohort=c-1': 'fresh',
        'sector=c,cohort=c-1': 'suppressed: nobody',
        'cohort=c-2': 'fresh',
        'sector=b,cohort=c-2': 'fresh',
      });
      expect(Object.keys(decisions).filter((key) => key.includes('size'))).toEqual([]);
    });

    it('may be filled by one source, which no public group may', () => {
      const imported = houses('m', 40, { ...inSector('a'), ...member, source: 'import:tool' });
      expect(decide([...imported, ...houses('a', 5, inSector('a')), ...others])).toMatchObject({
        'sector=a': 'suppressed: one-source',
        'cohort=c-1': 'fresh',
      });
    });

    it('loses who submits again without its code', () => {
      const members = houses('m', 30, { ...inSector('a'), ...member });
      const left = members.slice(0, 21).map((entry) => {
        const { cohorts: _, ...rest } = entry;
        return { ...rest, key: `${entry.key}2`, conductedOn: '2026-02-15' };
      });
      expect(decide([...others, ...members])['cohort=c-1']).toBe('fresh');
      const decisions = decide([...others, ...members, ...left]);
      expect(decisions['cohort=c-1']).toBe('suppressed: below-k');
      expect(decisions['sector=a']).toBe('fresh');
    });

    it('that nearly covers a sector stays, and the three others wait', () => {
      const members = houses('m', 45, { ...inSector('a'), ...member });
      const decisions = decide([...others, ...members, ...houses('three', 3, inSector('a'))]);
      expect(decisions).toMatchObject({ 'sector=a': 'fresh', 'cohort=c-1': 'fresh', 'sector=a,cohort=c-1': 'fresh' });
    });

    it('keeps its own version in force where too few members changed', () => {
      const members = houses('m', 30, { ...inSector('a'), ...member });
      const former = versionOf('all', members);
      const inForce = {
        ...former,
        cell: { ...former.cell, version: 'r/cohort=c-1', group: { key: 'cohort=c-1', where: {}, cohort: 'c-1' } },
      };
      const decisions = decide([...others, ...members, ...houses('n', 4, { ...inSector('a'), ...member })], [inForce]);
      expect(decisions['cohort=c-1']).toBe('carried: too-few-changes');
    });
  });

  describe('matched change', () => {
    const earlier = (entries: StoredSubmission[], x = 10) =>
      entries.map((entry) => ({ ...entry, key: `${entry.key}0`, conductedOn: '2025-03-01', scores: { x, y: 20 } }));
    const composed = (submissions: StoredSubmission[], former: FormerVersion[] = [], admitted = admit) =>
      compose({
        instrument: { ...scoresInstrument, catalogue: [[], ['sector']], ladder: [['sector'], []] },
        policy: POLICY,
        cutoffOn: '2026-03-31',
        rosterWithout: rostersOf(submissions),
        former,
        admit: admitted,
      });
    const outcomes = (submissions: StoredSubmission[], former: FormerVersion[] = []) =>
      Object.fromEntries(
        composed(submissions, former).changes.map((one) => [
          one.group.key,
          one.outcome === 'fresh' ? `fresh ${one.n}` : `${one.outcome}: ${one.cause}`,
        ]),
      );
    const spread = (entries: StoredSubmission[]) =>
      entries.map((entry, place) => ({ ...entry, scores: { x: 20 + place, y: 60 - place } }));
    const [a, b] = [spread(houses('a', 40, inSector('a'))), spread(houses('b', 40, inSector('b')))];

    it('is published of every group with enough matched organisations', () => {
      const c = spread(houses('c', 40, inSector('c')));
      const [ten, twelve] = [earlier(c.slice(0, 10)), earlier(b.slice(0, 12))];
      expect(outcomes([...a, ...b, ...c, ...earlier(a.slice(0, 30)), ...ten, ...twelve])).toMatchObject({
        all: 'fresh 52',
        'sector=a': 'fresh 30',
        'sector=b': 'suppressed: too-few-invited',
        'sector=c': 'suppressed: too-few-invited',
        'sector=d': 'suppressed: nobody',
      });
    });

    it('does not leave fewer than ten beside the figures of its group', () => {
      const log = [...a, ...b, ...earlier(a.slice(0, 31)), ...earlier(b)];
      // The nine came only now, and wait; had they been counted before, the change would not be shown.
      expect(outcomes(log)).toMatchObject({ 'sector=a': 'fresh 31' });
      expect(composed(log).deferred.size).toBe(9);
      expect(outcomes(log, [counted(a)])).toMatchObject({ 'sector=a': 'suppressed: difference-to-a-cell' });
      expect(outcomes([...a, ...b, ...earlier(a), ...earlier(b)])).toMatchObject({ 'sector=a': 'fresh 40' });
    });

    it('does not isolate a newcomer together with the figures of two dates', () => {
      // Level now less level before less change leaves whoever took part in only one of the two.
      const before = earlier(spread(houses('a', 45, inSector('a'))));
      const log = [...spread(houses('a', 32, inSector('a'))), ...before, ...houses('n', 1, inSector('a'))];
      const { changes, decisions, deferred } = composed(log, [versionOf('all', before)]);
      expect([decisions[0]!.outcome, changes[0]!.outcome, deferred.size]).toEqual(['fresh', 'fresh', 1]);
      // Where the one has been counted before and cannot wait, one of the two is not shown.
      const elsewhere = counted(houses('n', 1, inSector('a')));
      const again = composed(log, [versionOf('all', before), elsewhere]);
      expect([again.decisions[0]!.outcome, again.changes[0]!.outcome]).not.toEqual(['fresh', 'fresh']);
      // Nothing else than rule 6c sees it.
      const admitAll: typeof admit = ({ candidates }) => ({ admitted: [...candidates], refused: [], beyondCure: [] });
      const without = composed(log, [versionOf('all', before), elsewhere], admitAll);
      expect([without.decisions[0]!.outcome, without.changes[0]!.outcome]).toEqual(['fresh', 'fresh']);
    });

    it('withholds a dimension in which nearly all moved alike, and whatever would give that away', () => {
      const [c, d] = [spread(houses('c', 40, inSector('c'))), spread(houses('d', 40, inSector('d')))];
      // All of sector a moved by 5 in x; in the others by as much as they like.
      const moved = a.map((entry) => ({ ...earlier([entry])[0]!, scores: { x: entry.scores!.x! - 5, y: 20 } }));
      const log = [...a, ...b, ...c, ...d, ...moved, ...earlier([...b, ...c, ...d])];
      const withheld = Object.fromEntries(
        composed(log).changes.flatMap((one) => (one.outcome === 'fresh' ? [[one.group.key, one.withheld]] : [])),
      );
      expect(withheld['sector=a']).toContain('x');
      const others = ['all', 'sector=b', 'sector=c', 'sector=d'].filter((key) => withheld[key]?.includes('x'));
      expect(others).toHaveLength(1);
      expect(others).not.toEqual(['all']);
    });
  });

  describe('ten of X and one of Y less X change: Y2 - X2 - Y1 + X1 would isolate one (rule 6c)', () => {
    const inX = houses('a', 40, inSector('a'));
    const inRest = [...houses('b', 25, inSector('b')), ...houses('c', 25, inSector('c'))];
    const former = ['all', 'sector=a'].map((key) => versionOf(key, [...inX, ...inRest]));
    const changed = inX.map((entry, place) => (place < 10 ? { ...entry, key: `${entry.key}2` } : entry));

    it('refuses the smaller cell where the one has left', () => {
      expect(decide([...changed, ...inRest.slice(1)], former)).toMatchObject({
        all: 'fresh',
        'sector=a': 'carried: combination-of-cells',
      });
    });

    it('lets the one wait where it has come or corrected its answers', () => {
      const corrected = inRest.map((entry, place) => (place === 0 ? { ...entry, key: `${entry.key}2` } : entry));
      // The earlier submission stays in the log and counts until the correction's turn has come.
      const log = [...changed, ...inX.slice(0, 10), ...inRest, corrected[0]!];
      expect(decide(log, former)).toMatchObject({
        all: 'fresh',
        'sector=a': 'fresh',
      });
    });

    it('is needed: without it both cells would be published', () => {
      const { decisions } = compose({
        instrument: { ...scoresInstrument, catalogue: [[], ['sector']], ladder: [[]] },
        policy: POLICY,
        cutoffOn: '2026-03-31',
        rosterWithout: rostersOf([...changed, ...inRest.slice(1)]),
        former,
        admit: () => ({ admitted: [], refused: [], beyondCure: [] }),
      });
      expect(decisions.filter(({ outcome }) => outcome === 'fresh').map(({ group }) => group.key)).toEqual([
        'all',
        'sector=a',
      ]);
    });
  });
});
