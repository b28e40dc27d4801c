import type { Instrument } from '#contracts/instrument';
import type { Verdict } from '#contracts/standing';
import type { Lang } from '#contracts/text';
import { inSentence, listed, upperFirst } from './standing-words.ts';

/** Who speaks of the own organisation: the service to its reader, or the house itself. */
export type Speaker = 'service' | 'house';

/** What somebody calls the own organisation. */
export interface Voice {
  /** Beside the own score: "Sie 55". */
  label: string;
  /** "Sie liegen", "Unsere Einrichtung liegt" */
  lies: string;
  /** The same after a place: "liegen Sie", "liegt unsere Einrichtung". */
  thereLies: string;
}

/** @param unitType of the own organisation, which says what it calls itself */
export function voiceOf(speaker: Speaker, instrument: Instrument, unitType: string | undefined, lang: Lang): Voice {
  const german = lang === 'de';
  if (speaker === 'service')
    return german
      ? { label: 'Sie', lies: 'Sie liegen', thereLies: 'liegen Sie' }
      : { label: 'You', lies: 'You are', thereLies: 'you are' };
  const codes = instrument.profile.find(({ id }) => id === instrument.unitTypeAttribute)?.codes;
  const own = codes?.find(({ id }) => id === unitType)?.ours ?? { de: 'unsere Organisation', en: 'our organisation' };
  return german
    ? { label: 'Wir', lies: `${upperFirst(own.de)} liegt`, thereLies: `liegt ${own.de}` }
    : { label: 'We', lies: `${upperFirst(own.en)} is`, thereLies: `${own.en} is` };
}

/** Dimensions that share a statement, and the statement. */
export interface Told {
  dimensions: string[];
  place: string;
}

/**
 * All dimensions in one sentence, in the order given: "In Führung liegen Sie vor der Mitte, in IT und Prozessen
 * ungefähr in der Mitte." Groups without a dimension fall out.
 *
 * @param thereLies subject and verb after the first place
 */
export function findingSentence(told: readonly Told[], instrument: Instrument, thereLies: string, lang: Lang): string {
  const german = lang === 'de';
  const total = instrument.dimensions.length;
  const groups = told.filter(({ dimensions }) => dimensions.length > 0);
  const isWhole = groups.flatMap(({ dimensions }) => dimensions).length === total;
  const where = ({ dimensions }: Told, index: number) => {
    if (groups.length === 1 && isWhole && total > 1) return german ? 'in allen Bereichen' : 'in all areas';
    if (index > 0 && index === groups.length - 1 && isWhole && dimensions.length > 2)
      return german ? 'in den anderen Bereichen' : 'in the other areas';
    return `in ${listed(
      dimensions.map((id) => inSentence(instrument, id, lang)),
      lang,
    )}`;
  };
  const parts = groups.map(
    (group, index) => `${where(group, index)} ${index === 0 ? `${thereLies} ` : ''}${group.place}`,
  );
  return `${upperFirst(parts.length < 3 ? parts.join(', ') : listed(parts, lang))}.`;
}

/** Verdicts that say the same in a headline: differences first, then those near the middle. */
const PLACES: { verdicts: Verdict[]; de: string; en: string }[] = [
  { verdicts: ['upper-quarter', 'ahead'], de: 'vor der Mitte', en: 'ahead of the middle' },
  { verdicts: ['lower-quarter', 'behind'], de: 'hinter der Mitte', en: 'behind the middle' },
  { verdicts: ['near'], de: 'ungefähr in der Mitte', en: 'about in the middle' },
];

/** The verdicts of all dimensions as one finding; empty where there is none. */
export function verdictsFinding(
  verdicts: readonly { dimension: string; verdict: Verdict | null }[],
  instrument: Instrument,
  voice: Voice,
  lang: Lang,
): string {
  const told = PLACES.map((place) => ({
    place: place[lang],
    dimensions: verdicts.flatMap(({ dimension, verdict }) =>
      verdict && place.verdicts.includes(verdict) ? [dimension] : [],
    ),
  }));
  return told.some(({ dimensions }) => dimensions.length > 0)
    ? findingSentence(told, instrument, voice.thereLies, lang)
    : '';
}
