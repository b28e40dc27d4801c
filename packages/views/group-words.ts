import type { Instrument } from '#contracts/instrument';
import type { Manifest } from '#contracts/release';
import type { GroupReason } from '#contracts/standing';
import type { Lang, LocalText } from '#contracts/text';
import type { ChosenGroup } from '#standing/choose-group';
import { groupLabel } from './group-label.ts';
import { groupInNumbers, longDate, SUPPRESSED_WORDS, wholeNumber } from './standing-words.ts';

/** After the group shown: why it is this one. */
const WHY: Record<Exclude<GroupReason, 'nothing-published' | 'no-release'>, LocalText> = {
  'as-asked': { de: ', wie gewählt', en: ', as chosen' },
  'own-default': {
    de: ', die erste der festen Reihenfolge, die groß genug ist',
    en: ', the first in the fixed order that is large enough',
  },
  'own-largest': {
    de: ', die größte der Gruppen, die in Frage kommen; groß genug ist keine',
    en: ', the largest of the groups in question; none is large enough',
  },
  'asked-suppressed': {
    de: `; die gewünschte Gruppe ist ${SUPPRESSED_WORDS.de}`,
    en: `; the group asked for is ${SUPPRESSED_WORDS.en}`,
  },
  'asked-not-in-catalogue': {
    de: '; die gewünschte Gruppe gehört nicht zum festen Katalog',
    en: '; the group asked for is not in the fixed catalogue',
  },
  'asked-other-unit-type': {
    de: ', aus der eigenen Ebene: Verschiedene Ebenen werden nie miteinander verglichen',
    en: ', of your own level: different levels are never compared with each other',
  },
};

/** Which group is shown and why, and of a broader one how many are of the own field; empty where none is shown. */
export function groupSentence(
  { reason, shown, ownField }: Pick<ChosenGroup, 'reason' | 'shown' | 'ownField'>,
  instrument: Instrument,
  lang: Lang,
): string {
  if (!shown || reason === 'nothing-published' || reason === 'no-release') return '';
  const german = lang === 'de';
  const group = `${german ? 'Vergleichsgruppe' : 'Compared with'}: ${groupInNumbers(instrument, shown, lang)}${WHY[reason][lang]}.`;
  if (!ownField) return group;
  const n = wholeNumber(ownField.participations, lang);
  return german
    ? `${group} Rund ${n} davon sind aus Ihrem Feld.`
    : `${group} Around ${n} of them are of your own field.`;
}

/** Why there are no figures, or would be none: before the first release, or nothing of these groups published. */
export function whyNoFigures(
  manifest: Pick<Manifest, 'cutoffOn' | 'nextReleaseOn'> | null,
  { tried }: Pick<ChosenGroup, 'tried'>,
  { instrument, minParticipations }: { instrument: Instrument; minParticipations: number },
  lang: Lang,
): string {
  if (manifest)
    return nothingPublishedSentence(
      tried.map((group) => groupLabel(instrument, group, lang)),
      manifest,
      lang,
    );
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
