import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { POLICY } from '#disclosure/policy';
import type { Cell, Ledger, PublishedCell } from '#contracts/release';
import { SUPPRESSED } from '#contracts/suppressed';
import { type AuditInput, auditRelease, type ShownRelease } from '#functions/operator/audit/audit-release';
import { tryCellFigures, tryRestFigures } from '#functions/operator/audit/cell-figures';
import { boundsOfDistribution, boundsOfShare, stepOfShares } from '#functions/operator/audit/count-bounds';
import type { LogRoster, Participation } from '#functions/operator/audit/log-roster';
import { createFindings, reportLines } from '#functions/operator/audit/report';
import { atomsOf, smallSpace, spanOf, touchesOnly } from '#functions/operator/audit/row-space';
import { scoresInstrument } from '../benchmark/rosters.ts';

const POLICY_HASH = '0'.repeat(64);
const id = (cutoffOn: string) => `probe.1-${cutoffOn}-00000000`;
const names = (prefix: string, count: number) => Array.from({ length: count }, (_, place) => `${prefix}${place}`);

/** A release that shows no scores at all: who is in which cell is all there is to attack. */
function release(
  cutoffOn: string,
  fresh: Record<string, string[]>,
  { revision = {}, carried = [], hidden = [] }: Details = {},
): { shown: ShownRelease; ledger: Ledger } {
  const releaseId = id(cutoffOn);
  const groupOf = (key: string) => {
    const { cohort, ...where } =
      key === 'all' ? {} : Object.fromEntries(key.split(',').map((pair) => pair.split('=') as [string, string]));
    return { key, where, ...(cohort === undefined ? {} : { cohort }) };
  };
  const cells: Cell[] = [
    ...Object.entries(fresh).map(
      ([key, members]): Cell => ({
        version: `${releaseId}/${key}`,
        asOf: cutoffOn,
        group: groupOf(key),
        state: 'published',
        participations: members.length - (members.length % 5),
        dimensions: { x: SUPPRESSED },
        items: {},
        questions: {},
        isCarriedForward: false,
      }),
    ),
    ...carried.map((cell): Cell => ({ ...cell, isCarriedForward: true })),
    ...hidden.map((key): Cell => ({ group: groupOf(key), ...SUPPRESSED })),
  ];
  const groups = new Map<string, string[]>();
  for (const [key, members] of Object.entries(fresh))
    for (const name of members) groups.set(name, [...(groups.get(name) ?? []), key]);
  return {
    shown: {
      cells,
      manifest: {
        releaseId,
        panel: 'probe.1',
        instrument: 'probe.1',
        cutoffOn,
        nextReleaseOn: '2030-01-01',
        follows: null,
        replaces: null,
        policy: POLICY,
        policyHash: POLICY_HASH,
        instrumentHash: POLICY_HASH,
        codeVersion: 'test',
        cells: cells
          .filter(({ group }) => group.cohort === undefined)
          .map((cell) =>
            cell.state === 'suppressed'
              ? { key: cell.group.key, group: cell.group, ...SUPPRESSED }
              : {
                  key: cell.group.key,
                  group: cell.group,
                  state: 'published',
                  participations: cell.participations,
                  asOf: cell.asOf,
                  isCarriedForward: cell.isCarriedForward,
                  version: cell.version,
                },
          ),
      },
    },
    ledger: {
      releaseId,
      cutoffOn,
      entries: [...groups].map(([organisation, keys]) => ({
        organisation,
        submission: `${organisation}/${revision[organisation] ?? 1}`,
        isInvited: true,
        groups: keys,
      })),
    },
  };
}
interface Details {
  /** Organisation -> which of its submissions counts; 1 by default. */
  revision?: Record<string, number>;
  carried?: PublishedCell[];
  hidden?: string[];
}

function audit(releases: ReturnType<typeof release>[], more: Partial<AuditInput> = {}) {
  return auditRelease({
    candidate: releases.at(-1)!.shown,
    former: releases.slice(0, -1).map(({ shown }) => shown),
    ledgers: releases.map(({ ledger }) => ledger),
    instrument: scoresInstrument,
    policy: POLICY,
    now: () => performance.now(),
    limits: { seconds: 10 },
    ...more,
  });
}

async function breaksOf(releases: ReturnType<typeof release>[], more: Partial<AuditInput> = {}) {
  const { breaks } = await audit(releases, more);
  return [...new Set(breaks.map(({ attempt, rule }) => `${rule} ${attempt}`))];
}

const SUBTRACTION = 'subtraction of any two versions';
const SOLVER = 'signed combinations by a solver';

describe('auditRelease', () => {
  const [a, b] = [names('a', 30), names('b', 20)];

  it('finds nothing in a sound release, and says what it tried', async () => {
    const report = await audit([release('2026-03-31', { all: [...a, ...b], 'sector=a': a, 'sector=b': b })]);
    expect(report.breaks).toEqual([]);
    const lines = reportLines(report).join('\n');
    expect(lines).toContain('3 pairs of 3 versions');
    expect(lines).toContain('no combination isolates fewer than k');
    expect(lines).not.toContain('a0');
  });

  it('finds two cells that differ by fewer than k', async () => {
    const few = names('b', 9);
    expect(await breaksOf([release('2026-03-31', { all: [...a, ...few], 'sector=a': a })])).toContain(
      `6 ${SUBTRACTION}`,
    );
  });

  it('finds what a parent leaves beside its children', async () => {
    const all = [...a, ...b, ...names('c', 3)];
    expect(await breaksOf([release('2026-03-31', { all, 'sector=a': a, 'sector=b': b })])).toContain(
      '6 parents less children',
    );
  });

  it('finds a refresh after fewer than k changes, also against a version that is no longer shown', async () => {
    const first = release('2026-03-31', { all: a });
    const second = release('2026-10-31', { all: [...a, ...b] });
    expect(await breaksOf([first, second])).toEqual([]);
    const third = release('2027-05-31', { all: [...a.slice(4), ...names('d', 4)] });
    expect(await breaksOf([first, second, third])).toContain(`7 ${SUBTRACTION}`);
  });

  it('counts a resubmission as a change of the same organisation, once', async () => {
    const first = release('2026-03-31', { all: a });
    const nine = Object.fromEntries(a.slice(0, 9).map((name) => [name, 2]));
    expect(await breaksOf([first, release('2026-10-31', { all: a }, { revision: nine })])).toContain(
      `7 ${SUBTRACTION}`,
    );
    const ten = { ...nine, [a[9]!]: 2 };
    expect(await breaksOf([first, release('2026-10-31', { all: a }, { revision: ten })])).toEqual([]);
  });

  it('finds the one house that changed outside a part in which ten changed', async () => {
    const [x, rest] = [names('x', 30), names('y', 20)];
    const revision = Object.fromEntries([...x.slice(0, 10), rest[0]!].map((name) => [name, 2]));
    const found = await breaksOf([
      release('2026-03-31', { all: [...x, ...rest], 'sector=a': x }),
      release('2026-10-31', { all: [...x, ...rest], 'sector=a': x }, { revision }),
    ]);
    expect(found).toContain('6 change of a group less change of a part of it');
    expect(found).toContain('6 any one or two organisations');
    expect(found).toContain(`6 ${SOLVER}`);
  });

  it('finds by the solver what no subtraction of two and no rest shows', async () => {
    // Two overlapping partitions of the same houses, one of which lacks four: a1 + a2 - b1 - b2.
    const parts = [names('p', 15), names('q', 15), names('r', 15), names('s', 15)] as const;
    const [p, q, r, s] = parts;
    const found = await breaksOf([
      release('2026-03-31', {
        'sector=a': [...p, ...q],
        'sector=b': [...r, ...s],
        'size=s': [...p, ...r],
        'size=l': [...q, ...s.slice(4)],
      }),
    ]);
    expect(found).toEqual([`6 ${SOLVER}`]);
  });

  it('finds a suppressed group that is a combination of published ones', async () => {
    const [p, q] = [names('p', 15), names('q', 25)];
    const roster = rosterOf([
      ...p.map((name) => participation(name, 'a')),
      ...q.map((name) => participation(name, 'b')),
    ]);
    const one = release('2026-03-31', { all: [...p, ...q], 'sector=b': q }, { hidden: ['sector=a'] });
    expect(await breaksOf([one], { roster })).toEqual(['6 suppressed groups as combinations of published ones']);
    const other = release('2026-03-31', { all: [...p, ...q] }, { hidden: ['sector=a', 'sector=b'] });
    expect(await breaksOf([other], { roster })).toEqual([]);
  });

  it('finds a ledger that counts who does not belong', async () => {
    const roster = rosterOf(a.map((name) => participation(name, 'b')));
    expect(await breaksOf([release('2026-03-31', { 'sector=a': a })], { roster })).toEqual([
      '1 the ledger against the log',
    ]);
  });

  it('finds too few members, and one source that fills a cell', async () => {
    const small = release('2026-03-31', { all: names('a', 9) });
    expect(await breaksOf([small])).toContain('3 members, invitations, sources and changes of each version');
    const open = release('2026-03-31', { all: b });
    for (const entry of open.ledger.entries) entry.isInvited = false;
    expect(await breaksOf([open])).toContain('3 members, invitations, sources and changes of each version');
    const filled = release('2026-03-31', { all: a });
    for (const entry of filled.ledger.entries.slice(0, 21)) entry.source = 'carrier:x';
    expect(await breaksOf([filled])).toContain('9 members, invitations, sources and changes of each version');
  });

  it('finds a carried version that is not the former one byte for byte, and cut-offs too close', async () => {
    const first = release('2026-03-31', { all: a });
    const cell = first.shown.cells[0] as PublishedCell;
    expect(await breaksOf([first, release('2026-10-31', {}, { carried: [cell] })])).toEqual([]);
    const changed = release('2026-10-31', {}, { carried: [{ ...cell, participations: 25 }] });
    expect(await breaksOf([first, changed])).toContain('7 form, carried versions and time');
    const early = release('2026-05-31', {}, { carried: [cell] });
    expect(await breaksOf([first, early])).toEqual(['7 form, carried versions and time']);
    const late = release('2028-06-30', {}, { carried: [cell] });
    expect(await breaksOf([first, late])).toEqual(['7 form, carried versions and time']);
  });

  it('finds a dimension that one cell withholds and the others give away', async () => {
    const shown = { state: 'published' as const, cuts: [25, 50, 75].map((value) => ({ permille: 10 * value, value })) };
    const breaks = async (...showing: string[]) => {
      const one = release('2026-03-31', { all: [...a, ...b], 'sector=a': a, 'sector=b': b });
      for (const cell of one.shown.cells)
        if (cell.state === 'published' && showing.includes(cell.group.key)) cell.dimensions.x = shown;
      return (await breaksOf([one])).filter((found) => found.startsWith('6'));
    };
    expect(await breaks('all', 'sector=a')).toEqual(['6 withheld dimensions as combinations of shown ones']);
    expect(await breaks('all')).toEqual([]);
    expect(await breaks('all', 'sector=a', 'sector=b')).toEqual([]);
  });

  it('combines what an association is shown with what everybody is shown', async () => {
    const [members, three] = [names('m', 45), names('o', 3)];
    const shown = release('2026-03-31', { 'sector=a': [...members, ...three], 'cohort=c-1': members });
    expect(await breaksOf([shown])).toContain(`6 ${SUBTRACTION}`);
    const sound = release('2026-03-31', { 'sector=a': members, 'cohort=c-1': members });
    expect(await breaksOf([sound])).toEqual([]);
  });

  it("finds an association's cell in the public list", async () => {
    const sound = release('2026-03-31', { 'cohort=c-1': a });
    const { version, asOf, group, participations, isCarriedForward } = sound.shown.cells[0] as PublishedCell;
    const entry = {
      key: group.key,
      state: 'published' as const,
      version,
      asOf,
      group,
      participations,
      isCarriedForward,
    };
    const manifest = { ...sound.shown.manifest, cells: [entry] };
    expect(await breaksOf([{ ...sound, shown: { ...sound.shown, manifest } }])).toEqual([
      '11 form, carried versions and time',
    ]);
  });

  it('says so when the solver has no time', async () => {
    const [x, rest] = [names('x', 30), names('y', 20)];
    const revision = Object.fromEntries([...x.slice(0, 10), rest[0]!].map((name) => [name, 2]));
    const releases = [
      release('2026-03-31', { all: [...x, ...rest], 'sector=a': x }),
      release('2026-10-31', { all: [...x, ...rest], 'sector=a': x }, { revision }),
    ];
    const { attempts } = await audit(releases, { limits: { seconds: 0 } });
    expect(attempts.find(({ name }) => name === SOLVER)?.limit).toContain('0 seconds in all');
  });
});

function rosterOf(participations: Participation[]): LogRoster {
  const eligible = new Map(participations.map((entry) => [`${entry.organisation}/${entry.submission}`, entry]));
  return { participations, eligible, withdrawn: new Set() };
}

function participation(organisation: string, sector: string): Participation {
  return {
    organisation,
    submission: `${organisation}/1`,
    conductedOn: '2026-01-15',
    order: '2026-01-15',
    isTrusted: false,
    source: undefined,
    profile: { sector, size: 's' },
    cohorts: [],
    scores: { x: 50, y: 50, overall: 50 },
    answers: undefined,
  };
}

describe('the figures of a cell', () => {
  const cell = (changed: Partial<PublishedCell>): PublishedCell => ({
    ...(release('2026-03-31', { all: names('a', 20) }).shown.cells[0] as PublishedCell),
    ...changed,
  });
  const cuts = (...values: number[]) => ({
    x: {
      state: 'published' as const,
      cuts: values.map((value, place) => ({ permille: ((place + 1) * 1000) / (values.length + 1), value })),
    },
  });
  const item = (
    atLeast: (number | null | 'almost-none' | 'almost-all')[],
    na: number | 'almost-none' = 'almost-none',
  ) =>
    ({
      i: { state: 'published', atLeast, notApplicable: na, dontKnow: 'almost-none' },
    }) as unknown as PublishedCell['items'];
  const rulesOf = (changed: Partial<PublishedCell>, n = 20) => {
    const findings = createFindings();
    tryCellFigures(cell(changed), n, new Set(['q']), POLICY, findings);
    return findings.breaks.map(({ rule, attempt }) => `${rule} ${attempt.split(' ')[0]}`);
  };

  it('holds what the policy allows', () => {
    expect(rulesOf({ dimensions: cuts(30, 50, 70), items: item([75, 50, 'almost-none', 'almost-none']) })).toEqual([]);
  });
  it('shows no finer cuts, no equal ones, none out of order and no exact n', () => {
    expect(rulesOf({ dimensions: cuts(30, 50, 70) }, 19)).toEqual(['3 thresholds,', '4 thresholds,', '4 thresholds,']);
    expect(rulesOf({ dimensions: cuts(50, 50, 50) })).toContain('5 thresholds,');
    expect(rulesOf({ dimensions: cuts(50, 30, 70) })).toContain('4 thresholds,');
    expect(rulesOf({ participations: 18 })).toEqual(['3 thresholds,']);
  });
  it('tells nobody that nearly all have one score', () => {
    const same = Array.from({ length: 19 }, (_, place) => (place > 17 ? 80 : 50));
    expect(rulesOf({ participations: 100, dimensions: cuts(...same) }, 100)).toEqual(['5 thresholds,']);
  });
  it('finds shares from which a handful can be computed', () => {
    expect(rulesOf({ items: item([75, 60, 40, 'almost-none']) })).toEqual(['4 inversion', '4 inversion']);
    expect(rulesOf({ items: item([50, 'almost-none', 'almost-none', 'almost-none'], 35) })).toEqual(['4 inversion']);
    expect(rulesOf({ items: item([52, null, null, null]) })).toEqual(['4 thresholds,']);
    const shares = { a: 50, b: 40, c: 'almost-none' as const };
    expect(rulesOf({ questions: { q: { state: 'published', shares } } })).toEqual(['4 inversion']);
    expect(rulesOf({ questions: { several: { state: 'published', shares } } })).toEqual([]);
  });
  it('finds the exact small number that two cells leave between them, and gives notice of a range', () => {
    const outer = { cell: cell({ items: item([45, null, null, null], 35) }), n: 30 };
    const inner = (share: number, n: number) => ({ cell: cell({ items: item([share, null, null, null], 35) }), n });
    const findings = createFindings();
    tryRestFigures(outer, [inner(50, 20)], POLICY, findings);
    expect(findings.breaks).toEqual([]);
    expect(findings.notices[0]?.detail).toContain('of 10, 3 to 4 are at level 1');
    tryRestFigures({ ...outer, n: 20 }, [inner(50, 10)], POLICY, findings);
    expect(findings.breaks[0]?.detail).toContain('of 10, exactly 4 are at level 1');
  });

  it('reads wider steps of small cells off their shares', () => {
    expect(stepOfShares([75, 50, 'almost-none', null], 20, POLICY)).toBe(25);
    expect(stepOfShares([75, 55], 20, POLICY)).toBe(5);
    expect(stepOfShares([80, 40], 30, POLICY)).toBe(20);
    expect(stepOfShares([80, 45], 100, POLICY)).toBe(5);
  });

  it('bounds every distribution that a publisher could have cut, and every share it could have rounded', () => {
    const scores = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 10, maxLength: 60 });
    fc.assert(
      fc.property(scores, fc.integer({ min: 1, max: 999 }), (list, permille) => {
        const sorted = list.toSorted((a, b) => a - b);
        const position = ((sorted.length - 1) * permille) / 1000;
        const low = sorted[Math.floor(position)]!;
        const high = sorted[Math.ceil(position)]!;
        const exact = low + (high - low) * (position - Math.floor(position));
        // Half points are the publisher's rounding, tested elsewhere: floating point must not decide them here.
        fc.pre(Math.abs(exact - Math.floor(exact) - 0.5) > 1e-6);
        const bounds = boundsOfDistribution([{ permille, value: Math.round(exact) }], sorted.length);
        for (let s = 0; s <= 100; s++) {
          const count = sorted.filter((score) => score <= s).length;
          expect(count).toBeGreaterThanOrEqual(bounds[s + 1]!.from);
          expect(count).toBeLessThanOrEqual(bounds[s + 1]!.to);
        }
      }),
    );
    for (let n = 10; n <= 130; n++) {
      for (let count = 5; count <= n - 5; count++) {
        const share = Math.floor((200 * count + n * 5) / (10 * n)) * 5;
        const { from, to } = boundsOfShare(share, n, 5, 5);
        expect(from >= 5 && to <= n - 5).toBe(true);
        expect(from <= count && count <= to).toBe(true);
        expect(to - from).toBeLessThanOrEqual(n / 20);
      }
    }
  });
});

describe('the space that combinations leave', () => {
  it('agrees with trying all combinations of small coefficients', () => {
    const membership = fc.array(fc.array(fc.boolean(), { minLength: 7, maxLength: 7 }), { minLength: 2, maxLength: 4 });
    fc.assert(
      fc.property(membership, (matrix) => {
        const rows = matrix.map((line) => ({
          members: new Map(line.flatMap((isIn, place) => (isIn ? [[place, place] as const] : []))),
        }));
        const space = smallSpace(rows.length, atomsOf(rows), 8);
        const isolated = new Set<number>();
        const counts = 5 ** rows.length;
        for (let code = 0; code < counts; code++) {
          const factors = rows.map((_, row) => (Math.floor(code / 5 ** row) % 5) - 2);
          const touched = Array.from({ length: 7 }, (_, column) =>
            factors.reduce((sum, factor, row) => sum + (matrix[row]![column] ? factor : 0), 0),
          ).flatMap((sum, column) => (sum === 0 ? [] : [column]));
          if (touched.length === 1) isolated.add(touched[0]!);
        }
        for (const column of isolated) expect(touchesOnly(space, new Set([column]))).toBe(true);
        for (let column = 0; column < 7; column++) {
          const own = { members: new Map([[column, column]]) };
          expect(touchesOnly(space, new Set([column]))).toBe(spanOf(rows)(own.members));
        }
      }),
      { numRuns: 60 },
    );
  });
});
