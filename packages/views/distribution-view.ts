import type { Instrument } from '#contracts/instrument';
import type { Cell } from '#contracts/release';
import { isPublished } from '#contracts/released-cell';
import { scoredIds } from '#contracts/scored-ids';
import type { Lang } from '#contracts/text';
import type { GroupFigures } from '#standing/own-standing';
import type { PictureWish } from './chart-style.ts';
import { groupLabel } from './group-label.ts';
import {
  caveatSentence,
  cutoffSentence,
  marksSentence,
  movedOf,
  movedSentence,
  type ReleaseFacts,
  sourceLine,
} from './release-words.ts';
import { type ChartRow, rowsChart } from './rows-chart.ts';
import { keyOf, markWords, spanOf } from './standing-view.ts';
import { dimensionTitle, groupInNumbers, housesOf, SUPPRESSED_WORDS } from './standing-words.ts';
import type { View } from './view.ts';

/** What a group's distribution is drawn from: a cell as a release shows it, and its figures. */
export interface DistributionInput {
  instrument: Instrument;
  cell: Cell;
  /** Dimension id, or "overall", -> figures; null where the group is suppressed. */
  figures: Record<string, GroupFigures> | null;
  release: ReleaseFacts;
  lang: Lang;
}

/** One dimension of a group, or the overall score, in words. */
export interface DistributionLine {
  dimension: string;
  title: string;
  state: 'published' | 'suppressed';
  /** Middle and middle half in words. */
  told: string;
  sentence: string;
}

/** The words of a distribution: every dimension in the instrument's order, the overall score last. */
export function distributionLines({
  instrument,
  figures,
  lang,
}: Pick<DistributionInput, 'instrument' | 'figures' | 'lang'>): DistributionLine[] {
  const german = lang === 'de';
  return scoredIds(instrument).map((dimension): DistributionLine => {
    const title = dimensionTitle(instrument, dimension, lang);
    const shown = figures?.[dimension];
    if (!shown) {
      const told = `${german ? 'Die Werte sind' : 'the figures are'} ${SUPPRESSED_WORDS[lang]}`;
      return { dimension, title, state: 'suppressed', told, sentence: `${title}: ${told}.` };
    }
    const { median, quartiles } = shown;
    const middle = german ? `Mitte bei ${median} Punkten` : `middle at ${median} points`;
    const half =
      quartiles &&
      (german
        ? `mittlere Hälfte zwischen ${quartiles.lower} und ${quartiles.upper}`
        : `middle half between ${quartiles.lower} and ${quartiles.upper}`);
    const told = [middle, half].filter(Boolean).join(', ');
    return { dimension, title, state: 'published', told, sentence: `${title}: ${told}.` };
  });
}

/** Cut-off, how far the figures were moved, what they stand for and the marks: what stands beside every group. */
export function distributionNotes({ instrument, cell, figures, release, lang }: DistributionInput): string[] {
  const marks = marksSentence(release.marks, lang);
  if (!isPublished(cell) || !figures) return [WHY_SUPPRESSED[lang], marks].filter(Boolean);
  return [
    cutoffSentence(release.cutoffOn, lang),
    movedSentence(
      movedOf(Object.values(figures)),
      housesOf(cell, instrument, lang),
      { hasScore: false, hasVerdict: false },
      lang,
    ),
    caveatSentence(instrument, cell.group, lang),
    marks,
  ].filter(Boolean);
}

/** How the organisations of a group are spread, without anybody's own score. */
export function distributionView(input: DistributionInput & PictureWish): View {
  const { instrument, cell, figures, release, lang, address } = input;
  const german = lang === 'de';
  const lines = distributionLines(input);
  const group = isPublished(cell) ? groupInNumbers(instrument, cell, lang) : groupLabel(instrument, cell.group, lang);
  const title = isPublished(cell)
    ? german
      ? `So verteilen sich ${group}.`
      : `This is how ${group} are spread.`
    : german
      ? `Die Werte für ${group} sind ${SUPPRESSED_WORDS.de}.`
      : `The figures for ${group} are ${SUPPRESSED_WORDS.en}.`;
  const rows = (figures ? lines.slice(0, -1) : []).map(({ dimension, title: name }): ChartRow => {
    const { quartiles, median } = figures![dimension]!;
    const nothing = { phrase: '', isTold: false, zone: null, interval: null, point: null };
    return { dimension, title: name, half: spanOf(quartiles), tick: median, ...nothing };
  });
  const { isInvented } = release.marks;
  const [cutoff, ...notes] = distributionNotes(input);
  const source = sourceLine(instrument, { cutoffOn: figures ? release.cutoffOn : null, isInvented }, { address }, lang);
  const told = figures ? notes.slice(0, 2).join(' ') : WHY_SUPPRESSED[lang];
  const alternative = [title, ...(figures ? [...lines.map(({ sentence }) => sentence), cutoff] : []), told].join(' ');
  const words = {
    lang,
    title,
    subtitle: figures ? (german ? '0 bis 100 Punkte.' : '0 to 100 points.') : '',
    key: keyOf(rows, { lang }),
    below: figures ? lines.at(-1)!.sentence : '',
    footnotes: [told, source],
    description: alternative,
  };
  const labels = { tick: german ? 'Mitte' : 'Middle', point: '', pointOf: 'own' as const, ...markWords(lang) };
  return { spec: rowsChart(words, rows, labels, input), title, alternative };
}

/** The one public reason. */
export const WHY_SUPPRESSED: Record<Lang, string> = {
  de: 'Eine Gruppe wird nur veröffentlicht, wenn genügend Organisationen darin sind und sie sich von einer größeren, in der sie liegt, deutlich genug unterscheidet.',
  en: 'A group is published only if there are enough organisations in it, and if it differs enough from a larger one that it lies within.',
};
