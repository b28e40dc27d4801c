import * as z from 'zod';
import { InstrumentId } from '#contracts/instrument';
import { ReleaseId } from '#contracts/release';
import { Statements } from '#contracts/statements';
import { IsoDate } from '#contracts/text';
import { publisherFrom } from './environment.ts';
import { publish } from './publish.ts';

/** What the schedule, or an operator who invokes the function, asks for. */
const PublishEvent = z.strictObject({
  instrument: InstrumentId,
  cutoffOn: IsoDate.optional(),
  replaces: ReleaseId.optional(),
  isDryRun: z.boolean().optional(),
  stated: Statements.optional(),
});

const publisher = await publisherFrom(process.env);

/**
 * Publishes a release on AWS Lambda. Answers the release's id and how many cells it shows; exact counts and causes are
 * the operator's and stay out of the answer, which a schedule may log.
 */
export async function handler(event: unknown): Promise<{ state: string; releaseId: string; published: number }> {
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
