import { dayNumber } from './calendar.ts';
import { CAMPAIGN_DAYS_AT_MOST, CAMPAIGNS_AT_MOST } from './campaign-length.ts';
import type { Campaign } from './registry.ts';
import { seriesOf } from './series.ts';
import type { IsoDate } from './text.ts';

/** A rule that a campaign breaks, and the field that would have to change. */
export interface CampaignFault {
  field: 'opensOn' | 'closesOn' | 'resultsOn';
  rule: 'dates-out-of-order' | 'campaign-too-long' | 'campaigns-overlap' | 'date-past' | 'too-many';
  /** Campaigns overlap: the days of the other one. */
  other?: Campaign;
}

/**
 * What is wrong with a campaign beside the association's others. Two campaigns of one check never overlap: each is counted
 * a few times, and a check that counted in several would be protected by each of these draws alone no longer.
 *
 * @param today a day in Europe/Berlin
 */
export function campaignFaults(campaign: Campaign, others: readonly Campaign[], today: IsoDate): CampaignFault[] {
  const { opensOn, closesOn, resultsOn } = campaign;
  const faults: CampaignFault[] = [];
  if (closesOn < opensOn) faults.push({ field: 'closesOn', rule: 'dates-out-of-order' });
  else if (dayNumber(closesOn) - dayNumber(opensOn) >= CAMPAIGN_DAYS_AT_MOST)
    faults.push({ field: 'closesOn', rule: 'campaign-too-long' });
  else if (closesOn < today) faults.push({ field: 'closesOn', rule: 'date-past' });
  if (resultsOn < closesOn) faults.push({ field: 'resultsOn', rule: 'dates-out-of-order' });
  const other = others.find(
    (entry) =>
      entry.id !== campaign.id &&
      seriesOf(entry.instrument) === seriesOf(campaign.instrument) &&
      entry.opensOn <= closesOn &&
      opensOn <= entry.closesOn,
  );
  if (others.filter(({ id }) => id !== campaign.id).length >= CAMPAIGNS_AT_MOST)
    faults.push({ field: 'opensOn', rule: 'too-many' });
  if (other) faults.push({ field: other.opensOn < opensOn ? 'opensOn' : 'closesOn', rule: 'campaigns-overlap', other });
  return faults;
}
