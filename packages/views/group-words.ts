import type { Instrument } from '#contracts/instrument';
import type { Manifest } from '#contracts/release';
import type { GroupReason } from '#contracts/standing';
import type { Lang, LocalText } from '#contracts/text';
import type { ChosenGroup } from '#standing/choose-group';
import { groupLabel } from './group-label.ts';
import { longDate, SUPPRESSED_WORDS, wholeNumber } from './standing-words.ts';

const SHOWN: Record<Exclude<GroupReason, 'nothing-published' | 'no-release'>, LocalText> = {
  'as-asked': { de: 'Sie sehen die gewählte Gruppe', en: 'Showing the group you chose' },
  'own-default': {
    de: 'Sie sehen die erste Gruppe, die in der festen Reihenfolge der Methode groß genug ist',
    en: 'Showing the first group, in the fixed order of the method, that is large enough',
  },
  'own-largest': {
    de: 'Keine der Gruppen, die in Frage kommen, ist groß genug; Sie sehen die größte von ihnen',
    en: 'None of the groups in question is large enough; showing the largest of them',
  },
  'asked-suppressed': {
    de: `Die gewünschte Gruppe ist ${SUPPRESSED_WORDS.de}; Sie sehen stattdessen`,
    en: `The group asked for is ${SUPPRESSED_WORDS.en}; showing instead`,
  },
  'asked-not-in-catalogue': {
    de: 'Die gewünschte Gruppe gehört nicht zum festen Katalog; Sie sehen stattdessen',
    en: 'The group asked for is not in the fixed catalogue; showing instead',
  },
  'asked-other-unit-type': {
    de: 'Verschiedene Ebenen werden nie miteinander verglichen; Sie sehen eine Gruppe der eigenen Ebene',
    en: 'Different levels are never compared with each other; showing a group of your own level',
  },
};

/** Which group is shown and why, as one sentence; empty where none is. */
export function groupSentence(
  { reason, shown }: Pick<ChosenGroup, 'reason' | 'shown'>,
  instrument: Instrument,
  lang: Lang,
): string {
  if (!shown || reason === 'nothing-published' || reason === 'no-release') return '';
  return `${SHOWN[reason][lang]}: ${groupLabel(instrument, shown.group, lang)}.`;
}

/** How many of a broader group are of the own field; empty where that is not published, or the group is no broader. */
export function ownFieldSentence(
  { ownField }: Pick<ChosenGroup, 'ownField'>,
  instrument: Instrument,
  lang: Lang,
): string {
  if (!ownField) return '';
  const label = groupLabel(instrument, ownField.group, lang);
  const n = wholeNumber(ownField.participations, lang);
  return lang === 'de'
    ? `Davon sind rund ${n} aus Ihrem Feld (${label}).`
    : `Around ${n} of them are of your own field (${label}).`;
}

/** Before the first release: what is still missing. */
export function noReleaseSentence(minParticipations: number, lang: Lang): string {
  return lang === 'de'
    ? `Noch ist nichts veröffentlicht; der Vergleich kommt mit der ersten Veröffentlichung, deren Termin noch nicht feststeht. Eine Gruppe braucht dafür mindestens ${minParticipations} vollständige Teilnahmen.`
    : `Nothing has been released yet; the comparison comes with the first release, whose date is not set yet. A group needs at least ${minParticipations} complete participations.`;
}

/** A release shows nothing of these groups: the one public reason, and when the next is due. */
export function nothingPublishedSentence(
  labels: string[],
  release: Pick<Manifest, 'cutoffOn' | 'nextReleaseOn'>,
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
