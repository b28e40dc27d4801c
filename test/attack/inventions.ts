import { createHash, randomBytes } from 'node:crypto';
import { monthsBefore } from '#contracts/calendar';
import { groupKey, groupOfProfile, liesWithin } from '#contracts/group';
import type { Instrument } from '#contracts/instrument';
import type { Policy } from '#contracts/policy';
import type { Cell, PublishedCell } from '#contracts/release';
import { isPublished, itemOf } from '#contracts/released-cell';
import type { Answer, StoredSubmission } from '#contracts/submission';
import { decideRelease } from '#disclosure/decide-release';
import { drawRelease } from '#disclosure/draw-release';
import { POLICY } from '#disclosure/policy';
import { createDraws, type Draws } from '#functions/local/seeded-draws';
import { syntheticSector } from '#functions/local/synthetic-sector';
import { createFold } from '#microdata/fold';
import { scoreAnswers } from '#microdata/score';
import { type Answers, bestGuess } from './best-guess.ts';

/**
 * Attack 3: all others invented. Among 270 honest houses that the attacker does not know stands a lonely one, of the rarest
 * profile. He invents others of that profile, so that most of what its groups show is his, sees every public cell of two
 * releases, and guesses by Bayes over all figures together (`best-guess.ts`).
 */
export interface World {
  name: string;
  /** Houses invented around the target. */
  inventions: number;
  /** What the inventions are made to read; `answers` if absent. */
  steers?: 'answers' | 'scores';
  /** The target's association: so many other members, all of whose answers the attacker knows. 0: none. */
  otherMembers?: number;
  /** Everybody but the target is invented: reported, not bounded. */
  isAlone?: boolean;
  policy?: Policy;
}

export interface Gain {
  world: World;
  trials: number;
  /** Shares: items guessed right, scores guessed right, and guesses that were surer than 95 %. */
  items: number;
  scores: number;
  sure: number;
  /** The same by guessing the likeliest answer of the field, without any figure. */
  itemsAlone: number;
  scoresAlone: number;
}

const EVERY_PER_CENT = [{ fromN: 1, permilles: Array.from({ length: 99 }, (_, place) => (place + 1) * 10) }];

/** Neither noise nor threshold: what an attack must break, or it does not bite. */
export const UNPROTECTED: Policy = {
  ...POLICY,
  minParticipations: 1,
  minNestedDifference: 0,
  minIndependent: 0,
  participationsRoundedTo: 1,
  itemsFromN: 1,
  questionsFromBase: 1,
  cutLadder: EVERY_PER_CENT,
  changeCutLadder: EVERY_PER_CENT,
  epsilon: { cut: 1000, count: 1000, participation: 1000 },
};

const HONEST = 270;
const REFERENCE = 4000;
export const SURE = 0.95;
const RELEASES = ['2026-01-31', '2026-07-31'];
const MEMBERS_OF = 'c-aaaaaaa1';
const LONELY = { level: 'facility', sector: 'other', size: '1000-plus', region: 'de-hb' };

export function gainIn(instrument: Instrument, world: World, trials: number, seed: string): Gain {
  // One field, whose houses answer alike: what the attacker knows of others in general, and each trial's own houses.
  const population = completeChecks(instrument, seed, REFERENCE + trials * (HONEST + 1));
  const reference = population.slice(0, REFERENCE).map(({ answers }) => answers);
  const alone = likeliest(instrument, reference);
  const found = { items: 0, scores: 0, sure: 0, guesses: 0, itemsAlone: 0, scoresAlone: 0 };
  for (let trial = 0; trial < trials; trial++) {
    const draws = createDraws(`${seed} ${trial}`);
    const honest = population.slice(REFERENCE + trial * (HONEST + 1), REFERENCE + (trial + 1) * (HONEST + 1));
    const target = { ...honest[0]!.answers };
    const members = world.otherMembers ?? 0;
    const known = members > 0 ? honest.slice(1, 1 + members).map(({ answers }) => answers) : [];
    const invented = Array.from({ length: world.inventions }, (_, place) =>
      invention(instrument, world.steers ?? 'answers', place, draws),
    );
    const others = world.isAlone ? [] : honest.slice(1 + members);
    const log = [
      submission(instrument, 'target', LONELY, target, members > 0),
      ...invented.map((answers, place) => submission(instrument, `invented ${place}`, LONELY, answers, false)),
      ...known.map((answers, place) =>
        submission(instrument, `member ${place}`, honest[1 + place]!.profile, answers, true),
      ),
      ...others.map(({ profile, answers }, place) =>
        submission(instrument, `honest ${place}`, profile, answers, false),
      ),
    ];
    const cells = RELEASES.flatMap((cutoffOn) =>
      cellsOfTarget(instrument, releasedAt(instrument, log, cutoffOn, world.policy ?? POLICY), members > 0),
    );
    const belongs = (profile: Record<string, string>, isMember: boolean, cell: PublishedCell) =>
      cell.group.association === undefined || isMember
        ? liesWithin(instrument, groupOf(instrument, profile, isMember), cell.group)
        : false;
    const guess = bestGuess({
      instrument,
      policy: world.policy ?? POLICY,
      cells,
      reference,
      draws: draws.uniform,
      knownIn: (cell) => [
        ...(belongs(LONELY, false, cell) ? invented : []),
        ...known.filter((_, place) => belongs(honest[1 + place]!.profile, true, cell)),
      ],
    });
    const scores = scoreAnswers(instrument, target);
    for (const { id } of instrument.items) {
      found.guesses += 1;
      if (guess.items[id]!.answer === (target[id] ?? 'dk')) found.items += 1;
      if (guess.items[id]!.probability > SURE) found.sure += 1;
      if (alone.items[id] === (target[id] ?? 'dk')) found.itemsAlone += 1;
    }
    for (const { id } of instrument.dimensions) {
      const score = onGrid(instrument, scores[id]!);
      if (guess.scores[id]!.score === score) found.scores += 1;
      if (guess.scores[id]!.probability > SURE) found.sure += 1;
      if (alone.scores[id] === score) found.scoresAlone += 1;
    }
  }
  const items = trials * instrument.items.length;
  const dimensions = trials * instrument.dimensions.length;
  return {
    world,
    trials,
    items: found.items / items,
    scores: found.scores / dimensions,
    sure: found.sure / (items + dimensions),
    itemsAlone: found.itemsAlone / items,
    scoresAlone: found.scoresAlone / dimensions,
  };
}

/**
 * Attack 4: a sector of 48 less an association of 45 whose members are all in it. The three others' answers are guessed from
 * the difference of the two groups' shares; how often that is right, of all items and levels.
 */
export function differenceRead(instrument: Instrument, policy: Policy, trials: number, seed: string): number {
  const population = completeChecks(instrument, seed, trials * 48);
  let right = 0;
  let guesses = 0;
  for (let trial = 0; trial < trials; trial++) {
    const houses = population.slice(trial * 48, (trial + 1) * 48).map(({ answers }) => answers);
    const profile = { ...LONELY, sector: 'health' };
    // Others, so that everybody is another group than the sector.
    const others = Array.from({ length: 20 }, () => ({ ...LONELY, sector: 'daycare', size: '1-9' }));
    const log = [
      ...houses.map((answers, place) => submission(instrument, `house ${place}`, profile, answers, place >= 3)),
      ...others.map((other, place) => submission(instrument, `other ${place}`, other, houses[place]!, false)),
    ];
    const cells = releasedAt(instrument, log, RELEASES[0]!, policy);
    const of = (key: string) => cells.filter((cell) => isPublished(cell)).find(({ group }) => group.key === key)!;
    const [sector, members] = [
      of('level=facility,sector=care-disability-health'),
      of(`level=facility,association=${MEMBERS_OF}`),
    ];
    for (const { id } of instrument.items)
      for (const level of [1, 2, 3, 4]) {
        const count = (cell: PublishedCell) =>
          (itemOf(cell, id)!.atLeast[level - 1]! * (cell.participations + 2)) / 100;
        const truth = houses.slice(0, 3).filter((answers) => Number(answers[id]) >= level).length;
        guesses += 1;
        if (Math.min(3, Math.max(0, Math.round(count(sector) - count(members)))) === truth) right += 1;
      }
  }
  return right / guesses;
}

export const onGrid = ({ scoreStep }: Instrument, score: number) => Math.floor(score / scoreStep + 0.5) * scoreStep;

/**
 * One invented house. To read scores: extremes by dimension, half of them each way, so that the middle is the target's. To read
 * answers: all levels alike, so that counts lie apart and none are pooled.
 */
export function invention(instrument: Instrument, steers: 'answers' | 'scores', place: number, draws: Draws): Answers {
  const answers: Answers = {};
  for (const { id } of instrument.dimensions) {
    const isHigh = draws.chance(0.5) === (place % 2 === 0);
    for (const item of instrument.items.filter(({ dimension }) => dimension === id))
      answers[item.id] = steers === 'scores' ? (isHigh ? 4 : 0) : (draws.between(0, 4) as Answer);
  }
  return answers;
}

/** Complete checks of so many houses of one invented field. */
export function completeChecks(instrument: Instrument, seed: string, count: number) {
  const checks = new Map<number, { profile: Record<string, string>; answers: Answers }>();
  for (const { organisation, profile, answers } of syntheticSector(instrument, {
    organisations: Math.ceil(count * 1.3),
    members: 0,
    seed,
  })) {
    const isComplete = Object.values(scoreAnswers(instrument, answers)).every((score) => score !== null);
    if (isComplete && !checks.has(organisation)) checks.set(organisation, { profile, answers });
  }
  return [...checks.values()].slice(0, count);
}

function likeliest(instrument: Instrument, reference: readonly Answers[]) {
  const mode = <Value>(values: Value[]): Value => {
    const counts = new Map<Value, number>();
    for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
    return [...counts].sort((a, b) => b[1] - a[1])[0]![0];
  };
  const scores = reference.map((answers) => scoreAnswers(instrument, answers));
  return {
    items: Object.fromEntries(instrument.items.map(({ id }) => [id, mode(reference.map((one) => one[id] ?? 'dk'))])),
    scores: Object.fromEntries(
      instrument.dimensions.map(({ id }) => [id, mode(scores.map((score) => onGrid(instrument, score[id]!)))]),
    ),
  };
}

function submission(
  instrument: Instrument,
  name: string,
  profile: Record<string, string>,
  answers: Answers,
  isMember: boolean,
): StoredSubmission {
  const hash = (text: string) => createHash('sha256').update(text).digest('base64url');
  return {
    kind: 'submission',
    organisation: hash(name),
    key: hash(`${name} 1`),
    instrument: instrument.id,
    conductedOn: '2025-12-01',
    acceptedAt: '2025-12-01T12:00:00.000Z',
    admission: 'open',
    profile,
    answers,
    ...(isMember ? { associations: [MEMBERS_OF] } : {}),
    bodyHash: hash(''),
    expiresAt: Date.parse('2040-01-01') / 1000,
  };
}

function releasedAt(
  instrument: Instrument,
  log: readonly StoredSubmission[],
  cutoffOn: string,
  policy: Policy,
): Cell[] {
  const fold = createFold({
    instruments: new Map([[instrument.id, instrument]]),
    cutoffOn,
    after: monthsBefore(cutoffOn, instrument.windowMonths),
    acceptedUntil: `${cutoffOn}T23:59:59.999Z`,
    acceptedAfter: null,
  });
  for (const item of log) fold.add(item);
  const participations = fold.participations();
  const decided = decideRelease({ instrument, participations, policy });
  const { cells } = drawRelease({ instrument, participations, policy, decided, cutoffOn, key: randomBytes(32) });
  // As it is given out: text that was parsed, and nothing else of what the publisher held.
  return JSON.parse(JSON.stringify(cells));
}

export function groupOf(instrument: Instrument, profile: Record<string, string>, isMember: boolean) {
  const where = Object.fromEntries(Object.entries(profile).filter(([id]) => id !== instrument.unitTypeAttribute));
  return { unitType: profile[instrument.unitTypeAttribute!]!, where, ...(isMember ? { association: MEMBERS_OF } : {}) };
}

/** The cells that count the target: it knows its own profile, and so does the attacker. */
function cellsOfTarget(instrument: Instrument, cells: readonly Cell[], isMember: boolean): Cell[] {
  const own = new Set(
    instrument.catalogue.flatMap((set) => {
      const group = groupOfProfile(instrument, LONELY, set);
      return group ? [groupKey(group, instrument.unitTypeAttribute)] : [];
    }),
  );
  return cells.filter(
    ({ group }) =>
      own.has(group.key) ||
      (isMember &&
        group.association === MEMBERS_OF &&
        liesWithin(instrument, groupOf(instrument, LONELY, true), group)),
  );
}

export const WORLDS: readonly World[] = [
  { name: 'nobody invented', inventions: 0 },
  ...[20, 60, 120].flatMap((inventions) =>
    (['answers', 'scores'] as const).map((steers) => ({
      name: `${inventions} invented to read ${steers}`,
      inventions,
      steers,
    })),
  ),
  ...[19, 44].map((otherMembers) => ({
    name: `an association that knows its ${otherMembers} other members`,
    inventions: 0,
    otherMembers,
  })),
  { name: 'everybody else invented (reported, not bounded)', inventions: 120, isAlone: true },
  { name: 'control: neither noise nor threshold', inventions: 20, isAlone: true, policy: UNPROTECTED },
];

export const percent = (share: number) => `${Math.round(100 * share)} %`;

export function lineOf({ world, items, scores, sure, itemsAlone, scoresAlone }: Gain): string {
  return `| ${world.name} | ${percent(items)} (${percent(itemsAlone)}) | ${percent(scores)} (${percent(scoresAlone)}) | ${(100 * sure).toFixed(1)} % |`;
}
