import * as z from 'zod';
import { InstrumentId } from '#contracts/instrument-id';
import { ReleaseId } from '#contracts/release-id';
import { seriesOf } from '#contracts/series';
import { IsoDate } from '#contracts/text';
import { giveUp, holdLease, RUN_LEASE_MINUTES, removeAllLeftovers } from './attempt.ts';
import type { ParticipationDependencies, PublishDependencies } from './dependencies.ts';
import { countParticipation } from './participation.ts';
import { storePart } from './parts.ts';
import { PublishRequest } from './plan.ts';
import { beginParts, carryOutParts, openAttempt, type PublishOutcome, publish } from './publish.ts';

const Request = PublishRequest.omit({ isDryRun: true });

/** A publication whose segments are read apart: for which attempt, in how many. */
const Run = { attempt: ReleaseId, segments: z.int().min(1).max(1000) };

/** What else the schedule asks for; and the steps of a publication in segments, in their order, with the one that cleans up. */
const TaskEvent = z.discriminatedUnion('task', [
  z.strictObject({ task: z.literal('participation') }),
  z.strictObject({ task: z.literal('leftovers') }),
  z.strictObject({
    task: z.literal('begin'),
    request: Request,
    segments: Run.segments,
    /** The name of the state machine's execution: begun once more, it finds its own attempt. */
    run: z.string().min(1).optional(),
  }),
  z.strictObject({ task: z.literal('fold'), instrument: InstrumentId, ...Run, segment: z.int().min(0) }),
  z.strictObject({
    task: z.literal('publish'),
    request: z.strictObject({ ...Request.shape, cutoffOn: IsoDate }),
    ...Run,
    keys: z.array(z.string()),
  }),
  z.strictObject({ task: z.literal('forget'), request: Request, ...Run }),
]);

/**
 * Answers the publisher's events. Exact counts are the operator's and stay out of the answers, which a schedule may log;
 * between the steps of a publication in segments only ids and keys are handed on. Each step may be repeated.
 */
export function publisherTasks(publisher: PublishDependencies & ParticipationDependencies) {
  return async (event: unknown, invocation: { getRemainingTimeInMillis?: () => number } = {}): Promise<unknown> => {
    const remainingMs = invocation.getRemainingTimeInMillis;
    const deps = remainingMs ? { ...publisher, remainingMs } : publisher;
    if (!z.object({ task: z.unknown() }).safeParse(event).success)
      return answerOf(await publish(deps, PublishRequest.parse(event)));
    const asked = TaskEvent.parse(event);
    switch (asked.task) {
      case 'participation':
        await countParticipation(deps);
        return { state: 'counted' };
      case 'leftovers':
        await removeAllLeftovers(deps);
        return { state: 'removed' };
      case 'begin': {
        const begun = await beginParts(deps, asked.request, asked.run);
        const run = { attempt: begun.releaseId, segments: asked.segments };
        const { instrument } = asked.request;
        const segments = 'isInForce' in begun ? [] : Array.from({ length: asked.segments }, (_, segment) => segment);
        return {
          ...run,
          // Later steps may run after midnight: the cut-off is settled here.
          request: { ...asked.request, cutoffOn: begun.cutoffOn },
          folds: segments.map((segment) => ({ task: 'fold', instrument, ...run, segment })),
        };
      }
      case 'fold':
        return foldPart(deps, asked);
      case 'publish': {
        const { request, ...parts } = asked;
        return answerOf(await carryOutParts(deps, request, parts));
      }
      case 'forget':
        await forget(deps, seriesOf(asked.request.instrument), asked.attempt);
        return { state: 'forgotten' };
    }
  };
}

/** One segment of an attempt; the attempt must be open before and after, so that no part is left that nobody removes. */
async function foldPart(
  deps: PublishDependencies,
  asked: { instrument: string; attempt: ReleaseId; segment: number; segments: number },
): Promise<string> {
  const series = seriesOf(asked.instrument);
  const attempt = await openAttempt(deps, series, asked.attempt);
  const lease = holdLease(deps, attempt, RUN_LEASE_MINUTES);
  try {
    await lease.check();
    const key = await storePart(deps, series, asked);
    await lease.check().catch(async (error: unknown) => {
      await deps.parts?.remove(key);
      throw error;
    });
    return key;
  } finally {
    lease.end();
  }
}

/** After a failure: removes the parts, and ends the attempt if it is still open. */
async function forget(deps: PublishDependencies, series: string, releaseId: ReleaseId): Promise<void> {
  const { attempt } = await deps.releases.seriesState(series);
  if (attempt?.releaseId === releaseId) await giveUp(deps, attempt);
  for (const key of (await deps.parts?.list(`${releaseId}/`)) ?? []) await deps.parts?.remove(key);
}

function answerOf(outcome: PublishOutcome) {
  switch (outcome.state) {
    case 'dry-run':
      return { state: outcome.state };
    case 'already-published':
      return { state: outcome.state, releaseId: outcome.releaseId };
    case 'published': {
      const { releaseId, cells } = outcome.manifest;
      const published = cells.filter(({ state }) => state === 'published').length;
      return { state: outcome.state, releaseId, published };
    }
  }
}
