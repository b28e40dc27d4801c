import * as z from 'zod';
import { IsoDate } from './text.ts';

const Sentence = z.string().trim().min(1).max(1000);

/** How the answers came in, in the operator's words. What is left out is said to be not stated. */
export const Fieldwork = z.strictObject({
  /** How organisations were reached, one sentence each. */
  channels: z.array(Sentence).max(50).optional(),
  /** First and last day on which organisations were invited. */
  startedOn: IsoDate.optional(),
  endedOn: IsoDate.optional(),
  /** On organisations that had taken part before. */
  returning: Sentence.optional(),
  /** What is known and not known about those who did not take part. */
  nonResponse: Sentence.optional(),
  /** How the questions were tested before use. */
  pretests: Sentence.optional(),
});
export type Fieldwork = z.infer<typeof Fieldwork>;

/** A digital object identifier without its resolver: `10.5072/abc-1`. */
export const Doi = z.string().regex(/^10\.\d{4,9}\/[-._;()/:A-Za-z0-9]+$/, 'a DOI such as 10.5072/abc-1');

/** What the operator states about one release. It stands in the manifest, from which the files say it. */
export const Statements = z.strictObject({
  /** Reserved before freezing. */
  doi: Doi.optional(),
  /** For a release that replaces another: what was wrong there. */
  erratum: Sentence.optional(),
  fieldwork: Fieldwork.optional(),
});
export type Statements = z.infer<typeof Statements>;
