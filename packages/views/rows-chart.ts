import type { TopLevelSpec } from 'vega-lite';
import { type Canvas, type ChartBody, type ChartWords, framed, quarters } from './chart-frame.ts';
import type { PictureWish } from './chart-style.ts';
import { boxes, lines, onTrack, PIXELS, points, type TextMark, ticks } from './marks.ts';
import { textLines, textWidth } from './text-lines.ts';

/** One dimension's row. What is null is not drawn; every range and verdict is taken as given. */
export interface ChartRow {
  dimension: string;
  title: string;
  /** The verdict in words; bold where there is a difference. */
  phrase: string;
  isTold: boolean;
  /** The middle half of the group. */
  half: Span | null;
  /** Scores at which no difference to the middle can be told. */
  zone: Span | null;
  /** The uncertainty of the point's distance from the tick. */
  interval: Span | null;
  tick: number | null;
  point: number | null;
}

/** Points, both ends included. */
export interface Span {
  from: number;
  to: number;
}

/** What the two numbers of a row are called, and whose the point is. */
export interface RowLabels {
  tick: string;
  point: string;
  pointOf: 'own' | 'members';
  half: string;
  zone: string;
}

/** A row a dimension, all on one axis from 0 to 100 points. */
export function rowsChart(words: ChartWords, rows: ChartRow[], labels: RowLabels, wish: PictureWish): TopLevelSpec {
  return framed(words, wish, (canvas) =>
    rows.length === 0 ? { bottom: canvas.top, layers: [], texts: [] } : drawRows(rows, labels, canvas),
  );
}

function drawRows(rows: ChartRow[], labels: RowLabels, canvas: Canvas): ChartBody {
  const { sizes, palette, isWide, top } = canvas;
  const placed = placeRows(rows, canvas);
  const last = placed.at(-1)!;
  const end = last.y + (isWide ? 42 : 40);
  const axis = quarters(sizes, palette, isWide ? top : placed[0]!.y - 28, end);
  const across = onTrack(sizes.track);
  const spans = (of: (row: ChartRow) => Span | null, high: number, label: string, pad = 0) =>
    placed.flatMap(({ row, y }) => {
      const span = of(row);
      if (!span) return [];
      const { dimension, title } = row;
      const says = `${title} – ${label}: ${span.from}–${span.to}`;
      const [from, to] = [Math.max(0, span.from - pad), Math.min(100, span.to + pad)];
      return [{ dimension, lower: span.from, upper: span.to, from, to, y: y - high / 2, y2: y + high / 2, says }];
    });
  const values = (of: (row: ChartRow) => number | null, label: string) =>
    placed.flatMap(({ row, y }) => {
      const at = of(row);
      return at === null ? [] : [{ dimension: row.dimension, at, y, says: `${row.title} – ${label} ${at}` }];
    });
  const color = labels.pointOf === 'own' ? palette.own : palette.members;
  const middles = values(({ tick }) => tick, labels.tick);
  return {
    bottom: end + 24,
    layers: [
      ...axis.layers,
      ...lines(
        'rows',
        isWide ? [] : placed.slice(1).map(({ top: y }) => ({ from: sizes.margin, to: sizes.width - sizes.margin, y })),
        { color: palette.grid },
        PIXELS,
      ),
      ...lines(
        'tracks',
        placed.map(({ row, y }) => ({ dimension: row.dimension, from: 0, to: 100, y })),
        { color: palette.track },
        across,
      ),
      ...boxes(
        'half',
        spans(({ half }) => half, 24, labels.half),
        palette.half,
        across,
      ),
      // To the edge of what is rounded to its last score, so that a point there lies inside
      ...boxes(
        'zone',
        spans(({ zone }) => zone, 10, labels.zone, 0.5),
        palette.zone,
        across,
      ),
      ...boxes(
        'interval',
        spans(({ interval }) => interval, 8, labels.zone),
        palette.interval,
        across,
      ),
      ...ticks(
        'tick',
        middles.map((tick) => ({ ...tick, y: tick.y - 16, y2: tick.y + 16 })),
        { color: palette.text, width: 3 },
        across,
      ),
      ...points(
        'point',
        values(({ point }) => point, labels.point),
        { color, background: palette.background },
        across,
      ),
    ],
    texts: [
      ...axis.texts,
      ...placed.flatMap(({ texts }) => texts),
      ...placed.flatMap(({ row, y }) => [
        ...clamped(labels.point, row.point, { y: y - 21, size: 14, color, isBold: true }, sizes.track),
        ...clamped(labels.tick, row.tick, { y: y + 30, size: 13, color: palette.text }, sizes.track),
      ]),
    ],
  };
}

interface PlacedRow {
  row: ChartRow;
  top: number;
  /** Middle of the marks. */
  y: number;
  texts: TextMark[];
}

function placeRows(rows: ChartRow[], canvas: Canvas): PlacedRow[] {
  const placed: PlacedRow[] = [];
  let top = canvas.top;
  for (const row of rows) {
    const { height, ...place } = canvas.isWide ? wideRow(row, top, canvas) : narrowRow(row, top, canvas);
    placed.push({ row, top, ...place });
    top += height;
  }
  return placed;
}

/** Name, track and phrase beside each other. */
function wideRow(row: ChartRow, top: number, { sizes, palette }: Canvas) {
  const { width, margin, track, phrase: size } = sizes;
  const color = palette.text;
  const after = track[1] + 28;
  const name = textLines(row.title, track[0] - margin - 12, 16, true);
  const phrase = textLines(row.phrase, width - margin - after, size, row.isTold);
  const height = Math.max(76, 20 * Math.max(name.length, phrase.length) + 16);
  const y = top + height / 2 - 2;
  const centred = (all: string[], style: Omit<TextMark, 'text' | 'y'>) =>
    all.map((text, index): TextMark => ({ ...style, text, y: y + 6 + (index - (all.length - 1) / 2) * 20 }));
  return {
    height,
    y,
    texts: [
      ...centred(name, { x: margin, size: 16, color, isBold: true }),
      ...centred(phrase, { x: after, size, color, isBold: row.isTold }),
    ],
  };
}

/** Name and phrase on one line above the track where they fit, else below each other. */
function narrowRow(row: ChartRow, top: number, { sizes, palette }: Canvas) {
  const { width, margin, phrase: size } = sizes;
  const color = palette.text;
  const inner = width - 2 * margin;
  const isOneLine = textWidth(row.title, 16, true) + textWidth(row.phrase, size, row.isTold) + 10 <= inner;
  const right = { x: width - margin, size, color, isBold: row.isTold, align: 'right' as const };
  const name = textLines(row.title, inner, 16, true);
  const phrase = isOneLine ? [row.phrase] : textLines(row.phrase, inner, size, row.isTold);
  const shift = (name.length - 1 + (isOneLine ? 0 : phrase.length)) * 20;
  return {
    height: 94 + shift,
    y: top + 60 + shift,
    texts: [
      ...name.map(
        (text, index): TextMark => ({ text, x: margin, y: top + 20 + index * 20, size: 16, color, isBold: true }),
      ),
      ...phrase
        .filter(Boolean)
        .map((text, index): TextMark => ({ ...right, text, y: top + 20 + (isOneLine ? 0 : name.length + index) * 20 })),
    ],
  };
}

/** "Sie 55" centred on its mark, but never beyond the track. */
function clamped(
  label: string,
  value: number | null,
  style: Omit<TextMark, 'text' | 'x' | 'align'>,
  [from, to]: readonly [number, number],
): TextMark[] {
  if (value === null) return [];
  const text = `${label} ${value}`;
  const half = textWidth(text, style.size, style.isBold) / 2;
  const x = Math.min(to - half, Math.max(from + half, from + (value / 100) * (to - from)));
  return [{ ...style, text, x, align: 'center' }];
}
