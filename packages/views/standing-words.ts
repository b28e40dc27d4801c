import type { Instrument } from '#contracts/instrument';
import type { Standing, Verdict } from '#contracts/position';
import type { PublishedCell } from '#contracts/release';
import type { Lang, LocalText } from '#contracts/text';
import { groupLabel } from './group-label.ts';
import { NUMBERS_FROM } from './group-ladder.ts';

/** The verdict, told first of all. */
export const VERDICT_WORDS: Record<Verdict, LocalText> = {
  ahead: { de: 'Vor der Mitte', en: 'Ahead of the middle' },
  near: { de: 'Nahe der Mitte', en: 'Near the middle' },
  behind: { de: 'Hinter der Mitte', en: 'Behind the middle' },
  indistinct: { de: 'Von der Mitte noch nicht zu unterscheiden', en: 'Not yet distinguishable from the middle' },
};

/** The one sentence for whatever is suppressed. */
export const SUPPRESSED_WORDS: LocalText = {
  de: 'zum Schutz nicht veröffentlicht',
  en: 'not published, to protect participants',
};

/** Every view says under which assumption its figures hold. */
export const SAMPLE_CAVEAT: LocalText = {
  de: 'Die Angaben gelten so, als wären die Teilnehmenden eine Zufallsstichprobe; tatsächlich haben sie sich selbst zur Teilnahme entschieden.',
  en: 'The figures hold if participants were a random sample; they are self-selected.',
};

/** What the overall score is called beside the dimensions. */
export const OVERALL_TITLE: LocalText = { de: 'Gesamt', en: 'Overall' };

/** A position in words: "weiter als etwa 60 bis 70 %", and among whom: "von rund 140 Organisationen der Altenhilfe". */
export interface PositionWords {
  phrase: string;
  among: string;
  /** `ahead-of` completes "Sie sind ...", `place` completes "Sie liegen ...". */
  kind: 'ahead-of' | 'place';
}

/**
 * A standing in words. From 50 participations on a band of percentages, rounded outward to whole ones; below that, words
 * carry it, since a percentage would claim more than so few can tell.
 *
 * @param participations the shown n
 * @param organisations the group in running text (`groupLabel`)
 */
export function positionWords(
  { bandFrom, bandTo }: Pick<Standing, 'bandFrom' | 'bandTo'>,
  participations: number,
  organisations: string,
  lang: Lang,
): PositionWords {
  const among = `${lang === 'de' ? 'von rund' : 'of around'} ${wholeNumber(participations, lang)} ${organisations}`;
  if (participations < NUMBERS_FROM || (bandFrom === 0 && bandTo === 1000)) {
    return { phrase: placeWords(bandFrom, bandTo)[lang], among, kind: 'place' };
  }
  const from = Math.floor(bandFrom / 10);
  const to = Math.ceil(bandTo / 10);
  if (bandFrom === 0) {
    const phrase =
      lang === 'de' ? `weiter als allenfalls etwa ${to}\u00a0%` : `further along than at most about ${to}%`;
    return { phrase, among, kind: 'ahead-of' };
  }
  if (bandTo === 1000) {
    const phrase =
      lang === 'de' ? `weiter als mindestens etwa ${from}\u00a0%` : `further along than at least about ${from}%`;
    return { phrase, among, kind: 'ahead-of' };
  }
  const phrase =
    lang === 'de' ? `weiter als etwa ${from} bis ${to}\u00a0%` : `further along than about ${from} to ${to}%`;
  return { phrase, among, kind: 'ahead-of' };
}

/** The place of a band in quarters and halves; the narrowest statement that is true of the whole band. */
function placeWords(bandFrom: number, bandTo: number): LocalText {
  if (bandFrom >= 750) return { de: 'im oberen Viertel', en: 'in the upper quarter' };
  if (bandTo <= 250) return { de: 'im unteren Viertel', en: 'in the lower quarter' };
  if (bandFrom >= 500) return { de: 'in der oberen Hälfte', en: 'in the upper half' };
  if (bandTo <= 500) return { de: 'in der unteren Hälfte', en: 'in the lower half' };
  if (bandFrom >= 250 && bandTo <= 750) return { de: 'in der mittleren Hälfte', en: 'in the middle half' };
  if (bandFrom >= 250) return { de: 'oberhalb des unteren Viertels', en: 'above the lower quarter' };
  if (bandTo <= 750) return { de: 'unterhalb des oberen Viertels', en: 'below the upper quarter' };
  return { de: 'gleichauf mit der Mitte', en: 'level with the middle' };
}

/**
 * One dimension's result as complete sentences: "IT: 62 von 100 Punkten (Etabliert). Sie liegen vor der Mitte: Sie sind
 * weiter als etwa 60 bis 70 % von rund 140 Organisationen der Altenhilfe."
 */
export function standingSentence(
  dimension: { title: string; score: number; maturity: string | null },
  standing: Standing,
  words: PositionWords,
  lang: Lang,
): string {
  const place = `${words.phrase} ${words.among}`;
  if (lang === 'de') {
    const verdict =
      standing.verdict === 'indistinct'
        ? 'Von der Mitte ist das noch nicht zu unterscheiden'
        : `Sie liegen ${lowerFirst(VERDICT_WORDS[standing.verdict].de)}`;
    return `${scoreSentence(dimension, lang)} ${verdict}: Sie ${words.kind === 'ahead-of' ? 'sind' : 'liegen'} ${place}.`;
  }
  const verdict =
    standing.verdict === 'indistinct'
      ? 'This is not yet distinguishable from the middle'
      : `You are ${lowerFirst(VERDICT_WORDS[standing.verdict].en)}`;
  return `${scoreSentence(dimension, lang)} ${verdict}: you are ${place}.`;
}

/** "IT: 62 von 100 Punkten (Etabliert)." */
export function scoreSentence(
  { title, score, maturity }: { title: string; score: number; maturity: string | null },
  lang: Lang,
): string {
  const word = maturity === null ? '' : ` (${maturity})`;
  return lang === 'de' ? `${title}: ${score} von 100 Punkten${word}.` : `${title}: ${score} of 100 points${word}.`;
}

/** "am niedrigsten: Prozesse und Innovation", to stand beside an overall score. Empty without a weakest dimension. */
export function weakestWords(instrument: Instrument, weakest: string[], lang: Lang): string {
  if (weakest.length === 0) return '';
  const titles = weakest.map((id) => dimensionTitle(instrument, id, lang));
  return `${lang === 'de' ? 'am niedrigsten' : 'lowest'}: ${listed(titles, lang)}`;
}

/** How old figures are: "Stand: 30. Juni 2026", and whether they were carried forward from an earlier release. */
export function ageSentence(cell: Pick<PublishedCell, 'asOf' | 'isCarriedForward'>, lang: Lang): string {
  const date = longDate(cell.asOf, lang);
  if (lang === 'de') {
    return cell.isCarriedForward
      ? `Stand der Daten: ${date}, unverändert aus einer früheren Veröffentlichung übernommen.`
      : `Stand der Daten: ${date}.`;
  }
  return cell.isCarriedForward
    ? `Data as of ${date}, carried forward unchanged from an earlier release.`
    : `Data as of ${date}.`;
}

/** "rund 140 Organisationen der Altenhilfe" */
export function groupInNumbers(instrument: Instrument, cell: PublishedCell, lang: Lang): string {
  const organisations = groupLabel(instrument, cell.group, lang);
  return `${lang === 'de' ? 'rund' : 'around'} ${wholeNumber(cell.participations, lang)} ${organisations}`;
}

/** The instrument's word for a score: of the half-open band it lies in; null without a score. */
export function maturityWord(instrument: Instrument, score: number | null, lang: Lang): string | null {
  if (score === null) return null;
  return instrument.maturityBands.findLast((band) => band.from <= score)?.label[lang] ?? null;
}

/** Title of a dimension, or of the overall score. */
export function dimensionTitle(instrument: Instrument, id: string, lang: Lang): string {
  if (id === 'overall') return OVERALL_TITLE[lang];
  return instrument.dimensions.find((dimension) => dimension.id === id)?.title[lang] ?? id;
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

function listed(words: string[], lang: Lang): string {
  const and = lang === 'de' ? ' und ' : ' and ';
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')}${and}${words.at(-1)}`;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
