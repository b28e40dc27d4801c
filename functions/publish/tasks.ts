import * as z from 'zod';
import { InstrumentId } from '#contracts/instrument-id';
import type { Manifest } from '#contracts/release';
import { ReleaseId } from '#contracts/release-id';
import { Statements } from '#contracts/statements';
import { IsoDate } from '#contracts/text';
import { countParticipation, type ParticipationDependencies } from './participation.ts';
import { foldPart, removeParts } from './parts.ts';
import { type PublishDependencies, type PublishRequest, preparePlan, publish } from './publish.ts';

const Request = z.strictObject({
  instrument: InstrumentId,
  cutoffOn: IsoDate.optional(),
  replaces: ReleaseId.optional(),
  stated: Statements.optional(),
});

/** What the schedule, or an operator who invokes the function, asks for. */
const PublishEvent = z.strictObject({ ...Request.shape, isDryRun: z.boolean().optional() });

/** A publication whose segments are folded apart: which plan, in how many. */
const Run = { plan: ReleaseId, segments: z.int().min(1).max(1000) };

/** The nightly count; and the steps of a publication in parts, in their order, with the one that cleans up. */
const TaskEvent = z.discriminatedUnion('task', [
  z.strictObject({ task: z.literal('participation') }),
  z.strictObject({ task: z.literal('plan'), request: Request, segments: Run.segments }),
  z.strictObject({ task: z.literal('fold'), instrument: InstrumentId, ...Run, segment: z.int().min(0) }),
  z.strictObject({ task: z.literal('publish'), request: Request, ...Run, keys: z.array(z.string()) }),
  z.strictObject({ task: z.literal('forget'), ...Run }),
]);

/**
 * Answers the publisher's events. Exact counts and causes are the operator's and stay out of the answers, which a schedule
 * may log; between the steps of a publication in parts only ids and keys are handed on. Each step may be repeated.
 */
export function publisherTasks(publisher: PublishDependencies & ParticipationDependencies) {
  return async (event: unknown): Promise<unknown> => {
    if (!z.object({ task: z.unknown() }).safeParse(event).success) {
      const { isDryRun, ...request } = PublishEvent.parse(event);
      const { state, manifest } = await publish(publisher, { ...given(request), isDryRun: isDryRun ?? false });
      return answerOf(state, manifest);
    }
    const asked = TaskEvent.parse(event);
    switch (asked.task) {
      case 'participation':
        await countParticipation(publisher);
        return { state: 'counted' };
      case 'plan': {
        const { plan, isFolded } = await preparePlan(publisher, given(asked.request));
        const run = { plan: plan.releaseId, segments: asked.segments };
        const segments = isFolded ? [] : Array.from({ length: asked.segments }, (_, segment) => segment);
        return {
          ...run,
          // Later steps may run after midnight: the cut-off is settled here.
          request: { ...asked.request, cutoffOn: plan.cutoffOn },
          folds: segments.map((segment) => ({ task: 'fold', instrument: plan.instrument, ...run, segment })),
        };
      }
      case 'fold':
        return foldPart(publisher, asked);
      case 'publish': {
        const inForce = await publisher.releases.manifest(asked.plan);
        if (inForce) return answerOf('published', inForce);
        const { plan, segments, keys } = asked;
        const { state, manifest } = await publish(publisher, {
          ...given(asked.request),
          parts: { plan, segments, keys },
        });
        return answerOf(state, manifest);
      }
      case 'forget':
        await removeParts(publisher, asked);
        return { state: 'forgotten' };
    }
  };
}

/** Without what was not said. */
function given({ instrument, cutoffOn, replaces, stated }: z.infer<typeof Request>): PublishRequest {
  return {
    instrument,
    ...(cutoffOn === undefined ? {} : { cutoffOn }),
    ...(replaces === undefined ? {} : { replaces }),
    ...(stated === undefined ? {} : { stated }),
  };
}

function answerOf(state: string, { releaseId, cells }: Manifest) {
  return { state, releaseId, published: cells.filter((cell) => cell.state === 'published').length };
}
