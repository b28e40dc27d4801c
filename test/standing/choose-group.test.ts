import { describe, expect, it } from 'vitest';
import { groupKey, parseGroup } from '#contracts/group';
import type { GroupRef, Manifest } from '#contracts/release';
import { SUPPRESSED } from '#contracts/suppressed';
import { POLICY } from '#disclosure/policy';
import { loadInstruments } from '#instruments/load-instruments';
import { cellsNeeded, chooseGroup } from '#standing/choose-group';

const instruments = await loadInstruments(['test/fixtures/instruments']);
const check = instruments.get('digitalcheck.1')!;
const profile = { level: 'facility', sector: 'elder-care', size: '50-249', region: 'de-nw' };

/** A release's list of groups: key without the unit type -> n, or nothing shown. */
function release(groups: Record<string, number | null>, instrument = check): Pick<Manifest, 'cells' | 'policy'> {
  return {
    policy: POLICY,
    cells: Object.entries(groups).map(([text, participations]) => {
      const parsed = parseGroup(text, instrument);
      if (!parsed.ok) throw new Error(`${text}: ${parsed.reason}`);
      const group: GroupRef = { key: groupKey(parsed.group, instrument.unitTypeAttribute), ...parsed.group };
      return participations === null
        ? { group, ...SUPPRESSED }
        : { group, state: 'published' as const, participations };
    }),
  };
}
const choose = (groups: Record<string, number | null>, asked?: string) => {
  const parsed = asked === undefined ? undefined : parseGroup(asked, check);
  return chooseGroup({
    instrument: check,
    profile,
    manifest: release(groups),
    asked: asked === undefined ? null : { key: asked, group: parsed?.ok ? parsed.group : null },
  });
};
const EXACT = 'sector=elder-care,size=50-249';
const CLASS = 'sector=elder-care,size=50-and-more';
const BROADER = 'sector=care-disability-health';

describe('the group shown by default', () => {
  it.each([
    [
      'own sector and size from 50',
      { all: 900, [BROADER]: 300, 'sector=elder-care': 200, [CLASS]: 90, [EXACT]: 50 },
      EXACT,
    ],
    ['own sector and size class from 50', { all: 900, 'sector=elder-care': 200, [CLASS]: 55, [EXACT]: 45 }, CLASS],
    [
      'own sector from 20 on, whatever broader ones hold',
      { all: 900, [BROADER]: 300, 'sector=elder-care': 20, [CLASS]: null },
      'sector=elder-care',
    ],
    [
      'the broader sector from 50',
      { all: 900, [BROADER]: 50, 'size=50-and-more': 400, 'sector=elder-care': null },
      BROADER,
    ],
    ['the size class from 50', { all: 900, [BROADER]: 45, 'size=50-and-more': 60 }, 'size=50-and-more'],
    ['everybody from 50', { all: 50, [BROADER]: 45, 'size=50-and-more': 40 }, 'all'],
  ])('%s', (_, groups, shown) => {
    const chosen = choose(groups);
    expect(chosen).toMatchObject({ reason: 'own-default', asked: null });
    expect(chosen.shown?.key).toBe(shown === 'all' ? 'level=facility' : `level=facility,${shown}`);
  });

  it('where none holds enough the largest, of equals the narrower', () => {
    expect(choose({ all: 45, 'size=50-and-more': 30 })).toMatchObject({
      reason: 'own-largest',
      shown: { key: 'level=facility', participations: 45 },
    });
    expect(choose({ all: 45, 'size=50-and-more': 45 }).shown?.key).toBe('level=facility,size=50-and-more');
  });

  it('says what was looked at where nothing is published, and that there is no release', () => {
    const hidden = choose({ all: null, 'sector=elder-care': null });
    expect(hidden).toMatchObject({ reason: 'nothing-published', shown: null, alternatives: [] });
    expect(hidden.tried.map((group) => groupKey(group, 'level'))).toHaveLength(6);
    expect(chooseGroup({ instrument: check, profile, manifest: null })).toMatchObject({
      reason: 'no-release',
      tried: [],
    });
    expect(cellsNeeded(hidden)).toEqual([]);
  });
});

describe('a group that was asked for', () => {
  const groups = { all: 900, [BROADER]: 300, 'sector=elder-care': 200, 'sector=health': 60, 'sector=disability': null };

  it.each([
    ['all', 'level=facility', 'as-asked'],
    [BROADER, `level=facility,${BROADER}`, 'as-asked'],
    ['sector=health', 'level=facility,sector=health', 'as-asked'],
    ['sector=disability', 'level=facility,sector=elder-care', 'asked-suppressed'],
    ['level=carrier,sector=elder-care', 'level=facility,sector=elder-care', 'asked-other-unit-type'],
    ['region=de-nw', 'level=facility,sector=elder-care', 'asked-not-in-catalogue'],
  ])('%s: %s, %s', (asked, shown, reason) => {
    expect(choose(groups, asked)).toMatchObject({ asked, reason, shown: { key: shown } });
  });

  it('by codes of any level that are no group of the catalogue, a group around them', () => {
    const around = (codes: Record<string, string>) =>
      chooseGroup({ instrument: check, profile: { level: 'facility', ...codes }, manifest: release(groups) }).shown
        ?.key;
    expect(around({ sector: 'care-disability-health', size: '50-249' })).toBe(`level=facility,${BROADER}`);
    expect(around({ sector: 'elder-care', region: 'de-nw' })).toBe('level=facility,sector=elder-care');
    expect(around({ region: 'de-nw' })).toBe('level=facility');
    expect(around({ size: '50-and-more' })).toBe('level=facility');
  });
});

describe('what else there is', () => {
  it('the other published own groups in the catalogue’s order, finer ones told apart', () => {
    const chosen = choose({
      all: 900,
      [BROADER]: 300,
      'sector=elder-care': 200,
      [CLASS]: 30,
      [EXACT]: null,
      'sector=health': 60,
    });
    expect(chosen.alternatives.map(({ key, isFiner }) => [key, isFiner])).toEqual([
      ['level=facility', false],
      [`level=facility,${BROADER}`, false],
      [`level=facility,${CLASS}`, true],
    ]);
  });

  it('below 50 the smallest published group around it that holds 50, else none', () => {
    const chosen = choose({ all: 900, [BROADER]: 60, 'size=50-and-more': 55, 'sector=elder-care': 25 });
    // The size class is smaller, but does not lie around the sector.
    expect(chosen.larger).toMatchObject({ key: `level=facility,${BROADER}`, participations: 60 });
    expect(cellsNeeded(chosen)).toEqual(['level=facility,sector=elder-care', `level=facility,${BROADER}`]);
    expect(choose({ all: 45, 'sector=elder-care': 25 }).larger).toBeNull();
    expect(choose({ all: 900, 'sector=elder-care': 50 }).larger).toBeNull();
  });

  it('how many of a broader group are of the own field, where that is published and lies in it', () => {
    const groups = { all: 900, [BROADER]: 300, 'size=50-and-more': 400, 'sector=elder-care': 200, [CLASS]: 80 };
    const ownField = (asked: string, given: Record<string, number | null> = groups) =>
      choose(given, asked).ownField?.key;
    expect(ownField('all')).toBe('level=facility,sector=elder-care');
    expect(ownField(BROADER)).toBe('level=facility,sector=elder-care');
    expect(ownField('size=50-and-more')).toBe(`level=facility,${CLASS}`);
    expect(ownField('sector=elder-care')).toBeUndefined();
    expect(ownField('all', { all: 900, 'sector=elder-care': null })).toBeUndefined();
  });
});

it('an instrument without hierarchies works as well', () => {
  const states = instruments.get('egovernment.1')!;
  const [sector] = states.profile.find(({ id }) => id === 'sector')!.codes;
  const own = Object.fromEntries(states.profile.map(({ id, codes }) => [id, codes[0]!.id]));
  const manifest = release({ all: 60, [`sector=${sector!.id}`]: 20 }, states);
  expect(chooseGroup({ instrument: states, profile: own, manifest })).toMatchObject({
    reason: 'own-default',
    shown: { key: `sector=${sector!.id}` },
    larger: { key: 'all' },
  });
});
