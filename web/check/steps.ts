import type { Instrument } from '#contracts/instrument';
import { type Draft, missingProfile } from './draft.ts';

/** The steps of the check in their order: `area-<dimension>` for each dimension between the start and the overview. */
export type Step = 'start' | `area-${string}` | 'overview' | 'profile' | 'code' | 'more' | 'summary';

export function stepsOf(instrument: Instrument): Step[] {
  const areas = instrument.dimensions.map(({ id }): Step => `area-${id}`);
  return ['start', ...areas, 'overview', 'profile', 'code', 'more', 'summary'];
}

/** The dimension that a step asks for, if it is one. */
export function dimensionOf(step: Step, instrument: Instrument): Instrument['dimensions'][number] | undefined {
  return instrument.dimensions.find(({ id }) => step === `area-${id}`);
}

/** The step that an address names after `#`; undefined for anything else. */
export function stepFrom(fragment: string, instrument: Instrument): Step | undefined {
  return stepsOf(instrument).find((step) => `#${step}` === fragment);
}

export function nextStep(step: Step, instrument: Instrument): Step {
  const steps = stepsOf(instrument);
  return steps[Math.min(steps.indexOf(step) + 1, steps.length - 1)]!;
}

export function formerStep(step: Step, instrument: Instrument): Step {
  const steps = stepsOf(instrument);
  return steps[Math.max(steps.indexOf(step) - 1, 0)]!;
}

/** Where to continue: the first dimension with an open item, else the profile, else the code. */
export function firstOpenStep(draft: Draft, instrument: Instrument): Step {
  const open = instrument.dimensions.find(({ id }) => openItems(draft, instrument, id).length > 0);
  if (open) return `area-${open.id}`;
  return missingProfile(draft, instrument).length > 0 ? 'profile' : 'code';
}

/** The items of a dimension that have no answer, neither a level nor "na" nor "dk". */
export function openItems(draft: Draft, instrument: Instrument, dimension: string): Instrument['items'] {
  return instrument.items.filter((item) => item.dimension === dimension && draft.answers[item.id] === undefined);
}

export interface Progress {
  answered: number;
  items: number;
  /** Whole minutes that the rest will take, at least 1 while something is open, 0 when nothing is. */
  minutesLeft: number;
}

/** A house needs some eight minutes for twenty items (five short texts each), and ten seconds for a list. */
const SECONDS_PER_ITEM = 24;
const SECONDS_PER_ATTRIBUTE = 10;

export function progressOf(draft: Draft, instrument: Instrument): Progress {
  const items = instrument.items.length;
  const answered = instrument.items.filter(({ id }) => draft.answers[id] !== undefined).length;
  const seconds =
    (items - answered) * SECONDS_PER_ITEM + missingProfile(draft, instrument).length * SECONDS_PER_ATTRIBUTE;
  return { answered, items, minutesLeft: Math.ceil(seconds / 60) };
}
