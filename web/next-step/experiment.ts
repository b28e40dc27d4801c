import * as z from 'zod/mini';
import { parsedBy } from '../kept.ts';

/** Texts that people write themselves. */
const Text = z.string().check(z.maxLength(2000));
const Day = z.iso.date();
/** From 1, little, to 3, much. */
export const Rating = z.literal([1, 2, 3]);
export type Rating = z.infer<typeof Rating>;

/** What became of an experiment. Ending is a result like the others. */
export const Decision = z.literal(['end', 'adapt', 'extend']);
export type Decision = z.infer<typeof Decision>;

/**
 * One small experiment on one card: plan, do, check, act. It lives in the visitor's browser and in the files they save, and
 * holds no Rückkehr-Code, no answers and no scores.
 */
export const Experiment = z.strictObject({
  id: z.string().check(z.minLength(1), z.maxLength(64)),
  /** What it began from: an item of an instrument, or an own idea (null). */
  item: z.nullable(z.string().check(z.maxLength(40))),
  dimension: z.nullable(z.string().check(z.maxLength(40))),
  title: Text,
  createdOn: Day,
  /** What was expected when it was picked. */
  expected: z.strictObject({ benefit: z.nullable(Rating), effort: z.nullable(Rating) }),
  plan: z.strictObject({
    what: Text,
    withWhom: Text,
    /** The day of the review; null while it is open. */
    until: z.nullable(Day),
    /** By what one will know whether it helps. */
    sign: Text,
    /** Who at the top backs it. */
    sponsor: Text,
  }),
  notes: Text,
  review: z.strictObject({
    on: z.nullable(Day),
    seen: Text,
    benefit: z.nullable(Rating),
    effort: z.nullable(Rating),
    decision: z.nullable(Decision),
    learned: Text,
  }),
  /** The experiment it grew out of. */
  follows: z.nullable(z.string().check(z.maxLength(64))),
});
export type Experiment = z.infer<typeof Experiment>;

/** The file an experiment is exported to and imported from. */
export const ExperimentFile = z.strictObject({
  format: z.literal('sektorspiegel.experiment.1'),
  experiment: Experiment,
});
type ExperimentFile = z.infer<typeof ExperimentFile>;

/** A card as it begins: the step is proposed, and with a first experiment whom it needs and what would be seen. */
export function newExperiment({
  today,
  plan,
  ...start
}: Pick<Experiment, 'id' | 'title' | 'item' | 'dimension' | 'expected'> & {
  today: string;
  plan: Pick<Experiment['plan'], 'what' | 'until'> & Partial<Experiment['plan']>;
}): Experiment {
  return {
    ...start,
    createdOn: today,
    plan: { withWhom: '', sign: '', sponsor: '', ...plan },
    notes: '',
    review: { on: null, seen: '', benefit: null, effort: null, decision: null, learned: '' },
    follows: null,
  };
}

/**
 * The card after the review. Adapting and extending take the plan along, with a new day for the review; after an end the
 * next card begins from the list of measures, so there is none here.
 */
export function nextExperiment(
  former: Experiment,
  { id, today, until }: { id: string; today: string; until: string },
): Experiment | null {
  const { decision } = former.review;
  if (decision === null || decision === 'end') return null;
  const { title, item, dimension, plan, review } = former;
  const { benefit, effort } = review;
  return {
    ...newExperiment({ id, today, title, item, dimension, expected: { benefit, effort }, plan: { ...plan, until } }),
    follows: former.id,
  };
}

/** What stands in a plan, in the card's order. */
export const PLAN_FIELDS = [
  'what',
  'withWhom',
  'until',
  'sign',
  'sponsor',
] as const satisfies (keyof Experiment['plan'])[];

/** What is still open before an experiment can start. */
export function missingInPlan({ plan }: Experiment): (keyof Experiment['plan'])[] {
  return PLAN_FIELDS.filter((field) => !plan[field]?.trim());
}

export function writeExperiment(experiment: Experiment): string {
  return `${JSON.stringify({ format: 'sektorspiegel.experiment.1', experiment } satisfies ExperimentFile, null, 2)}\n`;
}

/** Reads an exported card; null for anything else. */
export function readExperiment(text: string): Experiment | null {
  return parsedBy(ExperimentFile, text)?.experiment ?? null;
}
