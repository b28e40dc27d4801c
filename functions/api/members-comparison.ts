import { mixtureCuts } from '#statistics/standardised-quantiles';
import { differenceInterval, quantileInterval } from '#statistics/order-statistics';
import { cohortGroups, groupKey } from '#contracts/group';
import type { Instrument } from '#contracts/instrument';
import type { GroupRef, PublishedCell } from '#contracts/release';
import type { Lang } from '#contracts/text';
import type { ReleaseReader } from '#store/ports';
import { groupLabel } from '#views/group-label';
import { type ComparedDimension, cutsOfCell, quartersOf } from '#views/members-comparison';
import { shownCell } from './asked-figures.ts';

/** One field of work in the members' published composition. */
export interface CompositionPart {
  key: string;
  label: string;
  /** Members there, rounded down to a multiple of 5; of the rest what is left of the rounded total. */
  participations: number;
  /** Which published distribution stands for it. */
  reference: 'own' | 'whole-field';
}

/** The members of an association in a release, and what they are set beside. */
export interface MembersCompared {
  members: PublishedCell | null;
  /** The whole field of the same panel with the same date; null where there is none. */
  field: PublishedCell | null;
  composition: CompositionPart[];
  dimensions: ComparedDimension[];
}

/**
 * Compares a group of an association's members with the whole field and with the field of the same composition. Reads
 * published cells of one release alone; what has another date than the members' cell is not compared with it.
 */
export async function compareMembers(
  releases: ReleaseReader,
  given: { releaseId: string; instrument: Instrument; group: GroupRef; lang: Lang },
): Promise<MembersCompared> {
  const { releaseId, instrument, group, lang } = given;
  const members = shownCell(await releases.cell(releaseId, group.key));
  const publicKey = (where: Record<string, string>) =>
    groupKey({ ...(group.panel === undefined ? {} : { panel: group.panel }), where }, instrument.panelAttribute);
  const fieldCell = async (where: Record<string, string>) => {
    const cell = shownCell(await releases.cell(releaseId, publicKey(where)));
    return cell && cell.asOf === members?.asOf ? cell : null;
  };
  const field = members ? await fieldCell({}) : null;
  const parts = members && field ? await compositionOf() : [];

  /** Members by the single attribute of the catalogue; what is not published, together, as the rest. */
  async function compositionOf() {
    const found: (CompositionPart & { cell: PublishedCell })[] = [];
    const siblings = cohortGroups(instrument, group.cohort!).filter(
      (other) => other.panel === group.panel && Object.keys(other.where).length === 1,
    );
    const own = Object.keys(group.where).length > 0 ? [group] : siblings;
    for (const sibling of own) {
      const cell = sibling === group ? members : shownCell(await releases.cell(releaseId, sibling.key));
      if (cell?.asOf !== members!.asOf) continue;
      const reference = await fieldCell(sibling.where);
      found.push({
        key: publicKey(sibling.where),
        label: groupLabel(instrument, { panel: sibling.panel, where: sibling.where }, lang),
        participations: cell.participations,
        reference: reference ? 'own' : 'whole-field',
        cell: reference ?? field!,
      });
    }
    const rest = members!.participations - found.reduce((sum, { participations }) => sum + participations, 0);
    if (rest > 0) {
      const label = lang === 'de' ? 'übrige Mitglieder' : 'other members';
      found.push({ key: 'rest', label, participations: rest, reference: 'whole-field', cell: field! });
    }
    return found;
  }

  const dimensions = [...instrument.dimensions.map(({ id }) => id), 'overall'].map((dimension): ComparedDimension => {
    const own = medianOf(members, dimension);
    const other = medianOf(field, dimension);
    // Two intervals of 97.5 % give one of at least 95 %, also where the members are part of the field.
    const [ofMembers, ofField] = [members, field].map((cell) =>
      cell ? quantileInterval(cutsOfCell(cell, dimension), cell.participations, 500, 0.975) : null,
    );
    const cuts = parts.map(({ participations, cell }) => {
      const shown = cutsOfCell(cell, dimension);
      return { weight: participations, cuts: shown.length > 0 ? shown : cutsOfCell(field, dimension) };
    });
    return {
      dimension,
      members: own,
      field: other,
      difference: ofMembers && ofField ? differenceInterval(ofMembers, ofField) : null,
      composed: own && parts.some(({ reference }) => reference === 'own') ? quartersOf(mixtureCuts(cuts)) : null,
    };
  });
  return { members, field, composition: parts.map(({ cell: _, ...part }) => part), dimensions };
}

function medianOf(cell: PublishedCell | null, dimension: string): ComparedDimension['members'] {
  const cuts = cutsOfCell(cell, dimension);
  const quarters = quartersOf(cuts);
  return quarters && cell
    ? { median: quarters.median, interval: quantileInterval(cuts, cell.participations, 500) }
    : null;
}
