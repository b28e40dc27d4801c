import { berlinDate } from '#contracts/calendar';
import { REVIEWED_HASH_LENGTH, type Review } from '#contracts/review';
import { seriesOf } from '#contracts/series';
import { CannotRun } from '#functions/local/cannot-run';
import type { PublishDependencies } from '#functions/publish/dependencies';
import { acceptedAfter, scanLog, windowOf } from '#functions/publish/fold-log';
import { createFold } from '#microdata/fold';
import { contributionKey, type Reviewed } from '#microdata/review';
import { sha256Hex } from '#store/hashes';
import type { RegistryStore } from '#store/ports';

type ReviewDependencies = Pick<
  PublishDependencies,
  'instruments' | 'submissions' | 'releases' | 'segments' | 'policy'
> & {
  registry: Pick<RegistryStore, 'reviews' | 'putReview'>;
  now: Date;
};

/** What a release made now would leave out for review, and what has been decided on; without any answer or profile. */
export async function reviewed(instrumentId: string, deps: ReviewDependencies): Promise<Reviewed[]> {
  const instrument = deps.instruments.get(instrumentId);
  if (!instrument) throw new CannotRun(`The instrument "${instrumentId}" is unknown.`);
  const { head } = await deps.releases.seriesState(seriesOf(instrumentId));
  const now = { cutoffOn: berlinDate(deps.now), acceptedUntil: deps.now.toISOString() };
  const after = acceptedAfter(head.releases, deps.policy.releasesPerParticipation);
  const fold = createFold(windowOf(deps.instruments, instrument, now, after));
  await scanLog(deps, [fold]);
  return fold.review(deps.policy.quality, await deps.registry.reviews());
}

/**
 * Writes the decision on each of the named submissions, in place of a former one; on none if a name is wrong.
 *
 * @throws CannotRun for an id that names nothing under review, or several
 */
export async function decide(
  given: { instrument: string; ids: readonly string[]; decision: Review['decision']; reason: string | undefined },
  deps: ReviewDependencies,
): Promise<void> {
  const all = await reviewed(given.instrument, deps);
  const chosen = given.ids.map((id) => {
    const [found, ...more] = all.filter((one) => fullIdOf(one).startsWith(id));
    if (!found) throw new CannotRun(`"${id}" is not under review; "review list" shows what is.`);
    if (more.length > 0) throw new CannotRun(`"${id}" fits several submissions; give more of it.`);
    return found;
  });
  for (const { organisation, submission } of chosen)
    await deps.registry.putReview({
      organisation: organisation.slice(0, REVIEWED_HASH_LENGTH),
      submission,
      decision: given.decision,
      decidedAt: deps.now.toISOString(),
      ...(given.reason === undefined ? {} : { reason: given.reason }),
    });
}

/** One line: id, day of the check, decision, flags. */
export function reviewLine(reviewed: Reviewed): string {
  const { conductedOn, flags, cluster, decision } = reviewed;
  const words = flags.map((flag) => (flag === 'near-duplicate' ? `${flag} (${cluster} organisations)` : flag));
  const state = { admit: 'admitted', exclude: 'excluded', none: 'undecided' }[decision ?? 'none'];
  const shown = words.length === 0 ? 'no longer flagged' : words.join(', ');
  return `${fullIdOf(reviewed).slice(0, ID_LENGTH)}  ${conductedOn}  ${state.padEnd(9)}  ${shown}\n`;
}

const ID_LENGTH = 12;

/** Hash of organisation and key: hex, since base64url may begin with a hyphen. */
function fullIdOf({ organisation, submission }: Reviewed): string {
  return sha256Hex(contributionKey({ organisation, submission }));
}
