import type { FieldComparison } from '#contracts/answers/group-figures';
import type { Instrument } from '#contracts/instrument';
import type { Lang } from '#contracts/text';
import type { FramePartSeen, Representativeness } from '#standing/representativeness';
import { dimensionTitle } from './standing-words.ts';

/** Participants beside the field, in words: the same for the api and the page. */
export function fieldComparison(
  instrument: Instrument,
  seen: Representativeness | null,
  lang: Lang,
): Pick<FieldComparison, 'frame' | 'parts' | 'standardised' | 'notes'> {
  if (!seen) return { frame: null, parts: [], standardised: null, notes: [] };
  const { frame, parts, standardised } = seen;
  return {
    frame: { id: frame.id, title: frame.title[lang], limits: frame.limits[lang], asOf: frame.asOf },
    parts: parts.map((part) => ({ ...part, title: part.title[lang], sentence: partSentence(part, lang) })),
    standardised: standardised && {
      ...standardised,
      medians: standardised.medians.map((one) => ({ ...one, title: dimensionTitle(instrument, one.dimension, lang) })),
    },
    notes: NOTES[lang],
  };
}

function partSentence({ title, fieldShare, participantShare, reading }: FramePartSeen, lang: Lang): string {
  const name = title[lang];
  if (participantShare === null)
    return lang === 'de'
      ? `${name}: ${fieldShare} % der Einrichtungen; der Anteil an den Teilnahmen ist nicht veröffentlicht.`
      : `${name}: ${fieldShare}% of facilities; the share of participations is not published.`;
  const shares =
    lang === 'de'
      ? `${participantShare} % der Teilnahmen, ${fieldShare} % der Einrichtungen`
      : `${participantShare}% of participations, ${fieldShare}% of facilities`;
  return `${name} ${READINGS[lang][reading]}: ${shares}.`;
}

const READINGS = {
  de: {
    under: 'ist unterrepräsentiert',
    'about-even': 'ist etwa wie im Feld vertreten',
    over: 'ist überrepräsentiert',
    unknown: '',
  },
  en: {
    under: 'is under-represented',
    'about-even': 'takes part about as it is in the field',
    over: 'is over-represented',
    unknown: '',
  },
} satisfies Record<Lang, Record<FramePartSeen['reading'], string>>;

const NOTES = {
  de: [
    'Anteile an den Teilnahmen sind aus veröffentlichten Spannen berechnet und gerundet.',
    'Der umgerechnete Wert gewichtet die Handlungsfelder so, wie sie im Feld vorkommen. Wer innerhalb eines Handlungsfelds teilnimmt, gleicht er nicht aus: Auch er steht nicht für alle Einrichtungen.',
  ],
  en: [
    'Shares of participations are computed from published bands, and rounded.',
    'The standardised figure weighs fields of work as they occur in the whole field. It does not even out who takes part within a field of work: it does not stand for all facilities either.',
  ],
} satisfies Record<Lang, string[]>;
