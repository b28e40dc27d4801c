import { addDays, berlinDate, berlinMidnight, monthsBefore } from '#contracts/calendar';
import { createFold, type Fold, type FoldWindow } from '#microdata/fold';
import type { Instrument } from '#contracts/instrument';
import { panelIdOf } from '#contracts/instrument-id';
import { type Participation, shownCount } from '#contracts/participation';
import type { Association, Campaign } from '#contracts/registry';
import type { LogItem } from '#contracts/submission';
import type { Instruments } from '#functions/instruments';
import type { ParticipationStore, RegistryReader, SubmissionLog } from '#store/ports';

export interface ParticipationDependencies {
  instruments: Instruments;
  submissions: Pick<SubmissionLog, 'scan'>;
  registry: Pick<RegistryReader, 'associations'>;
  participation: ParticipationStore;
  now: () => Date;
  segments: number;
  log: (entry: Record<string, unknown>) => void;
}

/**
 * Counts how many members of each association took part, over what came in before today (Berlin), in one scan. It
 * counts once a day: run again on the same day it changes nothing, so that nobody can watch a count move.
 *
 * Who counts is who would in a release: the last complete check of an organisation in the window, if it carries the
 * association's code. For a campaign it is the complete checks with the code whose day lies in the campaign.
 */
export async function countParticipation(deps: ParticipationDependencies): Promise<void> {
  const today = berlinDate(deps.now());
  const known = await Promise.all(
    (await deps.registry.associations()).map(async (association) => ({
      association,
      former: await deps.participation.participation(association.id),
    })),
  );
  const due = known.filter(({ former }) => former?.countedOn !== today);
  const panels = new Map([...deps.instruments.keys()].map((id) => [panelIdOf(id), panelFold(deps, id, today)]));
  const campaigns = due.flatMap(({ association, former }) =>
    (association.campaigns ?? [])
      .filter((campaign) => isStillCounted(campaign, former))
      .map((campaign) => ({ association, campaign, fold: campaignFold(deps, association, campaign, today) })),
  );
  if (due.length > 0) {
    for (let segment = 0; segment < deps.segments; segment++)
      for await (const item of deps.submissions.scan(segment, deps.segments)) {
        for (const fold of panels.values()) fold.add(item);
        for (const { fold } of campaigns) fold.add(item);
      }
  }
  const members = new Map([...panels].map(([panel, fold]) => [panel, countByCohort(fold)]));
  for (const { association, former } of due) {
    const own = campaigns.filter((entry) => entry.association === association);
    await deps.participation.writeParticipation(association.id, {
      countedOn: today,
      panels: Object.fromEntries(
        [...members].map(([panel, counts]) => [panel, shownCount(counts.get(association.id) ?? 0)]),
      ),
      campaigns: {
        ...former?.campaigns,
        ...Object.fromEntries(
          own.map(({ campaign, fold }) => [
            campaign.id,
            { countedOn: today, count: shownCount(countByCohort(fold).get(association.id) ?? 0) },
          ]),
        ),
      },
    });
  }
  deps.log({ event: 'participation', associations: due.length });
}

/** From the night after its last day a campaign's count stays as it is. */
function isStillCounted(campaign: Campaign, former: Participation | undefined): boolean {
  const counted = former?.campaigns[campaign.id];
  return counted === undefined || counted.countedOn <= campaign.closesOn;
}

type Counted = Pick<Fold, 'add' | 'roster'>;

function panelFold({ instruments }: ParticipationDependencies, id: string, today: string): Counted {
  const cutoffOn = addDays(today, -1);
  const versions = versionsOf(instruments, id);
  const { panelMonths } = versions.values().next().value!;
  return createFold({ ...windowOf(versions, today), cutoffOn, after: monthsBefore(cutoffOn, panelMonths) });
}

function campaignFold(
  { instruments }: ParticipationDependencies,
  association: Association,
  { instrument, opensOn, closesOn }: Campaign,
  today: string,
): Counted {
  const yesterday = addDays(today, -1);
  const fold = createFold({
    ...windowOf(versionsOf(instruments, instrument), today),
    cutoffOn: closesOn < yesterday ? closesOn : yesterday,
    after: addDays(opensOn, -1),
  });
  return {
    // Only checks with the code are held: a campaign's share of the log is small.
    add: (item: LogItem) => {
      if (item.kind !== 'submission' || item.cohorts?.includes(association.id)) fold.add(item);
    },
    roster: () => fold.roster(),
  };
}

function windowOf(
  instruments: FoldWindow['instruments'],
  today: string,
): Pick<FoldWindow, 'instruments' | 'acceptedUntil'> {
  return { instruments, acceptedUntil: berlinMidnight(today) };
}

/** Every version of an instrument's panel, the first one first. */
function versionsOf(instruments: Instruments, id: string): Map<string, Instrument> {
  return new Map(
    [...instruments].filter(([other]) => panelIdOf(other) === panelIdOf(id)).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

function countByCohort(fold: Counted): Map<string, number> {
  const counts = new Map<string, number>();
  for (const cohorts of fold.roster().cohorts)
    for (const id of new Set(cohorts)) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}
