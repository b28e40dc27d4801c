import type { Instrument } from '#contracts/instrument';
import type { Answer } from '#contracts/submission';
import { createDraws, type Draws } from './seeded-draws.ts';
import syntheticShares from './synthetic-shares.json' with { type: 'json' };

/** One check of an invented organisation, before it has a date and a receipt. */
export interface SyntheticSubmission {
  /** 0 to organisations - 1. */
  organisation: number;
  wave: 1 | 2 | 3;
  /** Days before the day the sector is looked at, see `WAVE_DAYS`. */
  daysBefore: number;
  isMember: boolean;
  isUmbrellaMember: boolean;
  profile: Record<string, string>;
  answers: Record<string, Answer>;
  questions: Record<string, string[]>;
}

export interface SectorOptions {
  organisations: number;
  /** How many of them belong to an association of a few fields. */
  members: number;
  /** How many belong to an umbrella association of all fields, members of the other among them; none if absent. */
  umbrellaMembers?: number;
  seed: string;
  /** Fixes the profile of organisation 0, which then is a member and fills in waves 1 and 2 completely. */
  firstProfile?: Record<string, string>;
}

/** When the waves took place, in days before the day of looking: [earliest, latest]. */
export const WAVE_DAYS: Record<SyntheticSubmission['wave'], readonly [number, number]> = {
  1: [600, 460],
  2: [245, 160],
  3: [118, 3],
};

/**
 * An invented sector that answers the Digitalisierungscheck: plausible, not flattering. Fields and sizes are as uneven
 * as in German welfare; answers within a house belong together (a latent maturity, a lean per dimension, chance per item);
 * about 8 % stop early; about 70 % of the first wave return a year later with small changes, and newcomers join.
 *
 * Pure: the same options give the same sector. An organisation is drawn from (seed, its number) alone, so that a larger
 * sector begins with the smaller one (memberships aside, which are drawn among all).
 *
 * @throws RangeError for an instrument without the check's profile, or for more members than organisations
 */
export function syntheticSector(instrument: Instrument, options: SectorOptions): SyntheticSubmission[] {
  const { organisations: count, members: few, umbrellaMembers: many = 0 } = options;
  if (few > count || many > count) throw new RangeError('more members than organisations');
  for (const id of ['level', 'sector', 'size', 'region']) codesOf(instrument, id);
  const difficulties = itemDifficulties(instrument, options.seed);
  const organisations = Array.from({ length: count }, (_, number) => createOrganisation(number, instrument, options));
  const members = drawMembers(organisations, few, `${options.seed} members`, FEW_FIELDS);
  const umbrellaMembers = drawMembers(organisations, many, `${options.seed} umbrella`);
  return organisations.flatMap((organisation) =>
    submissionsOf(organisation, instrument, difficulties, {
      isMember: members.has(organisation.number),
      isUmbrellaMember: umbrellaMembers.has(organisation.number),
    }),
  );
}

interface Organisation {
  number: number;
  draws: Draws;
  /** Draws of their own for what is planned: the rest of the sector was there before that question. */
  plans: Draws;
  profile: Record<string, string>;
  waves: SyntheticSubmission['wave'][];
  isPinned: boolean;
}

type Weights = Record<string, number>;

interface Shares {
  sectors: Record<string, Weights>;
  facilitySizes: Record<string, Weights>;
  otherFacilitySizes: Weights;
  carrierSizes: Weights;
  regions: Weights;
  meanLevel: Weights;
  sectorLean: Weights;
  sizeLean: Weights;
  carrierLean: number;
  fieldPractice: Record<string, Weights>;
}

/** Rough shares of participants, and how far field, size and practice move a house on the scale of levels (0 to 4). */
const shares: Shares = syntheticShares;

const FIRST_WAVE: Weights = { 1: 74, 2: 20, 3: 6 };
const RETURN_IN_SECOND = 0.7;
const RETURN_IN_THIRD = 0.12;
const STOPS_EARLY = 0.035;
const DOES_NOT_APPLY = 0.015;
const DOES_NOT_KNOW = 0.025;

function createOrganisation(number: number, instrument: Instrument, options: SectorOptions): Organisation {
  const draws = createDraws(`${options.seed} ${number}`);
  const level = draws.weighted({ facility: 74, carrier: 26 });
  const sector = draws.weighted(shares.sectors[level] ?? {});
  const sizes = level === 'carrier' ? shares.carrierSizes : (shares.facilitySizes[sector] ?? shares.otherFacilitySizes);
  const drawn = { level, sector, size: draws.weighted(sizes), region: draws.weighted(shares.regions) };
  const first = Number(draws.weighted(FIRST_WAVE)) as SyntheticSubmission['wave'];
  const waves: SyntheticSubmission['wave'][] = [first];
  if (first === 1 && draws.chance(RETURN_IN_SECOND)) waves.push(2);
  if (first !== 3 && draws.chance(RETURN_IN_THIRD)) waves.push(3);
  const isPinned = number === 0 && options.firstProfile !== undefined;
  const profile: Record<string, string> = isPinned ? { ...options.firstProfile } : drawn;
  for (const [id, code] of Object.entries(profile))
    if (!codesOf(instrument, id).includes(code)) throw new RangeError(`${instrument.id} has no ${id} "${code}"`);
  const plans = createDraws(`${options.seed} ${number} plans`);
  return { number, draws, plans, profile, waves: isPinned ? [1, 2] : waves, isPinned };
}

/** Members of the association of a few fields crowd in elder care, day care and youth services. */
const FEW_FIELDS: Weights = { 'elder-care': 4, daycare: 3, 'youth-family': 2 };

/**
 * Draws an association's members, who weigh 1 where `weights` does not name their field. The pinned house is in the
 * association of a few fields, and in no other.
 */
function drawMembers(organisations: Organisation[], count: number, seed: string, weights?: Weights): Set<number> {
  const draws = createDraws(seed);
  const pinnedWait = weights ? 0 : Infinity;
  const ranked = organisations.map(({ number, profile, isPinned }) => ({
    number,
    // Weighted sampling without replacement: the smallest exponential waiting times (Efraimidis and Spirakis 2006).
    wait: isPinned ? pinnedWait : -Math.log(1 - draws.uniform()) / (weights?.[profile.sector ?? ''] ?? 1),
  }));
  ranked.sort((a, b) => a.wait - b.wait || a.number - b.number);
  return new Set(ranked.slice(0, count).map(({ number }) => number));
}

function submissionsOf(
  organisation: Organisation,
  instrument: Instrument,
  difficulties: Weights,
  memberships: Pick<SyntheticSubmission, 'isMember' | 'isUmbrellaMember'>,
): SyntheticSubmission[] {
  const { number, draws, plans, profile, isPinned } = organisation;
  const standing = latentLevels(organisation, instrument, difficulties);
  // What does not apply to a house does not apply next year either.
  const notApplicable = new Set(instrument.items.filter(() => draws.chance(DOES_NOT_APPLY)).map((item) => item.id));
  let former: Record<string, Answer> | undefined;
  return organisation.waves.map((wave): SyntheticSubmission => {
    if (former) moveOn(standing, draws);
    const stopsAfter =
      !isPinned && draws.chance(STOPS_EARLY) ? draws.between(4, instrument.items.length - 3) : Infinity;
    const answers: Record<string, Answer> = {};
    instrument.items.forEach((item, index) => {
      const isUnknown = draws.chance(DOES_NOT_KNOW) && !isPinned;
      if (index >= stopsAfter) return;
      if (notApplicable.has(item.id) && !isPinned) answers[item.id] = 'na';
      else answers[item.id] = isUnknown ? 'dk' : toLevel(standing[item.id] ?? 0);
    });
    const hasStopped = stopsAfter !== Infinity;
    const questions = answerQuestions({ draws, former, answers, instrument, hasStopped });
    // The first wave was not asked yet.
    if (wave > 1 && !hasStopped) Object.assign(questions, plannedNext(instrument, answers, plans));
    const [earliest, latest] = WAVE_DAYS[wave];
    former = answers;
    return {
      organisation: number,
      wave,
      daysBefore: draws.between(latest, earliest),
      ...memberships,
      profile,
      answers,
      questions,
    };
  });
}

/** Where a house stands on each item, on the scale of levels but not yet cut to it. */
function latentLevels(organisation: Organisation, instrument: Instrument, difficulties: Weights): Weights {
  const { draws, profile, isPinned } = organisation;
  const lean =
    (shares.sectorLean[profile.sector ?? ''] ?? 0) +
    (shares.sizeLean[profile.size ?? ''] ?? 0) +
    (profile.level === 'carrier' ? shares.carrierLean : 0);
  // The pinned house is an ordinary one, so that its picture shows neither the top nor the bottom.
  const maturity = lean + draws.normal() * (isPinned ? 0 : 0.6);
  const standing: Weights = {};
  for (const dimension of instrument.dimensions) {
    const level = (shares.meanLevel[dimension.id] ?? 1.6) + maturity + 0.35 * draws.normal();
    for (const item of instrument.items.filter((entry) => entry.dimension === dimension.id)) {
      const practice = shares.fieldPractice[profile.sector ?? '']?.[item.id] ?? 0;
      standing[item.id] = level + practice + (difficulties[item.id] ?? 0) + 0.7 * draws.normal();
    }
  }
  return standing;
}

/** A year later: a little further on average, one house in four back, most answers as before. */
function moveOn(standing: Weights, draws: Draws): void {
  const change = 0.14 + 0.2 * draws.normal();
  for (const id of Object.keys(standing)) standing[id] = (standing[id] ?? 0) + change + 0.25 * draws.normal();
}

function itemDifficulties(instrument: Instrument, seed: string): Weights {
  return Object.fromEntries(
    instrument.items.map((item) => [item.id, 0.3 * createDraws(`${seed} item ${item.id}`).normal()]),
  );
}

function toLevel(latent: number): Answer {
  return Math.min(4, Math.max(0, Math.round(latent))) as Answer;
}

/** The unscored questions come last, so who stops early leaves them out, and others skip some. */
function answerQuestions(given: {
  draws: Draws;
  former: Record<string, Answer> | undefined;
  answers: Record<string, Answer>;
  instrument: Instrument;
  hasStopped: boolean;
}): Record<string, string[]> {
  const { draws, former, answers, instrument } = given;
  const chosen: Record<string, string[]> = {};
  for (const question of instrument.questions.filter(({ id }) => id !== PLANNED)) {
    const isSkipped = !draws.chance(question.returningOnly ? 0.65 : 0.75);
    // Early codes are the common ones: each weighs 0.85 of the one before.
    const code = draws.weighted(Object.fromEntries(question.codes.map(({ id }, index) => [`${id}`, 0.85 ** index])));
    if (given.hasStopped || isSkipped || (question.returningOnly && !former)) continue;
    if (question.id === 'lost-code') {
      if (!former) chosen[question.id] = [draws.chance(0.04) ? 'yes' : 'no'];
    } else if (question.id === 'tried') {
      const moved = Object.keys(answers).filter((id) => answers[id] !== former?.[id]);
      chosen[question.id] = moved.length === 0 ? ['none'] : moved.slice(0, question.maxChoices);
    } else if (question.id === 'tried-outcome' && chosen.tried?.[0] === 'none') {
      // Nothing was tried, so nothing came of it.
    } else {
      chosen[question.id] = [code];
    }
  }
  return chosen;
}

const PLANNED = 'planned';

/** Up to three items, the lower ones more often; one house in four says nothing, and a few plan nothing. */
function plannedNext(
  { questions }: Instrument,
  answers: Record<string, Answer>,
  draws: Draws,
): Record<string, string[]> {
  const question = questions.find(({ id }) => id === PLANNED);
  if (!question || !draws.chance(0.75)) return {};
  if (draws.chance(0.05)) return { [PLANNED]: ['none'] };
  const open = Object.entries(answers).flatMap(([id, level]) =>
    typeof level === 'number' ? [[id, level] as const] : [],
  );
  const weights = new Map(open.map(([id, level]) => [id, (4.5 - level) ** 2]));
  const chosen: string[] = [];
  for (let left = draws.between(1, question.maxChoices); left > 0 && weights.size > 0; left--) {
    const code = draws.weighted(Object.fromEntries(weights));
    weights.delete(code);
    chosen.push(code);
  }
  return { [PLANNED]: chosen };
}

function codesOf(instrument: Instrument, attributeId: string): string[] {
  const attribute = instrument.profile.find((entry) => entry.id === attributeId);
  if (!attribute) throw new RangeError(`${instrument.id} does not ask "${attributeId}"`);
  return attribute.codes.map((code) => code.id);
}
