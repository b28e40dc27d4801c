import type { Instrument } from '#contracts/instrument';
import type { Cell, PublishedCell } from '#contracts/release';
import type { Lang } from '#contracts/text';
import type { Layout, Theme } from './chart-style.ts';
import { type DimensionLine, linesSpec } from './dimension-lines.ts';
import { groupLabel } from './group-label.ts';
import { howToRead } from './standing-view.ts';
import { ageSentence, dimensionTitle, groupInNumbers, SAMPLE_CAVEAT, SUPPRESSED_WORDS } from './standing-words.ts';
import type { View } from './view.ts';

/** What a group's distribution is drawn from: a cell as a release shows it. */
export interface DistributionInput {
  instrument: Instrument;
  cell: Cell;
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
export function distributionLines({ instrument, cell, lang }: DistributionInput): DistributionLine[] {
  const german = lang === 'de';
  return [...instrument.dimensions.map(({ id }) => id), 'overall'].map((dimension) => {
    const title = dimensionTitle(instrument, dimension, lang);
    const cuts = publishedCuts(cell, dimension);
    if (cuts === null) {
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
    const at = (permille: number) => cuts.find((cut) => cut.permille === permille)?.value;
    const [low, median, high] = [at(250), at(500), at(750)];
    const middle = median === undefined ? '' : german ? `Mitte bei ${median} Punkten` : `Middle at ${median} points`;
    const half =
      low === undefined || high === undefined
        ? ''
        : german
          ? `mittlere Hälfte zwischen ${low} und ${high}`
          : `middle half between ${low} and ${high}`;
    const [verdict = '', ...words] = [middle, half].filter(Boolean);
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

/** How the organisations of a group are spread, without anybody's own score. */
export function distributionView(input: DistributionInput & { layout?: Layout; theme?: Theme }): View {
  const { instrument, cell, lang } = input;
  const german = lang === 'de';
  const lines = distributionLines(input);
  const title =
    cell.state === 'published' ? publishedTitle(instrument, cell, lang) : suppressedTitle(instrument, cell, lang);
  const footnotes =
    cell.state === 'published'
      ? [`${ageSentence(cell, lang)} ${SAMPLE_CAVEAT[lang]}`]
      : [
          german
            ? 'Veröffentlicht wird eine Gruppe nur, wenn aus ihren Werten nicht auf einzelne Teilnehmende geschlossen werden kann.'
            : 'A group is published only if its figures do not let anybody infer a single participant.',
        ];
  const description = cell.state === 'published' ? howToRead(cell, lang, false) : '';
  const alternative = [
    title,
    ...(cell.state === 'published' ? lines.map((line) => line.sentence) : []),
    ...footnotes,
  ].join(' ');
  const spec = linesSpec({
    instrument,
    lang,
    layout: input.layout ?? 'wide',
    theme: input.theme ?? 'light',
    title,
    subtitle: instrument.title[lang],
    description: [description, alternative].filter(Boolean).join(' '),
    footnotes,
    lines: lines.map(
      (line): DimensionLine => ({
        dimension: line.dimension,
        title: line.title,
        facts: [],
        cuts: publishedCuts(cell, line.dimension),
        own: null,
        verdict: line.verdict,
        words: line.words,
        isSummary: line.dimension === 'overall',
      }),
    ),
  });
  return { spec, title, description: description || alternative, alternative };
}

function publishedTitle(instrument: Instrument, cell: PublishedCell, lang: Lang): string {
  const group = groupInNumbers(instrument, cell, lang);
  return lang === 'de' ? `So verteilen sich ${group}.` : `This is how ${group} are spread.`;
}

function suppressedTitle(instrument: Instrument, cell: Cell, lang: Lang): string {
  const group = groupLabel(instrument, cell.group, lang);
  return lang === 'de'
    ? `Die Werte für ${group} sind ${SUPPRESSED_WORDS.de}.`
    : `The figures for ${group} are ${SUPPRESSED_WORDS.en}.`;
}

function publishedCuts(cell: Cell, dimension: string) {
  const figures = cell.state === 'published' ? cell.dimensions[dimension] : undefined;
  return figures?.state === 'published' ? figures.cuts : null;
}
