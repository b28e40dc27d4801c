import { addDays, berlinDate, berlinMidnight, dayNumber } from '#contracts/calendar';
import type { CampaignDraw } from '#contracts/participation';
import { shownCount } from '#contracts/participation';
import type { Association, Campaign } from '#contracts/registry';
import { uniform } from '#disclosure/cell-keys';
import { geometric } from '#disclosure/geometric';
import { createFold } from '#microdata/fold';
import type { ParticipationDependencies } from './dependencies.ts';
import { type Sink, scanLog, versionsOf } from './fold-log.ts';

/** Two draws of one campaign lie at least so many days apart. */
const DAYS_BETWEEN_DRAWS = 7;

/**
 * Draws the counts of participation that are due, over what came in before today (Berlin), in one scan: of each campaign a
 * few while it runs and one after its end (rule 11). Run again on the same day it changes nothing.
 *
 * Who counts is who would in a release: complete checks with the association's code whose day lies in the campaign and that
 * do not wait for a review.
 */
export async function countParticipation(deps: ParticipationDependencies): Promise<void> {
  const today = berlinDate(deps.now());
  const due = (await Promise.all((await deps.registry.associations()).map((one) => dueOf(deps, one, today)))).flat();
  if (due.length > 0) {
    await scanLog(deps, due);
    const reviews = await deps.registry.reviews();
    // For this run alone, and never stored: nobody can take the noise off a count.
    const key = deps.randomBytes(32);
    for (const { association, campaign, isFinal, fold } of due) {
      fold.review(deps.policy.quality, reviews);
      const name = `participation|${today}`;
      const noise = geometric(uniform(key, `${association}/${campaign}`, name), deps.policy.epsilon.participation);
      const count = shownCount(Math.max(0, fold.participations().size + noise));
      const draw: CampaignDraw = { countedOn: today, count, isFinal };
      // Of two that count on the same day, one has drawn.
      await deps.participation.addDraw(association, campaign, draw);
    }
    key.fill(0);
  }
  deps.log({ event: 'participation', campaigns: due.length });
}

/** An association's campaigns of which a draw is due, each with a fold of its own checks. */
async function dueOf(deps: ParticipationDependencies, { id, campaigns = [] }: Association, today: string) {
  if (campaigns.length === 0) return [];
  const former = await deps.participation.participation(id);
  return campaigns.flatMap((campaign) => {
    const draws = former?.campaigns[campaign.id] ?? [];
    if (!isDue(campaign, draws, today, deps.policy.campaignDraws)) return [];
    const { add, fold } = campaignFold(deps, id, campaign, today);
    return [{ association: id, campaign: campaign.id, isFinal: today > campaign.closesOn, add, fold }];
  });
}

/**
 * Whether a campaign is drawn today. While it runs, draws are spread evenly over its days; one that was missed is made
 * late, or left out when the next is due.
 */
export function isDue(campaign: Campaign, draws: readonly CampaignDraw[], today: string, most: number): boolean {
  const last = draws.at(-1);
  if (last?.isFinal) return false;
  // An extended campaign has other days, and no further draws.
  if (today <= campaign.closesOn && draws.length >= most) return false;
  if (last && dayNumber(today) - dayNumber(last.countedOn) < DAYS_BETWEEN_DRAWS) return false;
  if (today > campaign.closesOn) return true;
  const latest = drawDays(campaign, most).findLast((day) => day <= today);
  return latest !== undefined && (last === undefined || last.countedOn < latest);
}

/** The days in a campaign on which it is drawn, at most `most`, each at least a week after the one before. */
function drawDays({ opensOn, closesOn }: Campaign, most: number): string[] {
  const days = dayNumber(closesOn) - dayNumber(opensOn) + 1;
  const count = Math.max(0, Math.min(most, Math.floor(days / DAYS_BETWEEN_DRAWS) - 1));
  return Array.from({ length: count }, (_, place) => addDays(opensOn, Math.floor(((place + 1) * days) / (count + 1))));
}

function campaignFold(
  { instruments }: ParticipationDependencies,
  association: string,
  { instrument, opensOn, closesOn }: Campaign,
  today: string,
) {
  const yesterday = addDays(today, -1);
  const fold = createFold({
    instruments: versionsOf(instruments, instruments.get(instrument)!),
    cutoffOn: closesOn < yesterday ? closesOn : yesterday,
    after: addDays(opensOn, -1),
    acceptedUntil: berlinMidnight(today),
    acceptedAfter: null,
  });
  const add: Sink['add'] = (item) => {
    // Only checks with the code are held: a campaign's share of the log is small.
    if (item.kind !== 'submission' || item.associations?.includes(association)) fold.add(item);
  };
  return { add, fold };
}
