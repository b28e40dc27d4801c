import * as z from 'zod';
import { OwnSubmission } from '../submission.ts';
import { Code, LocalText } from '../text.ts';

export const NewReceipt = z.strictObject({
  receipt: z
    .string()
    .regex(/^[0-9A-HJKMNP-TV-Z]{3}(-[0-9A-HJKMNP-TV-Z]{3}){8}$/)
    .meta({
      description: 'Nine groups of three symbols. It is shown this once; whoever holds it reads and withdraws.',
    }),
});
export type NewReceipt = z.infer<typeof NewReceipt>;

/** What is missing for a dimension's score: `needed` levels of `applicable` items, `answered` so far. */
export const MissingScore = z.strictObject({
  dimension: Code,
  answered: z.int().min(0),
  applicable: z.int().min(0),
  needed: z.int().min(0).meta({ description: 'More than `applicable`: too many items do not apply for a score.' }),
  unanswered: z.array(Code).meta({ description: 'Items unanswered or "don\'t know".' }),
});

/** The answer to a submission: everything its organisation may know at once, before any comparison. */
export const AcceptedSubmission = z.strictObject({
  ...OwnSubmission.omit({ profile: true, answers: true, questions: true, secondsTaken: true }).shape,
  maturity: z.record(z.string(), LocalText.nullable()).meta({
    description: 'Dimension id, or "overall", -> the word for its score.',
  }),
  missing: z.array(MissingScore).meta({ description: 'Dimensions of a questionnaire without a score.' }),
  isComplete: z.boolean().meta({ description: 'Only submissions with every score enter a release.' }),
});
export type AcceptedSubmission = z.infer<typeof AcceptedSubmission>;

export const SubmissionHistory = z.strictObject({
  submissions: z.array(OwnSubmission).meta({ description: 'Newest first.' }),
});
export type SubmissionHistory = z.infer<typeof SubmissionHistory>;

export const Withdrawn = z.strictObject({
  withdrawn: z.int().min(0).meta({ description: 'How many submissions this call withdrew.' }),
});
export type Withdrawn = z.infer<typeof Withdrawn>;
