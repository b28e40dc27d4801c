import type { Association, Campaign } from './registry.ts';
import { seriesOf } from './series.ts';
import type { IsoDate } from './text.ts';

/** Whether an association's join code takes a new member on a day, for an instrument. */
export type Joining =
  | { state: 'open' }
  | { state: 'not-yet'; opensOn: IsoDate }
  /** A campaign is on, but its members have single-use codes. */
  | { state: 'by-invitation' }
  /** Its campaigns are over; who is a member may still correct. */
  | { state: 'over'; closedOn: IsoDate }
  /** The association is no longer here. */
  | { state: 'closed' };

/**
 * An association without campaigns is always open; with campaigns, on their days.
 *
 * @param today a day in Europe/Berlin
 */
export function joiningOf(association: Association, instrument: string, today: IsoDate): Joining {
  if (association.closedAt !== undefined) return { state: 'closed' };
  const campaigns = campaignsOf(association, instrument);
  if (campaigns.length === 0) return { state: 'open' };
  const running = campaigns.filter(({ opensOn, closesOn }) => opensOn <= today && today <= closesOn);
  if (running.some(({ invitations }) => invitations === undefined)) return { state: 'open' };
  if (running.length > 0) return { state: 'by-invitation' };
  const next = campaigns.find(({ opensOn }) => opensOn > today);
  if (next) return { state: 'not-yet', opensOn: next.opensOn };
  return {
    state: 'over',
    closedOn: campaigns
      .map(({ closesOn }) => closesOn)
      .sort()
      .at(-1)!,
  };
}

/** The association's campaigns for an instrument's series, the earliest first. */
export function campaignsOf(association: Association, instrument: string): Campaign[] {
  return (association.campaigns ?? [])
    .filter((campaign) => seriesOf(campaign.instrument) === seriesOf(instrument))
    .toSorted((a, b) => (a.opensOn < b.opensOn ? -1 : 1));
}
