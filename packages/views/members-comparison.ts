import type { ComparedVerdict, Difference } from '#contracts/answers/association';
import type { Instrument } from '#contracts/instrument';
import type { Lang } from '#contracts/text';
import type { MembersChange, MembersCompared, MembersDimension } from '#standing/compare-members';
import { CHANGE_CAVEAT } from './change-lines.ts';
import { caveatSentence, movedSentence } from './release-words.ts';
import { dimensionTitle, housesOf, shownShare, signed } from './standing-words.ts';

/** Members beside the field in one dimension, or how both changed, in words. */
export type ComparedLine<Compared> = Compared & { title: string; verdict: ComparedVerdict; sentence: string };

/** The members beside both references, dimension by dimension, in sentences. "Weiter als", never "besser als". */
export function comparedLines(
  instrument: Instrument,
  dimensions: readonly MembersDimension[],
  lang: Lang,
): ComparedLine<MembersDimension>[] {
  return dimensions.map((compared) => {
    const title = dimensionTitle(instrument, compared.dimension, lang);
    const verdict = verdictOf(compared);
    return { ...compared, title, verdict, sentence: `${title}: ${levelWords(compared, verdict, lang)}` };
  });
}

/** Progress in sentences: how far those moved that took part twice, members and field alike. */
export function progressDimensionLines(
  instrument: Instrument,
  dimensions: readonly MembersChange[],
  lang: Lang,
): ComparedLine<MembersChange>[] {
  return dimensions.map((progress) => {
    const title = dimensionTitle(instrument, progress.dimension, lang);
    const verdict = verdictOf(progress);
    return { ...progress, title, verdict, sentence: `${title}: ${changeWords(progress, verdict, lang)}` };
  });
}

/** The verdict on a difference, or why there is none. */
function verdictOf({
  members,
  field,
  difference,
}: {
  members: unknown;
  field: unknown;
  difference: Difference | null;
}): ComparedVerdict {
  if (!members) return 'suppressed';
  if (!field) return 'no-reference';
  return difference?.verdict ?? 'not-determinable';
}

function levelWords(
  { members, field, difference, mix, mixDifference }: MembersDimension,
  verdict: ComparedVerdict,
  lang: Lang,
): string {
  const german = lang === 'de';
  if (!members)
    return german
      ? 'Die Werte Ihrer Mitglieder sind zum Schutz nicht veröffentlicht.'
      : "your members' figures are not published, for protection.";
  const middles = [
    german
      ? `Die Mitte Ihrer Mitglieder liegt bei ${members.median} Punkten`
      : `the middle of your members is at ${members.median} points`,
    field && (german ? `die des ganzen Feldes bei ${field.median}` : `that of the whole field at ${field.median}`),
    mix &&
      (german
        ? `die eines gleich zusammengesetzten Feldes bei etwa ${mix.median}`
        : `that of a field with the same composition at about ${mix.median}`),
  ];
  const toMix = german
    ? 'Zum gleich zusammengesetzten Feld liegt er'
    : 'To the field with the same composition it lies';
  return [
    `${middles.filter(Boolean).join(', ')}.`,
    LEVEL_VERDICTS[verdict][lang],
    difference && differenceSentence(difference, lang),
    mixDifference && `${toMix} ${differenceWords(mixDifference, lang)}`,
  ]
    .filter(Boolean)
    .join(' ');
}

function changeWords({ members, field, difference }: MembersChange, verdict: ComparedVerdict, lang: Lang): string {
  const german = lang === 'de';
  if (!members)
    return german
      ? 'Wie sich Ihre Mitglieder verändert haben, ist zum Schutz nicht veröffentlicht.'
      : 'how your members changed is not published, for protection.';
  const share = members.shares && shownShare(members.shares.rose);
  const rose =
    share === null ? '' : german ? ` (bei rund ${share}\u00a0% ist der Wert gestiegen)` : ` (about ${share}% rose)`;
  const own = german
    ? `Die mittlere Veränderung Ihrer Mitglieder beträgt ${signed(members.median)} Punkte${rose}`
    : `the middle change of your members is ${signed(members.median)} points${rose}`;
  const beside = field
    ? german
      ? `, die des Feldes ${signed(field.median)}`
      : `, that of the field ${signed(field.median)}`
    : '';
  return [`${own}${beside}.`, CHANGE_VERDICTS[verdict][lang], difference && differenceSentence(difference, lang)]
    .filter(Boolean)
    .join(' ');
}

/** The interval of a difference in points. */
function differenceSentence(difference: Difference, lang: Lang): string {
  return `${lang === 'de' ? 'Der Unterschied liegt' : 'The difference lies'} ${differenceWords(difference, lang)}`;
}

/** "zwischen −4 und +12 Punkten."; beside "no difference", which one would have been seen. */
function differenceWords({ interval, verdict, smallestSeen }: Difference, lang: Lang): string {
  const [from, to] = [signed(interval.lower), signed(interval.upper)];
  const isSeen = verdict !== 'no-difference';
  if (lang === 'de')
    return `zwischen ${from} und ${to} Punkten${isSeen ? '' : `; erkennbar wäre er ab etwa ${smallestSeen}`}.`;
  return `between ${from} and ${to} points${isSeen ? '' : `; it would have been seen from about ${smallestSeen} on`}.`;
}

/** The same of a level and of a change. */
const BOTH_VERDICTS = {
  'no-difference': {
    de: 'Ein Unterschied zum Feld ist nicht zu erkennen.',
    en: 'No difference to the field can be told.',
  },
  'not-determinable': {
    de: 'Ob sich das vom Feld unterscheidet, lässt sich aus den veröffentlichten Werten nicht sagen.',
    en: 'Whether that differs from the field cannot be told from the published figures.',
  },
  suppressed: { de: '', en: '' },
};

const LEVEL_VERDICTS: Record<ComparedVerdict, Record<Lang, string>> = {
  ...BOTH_VERDICTS,
  ahead: {
    de: 'Ihre Mitglieder sind in der Mitte weiter als das Feld.',
    en: 'In the middle, your members are further along than the field.',
  },
  behind: {
    de: 'Das Feld ist in der Mitte weiter als Ihre Mitglieder.',
    en: 'In the middle, the field is further along than your members.',
  },
  'no-reference': {
    de: 'Für das Feld sind keine Werte veröffentlicht.',
    en: 'No figures of the field are published.',
  },
};

const CHANGE_VERDICTS: Record<ComparedVerdict, Record<Lang, string>> = {
  ...BOTH_VERDICTS,
  ahead: {
    de: 'Bei Ihren Mitgliedern liegt die Veränderung höher als im Feld.',
    en: 'The change of your members is higher than that of the field.',
  },
  behind: {
    de: 'Im Feld liegt die Veränderung höher als bei Ihren Mitgliedern.',
    en: 'The change of the field is higher than that of your members.',
  },
  'no-reference': {
    de: 'Für das Feld ist keine Veränderung veröffentlicht.',
    en: 'No change of the field is published.',
  },
};

/** What has to stand beside a comparison of an association: how far moved, selection, overlap, how the mix was made. */
export function membersNotes(
  instrument: Instrument,
  { members, dimensions, mixCovers, isLargePart }: MembersCompared,
  lang: Lang,
): string[] {
  if (!members) return [caveatSentence(instrument, {}, lang)];
  const german = lang === 'de';
  return [
    movedSentence(
      dimensions.map((dimension) => dimension.members?.moved ?? null),
      housesOf(members, instrument, lang),
      { hasScore: false, hasVerdict: false },
      lang,
    ),
    caveatSentence(instrument, members.group, lang),
    german
      ? 'Ihre Mitglieder sind Teil des Feldes. Intervalle gelten, als wären die Teilnehmenden zufällig ausgewählt; die zufällige Verschiebung ist eingerechnet.'
      : 'Your members are part of the field. Intervals hold as if participants had been drawn at random; the random shift is allowed for.',
    isLargePart
      ? german
        ? 'Ihre Mitglieder sind mehr als ein Fünftel des Feldes. Der Unterschied erscheint dadurch kleiner, als er zu den übrigen ist, und das Intervall ist vorsichtig.'
        : 'Your members are more than a fifth of the field. The difference therefore looks smaller than it is to the others, and the interval is cautious.'
      : '',
    mixCovers === null
      ? ''
      : german
        ? `Das gleich zusammengesetzte Feld ist eine Näherung: die veröffentlichten Verteilungen der Handlungsfelder im Verhältnis Ihrer Mitglieder; zwischen den veröffentlichten Werten wird geradlinig verbunden. Es steht für rund ${mixCovers}\u00a0% Ihrer Mitglieder; Handlungsfelder, von denen zu wenig veröffentlicht ist, fehlen darin.`
        : `The field with the same composition is an approximation: the published distributions of the fields of work in the proportion of your members; straight lines join the published figures. It stands for about ${mixCovers}% of your members; fields of work of which too little is published are missing in it.`,
  ].filter(Boolean);
}

/** Beside an association's figures over several releases. */
export const MEMBERS_STATUS: Record<Lang, string> = {
  de: 'Stand je Stichtag (jedes Mal andere Teilnehmende): Jedes Mal werden auch die Werte neu verschoben. Ein Unterschied zwischen zwei Ständen ist deshalb noch kein Fortschritt.',
  en: 'Status at each cut-off (other participants each time): figures are shifted anew each time, too. A difference between two of them is therefore not yet progress.',
};

/** What has to stand beside every progress. */
export const PROGRESS_CAVEATS: Record<Lang, string> = {
  de: `Fortschritt zeigt sich nur an denen, die im Abstand von mindestens einem halben Jahr zweimal teilgenommen haben: Gezeigt ist ihre Veränderung vom ersten zum letzten Check. Über alle anderen sagt das nichts. Das Feld enthält Ihre Mitglieder. ${CHANGE_CAVEAT.de}`,
  en: `Progress shows only in those that took part twice, at least half a year apart: what is shown is their change from the first check to the last. It says nothing about all others. The field includes your members. ${CHANGE_CAVEAT.en}`,
};
