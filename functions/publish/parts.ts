import type { Fold } from '#microdata/fold';
import { FoldBytesError, foldFromBytes, foldToBytes } from '#microdata/fold-bytes';
import type { Instrument } from '#contracts/instrument';
import { panelIdOf } from '#contracts/instrument-id';
import type { Plan } from '#contracts/release';
import type { ReleaseId } from '#contracts/release-id';
import type { FileStore, ReleaseStore } from '#store/ports';
import { type FoldDependencies, foldSegment, windowOf } from './fold-log.ts';
import { PublishError } from './publish-error.ts';

/**
 * Where the folds of a large sector's segments lie between those who make them and the one who merges them. They hold
 * answers, so this is a store of its own that keeps no former versions and loses everything within days by itself.
 */
export type PartStore = Pick<FileStore, 'put' | 'get' | 'remove'>;

/** The folds of all segments of a plan, as their makers named them. */
export interface Parts {
  plan: ReleaseId;
  segments: number;
  keys: readonly string[];
}

interface PartDependencies extends Pick<FoldDependencies, 'instruments' | 'submissions'> {
  releases: Pick<ReleaseStore, 'openPlan'>;
  parts?: PartStore | undefined;
}

/**
 * Folds one segment for the panel's open plan and stores it in place of a former try. May be repeated.
 *
 * @returns the key of the part
 * @throws PublishError when another plan is open, or none, and for a segment there is not
 */
export async function foldPart(
  deps: PartDependencies,
  asked: { instrument: string; plan: ReleaseId; segment: number; segments: number },
): Promise<string> {
  const { segment, segments } = asked;
  if (segment >= segments) throw new PublishError(`There is no segment ${segment} of ${segments}.`);
  const panel = panelIdOf(asked.instrument);
  const instrument = deps.instruments.get(panel);
  if (!instrument) throw new PublishError(`The instrument "${asked.instrument}" is unknown.`);
  const plan = (await deps.releases.openPlan(panel))?.plan;
  if (plan?.releaseId !== asked.plan)
    throw new PublishError(`The plan ${asked.plan} is not open; nothing was folded for it.`);
  const window = windowOf(deps.instruments, instrument, plan);
  const fold = await foldSegment(deps, window, segment, segments);
  const key = keyOf(asked.plan, segment, segments);
  await storeOf(deps).put(key, foldToBytes(fold, window, key));
  return key;
}

/**
 * The fold of the whole log, from its parts.
 *
 * @throws PublishError unless there is exactly one part of this plan for each segment, whole and of this program's form
 */
export async function mergedParts(
  deps: Pick<PartDependencies, 'instruments' | 'parts'>,
  instrument: Instrument,
  plan: Plan,
  { plan: madeFor, segments, keys }: Parts,
): Promise<Fold> {
  if (madeFor !== plan.releaseId)
    throw new PublishError(`The parts are of the plan ${madeFor}, and ${plan.releaseId} is to be published.`);
  const wanted = keysOf({ plan: madeFor, segments });
  const missing = wanted.filter((key) => !keys.includes(key));
  if (missing.length > 0) throw new PublishError(`Segments were not folded: ${missing.join(', ')}.`);
  const foreign = keys.filter((key) => !wanted.includes(key));
  if (foreign.length > 0) throw new PublishError(`These are no parts of ${madeFor}: ${foreign.join(', ')}.`);
  const store = storeOf(deps);
  const window = windowOf(deps.instruments, instrument, plan);
  let merged: Fold | undefined;
  // One after the other: beside what is merged only one part is in memory.
  for (const key of wanted) {
    const bytes = await store.get(key);
    if (!bytes) throw new PublishError(`The part ${key} is not in the store.`);
    const fold = readPart(key, () => foldFromBytes(bytes, window, key));
    if (merged) merged.merge(fold);
    else merged = fold;
  }
  return merged!;
}

/** Removes every part that a run may have stored, also those of tries nobody heard of. May be repeated. */
export async function removeParts(
  deps: Pick<PartDependencies, 'parts'>,
  run: Pick<Parts, 'plan' | 'segments'>,
): Promise<void> {
  for (const key of keysOf(run)) await storeOf(deps).remove(key);
}

const keyOf = (plan: ReleaseId, segment: number, segments: number) => `${plan}/${segment}-of-${segments}`;
const keysOf = ({ plan, segments }: Pick<Parts, 'plan' | 'segments'>) =>
  Array.from({ length: segments }, (_, segment) => keyOf(plan, segment, segments));

function storeOf({ parts }: Pick<PartDependencies, 'parts'>): PartStore {
  if (!parts) throw new PublishError('This publisher has no store for parts: PARTS_BUCKET or PARTS_DIR is missing.');
  return parts;
}

function readPart(key: string, read: () => Fold): Fold {
  try {
    return read();
  } catch (error) {
    if (error instanceof FoldBytesError) throw new PublishError(`The part ${key} cannot be used. ${error.message}`);
    throw error;
  }
}
