import * as z from 'zod';
import { InstrumentId } from '#contracts/instrument-id';
import { ReleaseId } from '#contracts/release-id';
import { Statements } from '#contracts/statements';
import { IsoDate } from '#contracts/text';
import { publisherFrom } from './environment.ts';
import { countParticipation } from './participation.ts';
import { publish } from './publish.ts';

/** What the schedule, or an operator who invokes the function, asks for. */
const PublishEvent = z.strictObject({
  instrument: InstrumentId,
  cutoffOn: IsoDate.optional(),
  replaces: ReleaseId.optional(),
  isDryRun: z.boolean().optional(),
  stated: Statements.optional(),
});

/** The nightly task. */
const ParticipationEvent = z.strictObject({ task: z.literal('participation') });

const publisher = await publisherFrom(process.env);

/**
 * The publisher on AWS Lambda. It publishes a release and answers its id and how many cells it shows; or, asked for
 * `{"task": "participation"}`, counts participation and answers that it did. Exact counts and causes are the operator's
 * and stay out of the answer, which a schedule may log.
 */
export async function handler(
  event: unknown,
): Promise<{ state: string; releaseId: string; published: number } | { state: 'counted' }> {
  if (ParticipationEvent.safeParse(event).success) {
    await countParticipation(publisher);
    return { state: 'counted' };
  }
  const { cutoffOn, replaces, isDryRun, instrument, stated } = PublishEvent.parse(event);
  const { state, manifest } = await publish(publisher, {
    instrument,
    ...(cutoffOn === undefined ? {} : { cutoffOn }),
    ...(replaces === undefined ? {} : { replaces }),
    ...(isDryRun === undefined ? {} : { isDryRun }),
    ...(stated === undefined ? {} : { stated }),
  });
  const published = manifest.cells.filter((cell) => cell.state === 'published').length;
  return { state, releaseId: manifest.releaseId, published };
}
