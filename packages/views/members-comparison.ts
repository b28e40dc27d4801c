import type { Instrument } from '#contracts/instrument';
import type { Cut, PublishedCell } from '#contracts/release';
import type { Lang } from '#contracts/text';
import { dimensionTitle } from './standing-words.ts';

/** Two limits in points. */
export interface Limits {
  lower: number;
  upper: number;
}

/** What is known of one dimension, all of it from published figures. `null`: not published, or not determinable. */
export interface ComparedDimension {
  dimension: string;
  members: { median: number; interval: Limits | null } | null;
  field: { median: number; interval: Limits | null } | null;
  /** Members' median less the field's. */
  difference: Limits | null;
  /** The field composed like the members: an approximation. */
  composed: { median: number; quartiles: [number, number] | null } | null;
}

export interface ComparedLine extends ComparedDimension {
  title: string;
  verdict: 'ahead' | 'behind' | 'indistinct' | 'suppressed' | 'no-reference';
  sentence: string;
}

/** The median, and the quartiles where they are published, of a dimension's cuts. */
export function quartersOf(cuts: readonly Cut[]): { median: number; quartiles: [number, number] | null } | null {
  const at = (permille: number) => cuts.find((cut) => cut.permille === permille)?.value;
  const [low, median, high] = [at(250), at(500), at(750)];
  if (median === undefined) return null;
  return { median, quartiles: low === undefined || high === undefined ? null : [low, high] };
}

/** A dimension's published cuts of a cell; empty where they are suppressed. */
export function cutsOfCell(cell: PublishedCell | null, dimension: string): Cut[] {
  const figures = cell?.dimensions[dimension];
  return figures?.state === 'published' ? figures.cuts : [];
}

/** The members beside both references, dimension by dimension, in sentences. "Weiter als", never "besser als". */
export function comparedLines(instrument: Instrument, dimensions: ComparedDimension[], lang: Lang): ComparedLine[] {
  return dimensions.map((compared) => {
    const title = dimensionTitle(instrument, compared.dimension, lang);
    const verdict = verdictOf(compared);
    return { ...compared, title, verdict, sentence: sentenceOf(title, compared, verdict, lang) };
  });
}

function verdictOf({ members, field, difference }: ComparedDimension): ComparedLine['verdict'] {
  if (!members) return 'suppressed';
  if (!field) return 'no-reference';
  if (difference && difference.lower > 0) return 'ahead';
  if (difference && difference.upper < 0) return 'behind';
  return 'indistinct';
}

function sentenceOf(
  title: string,
  { members, field, difference, composed }: ComparedDimension,
  verdict: ComparedLine['verdict'],
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
  if (composed)
    parts.push(
      german
        ? `die eines gleich zusammengesetzten Feldes bei etwa ${composed.median}`
        : `that of a field with the same composition at about ${composed.median}`,
    );
  return `${title}: ${parts.join(', ')}. ${VERDICTS[verdict][lang]}${difference && verdict !== 'no-reference' ? ` ${differenceWords(difference, lang)}` : ''}`;
}

function differenceWords({ lower, upper }: Limits, lang: Lang): string {
  const [from, to] = [signed(lower), signed(upper)];
  return lang === 'de'
    ? `Der Unterschied zum Feld liegt zwischen ${from} und ${to} Punkten.`
    : `The difference to the field lies between ${from} and ${to} points.`;
}

const VERDICTS: Record<ComparedLine['verdict'], Record<Lang, string>> = {
  ahead: {
    de: 'Ihre Mitglieder sind in der Mitte weiter als das Feld.',
    en: 'In the middle, your members are further along than the field.',
  },
  behind: {
    de: 'Das Feld ist in der Mitte weiter als Ihre Mitglieder.',
    en: 'In the middle, the field is further along than your members.',
  },
  indistinct: {
    de: 'Ein Unterschied zum Feld lässt sich noch nicht erkennen.',
    en: 'A difference to the field cannot be distinguished yet.',
  },
  suppressed: { de: '', en: '' },
  'no-reference': {
    de: 'Für das Feld gibt es keine Werte mit gleichem Stand.',
    en: 'There are no figures of the field as of the same date.',
  },
};

/** +3, −3, 0: with a real minus sign. */
export function signed(value: number): string {
  if (value === 0) return '0';
  return value > 0 ? `+${value}` : `−${-value}`;
}

/** What has to stand beside every comparison of an association. */
export const MEMBERS_CAVEATS: Record<Lang, { sample: string; composition: string; status: string }> = {
  de: {
    sample:
      'Teilgenommen hat, wer wollte: Weder die Mitglieder noch das Feld sind eine Zufallsstichprobe, und Ihre Mitglieder sind Teil des Feldes. Intervalle gelten, als wären die Teilnehmenden zufällig ausgewählt.',
    composition:
      'Das gleich zusammengesetzte Feld ist eine Näherung: die veröffentlichten Verteilungen der Handlungsfelder, gemischt im Verhältnis der veröffentlichten, auf Fünfer abgerundeten Mitgliederzahlen; zwischen den veröffentlichten Werten wird geradlinig verbunden. Für Handlungsfelder ohne veröffentlichte Werte steht das ganze Feld.',
    status:
      'Stand, wechselnde Teilnehmende: Von Veröffentlichung zu Veröffentlichung nehmen andere Organisationen teil. Ein Unterschied zwischen zwei Ständen ist deshalb noch kein Fortschritt.',
  },
  en: {
    sample:
      'Participants chose to take part: neither the members nor the field are a random sample, and your members are part of the field. Intervals hold as if participants had been drawn at random.',
    composition:
      'The field with the same composition is an approximation: the published distributions of the fields of work, mixed in proportion to the published numbers of members, which are rounded down to fives; straight lines join the published figures. Where a field of work has no published figures, the whole field stands in.',
    status:
      'Status, changing participants: from release to release other organisations take part. A difference between two of them is therefore not yet progress.',
  },
};
