import type { Dimension, Instrument, Item } from '#contracts/instrument';
import { type Draft, missingProfile } from './draft.ts';

/**
 * The screens of the check: a question each, what came out of an area before the next one begins, the overview of all, and
 * what sending takes.
 */
export type Step = 'start' | `item-${string}` | `area-${string}` | 'overview' | 'profile' | 'code' | 'more' | 'summary';

export function stepsOf({ dimensions, items }: Instrument): Step[] {
  const areas = dimensions.flatMap(({ id }, place): Step[] => [
    ...items.filter(({ dimension }) => dimension === id).map((item): Step => `item-${item.id}`),
    // What came out of the last one stands in the overview.
    ...(place < dimensions.length - 1 ? [`area-${id}` as const] : []),
  ]);
  return ['start', ...areas, 'overview', 'profile', 'code', 'more', 'summary'];
}

/** The item that a step asks, if it is one. */
export function itemOf(step: Step, instrument: Instrument): Item | undefined {
  return instrument.items.find(({ id }) => step === `item-${id}`);
}

/** The dimension whose result a step shows, if it is one. */
export function areaOf(step: Step, instrument: Instrument): Dimension | undefined {
  return instrument.dimensions.find(({ id }) => step === `area-${id}`);
}

/** The step that an address names after `#`; undefined for anything else. */
export function stepFrom(fragment: string, instrument: Instrument): Step | undefined {
  return stepsOf(instrument).find((step) => `#${step}` === fragment);
}

/** The step after (1) or before (-1) another. */
export function stepBeside(step: Step, instrument: Instrument, way: 1 | -1): Step {
  const steps = stepsOf(instrument);
  return steps[steps.indexOf(step) + way] ?? step;
}

/** Where to continue: the first open item, else the profile, else the code. */
export function firstOpenStep(draft: Draft, instrument: Instrument): Step {
  const open = instrument.items.find(({ id }) => draft.answers[id] === undefined);
  if (open) return `item-${open.id}`;
  return missingProfile(draft, instrument).length > 0 ? 'profile' : 'code';
}

/** The items of a dimension that have no answer, neither a level nor "na" nor "dk". */
export function openItems(draft: Draft, instrument: Instrument, dimension: string): Item[] {
  return instrument.items.filter((item) => item.dimension === dimension && draft.answers[item.id] === undefined);
}

/** A house needs some eight minutes for twenty items (five short texts each), and ten seconds for a list. */
const SECONDS_PER_ITEM = 24;
const SECONDS_PER_ATTRIBUTE = 10;
/** To put the code by, and to look over what is sent. */
const SECONDS_PER_LATER_STEP: Partial<Record<Step, number>> = { code: 50, summary: 30 };

/** Which screen of how many, and the whole minutes that the rest will take: 0 when only this screen is left. */
export function progressOf(step: Step, draft: Draft, instrument: Instrument) {
  const steps = stepsOf(instrument).slice(1);
  const screen = steps.indexOf(step) + 1;
  const openCount = instrument.dimensions.flatMap(({ id }) => openItems(draft, instrument, id)).length;
  const later = steps.slice(screen).map((after) => SECONDS_PER_LATER_STEP[after] ?? 0);
  const seconds = [
    openCount * SECONDS_PER_ITEM,
    missingProfile(draft, instrument).length * SECONDS_PER_ATTRIBUTE,
    ...later,
  ].reduce((sum, part) => sum + part);
  return { screen, screens: steps.length, openCount, minutesLeft: Math.ceil(seconds / 60) };
}
