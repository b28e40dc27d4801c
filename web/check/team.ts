import * as z from 'zod/mini';
import type { Instrument, Item } from '#contracts/instrument';
import type { Answer } from '#contracts/submission';
import { type Kept, parsedBy } from '../kept.ts';
import { Answers, filtered, isSameSeries } from './draft.ts';

export const MAX_MEMBERS = 6;
export const MAX_NAME_LENGTH = 40;
/** From so many levels apart an item is talked about first. */
const WIDE_LEVELS = 2;

/** One of a team, under a role or initials, as the team likes to be called. */
const TeamMember = z.strictObject({ name: z.string(), answers: Answers });
export type TeamMember = z.infer<typeof TeamMember>;

/**
 * A team round: up to six people of one house answer for themselves, look at where they differ and agree on one answer
 * each. All of it stays in this browser; the drafts are never sent, only what the team agreed on.
 */
const TeamRound = z.strictObject({
  format: z.literal(1),
  instrument: z.string(),
  members: z.array(TeamMember).check(z.maxLength(MAX_MEMBERS)),
  agreed: Answers,
});
export type TeamRound = z.infer<typeof TeamRound>;

export const KEPT_ROUND: Kept<TeamRound> = {
  key: 'sektorspiegel.team',
  Schema: TeamRound,
  empty: emptyRound,
  fitted: (round, instrument) => (isSameSeries(round.instrument, instrument.id) ? round : undefined),
};

export function emptyRound(instrument: Instrument): TeamRound {
  return { format: 1, instrument: instrument.id, members: [], agreed: {} };
}

/** How far apart the members are on an item. */
export interface ItemComparison {
  item: Item;
  /** One for each member, in their order; undefined: not answered. */
  answers: (Answer | undefined)[];
  /** Highest minus lowest level, 0 to 4; 0 when fewer than two gave a level. */
  spread: number;
  /**
   * `wide`: two levels and more apart, or some say "does not apply" while others give a level. `near`: one level apart,
   * or someone does not know. `same`: all who answered say the same. `open`: nobody answered.
   */
  kind: 'wide' | 'near' | 'same' | 'open';
}

/** Items side by side: wide differences first, the widest on top, then the near ones, then the rest in their order. */
export function compare(instrument: Instrument, members: TeamMember[]): ItemComparison[] {
  const order = ['wide', 'near', 'open', 'same'];
  return instrument.items
    .map((item) => compareItem(item, members))
    .sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || b.spread - a.spread);
}

function compareItem(item: Item, members: TeamMember[]): ItemComparison {
  const answers = members.map((member) => member.answers[item.id]);
  const given = answers.filter((answer) => answer !== undefined);
  const levels = given.filter((answer) => typeof answer === 'number');
  const spread = levels.length < 2 ? 0 : Math.max(...levels) - Math.min(...levels);
  const isDisputed = given.includes('na') && levels.length > 0;
  const kind =
    given.length === 0
      ? 'open'
      : spread >= WIDE_LEVELS || isDisputed
        ? 'wide'
        : new Set(given).size > 1
          ? 'near'
          : 'same';
  return { item, answers, spread, kind };
}

/** Adds a member, and agrees at once on what all members answered alike. Beyond six the round stays as it is. */
export function withMember(round: TeamRound, instrument: Instrument, member: TeamMember): TeamRound {
  if (round.members.length >= MAX_MEMBERS) return round;
  return settled({ ...round, members: [...round.members, member] }, instrument, round.members);
}

export function withoutMember(round: TeamRound, instrument: Instrument, index: number): TeamRound {
  return settled({ ...round, members: round.members.filter((_, place) => place !== index) }, instrument, round.members);
}

/** Replaces a member's answers, e.g. while a paper sheet is typed in. */
export function withMemberAnswer(
  round: TeamRound,
  instrument: Instrument,
  change: { index: number; item: string; answer: Answer },
): TeamRound {
  const { index, item, answer } = change;
  const members = round.members.map((member, place) =>
    place === index ? { ...member, answers: { ...member.answers, [item]: answer } } : member,
  );
  const { [item]: _former, ...agreed } = round.agreed;
  return settled({ ...round, members, agreed }, instrument, round.members);
}

export function withAgreement(round: TeamRound, item: string, answer: Answer): TeamRound {
  return { ...round, agreed: { ...round.agreed, [item]: answer } };
}

/**
 * Agrees where every member gave the same answer. What the team chose otherwise stays; what only followed from the
 * `former` members being of one mind goes when another one contradicts, so that whoever joins later is heard.
 */
function settled(round: TeamRound, instrument: Instrument, former: TeamMember[]): TeamRound {
  const agreed = { ...round.agreed };
  for (const { id } of instrument.items) {
    const oneMind = oneMindOf(round.members, id);
    if (agreed[id] === oneMindOf(former, id) && agreed[id] !== oneMind) delete agreed[id];
    const haveAllAnswered = round.members.every(({ answers }) => answers[id] !== undefined);
    if (oneMind !== undefined && haveAllAnswered) agreed[id] ??= oneMind;
  }
  return { ...round, agreed };
}

/** The one answer of all who gave one, if they are two at least. */
function oneMindOf(members: TeamMember[], item: string): Answer | undefined {
  const [first, ...others] = members.flatMap(({ answers }) => answers[item] ?? []);
  return others.length > 0 && others.every((answer) => answer === first) ? first : undefined;
}

/** What a member hands over as a file: answers alone, no profile and no code. */
const TeamFile = z.object({
  kind: z.literal('sektorspiegel-team-draft'),
  format: z.literal(1),
  instrument: z.string(),
  name: z.string(),
  answers: Answers,
});

export function teamFile(instrument: string, name: string, answers: Record<string, Answer>): z.infer<typeof TeamFile> {
  return { kind: 'sektorspiegel-team-draft', format: 1, instrument, name: name.trim(), answers };
}

/** A file of twenty answers has some six hundred characters. */
const MAX_FILE_LENGTH = 20_000;

/** Reads a member's file, or says why it cannot be taken. Answers to items that the check does not have are left out. */
export function parseTeamFile(
  text: string,
  instrument: Instrument,
): TeamMember | 'not-a-draft' | 'other-instrument' | 'empty' {
  const file = text.length > MAX_FILE_LENGTH ? undefined : parsedBy(TeamFile, text);
  if (!file) return 'not-a-draft';
  if (!isSameSeries(file.instrument, instrument.id)) return 'other-instrument';
  const answers = filtered(file.answers, (id) => instrument.items.some((item) => item.id === id));
  if (Object.keys(answers).length === 0) return 'empty';
  return { name: file.name.trim().slice(0, MAX_NAME_LENGTH), answers };
}
