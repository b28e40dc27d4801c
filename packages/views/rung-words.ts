import type { Lang, LocalText } from '#contracts/text';
import { NUMBERS_FROM } from './group-ladder.ts';
import { longDate, SUPPRESSED_WORDS } from './standing-words.ts';

/** Why the group shown is, or is not, the one asked for. */
export const RUNG_REASONS = [
  'as-asked',
  'default-large-enough',
  'default-largest',
  'asked-not-published',
  'asked-not-in-catalogue',
  'asked-other-panel',
  'nothing-published',
  'no-release',
] as const;
export type RungReason = (typeof RUNG_REASONS)[number];

const SHOWN: Record<Exclude<RungReason, 'nothing-published' | 'no-release'>, LocalText> = {
  'as-asked': { de: 'Gezeigt wird die gewünschte Gruppe', en: 'Shown is the group asked for' },
  'default-large-enough': {
    de: `Gezeigt wird die engste Ihrer Gruppen, die mindestens ${NUMBERS_FROM} Teilnahmen zählt`,
    en: `Shown is the narrowest of your groups with at least ${NUMBERS_FROM} participations`,
  },
  'default-largest': {
    de: `Keine Ihrer veröffentlichten Gruppen zählt ${NUMBERS_FROM} Teilnahmen; gezeigt wird die größte`,
    en: `None of your published groups has ${NUMBERS_FROM} participations; shown is the largest`,
  },
  'asked-not-published': {
    de: `Die gewünschte Gruppe ist ${SUPPRESSED_WORDS.de}; gezeigt wird die nächstweitere`,
    en: `The group asked for is ${SUPPRESSED_WORDS.en}; shown is the next wider one`,
  },
  'asked-not-in-catalogue': {
    de: 'Die gewünschte Kombination gehört nicht zum festen Katalog der Gruppen; gezeigt wird die nächstweitere',
    en: 'The combination asked for is not in the fixed catalogue of groups; shown is the next wider group',
  },
  'asked-other-panel': {
    de: 'Verschiedene Ebenen werden nie miteinander verglichen; gezeigt wird die Gruppe Ihrer eigenen Ebene',
    en: 'Different levels are never compared with each other; shown is the group of your own level',
  },
};

/** Which group is shown and why, as one sentence. */
export function rungSentence(
  reason: Exclude<RungReason, 'nothing-published' | 'no-release'>,
  label: string,
  lang: Lang,
): string {
  return `${SHOWN[reason][lang]}: ${label}.`;
}

/** Before the first release: what is still missing. `k` and `open`: participations that make a group, invited and not. */
export function noReleaseSentence({ k, open }: { k: number; open: number }, lang: Lang): string {
  return lang === 'de'
    ? `Noch ist nichts veröffentlicht; der Vergleich kommt mit der ersten Veröffentlichung, deren Termin noch nicht feststeht. Eine Gruppe braucht dafür mindestens ${k} vollständige Teilnahmen auf Einladung eines Verbands oder ${open} insgesamt.`
    : `Nothing has been released yet; the comparison comes with the first release, whose date is not set yet. A group needs at least ${k} complete participations invited by an association, or ${open} in all.`;
}

/** A release shows nothing of these groups: the one public reason, and when the next is due. */
export function nothingPublishedSentence(
  labels: string[],
  release: { cutoffOn: string; nextReleaseOn: string },
  lang: Lang,
): string {
  const cutoff = longDate(release.cutoffOn, lang);
  const next = longDate(release.nextReleaseOn, lang);
  const groups = [...new Set(labels)].join('; ');
  return lang === 'de'
    ? `In der Veröffentlichung zum ${cutoff} sind die Werte ${SUPPRESSED_WORDS.de} (${groups}). Der nächste Stichtag ist frühestens der ${next}.`
    : `In the release as of ${cutoff} the figures are ${SUPPRESSED_WORDS.en} (${groups}). The next cut-off is ${next} at the earliest.`;
}

/** What is missing for a dimension's score. */
export function missingSentence(
  title: string,
  missing: { answered: number; applicable: number; needed: number },
  lang: Lang,
): string {
  const { answered, applicable, needed } = missing;
  if (needed > applicable) {
    return lang === 'de'
      ? `${title}: Zu viele Fragen treffen nicht zu; für einen Wert müssten mindestens ${needed} zutreffen und beantwortet sein.`
      : `${title}: too many questions do not apply; a score would need at least ${needed} that apply and are answered.`;
  }
  return lang === 'de'
    ? `${title}: ${answered} von mindestens ${needed} nötigen Fragen sind beantwortet.`
    : `${title}: ${answered} of at least ${needed} questions needed are answered.`;
}
