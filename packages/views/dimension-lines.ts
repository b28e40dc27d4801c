import type { TopLevelSpec } from 'vega-lite';
import type { Instrument } from '#contracts/instrument';
import type { Cut } from '#contracts/release';
import { valueAt } from '#contracts/released-cell';
import type { Zone } from '#contracts/standing';
import type { Lang } from '#contracts/text';
import { bandTone, chartConfig, type Layout, PALETTES, type Palette, SIZES, type Theme } from './chart-style.ts';
import { textLines, textWidth } from './text-lines.ts';
import { part, type TextMark, type TextStyle, textLayers } from './text-marks.ts';
import { VEGA_LITE_SCHEMA } from './view.ts';

/** One dimension's line and the words beside it. */
export interface DimensionLine {
  dimension: string;
  title: string;
  /** Beside the title: points, maturity word, the weakest dimension. */
  facts: string[];
  /** Published cuts, rising by permille; null where nothing is published. */
  cuts: Cut[] | null;
  /** Scores at which no difference to the middle can be told; null for none. */
  zone: Zone | null;
  /** The own score, 0 to 100; null for none. */
  own: number | null;
  /** What is told first, in bold. */
  verdict: string;
  /** The words behind it, each of them on its own line or lines. */
  words: string[];
  /** Stands apart from the lines above it. */
  isSummary: boolean;
}

export interface LinesPicture {
  instrument: Instrument;
  lang: Lang;
  layout: Layout;
  theme: Theme;
  title: string;
  subtitle: string;
  lines: DimensionLine[];
  /** Cut-off, how far figures were moved, the assumption; each a paragraph below the picture. */
  footnotes: string[];
  /** For those who do not see the picture. */
  description: string;
}

/**
 * Lines on a common axis from 0 to 100: nested bands between published cuts, the middle half darker, a tick for the
 * median, a bracket around the scores that cannot be told from it, and a pin for the own score. Every mark that needs a name carries it; a key names the bands that occur.
 *
 * All positions are computed here, in pixels, so that the picture is the same wherever it is drawn.
 */
export function linesSpec(picture: LinesPicture): TopLevelSpec {
  const { layout } = picture;
  const palette = PALETTES[picture.theme];
  const frame = FRAMES[layout];
  const inner = frame.width - 2 * frame.margin;
  const titleLines = textLines(picture.title, inner, SIZES.title, true);
  const subtitleLines = textLines(picture.subtitle, inner, SIZES.text);
  const key = keyMarks(picture, palette);
  const rows = placeRows(picture, key.height);
  const height = (rows.at(-1)?.bottom ?? key.height) + 4;
  const maturity = maturityMarks(picture, height + AXIS_HEIGHT + 12);
  const footTop = height + AXIS_HEIGHT + (maturity.length > 0 ? 22 : 0) + 18;
  const footnotes = picture.footnotes.flatMap((text) => textLines(text, inner, SIZES.small));
  const bottom = footTop + footnotes.length * LINE - height - 4;

  const texts = [
    ...rows.flatMap((row) => row.texts),
    ...key.texts,
    ...maturity,
    ...footnotes.map(
      (text, index): TextMark => ({
        text,
        x: frame.margin - frame.left,
        y: footTop + index * LINE,
        style: 'small',
        align: 'left',
      }),
    ),
  ];
  const bands = rows.flatMap((row) => bandMarks(row, palette, picture.lang));
  const swatches = key.swatches;
  const cuts = rows.flatMap(loneCuts);
  const medians = rows.flatMap(({ line, strip }) => {
    const median = valueAt(line.cuts ?? [], 500);
    const what = picture.lang === 'de' ? 'Mitte der Gruppe' : 'middle of the group';
    return median === null
      ? []
      : [
          {
            dimension: line.dimension,
            median,
            y: strip - 11,
            y2: strip + 13,
            says: says(line.title, what, median, picture.lang),
          },
        ];
  });
  const zones = rows.flatMap(({ line, strip }) =>
    line.zone === null
      ? []
      : [
          {
            dimension: line.dimension,
            from: line.zone.from,
            to: line.zone.to,
            y: strip + ZONE_TOP,
            y2: strip + ZONE_TOP + ZONE_HEIGHT,
            says: zoneSays(line.title, line.zone, picture.lang),
          },
        ],
  );
  const separators = rows.slice(1).flatMap(({ line, top }) => {
    const ends = { px: frame.margin - frame.left, px2: frame.width - frame.left - frame.margin };
    return line.isSummary ? [{ ...ends, y: top - SUMMARY_GAP / 2 - ROW_GAPS[layout] / 2 }] : [];
  });
  const own = rows.flatMap(({ line, strip }) =>
    line.own === null
      ? []
      : [
          {
            dimension: line.dimension,
            own: line.own,
            y: strip - 12,
            y2: strip + 9,
            pin: strip - 14,
            says: says(line.title, picture.lang === 'de' ? 'Ihr Wert' : 'your score', line.own, picture.lang),
          },
        ],
  );

  return {
    $schema: VEGA_LITE_SCHEMA,
    description: picture.description,
    title: { text: titleLines, subtitle: subtitleLines, dx: frame.margin - frame.left, offset: 14 },
    width: frame.plot,
    height,
    autosize: { type: 'none' },
    padding: {
      left: frame.left,
      right: frame.width - frame.left - frame.plot,
      top: titleLines.length * 20 + subtitleLines.length * 16 + 34,
      bottom,
    },
    config: chartConfig(palette),
    encoding: { y: { type: 'quantitative', scale: { domain: [0, height], reverse: true, nice: false }, axis: null } },
    layer: [
      {
        data: {
          name: 'lines',
          values: rows.map(({ line, strip }) => ({ dimension: line.dimension, from: 0, to: 100, y: strip })),
        },
        mark: { type: 'rule', color: palette.line, strokeWidth: 1, aria: false },
        encoding: {
          x: {
            field: 'from',
            type: 'quantitative',
            scale: { domain: [0, 100], nice: false },
            axis: {
              title: null,
              values: axisValues(picture.instrument),
              grid: true,
              domain: false,
              ticks: false,
              labelPadding: 4,
              labelFlush: false,
              labelOverlap: false,
            },
          },
          x2: { field: 'to' },
          y: { field: 'y' },
        },
      },
      ...part(separators, (values) => ({
        data: { name: 'separators', values },
        mark: { type: 'rule' as const, color: palette.grid, strokeWidth: 1, aria: false },
        encoding: {
          x: { field: 'px', type: 'quantitative' as const, scale: null, axis: null },
          x2: { field: 'px2' },
          y: { field: 'y' },
        },
      })),
      ...part(bands, (values) => ({
        data: { name: 'bands', values },
        mark: { type: 'rect' as const, aria: false },
        encoding: {
          x: { field: 'low', type: 'quantitative' as const },
          x2: { field: 'high' },
          y: { field: 'y' },
          y2: { field: 'y2' },
          fill: { field: 'tone', type: 'nominal' as const, scale: null },
          stroke: { field: 'tone', type: 'nominal' as const, scale: null },
          tooltip: SAYS,
        },
      })),
      ...part(swatches, (values) => ({
        data: { name: 'key', values },
        mark: { type: 'rect' as const, aria: false },
        encoding: {
          x: { field: 'px', type: 'quantitative' as const, scale: null, axis: null },
          x2: { field: 'px2' },
          y: { field: 'y' },
          y2: { field: 'y2' },
          fill: { field: 'tone', type: 'nominal' as const, scale: null },
        },
      })),
      ...part(zones, (values) => ({
        data: { name: 'zones', values },
        mark: { type: 'rect' as const, fill: palette.quietText, stroke: palette.quietText, aria: false },
        encoding: {
          x: { field: 'from', type: 'quantitative' as const },
          x2: { field: 'to' },
          y: { field: 'y' },
          y2: { field: 'y2' },
          tooltip: SAYS,
        },
      })),
      ...part(cuts, (values) => ({
        data: { name: 'cuts', values },
        mark: { type: 'rule' as const, color: palette.quietText, strokeWidth: 1, aria: false },
        encoding: { x: { field: 'value', type: 'quantitative' as const }, y: { field: 'y' }, y2: { field: 'y2' } },
      })),
      ...part(medians, (values) => ({
        data: { name: 'medians', values },
        mark: { type: 'rule' as const, color: palette.median, strokeWidth: 3, aria: false },
        encoding: {
          x: { field: 'median', type: 'quantitative' as const },
          y: { field: 'y' },
          y2: { field: 'y2' },
          tooltip: SAYS,
        },
      })),
      ...part(own, (values) => ({
        data: { name: 'own', values },
        mark: { type: 'rule' as const, color: palette.background, strokeWidth: 6, aria: false },
        encoding: { x: { field: 'own', type: 'quantitative' as const }, y: { field: 'y' }, y2: { field: 'y2' } },
      })),
      ...part(own, (values) => ({
        data: { name: 'own', values },
        mark: { type: 'rule' as const, color: palette.own, strokeWidth: 3, aria: false },
        encoding: { x: { field: 'own', type: 'quantitative' as const }, y: { field: 'y' }, y2: { field: 'y2' } },
      })),
      ...part(own, (values) => ({
        data: { name: 'own', values },
        mark: {
          type: 'point' as const,
          shape: 'triangle-down',
          size: 130,
          filled: true,
          color: palette.own,
          opacity: 1,
          aria: false,
        },
        encoding: { x: { field: 'own', type: 'quantitative' as const }, y: { field: 'pin' }, tooltip: SAYS },
      })),
      ...textLayers(texts, palette),
    ],
  };
}

interface Frame {
  /** Of the whole picture. */
  width: number;
  margin: number;
  /** Where the axis begins, and its length. */
  left: number;
  plot: number;
  /** Words: distance from the plot's left edge, and width. */
  words: number;
  wordsWidth: number;
}

const FRAMES: Record<Layout, Frame> = {
  wide: { width: 760, margin: 16, left: 152, plot: 316, words: 342, wordsWidth: 250 },
  narrow: { width: 320, margin: 16, left: 20, plot: 280, words: -4, wordsWidth: 288 },
};
const LINE = 15;
const ROW_GAPS: Record<Layout, number> = { wide: 8, narrow: 18 };
const AXIS_HEIGHT = 18;
/** From the strip's centre: to the top of the own label, and to the bottom of the median's label. */
const STRIP_ABOVE = 34;
const STRIP_BELOW = 28;
const STRIP_HALF = 9;
/** The bracket lies below the strip, above the median's label. */
const ZONE_TOP = 11;
const ZONE_HEIGHT = 3;
/** Above the summary, with a rule in the middle of it. */
const SUMMARY_GAP = 16;

interface Row {
  line: DimensionLine;
  top: number;
  /** Centre of the strip, pixels. */
  strip: number;
  bottom: number;
  texts: TextMark[];
}

/** Gives each line its place, top to bottom. */
function placeRows(picture: LinesPicture, top: number): Row[] {
  const frame = FRAMES[picture.layout];
  const rows: Row[] = [];
  let y = top;
  for (const line of picture.lines) {
    if (line.isSummary && rows.length > 0) y += SUMMARY_GAP;
    const row = picture.layout === 'wide' ? wideRow(line, y, frame) : narrowRow(line, y, frame);
    row.texts.push(...markLabels(line, row.strip, frame, picture.lang));
    rows.push(row);
    y = row.bottom + ROW_GAPS[picture.layout];
  }
  return rows;
}

function wideRow(line: DimensionLine, top: number, frame: Frame): Row {
  const left = frame.margin - frame.left;
  const leftWidth = frame.left - frame.margin - 18;
  const names = [
    ...textLines(line.title, leftWidth, SIZES.heading, true).map((text) => ({ text, style: 'heading' as const })),
    ...line.facts.flatMap((fact) =>
      textLines(fact, leftWidth, SIZES.text).map((text) => ({ text, style: 'quiet' as const })),
    ),
  ];
  const words = wordLines(line, frame.wordsWidth);
  const needed = Math.max(STRIP_ABOVE + STRIP_BELOW, names.length * 16 + 8, words.length * 16 + 8);
  const strip = top + STRIP_ABOVE + (needed - STRIP_ABOVE - STRIP_BELOW) / 2;
  const centred = (entries: { text: string; style: TextStyle }[], x: number): TextMark[] =>
    entries.map(({ text, style }, index) => ({
      text,
      x,
      y: strip + (index - (entries.length - 1) / 2) * 16,
      style,
      align: 'left',
    }));
  return { line, top, strip, bottom: top + needed, texts: [...centred(names, left), ...centred(words, frame.words)] };
}

/** The facts share the title's line where they fit; the words run on as one paragraph. */
function narrowRow(line: DimensionLine, top: number, frame: Frame): Row {
  const facts = line.facts.slice(0, 2).join(' · ');
  const right = frame.words + frame.wordsWidth;
  const fits = textWidth(line.title, SIZES.heading, true) + textWidth(facts, SIZES.text) + 8 < frame.wordsWidth;
  const quiet = [...(fits ? [] : [facts]), ...line.facts.slice(2)].filter(Boolean);
  const entries = [
    ...textLines(line.title, frame.wordsWidth, SIZES.heading, true).map((text) => ({
      text,
      style: 'heading' as const,
    })),
    ...quiet
      .flatMap((fact) => textLines(fact, frame.wordsWidth, SIZES.text))
      .map((text) => ({ text, style: 'quiet' as const })),
    ...wordLines({ ...line, words: [line.words.join(' ')] }, frame.wordsWidth),
  ];
  const texts = entries.map(
    ({ text, style }, index): TextMark => ({ text, x: frame.words, y: top + 8 + index * 17, style, align: 'left' }),
  );
  if (fits && facts !== '') texts.push({ text: facts, x: right, y: top + 8, style: 'quiet', align: 'right' });
  const strip = top + entries.length * 17 + 4 + STRIP_ABOVE;
  return { line, top, strip, bottom: strip + STRIP_BELOW, texts };
}

function wordLines(line: DimensionLine, width: number): { text: string; style: TextStyle }[] {
  return [
    ...textLines(line.verdict, width, SIZES.text, true).map((text) => ({ text, style: 'verdict' as const })),
    ...line.words.flatMap((words, index) =>
      textLines(words, width, SIZES.text).map((text) => ({
        text,
        style: index === 0 ? ('text' as const) : ('quiet' as const),
      })),
    ),
  ];
}

/** "Sie 62" above the own pin, "Mitte 48" below the median's tick; at the ends they stay within the picture. */
function markLabels(line: DimensionLine, strip: number, frame: Frame, lang: Lang): TextMark[] {
  const marks: TextMark[] = [];
  const add = (text: string, score: number, y: number, style: TextStyle) => {
    const half = textWidth(text, SIZES.text, true) / 2;
    const centre = (score / 100) * frame.plot;
    const room = frame.margin / 2;
    const align = centre - half < -room ? 'left' : centre + half > frame.plot + room ? 'right' : 'center';
    const x = align === 'left' ? -room : align === 'right' ? frame.plot + room : centre;
    marks.push({ text, x, y, style, align });
  };
  if (line.own !== null) add(`${lang === 'de' ? 'Sie' : 'You'} ${line.own}`, line.own, strip - 27, 'own');
  const median = valueAt(line.cuts ?? [], 500);
  if (median !== null) add(`${lang === 'de' ? 'Mitte' : 'Middle'} ${median}`, median, strip + 22, 'median');
  return marks;
}

/** Pairs of cuts as bands around the middle, the outermost first. A band of no width is drawn as a hairline. */
function bandMarks({ line, strip }: Row, palette: Palette, lang: Lang) {
  const pairs = pairsOf(line.cuts ?? []);
  const outer = pairs.filter((pair) => pair.low.permille < 250);
  const inner = pairs.filter((pair) => pair.low.permille >= 250);
  return pairs.map(({ low, high }) => {
    const index = outer.findIndex((pair) => pair.low === low);
    const tone =
      index >= 0
        ? bandTone(palette.outer, index, outer.length)
        : bandTone(
            palette.inner,
            inner.findIndex((pair) => pair.low === low),
            inner.length,
          );
    return {
      dimension: line.dimension,
      fromPermille: low.permille,
      toPermille: high.permille,
      low: low.value,
      high: high.value,
      y: strip - STRIP_HALF,
      y2: strip + STRIP_HALF,
      tone,
      says: bandSays(line.title, low, high, lang),
    };
  });
}

/** What a mark says to a pointer over it; the picture says the same in its labels and bands. */
const SAYS = { field: 'says', type: 'nominal' as const };

function says(title: string, what: string, points: number, lang: Lang): string {
  return `${title} – ${what}: ${points} ${lang === 'de' ? 'Punkte' : 'points'}`;
}

function bandSays(title: string, low: Cut, high: Cut, lang: Lang): string {
  const share = (high.permille - low.permille) / 10;
  return lang === 'de'
    ? `${title} – etwa die mittleren ${share}\u00a0% der Gruppe: ${low.value} bis ${high.value} Punkte`
    : `${title} – about the middle ${share}% of the group: ${low.value} to ${high.value} points`;
}

function zoneSays(title: string, { from, to }: Zone, lang: Lang): string {
  return lang === 'de'
    ? `${title} – kein Unterschied zur Mitte zu erkennen: ${from} bis ${to} Punkte`
    : `${title} – no difference to the middle can be told: ${from} to ${to} points`;
}

function pairsOf(cuts: Cut[]): { low: Cut; high: Cut }[] {
  return cuts.flatMap((low) => {
    const high = low.permille < 500 ? cuts.find((cut) => cut.permille === 1000 - low.permille) : undefined;
    return high ? [{ low, high }] : [];
  });
}

/** Cuts without a counterpart on the other side of the middle. */
function loneCuts({ line, strip }: Row) {
  const cuts = line.cuts ?? [];
  return cuts
    .filter((cut) => cut.permille !== 500 && !cuts.some((other) => other.permille === 1000 - cut.permille))
    .map((cut) => ({ dimension: line.dimension, ...cut, y: strip - STRIP_HALF, y2: strip + STRIP_HALF }));
}

/** Names the bands that occur, and the bracket. Without either there is no key. */
function keyMarks(picture: LinesPicture, palette: Palette) {
  const frame = FRAMES[picture.layout];
  const german = picture.lang === 'de';
  const allPairs = picture.lines.map((line) => pairsOf(line.cuts ?? [])).filter((pairs) => pairs.length > 0);
  const entries: { tone: string; text: string; isThin?: boolean }[] = [];
  if (allPairs.some((pairs) => pairs.some((pair) => pair.low.permille === 250))) {
    entries.push({
      tone: bandTone(palette.inner, 0, 1),
      text: german ? 'mittlere Hälfte der Gruppe' : 'middle half of the group',
    });
  }
  const outermost = new Set(
    allPairs.map((pairs) => Math.min(...pairs.map((pair) => pair.low.permille))).filter((p) => p < 250),
  );
  if (outermost.size > 0) {
    const percent = outermost.size === 1 ? (1000 - 2 * [...outermost][0]!) / 10 : null;
    const part =
      percent === null
        ? german
          ? 'die meisten'
          : 'most of them'
        : german
          ? `mittlere ${percent}\u00a0%`
          : `middle ${percent}%`;
    entries.push({ tone: bandTone(palette.outer, 0, 1), text: part });
  }
  const hasZone = picture.lines.some((line) => line.zone !== null);
  if (hasZone)
    entries.push({
      tone: palette.quietText,
      isThin: true,
      text: german ? 'kein Unterschied zur Mitte zu erkennen' : 'no difference to the middle can be told',
    });
  const texts: TextMark[] = [];
  const swatches: { px: number; px2: number; y: number; y2: number; tone: string }[] = [];
  const left = picture.layout === 'wide' ? 0 : frame.words;
  const right = frame.width - frame.left - frame.margin;
  let x = left;
  let y = 8;
  for (const { tone, text, isThin } of entries) {
    const width = 23 + textWidth(text, SIZES.small);
    if (x > left && x + width > right) [x, y] = [left, y + 18];
    const half = isThin ? ZONE_HEIGHT / 2 : 6;
    swatches.push({ px: x, px2: x + 18, y: y - half, y2: y + half, tone });
    texts.push({ text, x: x + 23, y, style: 'small', align: 'left' });
    x += width + 12;
  }
  return { swatches, texts, height: entries.length === 0 ? 0 : y + 18 };
}

/** Where the axis is labelled: at its ends and where a maturity word begins. */
function axisValues(instrument: Instrument): number[] {
  return [...new Set([0, ...instrument.maturityBands.map((band) => band.from), 100])];
}

/** The maturity words below the axis, each in the middle of its span, if all of them fit. */
function maturityMarks({ instrument, lang, layout }: LinesPicture, y: number): TextMark[] {
  const { plot } = FRAMES[layout];
  const marks = instrument.maturityBands.map((band, index) => {
    const to = instrument.maturityBands[index + 1]?.from ?? 100;
    const text = band.label[lang];
    return { text, width: ((to - band.from) / 100) * plot, x: ((band.from + to) / 200) * plot };
  });
  if (marks.some(({ text, width }) => textWidth(text, SIZES.small) > width)) return [];
  return marks.map(({ text, x }) => ({ text, x, y, style: 'small', align: 'center' }));
}
