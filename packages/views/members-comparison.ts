import type { Instrument } from '#contracts/instrument';
import type { Lang } from '#contracts/text';
import type { Difference, MembersCompared, MembersDimension } from '#standing/compare-members';
import { movedSentence, SAMPLE_CAVEAT } from './release-words.ts';
import { housesOf } from './standing-view.ts';
import { dimensionTitle, signed } from './standing-words.ts';

/** `suppressed`: nothing of the members; `no-reference`: nothing of the field; `not-determinable`: too few cuts of either. */
export type ComparedVerdict = Difference['verdict'] | 'suppressed' | 'no-reference' | 'not-determinable';

export interface ComparedLine extends MembersDimension {
  title: string;
  verdict: ComparedVerdict;
  sentence: string;
}

/** The members beside both references, dimension by dimension, in sentences. "Weiter als", never "besser als". */
export function comparedLines(
  instrument: Instrument,
  dimensions: readonly MembersDimension[],
  lang: Lang,
): ComparedLine[] {
  return dimensions.map((compared) => {
    const title = dimensionTitle(instrument, compared.dimension, lang);
    const verdict = verdictOf(compared);
    return { ...compared, title, verdict, sentence: sentenceOf(title, compared, verdict, lang) };
  });
}

/** The verdict on a difference, or why there is none. */
export function verdictOf({
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

function sentenceOf(
  title: string,
  { members, field, difference, mix, mixDifference }: MembersDimension,
  verdict: ComparedVerdict,
  lang: Lang,
): string {
  const german = lang === 'de';
  if (!members)
    return german
      ? `${title}: Die Werte Ihrer Mitglieder sind zum Schutz nicht veröffentlicht.`
      : `${title}: your members' figures are not published, for protection.`;
  const parts = [
    german
      ? `Die Mitte Ihrer Mitglieder liegt bei ${members.median} Punkten`
      : `the middle of your members is at ${members.median} points`,
  ];
  if (field)
    parts.push(german ? `die des ganzen Feldes bei ${field.median}` : `that of the whole field at ${field.median}`);
  if (mix)
    parts.push(
      german
        ? `die eines gleich zusammengesetzten Feldes bei etwa ${mix.median}`
        : `that of a field with the same composition at about ${mix.median}`,
    );
  return [
    `${title}: ${parts.join(', ')}.`,
    VERDICTS[verdict][lang],
    difference ? differenceSentence(difference, lang) : '',
    mixDifference ? mixSentence(mixDifference, lang) : '',
  ]
    .filter(Boolean)
    .join(' ');
}

/** The interval of a difference in points; beside "no difference", which one would have been seen. */
export function differenceSentence({ interval, verdict, smallestSeen }: Difference, lang: Lang): string {
  const [from, to] = [signed(interval.lower), signed(interval.upper)];
  const seen =
    verdict === 'no-difference'
      ? lang === 'de'
        ? ` Erkennbar wäre ein Unterschied ab etwa ${smallestSeen} Punkten.`
        : ` A difference would have been seen from about ${smallestSeen} points on.`
      : '';
  return lang === 'de'
    ? `Der Unterschied liegt zwischen ${from} und ${to} Punkten.${seen}`
    : `The difference lies between ${from} and ${to} points.${seen}`;
}

function mixSentence({ interval, verdict, smallestSeen }: Difference, lang: Lang): string {
  const [from, to] = [signed(interval.lower), signed(interval.upper)];
  const seen =
    verdict === 'no-difference'
      ? lang === 'de'
        ? `; erkennbar wäre er ab etwa ${smallestSeen}`
        : `; it would have been seen from about ${smallestSeen} on`
      : '';
  return lang === 'de'
    ? `Zum gleich zusammengesetzten Feld liegt er zwischen ${from} und ${to} Punkten${seen}.`
    : `To the field with the same composition it lies between ${from} and ${to} points${seen}.`;
}

const VERDICTS: Record<ComparedVerdict, Record<Lang, string>> = {
  ahead: {
    de: 'Ihre Mitglieder sind in der Mitte weiter als das Feld.',
    en: 'In the middle, your members are further along than the field.',
  },
  behind: {
    de: 'Das Feld ist in der Mitte weiter als Ihre Mitglieder.',
    en: 'In the middle, the field is further along than your members.',
  },
  'no-difference': {
    de: 'Ein Unterschied zum Feld ist nicht zu erkennen.',
    en: 'No difference to the field can be told.',
  },
  'not-determinable': {
    de: 'Ob sich das vom Feld unterscheidet, lässt sich aus den veröffentlichten Werten nicht sagen.',
    en: 'Whether that differs from the field cannot be told from the published figures.',
  },
  suppressed: { de: '', en: '' },
  'no-reference': {
    de: 'Für das Feld sind keine Werte veröffentlicht.',
    en: 'No figures of the field are published.',
  },
};

/** What has to stand beside a comparison of an association: how far moved, selection, overlap, how the mix was made. */
export function membersNotes(
  instrument: Instrument,
  { members, dimensions, mixCovers, isLargePart }: MembersCompared,
  lang: Lang,
): string[] {
  if (!members) return [SAMPLE_CAVEAT[lang]];
  const german = lang === 'de';
  return [
    movedSentence(
      dimensions.map((dimension) => dimension.members?.moved ?? null),
      housesOf(members, instrument, lang),
      { hasScore: false, hasVerdict: false },
      lang,
    ),
    german
      ? 'Teilgenommen hat, wer wollte: Weder die Mitglieder noch das Feld sind eine Zufallsstichprobe, und Ihre Mitglieder sind Teil des Feldes. Intervalle gelten, als wären die Teilnehmenden zufällig ausgewählt; die zufällige Verschiebung ist eingerechnet.'
      : 'Participants chose to take part: neither the members nor the field are a random sample, and your members are part of the field. Intervals hold as if participants had been drawn at random; the random moving is allowed for.',
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
  de: 'Stand, wechselnde Teilnehmende: Von Veröffentlichung zu Veröffentlichung nehmen andere Organisationen teil, und jedes Mal werden die Werte neu verschoben. Ein Unterschied zwischen zwei Ständen ist deshalb noch kein Fortschritt.',
  en: 'Status, changing participants: from release to release other organisations take part, and figures are moved anew each time. A difference between two of them is therefore not yet progress.',
};
