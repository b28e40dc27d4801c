import * as z from 'zod/mini';
import { keep, readKept } from '../kept.ts';
import type { TextStore } from '../text-store.ts';
import { Experiment, Rating } from './experiment.ts';

/** Everything of "next step" that is kept, in this browser only: no Rückkehr-Code, no answers, no scores. */
export const KeptSteps = z.strictObject({
  format: z.literal(1),
  /** Dimension id -> how important it is for the own mission in the next twelve months. */
  importance: z.record(z.string(), Rating),
  /** Own ideas beside the proposed measures. */
  ideas: z.array(z.strictObject({ id: z.string(), text: z.string().check(z.maxLength(300)) })).check(z.maxLength(20)),
  /** Measure id -> what was rated. */
  ratings: z.record(z.string(), z.strictObject({ benefit: z.nullable(Rating), effort: z.nullable(Rating) })),
  /** Newest first; the first without a decision is the one under way. */
  experiments: z.array(Experiment).check(z.maxLength(50)),
});
export type KeptSteps = z.infer<typeof KeptSteps>;

export const STEPS_KEY = 'sektorspiegel.next-step';
const PLACE = { key: STEPS_KEY, Schema: KeptSteps };
export const NO_STEPS: KeptSteps = { format: 1, importance: {}, ideas: [], ratings: {}, experiments: [] };

/** What this browser keeps; nothing where it keeps nothing or cannot be read. */
export function readSteps(store: TextStore | undefined): KeptSteps {
  return readKept(store, PLACE)?.value ?? NO_STEPS;
}

/** False when the browser refuses (private window, full, blocked): then the visitor is told to export the card. */
export function keepSteps(store: TextStore | undefined, steps: KeptSteps): boolean {
  return keep(store, PLACE, steps);
}

/** The experiment under way: the newest without a decision. */
export function currentExperiment(steps: KeptSteps): Experiment | undefined {
  return steps.experiments.find(({ review }) => review.decision === null);
}
