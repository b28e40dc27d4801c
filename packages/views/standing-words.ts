import type { Instrument } from '#contracts/instrument';
import type { PublishedCell } from '#contracts/release';
import { OVERALL } from '#contracts/scored-ids';
import type { Range, Verdict, Zone } from '#contracts/standing';
import type { Lang, LocalText } from '#contracts/text';
import { groupLabel } from './group-label.ts';

export const VERDICT_WORDS: Record<Verdict, LocalText> = {
  'upper-quarter': { de: 'Im oberen Viertel', en: 'In the upper quarter' },
  ahead: { de: 'Vor der Mitte', en: 'Ahead of the middle' },
  near: { de: 'Ungefähr in der Mitte', en: 'About in the middle' },
  behind: { de: 'Hinter der Mitte', en: 'Behind the middle' },
  'lower-quarter': { de: 'Im unteren Viertel', en: 'In the lower quarter' },
};

/** In place of a verdict where the group is too small for one. */
export const NO_VERDICT_WORDS: LocalText = { de: 'Nur ein Anhaltspunkt', en: 'No more than an indication' };

/** The one sentence for whatever is suppressed. */
export const SUPPRESSED_WORDS: LocalText = {
  de: 'zum Schutz nicht veröffentlicht',
  en: 'not published, to protect participants',
};

/** What the overall score is called beside the dimensions. */
const OVERALL_TITLE: LocalText = { de: 'Gesamt', en: 'Overall' };

/** A group and its shown n in running text. */
export interface Among {
  organisations: string;
  participations: number;
}

/** "rund 140 Einrichtungen der Altenhilfe und Pflege" */
export function amongWords({ organisations, participations }: Among, lang: Lang): string {
  return `${lang === 'de' ? 'rund' : 'around'} ${wholeNumber(participations, lang)} ${organisations}`;
}

/** From which scores on a difference to the middle would be told: beside every "about in the middle". */
export function wouldBeSeenSentence({ from, to }: Zone, lang: Lang): string {
  const german = lang === 'de';
  if (from <= 0 && to >= 100)
    return german ? 'Kein Wert wäre von der Mitte zu unterscheiden.' : 'No score could be told from the middle.';
  const bounds = [
    to < 100 ? (german ? `ab ${to + 1}` : `from ${to + 1} on`) : '',
    from > 0 ? (german ? `bis ${from - 1}` : `up to ${from - 1}`) : '',
  ]
    .filter(Boolean)
    .join(german ? ' oder ' : ' or ');
  return german ? `Erkennbar wäre ein Unterschied ${bounds} Punkten.` : `A difference would show ${bounds} points.`;
}

/** The range in whole per cents, rounded outward: chance and what the figures were moved by, 95 %. */
export function rangeSentence({ from, to }: Range, lang: Lang): string {
  const [low, high] = [Math.floor(from / 10), Math.ceil(to / 10)];
  if (low === 0 && high === 100)
    return lang === 'de'
      ? 'Aus den veröffentlichten Werten lässt sich Ihr Platz in der Gruppe nicht eingrenzen.'
      : 'Your place in the group cannot be narrowed down from the published figures.';
  return lang === 'de'
    ? `Sie sind weiter als ${rangeWords({ from, to }, lang)} der Gruppe (zu 95\u00a0% sicher; Zufall und Verschiebung sind eingerechnet).`
    : `You are further along than ${rangeWords({ from, to }, lang)} of the group (95% sure, chance and the random shift included).`;
}

/** "55 bis 81 %", "höchstens 13 %" */
export function rangeWords({ from, to }: Range, lang: Lang): string {
  const german = lang === 'de';
  const [low, high] = [Math.floor(from / 10), Math.ceil(to / 10)];
  const share =
    low === 0
      ? `${german ? 'höchstens' : 'at most'} ${high}`
      : high === 100
        ? `${german ? 'mindestens' : 'at least'} ${low}`
        : `${low} ${german ? 'bis' : 'to'} ${high}`;
  return `${share}${german ? '\u00a0%' : '%'}`;
}

/** The organisations of a cell and its shown n. */
export function amongOf(
  instrument: Instrument,
  { group, participations }: Pick<PublishedCell, 'group' | 'participations'>,
  lang: Lang,
): Among {
  return { organisations: groupLabel(instrument, group, lang), participations };
}

/** The same by their unit type alone: "Einrichtungen", where the whole name was told before. */
export function housesOf(
  { group: { unitType }, participations }: Pick<PublishedCell, 'group' | 'participations'>,
  instrument: Instrument,
  lang: Lang,
): Among {
  return { organisations: groupLabel(instrument, { unitType, where: {} }, lang), participations };
}

/** "rund 140 Organisationen der Altenhilfe" */
export function groupInNumbers(
  instrument: Instrument,
  cell: Pick<PublishedCell, 'group' | 'participations'>,
  lang: Lang,
): string {
  return amongWords(amongOf(instrument, cell, lang), lang);
}

/** The instrument's word for a score: of the half-open band it lies in; null without a score. */
export function maturityWord(instrument: Instrument, score: number | null, lang: Lang): string | null {
  if (score === null) return null;
  return instrument.maturityBands.findLast((band) => band.from <= score)?.label[lang] ?? null;
}

/** Title of a dimension, or of the overall score. */
export function dimensionTitle(instrument: Instrument, id: string, lang: Lang): string {
  if (id === OVERALL) return OVERALL_TITLE[lang];
  return instrument.dimensions.find((dimension) => dimension.id === id)?.title[lang] ?? id;
}

/** The title as it stands after "in": "Prozessen", "leadership". */
export function inSentence(instrument: Instrument, id: string, lang: Lang): string {
  return (
    instrument.dimensions.find((dimension) => dimension.id === id)?.inSentence?.[lang] ??
    dimensionTitle(instrument, id, lang)
  );
}

/** A share as pages show it: to the nearest five per cent, since it was moved by more than one. */
export function shownShare(share: number): number {
  return Math.round(share / SHARE_STEP) * SHARE_STEP;
}
const SHARE_STEP = 5;

/** +3, −3, ±0: with a real minus sign. */
export function signed(points: number): string {
  if (points === 0) return '±0';
  return points > 0 ? `+${points}` : `−${-points}`;
}

/** `2026-06-30` -> "30. Juni 2026" or "30 June 2026". */
export function longDate(date: string, lang: Lang): string {
  DATES[lang] ??= new Intl.DateTimeFormat(LOCALES[lang], { dateStyle: 'long', timeZone: 'UTC' });
  return DATES[lang].format(new Date(`${date}T00:00:00Z`));
}

/** A whole number with the language's grouping: 1.250 or 1,250. */
export function wholeNumber(value: number, lang: Lang): string {
  NUMBERS[lang] ??= new Intl.NumberFormat(LOCALES[lang]);
  return NUMBERS[lang].format(value);
}

// Made once, when first used: making a formatter takes longer than everything else in an answer or a start.
const DATES: Partial<Record<Lang, Intl.DateTimeFormat>> = {};
const NUMBERS: Partial<Record<Lang, Intl.NumberFormat>> = {};
const LOCALES: Record<Lang, string> = { de: 'de-DE', en: 'en-GB' };

/** "a, b und c" */
export function listed(words: readonly string[], lang: Lang): string {
  const and = lang === 'de' ? ' und ' : ' and ';
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')}${and}${words.at(-1)}`;
}

export function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

export function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
