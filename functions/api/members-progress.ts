import { differenceInterval, quantileInterval } from '#statistics/order-statistics';
import { roundedShareInterval, Z_975 } from '#statistics/share-interval';
import { groupKey } from '#contracts/group';
import type { Instrument } from '#contracts/instrument';
import type { GroupRef, Manifest, PublishedChange } from '#contracts/release';
import type { ReleaseReader } from '#store/ports';
import type { ChangeSide, ProgressDimension } from '#views/members-progress';

/** How the members moved that took part twice, beside the field's. */
export interface MembersProgress {
  members: PublishedChange | null;
  field: PublishedChange | null;
  dimensions: ProgressDimension[];
}

/**
 * Sets the matched change of a group of an association's members beside that of the whole field with the same date. Both
 * are released cells; intervals come from their cuts, rounded shares and shown n alone.
 */
export async function compareProgress(
  releases: ReleaseReader,
  { manifest, instrument, group }: { manifest: Manifest; instrument: Instrument; group: GroupRef },
): Promise<MembersProgress> {
  const published = async (key: string) => {
    const change = await releases.change(manifest.releaseId, key);
    return change?.state === 'published' ? change : null;
  };
  const members = await published(group.key);
  const wholeField = groupKey(
    { ...(group.panel === undefined ? {} : { panel: group.panel }), where: {} },
    instrument.panelAttribute,
  );
  const candidate = members ? await published(wholeField) : null;
  const field = candidate && candidate.asOf === members?.asOf ? candidate : null;
  const { policy } = manifest;
  return {
    members,
    field,
    dimensions: [...instrument.dimensions.map(({ id }) => id), 'overall'].map((dimension) => {
      const [own, other] = [sideOf(members, dimension, policy), sideOf(field, dimension, policy)];
      // 97.5 % on each side make the difference hold at 95 %, also where the members are part of the field.
      const [ofMembers, ofField] = [members, field].map((change) => strictSide(change, dimension, policy));
      return {
        dimension,
        members: own,
        field: other,
        difference:
          ofMembers?.interval && ofField?.interval ? differenceInterval(ofMembers.interval, ofField.interval) : null,
        roseDifference: ofMembers?.rose && ofField?.rose ? differenceInterval(ofMembers.rose, ofField.rose) : null,
      };
    }),
  };
}

function figuresOf(change: PublishedChange | null, dimension: string) {
  const figures = change?.dimensions[dimension];
  return change && figures?.state === 'published' ? { ...figures, n: change.participations } : null;
}

function sideOf(change: PublishedChange | null, dimension: string, policy: Manifest['policy']): ChangeSide | null {
  const figures = figuresOf(change, dimension);
  const median = figures?.cuts.find(({ permille }) => permille === 500)?.value;
  if (!figures || median === undefined) return null;
  const { rose, n, cuts } = figures;
  return {
    median,
    interval: quantileInterval(cuts, n, 500),
    rose,
    roseInterval: rose === null ? null : roundedShareInterval(rose, n, policy),
  };
}

function strictSide(change: PublishedChange | null, dimension: string, policy: Manifest['policy']) {
  const figures = figuresOf(change, dimension);
  if (!figures) return null;
  const { rose, n, cuts } = figures;
  return {
    interval: quantileInterval(cuts, n, 500, 0.975),
    rose: rose === null ? null : roundedShareInterval(rose, n, policy, Z_975),
  };
}
