import { findCode } from '#contracts/code-list';
import { memberGroups } from '#contracts/group';
import type { Instrument } from '#contracts/instrument';
import type { ShownCount } from '#contracts/participation';
import type { Policy } from '#contracts/policy';
import type { Cell, GroupRef } from '#contracts/release';
import { isPublished } from '#contracts/released-cell';
import type { Lang } from '#contracts/text';

/**
 * What the next release would show of an association's members with more participants, in sentences. Made from drawn counts
 * and the policy's thresholds alone, so that it tells nothing that is not told already.
 *
 * @param count the last count of the campaign; undefined before the first
 * @param cells the members' cells of the release in force; none before the first
 */
export function openings(given: {
  instrument: Instrument;
  association: string;
  count: ShownCount | undefined;
  cells: readonly Cell[];
  policy: Policy;
  lang: Lang;
}): string[] {
  const { instrument, association, count, cells, policy, lang } = given;
  const text = WORDS[lang];
  const { minParticipations, itemsFromN } = policy;
  const quartilesFrom = policy.cutLadder.find(({ permilles }) => permilles.includes(250))?.fromN ?? itemsFromN;
  const about = count?.state === 'counted' ? count.about : 0;
  const steps = [
    { from: minParticipations, shows: text.middle },
    { from: Math.max(quartilesFrom, itemsFromN), shows: text.answers },
  ];
  const next = steps.find(({ from }) => from > about);
  const [whole, ...all] = memberGroups(instrument, association);
  const fields = all.filter(({ unitType }) => unitType === whole!.unitType);
  const cellOf = ({ key }: GroupRef) => cells.find(({ group }) => group.key === key);
  const named = (groups: GroupRef[]) => groups.map((group) => fieldOf(instrument, group, lang)).join(', ');
  const closed = fields.filter((group) => !isPublished(cellOf(group)));
  const narrow = fields.filter((group) => {
    const cell = cellOf(group);
    return isPublished(cell) && cell.participations < quartilesFrom;
  });
  return [
    ...(next ? [about === 0 ? text.few(next) : text.counted(about, next)] : []),
    ...(narrow.length > 0 ? [text.narrow(quartilesFrom, named(narrow))] : []),
    ...(closed.length === 0
      ? []
      : [
          closed.length === fields.length
            ? text.allClosed(minParticipations)
            : text.closed(minParticipations, named(closed)),
        ]),
  ];
}

function fieldOf(instrument: Instrument, { where }: GroupRef, lang: Lang): string {
  const labels = Object.entries(where).map(([attribute, id]) => {
    const list = instrument.profile.find((entry) => entry.id === attribute);
    return (list && findCode(list, id))?.label[lang] ?? id;
  });
  return labels.join(', ');
}

interface Step {
  from: number;
  shows: string;
}

const WORDS = {
  de: {
    middle: 'die Mitte Ihrer Mitglieder',
    answers: 'auch ihre mittlere Hälfte, die einzelnen Fragen und ihre Hindernisse',
    few: ({ from, shows }: Step) =>
      `Noch sind zu wenige gezählt. Ab ${from} Teilnahmen zeigt die nächste Veröffentlichung ${shows}.`,
    counted: (about: number, { from, shows }: Step) =>
      `Gezählt sind rund ${about}. Mit etwa ${from - about} weiteren zeigt die nächste Veröffentlichung ${shows}.`,
    narrow: (from: number, fields: string) =>
      `Bisher nur mit der Mitte, mit der mittleren Hälfte ab ${from}: ${fields}.`,
    allClosed: (from: number) => `Einzelne Handlungsfelder brauchen dafür je mindestens ${from} Teilnahmen.`,
    closed: (from: number, fields: string) =>
      `Als eigenes Handlungsfeld noch nicht gezeigt, dafür braucht es mindestens ${from}: ${fields}.`,
  },
  en: {
    middle: 'the middle of your members',
    answers: 'their middle half, the individual questions and their obstacles, too',
    few: ({ from, shows }: Step) =>
      `Too few are counted so far. From ${from} participants the next release shows ${shows}.`,
    counted: (about: number, { from, shows }: Step) =>
      `About ${about} are counted. With about ${from - about} more the next release shows ${shows}.`,
    narrow: (from: number, fields: string) =>
      `With the middle only so far, with the middle half from ${from}: ${fields}.`,
    allClosed: (from: number) => `Single fields of work need at least ${from} participants each for that.`,
    closed: (from: number, fields: string) =>
      `Not yet shown as a field of its own, which needs at least ${from}: ${fields}.`,
  },
};
