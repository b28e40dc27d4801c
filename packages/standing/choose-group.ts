import { codesAt, isUnder } from '#contracts/code-list';
import { type Group, groupKey, liesWithin } from '#contracts/group';
import { setKey } from '#contracts/group-set';
import type { GroupSet, Instrument } from '#contracts/instrument';
import type { GroupRef, Manifest } from '#contracts/release';
import type { GroupReason } from '#contracts/standing';

/** A published group that an organisation may be compared with. */
export interface OfferedGroup {
  key: string;
  group: GroupRef;
  /** The shown n. */
  participations: number;
}

/** A published group beside the one shown. */
export interface Alternative extends OfferedGroup {
  /** Everybody in it is by definition in the group shown too. */
  isFiner: boolean;
}

/** What was asked for: a group's one spelling and, where the catalogue has it, the group itself. */
export interface AskedFor {
  key: string;
  group: Group | null;
}

export interface ChosenGroup {
  /** Key of the group asked for; null: none, so the default. */
  asked: string | null;
  reason: GroupReason;
  /** Null where nothing is published, or nothing released. */
  shown: OfferedGroup | null;
  /** The other published groups that the organisation is in, in the catalogue's order. */
  alternatives: Alternative[];
  /** Where no verdict is told of the group shown: the smallest published group around it of which one is; else null. */
  larger: OfferedGroup | null;
  /** How many of the broader group shown are of one's own field, where that is published. */
  ownField: OfferedGroup | null;
  /** The groups that were looked at in vain, where nothing is published. */
  tried: Group[];
}

export interface GroupWish {
  instrument: Instrument;
  /** The organisation's codes; for a question without an organisation, the codes that were asked for. */
  profile: Readonly<Record<string, string>>;
  /** The release in force; null before the first. */
  manifest: Pick<Manifest, 'cells' | 'policy'> | null;
  asked?: AskedFor | null;
}

/**
 * Which released group an organisation is shown: the one asked for, or the first of the instrument's fallback order that
 * holds enough, else the largest of its order. Reads the release's list of groups alone.
 */
export function chooseGroup({ instrument, profile, manifest, asked = null }: GroupWish): ChosenGroup {
  const none = { asked: asked?.key ?? null, shown: null, alternatives: [], larger: null, ownField: null };
  if (!manifest) return { ...none, reason: 'no-release', tried: [] };

  const offered = publishedGroups(manifest);
  const ownIn = (sets: readonly GroupSet[]) =>
    sets.flatMap((set) => {
      const group = groupOf(instrument, profile, set);
      return group ? [{ set, group, offer: offered.get(groupKey(group, instrument.unitTypeAttribute)) }] : [];
    });
  const order = ownIn(instrument.fallbackOrder.map(({ set }) => set));
  const wished = asked?.group ? offered.get(groupKey(asked.group, instrument.unitTypeAttribute)) : undefined;
  const isOwnUnitType = !asked?.group || asked.group.unitType === unitTypeOf(instrument, profile);

  const enough = order.find(({ set, offer }) => offer && offer.participations >= fromN(instrument, set))?.offer;
  const fallback = enough ?? largest(order.flatMap(({ offer }) => offer ?? []));
  const shown = (isOwnUnitType && wished) || fallback;
  const tried = [...(asked?.group && isOwnUnitType ? [asked.group] : []), ...order.map(({ group }) => group)];
  if (!shown) return { ...none, reason: 'nothing-published', tried };

  const own = ownIn(instrument.catalogue).flatMap(({ offer }) => offer ?? []);
  return {
    asked: asked?.key ?? null,
    reason: reasonFor({ asked, isShown: shown === wished, isOwnUnitType, isEnough: enough !== undefined }),
    shown,
    alternatives: own
      .filter(({ key }) => key !== shown.key)
      .map((offer) => ({ ...offer, isFiner: liesWithin(instrument, offer.group, shown.group) })),
    larger:
      shown.participations < manifest.policy.verdictFromN
        ? (smallest(
            [...offered.values()].filter(
              ({ key, group, participations }) =>
                key !== shown.key &&
                participations >= manifest.policy.verdictFromN &&
                liesWithin(instrument, shown.group, group),
            ),
          ) ?? null)
        : null,
    ownField: ownFieldWithin(shown.group),
    tried: [],
  };

  /** The group shown, narrowed to the organisation's own code of its field. */
  function ownFieldWithin(group: GroupRef): OfferedGroup | null {
    const field = instrument.fallbackOrder.find(({ set }) => set.length === 1)?.set[0]?.attribute;
    const code = field === undefined ? undefined : profile[field];
    if (field === undefined || code === undefined || group.where[field] === code) return null;
    const where = Object.fromEntries(
      instrument.profile.flatMap(({ id }) => {
        const value = id === field ? code : group.where[id];
        return value === undefined ? [] : [[id, value]];
      }),
    );
    const narrowed = { ...(group.unitType === undefined ? {} : { unitType: group.unitType }), where };
    if (!liesWithin(instrument, narrowed, group)) return null;
    return offered.get(groupKey(narrowed, instrument.unitTypeAttribute)) ?? null;
  }
}

/** Keys of the cells that `ownStanding` reads for a choice: the group shown and, where there is one, the larger. */
export function cellsNeeded({ shown, larger }: ChosenGroup): string[] {
  return [shown, larger].flatMap((group) => (group ? [group.key] : []));
}

/** The published groups of a release by key. */
function publishedGroups({ cells }: Pick<Manifest, 'cells'>): Map<string, OfferedGroup> {
  return new Map(
    cells.flatMap((entry) =>
      entry.state === 'published'
        ? [[entry.group.key, { key: entry.group.key, group: entry.group, participations: entry.participations }]]
        : [],
    ),
  );
}

function reasonFor(choice: {
  asked: AskedFor | null;
  isShown: boolean;
  isOwnUnitType: boolean;
  isEnough: boolean;
}): GroupReason {
  if (choice.isShown) return 'as-asked';
  if (!choice.asked) return choice.isEnough ? 'own-default' : 'own-largest';
  if (!choice.isOwnUnitType) return 'asked-other-unit-type';
  return choice.asked.group ? 'asked-suppressed' : 'asked-not-in-catalogue';
}

/** The group of a set that codes of any level lie in; null where they name nothing of it, or only something broader. */
function groupOf(instrument: Instrument, codes: Readonly<Record<string, string>>, set: GroupSet): Group | null {
  const where: Record<string, string> = {};
  for (const { attribute, level } of set) {
    const list = instrument.profile.find(({ id }) => id === attribute)!;
    const code = codesAt(list, level).find(({ id }) => isUnder(list, codes[attribute] ?? '', id));
    if (!code) return null;
    where[attribute] = code.id;
  }
  const unitType = unitTypeOf(instrument, codes);
  return { ...(unitType === undefined ? {} : { unitType }), where };
}

function unitTypeOf({ unitTypeAttribute }: Instrument, profile: Readonly<Record<string, string>>): string | undefined {
  return unitTypeAttribute === undefined ? undefined : profile[unitTypeAttribute];
}

function fromN({ fallbackOrder }: Instrument, set: GroupSet): number {
  return fallbackOrder.find((entry) => setKey(entry.set) === setKey(set))!.fromN;
}

/** Of equals the earlier, which is the narrower. */
function largest(offers: OfferedGroup[]): OfferedGroup | undefined {
  return offers.toSorted((a, b) => b.participations - a.participations)[0];
}

/** Of equals the later in the catalogue, which is the narrower. */
function smallest(offers: OfferedGroup[]): OfferedGroup | undefined {
  return offers.toReversed().toSorted((a, b) => a.participations - b.participations)[0];
}
