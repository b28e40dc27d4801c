import { describe, expect, test } from 'vitest';
import { broaderAt, codesAt, isUnder, levelOf } from '#contracts/code-list';
import {
  groupKey,
  groupOfProfile,
  liesWithin,
  mayShowItems,
  memberGroups,
  parseGroup,
  publicGroups,
} from '#contracts/group';
import { loadInstruments } from '#instruments/load-instruments';

const check = (await loadInstruments([])).get('digitalcheck.1')!;
const sector = check.profile.find(({ id }) => id === 'sector')!;
const size = check.profile.find(({ id }) => id === 'size')!;
const elderCare = { level: 'facility', sector: 'elder-care', size: '50-249', region: 'de-nw' };
const set = (...entries: [attribute: string, level: number][]) =>
  entries.map(([attribute, level]) => ({ attribute, level }));

describe('code lists that roll up', () => {
  test('lead from a code to its broader one, and no further than they go', () => {
    expect(broaderAt(sector, 'elder-care', 0)).toBe('elder-care');
    expect(broaderAt(sector, 'elder-care', 1)).toBe('care-disability-health');
    expect(broaderAt(sector, 'elder-care', 2)).toBeUndefined();
    expect(broaderAt(sector, 'several', 1)).toBeUndefined();
    expect(broaderAt(sector, 'nowhere', 0)).toBeUndefined();
  });
  test('have the codes of each level', () => {
    expect(codesAt(sector, 0)).toHaveLength(9);
    expect(codesAt(sector, 1).map(({ id }) => id)).toEqual([
      'children-youth-families',
      'care-disability-health',
      'support-advice-education',
    ]);
    expect(codesAt(size, 1).map(({ id }) => id)).toEqual(['up-to-49', '50-and-more']);
    expect(codesAt(sector, 2)).toEqual([]);
    expect([levelOf(sector, 'elder-care'), levelOf(sector, 'care-disability-health')]).toEqual([0, 1]);
  });
  test('know what lies under what', () => {
    expect(isUnder(sector, 'health', 'care-disability-health')).toBe(true);
    expect(isUnder(sector, 'health', 'health')).toBe(true);
    expect(isUnder(sector, 'care-disability-health', 'health')).toBe(false);
    expect(isUnder(sector, 'daycare', 'care-disability-health')).toBe(false);
  });
});

describe('groups', () => {
  test('are the short catalogue, once for each unit type, each with a key of its own', () => {
    const groups = publicGroups(check);
    // All, 2 size classes, 3 broader sectors, 9 sectors, 9 by 2, 9 by 6.
    expect(groups).toHaveLength(2 * (1 + 2 + 3 + 9 + 18 + 54));
    expect(new Set(groups.map(({ key }) => key)).size).toBe(groups.length);
    for (const { key, ...group } of groups) expect(groupKey(group, 'level')).toBe(key);
  });
  test('a house belongs to six at most, and every one of them is in the catalogue', () => {
    const keys = new Set(publicGroups(check).map(({ key }) => key));
    const own = check.catalogue.map((one) => groupOfProfile(check, elderCare, one));
    expect(own.every((group) => group !== null && keys.has(groupKey(group, 'level')))).toBe(true);
    const several = { ...elderCare, sector: 'several' };
    expect(groupOfProfile(check, several, set(['sector', 1]))).toBeNull();
    expect(groupOfProfile(check, several, set(['sector', 0], ['size', 1]))).toEqual({
      unitType: 'facility',
      where: { sector: 'several', size: '50-and-more' },
    });
  });
  test("an association's members are all of them and those of each sector", () => {
    const groups = memberGroups(check, 'c-0a1b2c3d');
    expect(groups).toHaveLength(2 * (1 + 9));
    expect(groups[0]!.key).toBe('level=facility,association=c-0a1b2c3d');
  });
  test('lie within each other by definition, never across unit types or associations', () => {
    const of = (where: Record<string, string>, more = {}) => ({ unitType: 'facility', where, ...more });
    const narrow = of({ sector: 'elder-care', size: '50-249' });
    for (const outer of [{}, { size: '50-and-more' }, { sector: 'care-disability-health' }, { sector: 'elder-care' }])
      expect(liesWithin(check, narrow, of(outer))).toBe(true);
    expect(
      liesWithin(
        check,
        of({ sector: 'elder-care', size: '50-249' }),
        of({ sector: 'elder-care', size: '50-and-more' }),
      ),
    ).toBe(true);
    expect(liesWithin(check, of({ sector: 'elder-care' }), narrow)).toBe(false);
    expect(liesWithin(check, of({ sector: 'daycare' }), of({ sector: 'care-disability-health' }))).toBe(false);
    expect(liesWithin(check, narrow, { unitType: 'carrier', where: {} })).toBe(false);
    const members = of({}, { association: 'c-00000001' });
    expect(liesWithin(check, of({ sector: 'health' }, { association: 'c-00000001' }), members)).toBe(true);
    expect(liesWithin(check, members, of({}))).toBe(true);
    expect(
      liesWithin(
        check,
        of({ sector: 'health' }, { association: 'c-00000001' }),
        of({ sector: 'care-disability-health' }),
      ),
    ).toBe(true);
    expect(liesWithin(check, of({}), members)).toBe(false);
    expect(liesWithin(check, members, of({}, { association: 'c-00000002' }))).toBe(false);
  });
  test('show items where they are narrowed by one attribute at most; of associations, all members', () => {
    const shows = (where: Record<string, string>, association?: string) =>
      mayShowItems({ where, ...(association ? { association } : {}) });
    expect([shows({}), shows({ sector: 'health' }), shows({ sector: 'health', size: '1-9' })]).toEqual([
      true,
      true,
      false,
    ]);
    expect([shows({}, 'c-00000001'), shows({ sector: 'health' }, 'c-00000001')]).toEqual([true, false]);
  });
});

describe('a group is read', () => {
  test.each([
    ['all', 'level=facility'],
    ['sector=elder-care', 'level=facility,sector=elder-care'],
    ['sector=care-disability-health', 'level=facility,sector=care-disability-health'],
    ['size=up-to-49', 'level=facility,size=up-to-49'],
    ['size=50-and-more, sector=daycare, level=carrier', 'level=carrier,sector=daycare,size=50-and-more'],
  ])('%s', (text, key) => {
    const parsed = parseGroup(text, check);
    expect(parsed.ok && groupKey(parsed.group, 'level')).toBe(key);
  });
  test.each([
    ['size=10-49', 'catalogue'],
    ['sector=care-disability-health,size=10-49', 'catalogue'],
    ['region=de-nw', 'catalogue'],
    ['sector=nowhere', 'code'],
    ['colour=red', 'attribute'],
    ['sector', 'syntax'],
    ['sector=health,sector=health', 'syntax'],
    ['association=c-00000001', 'attribute'],
    ['', 'syntax'],
  ])('or refused: %s', (text, reason) => {
    expect(parseGroup(text, check)).toMatchObject({ ok: false, reason });
  });
});
