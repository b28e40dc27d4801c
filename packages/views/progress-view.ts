import type { TopLevelSpec } from 'vega-lite';
import type { Group } from '#contracts/group';
import type { Instrument } from '#contracts/instrument';
import type { PublishedCell } from '#contracts/release';
import { medianOf, quartilesOf } from '#contracts/released-cell';
import type { IsoDate, Lang } from '#contracts/text';
import type { OwnScores } from '#standing/own-standing';
import { bandTone, chartConfig, type Layout, PALETTES, SIZES, type Theme } from './chart-style.ts';
import { groupLabel } from './group-label.ts';
import { inventedWords, SAMPLE_CAVEAT } from './release-words.ts';
import { dimensionTitle, longDate } from './standing-words.ts';
import { textLines } from './text-lines.ts';
import { part, type TextMark, textLayers } from './text-marks.ts';
import { VEGA_LITE_SCHEMA, type View } from './view.ts';

/** What progress is drawn from. */
export interface ProgressInput {
  instrument: Instrument;
  group: Pick<Group, 'unitType' | 'where' | 'association'>;
  /** One group in every listed release, in any order; null where a release does not show it. */
  versions: { cutoffOn: IsoDate; cell: PublishedCell | null }[];
  /** The own checks, in any order; empty for the public view. */
  own: (OwnScores & { conductedOn: IsoDate })[];
  /** Whether any of the releases holds invented data. */
  isInvented: boolean;
  lang: Lang;
}

/** One dimension over time. Groups are known at the cut-offs of releases, the own scores on the day of a check. */
export interface ProgressLine {
  dimension: string;
  title: string;
  group: {
    cutoffOn: IsoDate;
    low: number | null;
    median: number;
    high: number | null;
    /** Counts up over every release that does not show the group: points of one run may be joined by a line. */
    run: number;
  }[];
  own: { conductedOn: IsoDate; score: number }[];
  sentence: string;
}

/** The words and points of progress: every dimension in the instrument's order, the overall score last. */
export function progressLines({
  instrument,
  versions,
  own,
  lang,
}: Pick<ProgressInput, 'instrument' | 'versions' | 'own' | 'lang'>): ProgressLine[] {
  const inOrder = versions.toSorted((a, b) => (a.cutoffOn < b.cutoffOn ? -1 : 1));
  return [...instrument.dimensions.map(({ id }) => id), 'overall'].map((dimension) => {
    let run = 0;
    const group = inOrder.flatMap(({ cutoffOn, cell }) => {
      if (!cell) {
        run += 1;
        return [];
      }
      const half = quartilesOf(cell, dimension);
      return [
        { cutoffOn, low: half?.lower ?? null, median: medianOf(cell, dimension), high: half?.upper ?? null, run },
      ];
    });
    const scores = own
      .toSorted((a, b) => (a.conductedOn < b.conductedOn ? -1 : 1))
      .flatMap((check) => {
        const score = dimension === 'overall' ? check.overall : (check.scores[dimension] ?? null);
        return score === null ? [] : [{ conductedOn: check.conductedOn, score }];
      });
    const title = dimensionTitle(instrument, dimension, lang);
    return { dimension, title, group, own: scores, sentence: progressSentence(title, group, scores, lang) };
  });
}

/** How a group, and the own scores beside it, moved from release to release. */
export function progressView(input: ProgressInput & { layout?: Layout; theme?: Theme }): View {
  const { instrument, group, lang } = input;
  const lines = progressLines(input);
  const shown = input.versions.filter(({ cell }) => cell !== null).length;
  const hasOwn = lines.some((line) => line.own.length > 0);
  const isMembers = group.association !== undefined;
  const title = isMembers ? MEMBERS_TITLE[lang] : hasOwn ? OWN_TITLE[lang] : GROUP_TITLE[lang];
  const description = howToReadProgress(hasOwn, lang);
  const footnotes = [keyToProgress(lines, lang), progressCaveat(shown, lang), SAMPLE_CAVEAT[lang]].filter(Boolean);
  const alternative = [title, ...lines.map((line) => line.sentence), ...footnotes].join(' ');
  const subtitle = [
    shown > 0 ? groupLabel(instrument, group, lang) : '',
    instrument.title[lang],
    inventedWords(input.isInvented, lang),
  ]
    .filter(Boolean)
    .join(' · ');
  const spec = progressSpec(lines, {
    title,
    subtitle,
    footnotes,
    description: `${description} ${alternative}`,
    layout: input.layout ?? 'wide',
    theme: input.theme ?? 'light',
    lang,
  });
  return { spec, title, description, alternative };
}

const OWN_TITLE: Record<Lang, string> = {
  de: 'Das sind Ihre Ergebnisse und die der Gruppe im Lauf der Zeit.',
  en: "These are your results and the group's over time.",
};
const GROUP_TITLE: Record<Lang, string> = {
  de: 'Das sind die Werte der Gruppe im Lauf der Zeit.',
  en: "These are the group's figures over time.",
};
/** Of an association's members: who reads it would else take it for their progress. */
const MEMBERS_TITLE: Record<Lang, string> = {
  de: 'Stand, wechselnde Teilnehmende.',
  en: 'Status, changing participants.',
};

interface ProgressFrame {
  width: number;
  left: number;
  plot: number;
  panel: number;
}
const FRAMES: Record<Layout, ProgressFrame> = {
  wide: { width: 760, left: 176, plot: 480, panel: 84 },
  narrow: { width: 320, left: 40, plot: 190, panel: 84 },
};
const MARGIN = 16;
const BAR_HALF = 7;
const DAY = 86_400_000;

interface ProgressPicture {
  title: string;
  subtitle: string;
  footnotes: string[];
  description: string;
  layout: Layout;
  theme: Theme;
  lang: Lang;
}

/** A panel for each dimension, one above the other on a common time axis: upright strips, ticks and the own pins. */
function progressSpec(lines: ProgressLine[], picture: ProgressPicture): TopLevelSpec {
  const { layout, lang } = picture;
  const german = lang === 'de';
  const palette = PALETTES[picture.theme];
  const frame = FRAMES[layout];
  const inner = frame.width - 2 * MARGIN;
  const gap = layout === 'wide' ? 22 : 34;
  const panels = lines.map((line, index) => {
    const top = (layout === 'wide' ? 0 : 22) + index * (frame.panel + gap);
    return { line, top, at: (score: number) => top + (1 - score / 100) * frame.panel };
  });
  const height = panels.at(-1)!.top + frame.panel;
  const titleLines = textLines(picture.title, inner, SIZES.title, true);
  const subtitleLines = textLines(picture.subtitle, inner, SIZES.text);
  const footnotes = picture.footnotes.flatMap((text) => textLines(text, inner, SIZES.small));
  const dates = lines.flatMap((line) => [
    ...line.group.map((point) => Date.parse(point.cutoffOn)),
    ...line.own.map((point) => Date.parse(point.conductedOn)),
  ]);
  const domain = timeDomain(dates);
  const x = {
    type: 'temporal' as const,
    scale: { type: 'utc' as const, domain, nice: false as const },
    axis: {
      title: null,
      values: axisDates(lines),
      format: '%m/%Y',
      grid: true,
      domain: false,
      ticks: false,
      labelFlush: false,
      labelOverlap: true,
      labelPadding: 6,
    },
  };

  const levels = panels.flatMap(({ line, at }) =>
    [0, 50, 100].map((score) => ({ dimension: line.dimension, score, y: at(score), px: 0, px2: frame.plot })),
  );
  const group = panels.flatMap(({ line, at }) =>
    line.group.map((point) => ({
      dimension: line.dimension,
      ...point,
      run: `${line.dimension} ${point.run}`,
      y: at(point.median),
      says: says(line.title, german ? 'Mitte der Gruppe' : 'middle of the group', point.median, point.cutoffOn, lang),
    })),
  );
  const bars = panels.flatMap(({ line, at }) =>
    line.group.flatMap(({ cutoffOn, low, high }) =>
      low === null || high === null
        ? []
        : [{ dimension: line.dimension, cutoffOn, low, high, y: at(high), y2: at(low) }],
    ),
  );
  const own = panels.flatMap(({ line, at }) =>
    line.own.map((point) => ({
      dimension: line.dimension,
      ...point,
      y: at(point.score),
      says: says(line.title, german ? 'Ihr Wert' : 'your score', point.score, point.conductedOn, lang),
    })),
  );
  const texts: TextMark[] = [
    ...panels.flatMap(({ line, top, at }) => [
      ...titleMarks(line.title, top, frame, layout),
      ...[0, 50, 100].map(
        (score): TextMark => ({ text: `${score}`, x: -8, y: at(score), style: 'small', align: 'right' }),
      ),
      ...endLabels(line, at, frame.plot + 8, lang),
    ]),
    ...footnotes.map(
      (text, index): TextMark => ({
        text,
        x: MARGIN - frame.left,
        y: height + 44 + index * 15,
        style: 'small',
        align: 'left',
      }),
    ),
  ];

  return {
    $schema: VEGA_LITE_SCHEMA,
    description: picture.description,
    title: { text: titleLines, subtitle: subtitleLines, dx: MARGIN - frame.left, offset: 18 },
    width: frame.plot,
    height,
    autosize: { type: 'none' },
    padding: {
      left: frame.left,
      right: frame.width - frame.left - frame.plot,
      top: titleLines.length * 20 + subtitleLines.length * 16 + 40,
      bottom: 54 + footnotes.length * 15,
    },
    config: chartConfig(palette),
    encoding: { y: { type: 'quantitative', scale: { domain: [0, height], reverse: true, nice: false }, axis: null } },
    layer: [
      {
        data: { name: 'levels', values: levels },
        mark: { type: 'rule', color: palette.grid, strokeWidth: 1, aria: false },
        encoding: {
          x: { field: 'px', type: 'quantitative', scale: null, axis: null },
          x2: { field: 'px2' },
          y: { field: 'y' },
        },
      },
      ...part(bars, (values) => ({
        data: { name: 'middle half', values },
        mark: {
          type: 'rule' as const,
          color: bandTone(palette.inner, 0, 1),
          strokeWidth: 2 * BAR_HALF,
          aria: false,
        },
        encoding: { x: { field: 'cutoffOn', ...x }, y: { field: 'y' }, y2: { field: 'y2' } },
      })),
      ...part(group, (values) => ({
        data: { name: 'medians', values },
        mark: { type: 'line' as const, color: palette.median, strokeWidth: 1, aria: false },
        encoding: {
          x: { field: 'cutoffOn', ...x },
          y: { field: 'y' },
          detail: { field: 'run', type: 'nominal' as const },
        },
      })),
      ...part(group, (values) => ({
        data: { name: 'medians', values },
        mark: {
          type: 'tick' as const,
          orient: 'horizontal' as const,
          size: 18,
          thickness: 3,
          color: palette.median,
          opacity: 1,
          aria: false,
        },
        encoding: { x: { field: 'cutoffOn', ...x }, y: { field: 'y' }, tooltip: SAYS },
      })),
      ...part(own, (values) => ({
        data: { name: 'own', values },
        mark: { type: 'line' as const, color: palette.own, strokeWidth: 2, strokeDash: [5, 3], aria: false },
        encoding: {
          x: { field: 'conductedOn', ...x },
          y: { field: 'y' },
          detail: { field: 'dimension', type: 'nominal' as const },
        },
      })),
      ...part(own, (values) => ({
        data: { name: 'own', values },
        mark: {
          type: 'point' as const,
          shape: 'diamond',
          size: 110,
          filled: true,
          fill: palette.own,
          stroke: palette.background,
          strokeWidth: 1.5,
          opacity: 1,
          aria: false,
        },
        encoding: { x: { field: 'conductedOn', ...x }, y: { field: 'y' }, tooltip: SAYS },
      })),
      ...textLayers(texts, palette),
    ],
  };
}

/** What a mark says to a pointer over it; the alternative text says the same. */
const SAYS = { field: 'says', type: 'nominal' as const };

function says(title: string, what: string, points: number, date: IsoDate, lang: Lang): string {
  return `${title}, ${longDate(date, lang)} – ${what}: ${points} ${lang === 'de' ? 'Punkte' : 'points'}`;
}

function titleMarks(title: string, top: number, frame: ProgressFrame, layout: Layout): TextMark[] {
  const style = 'heading' as const;
  if (layout === 'narrow') return [{ text: title, x: MARGIN - frame.left, y: top - 14, style, align: 'left' }];
  return textLines(title, frame.left - MARGIN - 40, SIZES.heading, true).map((text, index) => ({
    text,
    x: MARGIN - frame.left,
    y: top + frame.panel / 2 + index * 17,
    style,
    align: 'left',
  }));
}

/** The last value of each series, at its height beside the panel; pushed apart where they would touch. */
function endLabels(line: ProgressLine, at: (score: number) => number, x: number, lang: Lang): TextMark[] {
  const median = line.group.at(-1)?.median;
  const own = line.own.at(-1)?.score;
  const medianText = `${lang === 'de' ? 'Mitte' : 'Middle'} ${median}`;
  const ownText = `${lang === 'de' ? 'Sie' : 'You'} ${own}`;
  const marks: TextMark[] = [];
  if (median !== undefined) marks.push({ text: medianText, x, y: at(median), style: 'median', align: 'left' });
  if (own !== undefined) marks.push({ text: ownText, x, y: at(own), style: 'own', align: 'left' });
  const [first, second] = marks;
  if (first && second) {
    const missing = 15 - Math.abs(first.y - second.y);
    if (missing > 0) {
      const [upper, lower] = second.y <= first.y ? [second, first] : [first, second];
      upper.y -= missing / 2;
      lower.y += missing / 2;
    }
  }
  return marks;
}

/** From the first to the last date with some air, so that marks at the ends are whole. Milliseconds. */
function timeDomain(dates: number[]): [number, number] {
  if (dates.length === 0) return [0, DAY];
  const [from, to] = [Math.min(...dates), Math.max(...dates)];
  const air = Math.max((to - from) * 0.06, 20 * DAY);
  return [from - air, to + air];
}

/** Labelled are the cut-offs, since there the group is known; without any, the own checks. */
function axisDates(lines: ProgressLine[]): number[] {
  const cutoffs = new Set(lines.flatMap((line) => line.group.map((point) => Date.parse(point.cutoffOn))));
  const checks = new Set(lines.flatMap((line) => line.own.map((point) => Date.parse(point.conductedOn))));
  return [...(cutoffs.size > 0 ? cutoffs : checks)].sort((a, b) => a - b);
}

function progressSentence(title: string, group: ProgressLine['group'], own: ProgressLine['own'], lang: Lang): string {
  const german = lang === 'de';
  const on = (date: IsoDate) => (german ? `am ${longDate(date, lang)}` : `on ${longDate(date, lang)}`);
  const medians = group.map(({ cutoffOn, median }) => `${median} ${on(cutoffOn)}`).join(', ');
  const scores = own.map(({ conductedOn, score }) => `${score} ${on(conductedOn)}`).join(', ');
  const groupWords =
    medians === ''
      ? german
        ? `${title}: Für die Gruppe gibt es keine veröffentlichten Werte.`
        : `${title}: there are no published figures of the group.`
      : german
        ? `${title}: Die Mitte der Gruppe lag bei ${medians}.`
        : `${title}: the middle of the group was at ${medians}.`;
  if (scores === '') return groupWords;
  return `${groupWords} ${german ? `Ihr Wert war ${scores}.` : `Your score was ${scores}.`}`;
}

function howToReadProgress(hasOwn: boolean, lang: Lang): string {
  if (lang === 'de') {
    const own = hasOwn ? ' Die Rauten sind Ihre eigenen Werte.' : '';
    return `Für jeden Bereich läuft die Zeit von links nach rechts, die Punkte von 0 bis 100 von unten nach oben.${own}`;
  }
  const own = hasOwn ? ' The diamonds are your own scores.' : '';
  return `For each area, time runs from left to right and points from 0 to 100 upwards.${own}`;
}

/** Names the marks that carry no label of their own. */
function keyToProgress(lines: ProgressLine[], lang: Lang): string {
  const points = lines.flatMap(({ group }) => group);
  const hasHalf = points.some(({ low }) => low !== null);
  if (points.length === 0) return '';
  if (lang === 'de') {
    const half = hasHalf ? ', die Balken umfassen etwa ihre mittlere Hälfte' : '';
    return `Die Querstriche sind die Mitte der Gruppe am jeweiligen Stichtag${half}.`;
  }
  const half = hasHalf ? '; the bars hold about its middle half' : '';
  return `The ticks are the middle of the group at each cut-off${half}.`;
}

function progressCaveat(releases: number, lang: Lang): string {
  if (releases === 0) {
    return lang === 'de'
      ? 'Für diese Gruppe ist noch nichts veröffentlicht.'
      : 'Nothing has been published for this group yet.';
  }
  if (releases === 1) {
    return lang === 'de'
      ? 'Bisher zeigt eine Veröffentlichung diese Gruppe; ein Verlauf zeigt sich mit der nächsten.'
      : 'One release shows this group so far; a course will show with the next.';
  }
  return lang === 'de'
    ? 'Die Gruppe setzt sich jedes Mal neu zusammen, und jedes Mal werden ihre Werte zum Schutz neu zufällig verschoben: Ein Unterschied muss keine Entwicklung sein.'
    : 'The group is composed anew each time, and each time its figures are moved at random, for protection: a difference need not be a development.';
}
