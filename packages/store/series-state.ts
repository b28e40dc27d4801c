import * as z from 'zod';
import { Attempt, type Head, HeadEntry } from '#contracts/release';
import { ReleaseId } from '#contracts/release-id';
import type { SeriesState } from './ports.ts';

/** What the item of a series holds. */
export const StoredSeries = z.strictObject({
  releases: z.array(HeadEntry),
  attempt: Attempt.optional(),
  abandoned: z.array(ReleaseId),
});

/** What a step makes of a series: no `next` where nothing is to be written. */
export interface Step<Result> {
  next?: SeriesState;
  result: Result;
}

/** The steps of a publication, each a pure function from a series' state to the next. All may be repeated. */

export function begun(state: SeriesState, attempt: Attempt, now: string): Step<'begun' | 'held' | 'conflict'> {
  const { head, attempt: former, abandoned } = state;
  if (former?.releaseId === attempt.releaseId) return { result: 'begun' };
  if (former && former.heldUntil > now) return { result: 'held' };
  if (newestIn(head) !== attempt.follows) return { result: 'conflict' };
  const left = former ? [...abandoned, former.releaseId] : abandoned;
  return { next: { head, attempt, abandoned: left }, result: 'begun' };
}

export function renewed(state: SeriesState, own: Attempt, heldUntil: string): Step<'renewed' | 'conflict'> {
  const { attempt } = state;
  if (attempt?.releaseId !== own.releaseId) return { result: 'conflict' };
  if (attempt.heldUntil >= heldUntil) return { result: 'renewed' };
  return { next: { ...state, attempt: { ...attempt, heldUntil } }, result: 'renewed' };
}

export function abandonedBy({ head, attempt, abandoned }: SeriesState, own: Attempt): Step<void> {
  if (attempt?.releaseId !== own.releaseId) return { result: undefined };
  return { next: { head, abandoned: [...abandoned, own.releaseId] }, result: undefined };
}

/** A new release stands first; an erratum in the place of the one it replaces, so that the order of cut-offs stays. */
export function inForce(state: SeriesState, own: Attempt, entry: HeadEntry): Step<'in-force' | 'conflict'> {
  const { head, attempt, abandoned } = state;
  if (head.releases.some(({ releaseId }) => releaseId === entry.releaseId)) return { result: 'in-force' };
  const isOwn = attempt?.releaseId === own.releaseId && entry.releaseId === own.releaseId;
  const replaced = head.releases.find(({ releaseId }) => releaseId === own.replaces);
  const isReplaceable = own.replaces === null || replaced?.state === 'listed';
  if (!isOwn || newestIn(head) !== own.follows || !isReplaceable) return { result: 'conflict' };
  const releases = replaced
    ? head.releases.flatMap((former): HeadEntry[] =>
        former === replaced ? [entry, { ...former, state: 'replaced' }] : [former],
      )
    : [entry, ...head.releases];
  return { next: { head: { ...head, releases }, abandoned }, result: 'in-force' };
}

export function takenDown(state: SeriesState, releaseId: ReleaseId): Step<'taken-down' | undefined> {
  const { head } = state;
  const entry = head.releases.find((former) => former.releaseId === releaseId);
  if (entry?.state !== 'listed') return { result: entry?.state === 'taken-down' ? 'taken-down' : undefined };
  const releases = head.releases.map(
    (former): HeadEntry => (former === entry ? { ...former, state: 'taken-down' } : former),
  );
  return { next: { ...state, head: { ...head, releases } }, result: 'taken-down' };
}

export function struck(state: SeriesState, releaseId: ReleaseId): Step<void> {
  if (!state.abandoned.includes(releaseId)) return { result: undefined };
  return { next: { ...state, abandoned: state.abandoned.filter((id) => id !== releaseId) }, result: undefined };
}

const newestIn = ({ releases }: Head) => releases[0]?.releaseId ?? null;
