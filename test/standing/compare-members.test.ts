import { describe, expect, it } from 'vitest';
import { groupKey } from '#contracts/group';
import type { Change, PublishedCell } from '#contracts/release';
import { POLICY } from '#disclosure/policy';
import { loadInstruments } from '#instruments/load-instruments';
import { compareMembers, compareMembersChange, publicCellsNeeded } from '#standing/compare-members';
import { mover } from '#statistics/mover';
import { withNoise } from '#statistics/quadrature';
import { quantileInterval } from '#statistics/quantile-interval';
import { figures } from '../api/release-fixtures.ts';

const instrument = (await loadInstruments([])).get('digitalcheck.1')!;
const DIMENSIONS = [...instrument.dimensions.map(({ id }) => id), 'overall'];
const NOISE = { epsilon: POLICY.epsilon.cut, constant: POLICY.rangeConstant };

function cell(
  where: Record<string, string>,
  n: number,
  low: number,
  high: number,
  association?: string,
): PublishedCell {
  const group = { unitType: 'facility', where, ...(association === undefined ? {} : { association }) };
  return {
    group: { key: groupKey(group, 'level'), ...group },
    state: 'published',
    participations: n,
    dimensions: Object.fromEntries(DIMENSIONS.map((id) => [id, figures(n, low, high)])),
  };
}
const ELDERLY = { sector: 'elder-care' };
const DAYCARE = { sector: 'daycare' };
const OWN = 'c-0a1b2c3d';

function compare(given: {
  members: PublishedCell[];
  field: PublishedCell[];
  registered?: number;
  group?: PublishedCell['group'];
}) {
  const [whole] = given.members;
  const group = given.group ?? whole!.group;
  const needed = publicCellsNeeded(instrument, group, given.members);
  const publicCells = new Map(given.field.map((entry) => [entry.group.key, entry] as const));
  return compareMembers({
    instrument,
    group,
    memberCells: given.members,
    // Nothing but what was asked for is there.
    publicCells: new Map(needed.map((key) => [key, publicCells.get(key)])),
    policy: POLICY,
    registered: given.registered ?? null,
  });
}

describe('members and the field', () => {
  it('differ by square-and-add on their own intervals, rounded outward', () => {
    const [members, field] = [cell({}, 80, 25, 95, OWN), cell({}, 500, 10, 80)];
    const it = compare({ members: [members], field: [field] }).dimensions[0]!;
    const [own, other] = [members, field].map((side) => ({
      value: side.dimensions.it!.find(({ permille }) => permille === 500)!.value,
      // Of the grid's five points, which two sides hide between them.
      ...withNoise(
        side.dimensions.it!.find(({ permille }) => permille === 500)!.value,
        quantileInterval(side.dimensions.it!, 500, { n: side.participations, noise: NOISE })!,
        5 * Math.SQRT1_2,
      ),
    }));
    const { lower, upper } = mover(own!, other!);
    expect(it.difference).toMatchObject({
      value: 15,
      interval: { lower: Math.floor(lower), upper: Math.ceil(upper) },
      verdict: lower > 0 ? 'ahead' : 'no-difference',
    });
    expect(it.members).toMatchObject({ median: 60, quartiles: { lower: 45, upper: 80 } });
  });

  it('are told ahead, behind and neither; a neither names what would have been seen', () => {
    const verdict = (shift: number) =>
      compare({ members: [cell({}, 200, 25 + shift, 75 + shift, OWN)], field: [cell({}, 900, 25, 75)] }).dimensions[4]!
        .difference!;
    expect(verdict(20).verdict).toBe('ahead');
    expect(verdict(-20).verdict).toBe('behind');
    const none = verdict(0);
    expect(none).toMatchObject({ value: 0, verdict: 'no-difference' });
    expect(none.smallestSeen).toBe(Math.max(-none.interval.lower, none.interval.upper));
    expect(verdict(none.smallestSeen + 5).verdict).toBe('ahead');
  });

  it('have no difference where a median alone is shown: not determinable is not none', () => {
    const it = compare({ members: [cell({}, 30, 20, 80, OWN)], field: [cell({}, 500, 10, 80)] }).dimensions[0]!;
    expect(it).toMatchObject({
      members: { median: 50, interval: null, quartiles: null, moved: null },
      difference: null,
    });
  });

  it('of an association whose members nearly all took part leave chance out, and noise in', () => {
    const given = { members: [cell({}, 80, 25, 95, OWN)], field: [cell({}, 500, 10, 80)] };
    const width = (registered?: number) => {
      const { interval } = compare({ ...given, ...(registered ? { registered } : {}) }).dimensions[0]!.members!;
      return interval!.upper - interval!.lower;
    };
    expect(width(82)).toBeLessThan(width(200));
    expect(width(200)).toBeLessThanOrEqual(width());
    expect(width(60)).toBeGreaterThan(0);
  });

  it('of whom the members are more than a fifth are told so', () => {
    const isLarge = (n: number) =>
      compare({ members: [cell({}, n, 25, 95, OWN)], field: [cell({}, 400, 10, 80)] }).isLargePart;
    expect([isLarge(80), isLarge(85)]).toEqual([false, true]);
  });

  it('that are suppressed, or beside a field that is, are not compared', () => {
    const members = cell({}, 80, 25, 95, OWN);
    const hidden = compare({
      members: [{ ...members, group: { ...members.group, key: 'other' } }],
      field: [cell({}, 500, 10, 80)],
      group: members.group,
    });
    expect(hidden).toMatchObject({ members: null, field: null, mix: [], mixCovers: null });
    expect(compare({ members: [members], field: [] })).toMatchObject({
      field: null,
      dimensions: [{ difference: null, field: null }, {}, {}, {}, {}],
    });
  });
});

describe('the field composed like the members', () => {
  const field = [cell({}, 900, 10, 90), cell(ELDERLY, 200, 40, 90), cell(DAYCARE, 100, 20, 80)];

  it('is mixed from published sectors by the middles of the members’ bands', () => {
    const members = [cell({}, 80, 20, 80, OWN), cell(ELDERLY, 50, 20, 80, OWN), cell(DAYCARE, 30, 20, 80, OWN)];
    const compared = compare({ members, field });
    expect(compared.mix.map(({ key, isUsed }) => [key, isUsed])).toEqual([
      ['level=facility,sector=elder-care', true],
      ['level=facility,sector=daycare', true],
    ]);
    expect(compared.mixCovers).toBe(100);
    const { mix, mixDifference } = compared.dimensions[0]!;
    // Middles of 65 and 50, 52 to 32.
    expect(mix!.median).toBeGreaterThanOrEqual(56);
    expect(mix!.median).toBeLessThanOrEqual(62);
    expect(mixDifference!.value).toBe(50 - mix!.median);
    expect(mixDifference!.interval.lower).toBeLessThan(mixDifference!.value);
  });

  it('stands for four fifths of the members at least, or is not told', () => {
    const members = (daycare: number) => [
      cell({}, 80, 20, 80, OWN),
      cell(ELDERLY, 50, 20, 80, OWN),
      cell(DAYCARE, daycare, 20, 80, OWN),
    ];
    const small = [field[0]!, field[1]!, cell(DAYCARE, 30, 20, 80)];
    // Of daycare a median alone is published: 52 of 82 members remain.
    const compared = compare({ members: members(25), field: small });
    expect(compared.mix.at(-1)).toMatchObject({ isUsed: false });
    expect(compared).toMatchObject({ mixCovers: null });
    expect(compared.dimensions.every(({ mix, mixDifference }) => mix === null && mixDifference === null)).toBe(true);
  });

  it('of one sector’s members is that sector', () => {
    const own = cell(ELDERLY, 50, 20, 80, OWN);
    const compared = compare({ members: [cell({}, 80, 20, 80, OWN), own], field, group: own.group });
    expect(compared.dimensions[0]!.mix).toEqual({ median: 65, quartiles: { lower: 55, upper: 80 } });
    expect(compared.mixCovers).toBe(100);
  });
});

describe('matched change', () => {
  const change = (n: number, by: number, rose?: number): Change => ({
    group: { key: 'x', where: {} },
    state: 'published',
    participations: n,
    dimensions: Object.fromEntries(
      DIMENSIONS.map((id) => [
        id,
        {
          cuts: figures(n, 0, 40).map(({ permille, value }) => ({ permille, value: value - 20 + by })),
          ...(rose === undefined ? {} : { shares: { rose, same: 10, fell: 20 } }),
        },
      ]),
    ),
  });
  const compared = (members: Change | undefined, field: Change | undefined) =>
    compareMembersChange({ instrument, members, field, policy: POLICY });

  it('of members and field is told for each, and as a difference', () => {
    const { dimensions } = compared(change(200, 20, 90), change(600, 0, 40));
    expect(dimensions[0]).toMatchObject({
      members: { median: 20, verdict: 'rose' },
      field: { median: 0, verdict: 'no-difference' },
      difference: { value: 20, verdict: 'ahead' },
    });
    expect(dimensions[0]!.field!.smallestSeen).toBeGreaterThan(0);
    expect(compared(change(200, -20), change(600, 0)).dimensions[0]).toMatchObject({
      members: { verdict: 'fell', shares: null },
      difference: { verdict: 'behind' },
    });
  });

  it('of 30 has no verdict, and suppressed members are beside nothing', () => {
    const { dimensions } = compared(change(30, 20), change(600, 0, 40));
    expect(dimensions[0]).toMatchObject({
      members: { median: 20, interval: null, verdict: null, smallestSeen: null },
      difference: null,
    });
    const hidden = compared(
      { group: { key: 'x', where: {} }, state: 'suppressed', reason: 'protection' },
      change(600, 0),
    );
    expect(hidden).toMatchObject({ members: null, field: null });
    expect(hidden.dimensions).toHaveLength(5);
  });
});
