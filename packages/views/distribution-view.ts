import type { Instrument } from '#contracts/instrument';
import type { Cell } from '#contracts/release';
import { isPublished } from '#contracts/released-cell';
import type { Lang } from '#contracts/text';
import type { GroupFigures } from '#standing/own-standing';
import type { Layout, Theme } from './chart-style.ts';
import { type DimensionLine, linesSpec } from './dimension-lines.ts';
import { groupLabel } from './group-label.ts';
import {
  cutoffSentence,
  marksSentence,
  movedOf,
  movedSentence,
  type ReleaseFacts,
  SAMPLE_CAVEAT,
} from './release-words.ts';
import { housesOf, howToRead, subtitleOf } from './standing-view.ts';
import { dimensionTitle, groupInNumbers, SUPPRESSED_WORDS } from './standing-words.ts';
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
  verdict: string;
  words: string[];
  sentence: string;
}

/** The words of a distribution: every dimension in the instrument's order, the overall score last. */
export function distributionLines({
  instrument,
  figures,
  lang,
}: Pick<DistributionInput, 'instrument' | 'figures' | 'lang'>): DistributionLine[] {
  const german = lang === 'de';
  return [...instrument.dimensions.map(({ id }) => id), 'overall'].map((dimension): DistributionLine => {
    const title = dimensionTitle(instrument, dimension, lang);
    const shown = figures?.[dimension];
    if (!shown) {
      const words = SUPPRESSED_WORDS[lang];
      return {
        dimension,
        title,
        state: 'suppressed',
        verdict: german ? 'Keine Angabe' : 'No figures',
        words: [words],
        sentence: german ? `${title}: Die Werte sind ${words}.` : `${title}: the figures are ${words}.`,
      };
    }
    const { median, quartiles } = shown;
    const verdict = german ? `Mitte bei ${median} Punkten` : `Middle at ${median} points`;
    const words = quartiles
      ? [
          german
            ? `mittlere Hälfte zwischen ${quartiles.lower} und ${quartiles.upper}`
            : `middle half between ${quartiles.lower} and ${quartiles.upper}`,
        ]
      : [];
    return {
      dimension,
      title,
      state: 'published',
      verdict,
      words,
      sentence: `${title}: ${[verdict, ...words].join(', ')}.`,
    };
  });
}

/** Cut-off, how far the figures were moved, the assumption and the marks: what stands beside every group. */
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
    SAMPLE_CAVEAT[lang],
    marks,
  ].filter(Boolean);
}

/** How the organisations of a group are spread, without anybody's own score. */
export function distributionView(input: DistributionInput & { layout?: Layout; theme?: Theme }): View {
  const { instrument, cell, figures, release, lang } = input;
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
  const footnotes = distributionNotes(input);
  const description = figures ? howToRead(Object.values(figures), lang, false) : '';
  const alternative = [title, ...(figures ? lines.map((line) => line.sentence) : []), ...footnotes].join(' ');
  const spec = linesSpec({
    instrument,
    lang,
    layout: input.layout ?? 'wide',
    theme: input.theme ?? 'light',
    title,
    subtitle: subtitleOf(instrument, release, lang),
    description: [description, alternative].filter(Boolean).join(' '),
    footnotes,
    lines: lines.map(
      (line): DimensionLine => ({
        dimension: line.dimension,
        title: line.title,
        facts: [],
        cuts: figures?.[line.dimension]?.cuts ?? null,
        zone: null,
        own: null,
        verdict: line.verdict,
        words: line.words,
        isSummary: line.dimension === 'overall',
      }),
    ),
  });
  return { spec, title, description: description || alternative, alternative };
}

/** The one public reason. */
export const WHY_SUPPRESSED: Record<Lang, string> = {
  de: 'Eine Gruppe wird nur veröffentlicht, wenn genügend Organisationen darin sind und sie sich von einer größeren, in der sie liegt, deutlich genug unterscheidet.',
  en: 'A group is published only if there are enough organisations in it, and if it differs enough from a larger one that it lies within.',
};
