import type { TopLevelSpec } from 'vega-lite';
import type { Lang } from '#contracts/text';
import { chartConfig, PALETTES, type Palette, type PictureWish, SIZES, type Sizes } from './chart-style.ts';
import { boxes, type Layer, PIXELS, points, rings, type TextMark, texts, ticks } from './marks.ts';
import { textLines, textWidth } from './text-lines.ts';
import { VEGA_LITE_SCHEMA } from './view.ts';

/** What stands around the marks of any picture. */
export interface ChartWords {
  lang: Lang;
  /** A finding only where every drawn range allows it. */
  title: string;
  subtitle: string;
  key: KeyEntry[];
  /** One line below the axis; empty for none. */
  below: string;
  /** Each a paragraph. */
  footnotes: string[];
  /** For those who do not see the picture. */
  description: string;
}

/** A mark of the key, drawn as in the picture, and what it is. */
export interface KeyEntry {
  mark: 'own' | 'members' | 'interval' | 'half' | 'zone' | 'tick' | 'middle' | 'ring' | 'reference';
  text: string;
}

/** The marks of a picture: how high they are, drawn from `top` down, in pixels. */
export interface ChartBody {
  bottom: number;
  layers: Layer[];
  texts: TextMark[];
}

/** What a body is drawn with. */
export interface Canvas {
  sizes: Sizes;
  palette: Palette;
  isWide: boolean;
  /** Where the body begins, below the key. */
  top: number;
}

/**
 * The one frame of all pictures: title and subtitle, key, marks, a line and notes below. On a page or a paper that
 * gives these itself, only key and marks. All places are computed here, in pixels, so that a picture is the same wherever it is drawn.
 */
export function framed(words: ChartWords, wish: PictureWish, draw: (canvas: Canvas) => ChartBody): TopLevelSpec {
  const { layout = 'wide', theme = 'light', setting = 'whole' } = wish;
  const palette = PALETTES[theme];
  const sizes = SIZES[layout];
  const { width, margin, title, titleLine } = sizes;
  const isWhole = setting === 'whole';
  const inner = width - 2 * margin;
  const titleLines = textLines(words.title, inner, title, true);
  const subtitleLines = textLines(words.subtitle, inner, 14);
  const key = keyMarks(words.key, sizes, palette);
  const body = draw({ sizes, palette, isWide: layout === 'wide', top: key.bottom });
  const foot = isWhole ? footTexts(words, sizes, palette, body.bottom) : { marks: [], bottom: body.bottom };
  const head = isWhole ? { text: titleLines, subtitle: subtitleLines, dx: margin, offset: 10 } : undefined;
  const height = foot.bottom;
  return {
    $schema: VEGA_LITE_SCHEMA,
    description: words.description,
    ...(head ? { title: head } : {}),
    width,
    height,
    autosize: { type: 'none' },
    padding: {
      left: 0,
      right: 0,
      top: isWhole ? 32 + titleLines.length * titleLine + subtitleLines.length * 19 : 0,
      bottom: 0,
    },
    config: chartConfig(palette, sizes),
    encoding: { y: { type: 'quantitative', scale: { domain: [0, height], reverse: true, nice: false }, axis: null } },
    layer: [...key.layers, ...body.layers, ...texts([...key.texts, ...body.texts, ...foot.marks], palette)],
  };
}

/** The points' axis: hairlines behind the marks at every quarter, and their numbers below. */
export function quarters(sizes: Sizes, palette: Palette, from: number, to: number) {
  const at = (value: number) => sizes.track[0] + (value / 100) * (sizes.track[1] - sizes.track[0]);
  const values = [0, 25, 50, 75, 100];
  return {
    layers: ticks(
      'grid',
      values.map((value) => ({ at: at(value), y: from, y2: to })),
      { color: palette.grid, width: 1 },
      PIXELS,
    ),
    texts: values.map(
      (value): TextMark => ({
        text: `${value}`,
        x: at(value),
        y: to + 16,
        size: 13,
        color: palette.quiet,
        align: 'center',
      }),
    ),
  };
}

const KEY_LINE = 24;
/** From the left edge to the words of each mark. */
const KEY_WIDTHS = {
  ...{ own: 24, members: 24, interval: 56, half: 30, zone: 30, tick: 12 },
  ...{ middle: 50, ring: 20, reference: 12 },
};

function keyMarks(entries: KeyEntry[], { width, margin, key: size }: Sizes, palette: Palette) {
  const placed: (KeyEntry & { x: number; y: number })[] = [];
  let [x, y] = [margin, 14];
  for (const entry of entries) {
    const wide = KEY_WIDTHS[entry.mark] + textWidth(entry.text, size);
    if (x > margin && x + wide > width - margin) [x, y] = [margin, y + KEY_LINE];
    placed.push({ ...entry, x, y });
    x += wide + 20;
  }
  const of = (...marks: KeyEntry['mark'][]) => placed.filter(({ mark }) => marks.includes(mark));
  const box = (length: number, half: number) => (entry: { x: number; y: number }) => ({
    from: entry.x,
    to: entry.x + length,
    y: entry.y - half,
    y2: entry.y + half,
  });
  const ring = { background: palette.background };
  return {
    bottom: entries.length === 0 ? 0 : y + 20,
    layers: [
      ...boxes('key half', of('half').map(box(24, 7)), palette.half, PIXELS),
      ...boxes('key zone', of('zone').map(box(24, 5)), palette.zone, PIXELS),
      ...boxes('key range', of('middle').map(box(40, 3)), palette.range, PIXELS),
      ...ticks(
        'key reference',
        of('reference').map(({ x, y }) => ({ at: x + 3, y: y - 10, y2: y + 10 })),
        { color: palette.own, width: 2 },
        PIXELS,
      ),
      ...points(
        'key middle',
        of('middle').map(({ x, y }) => ({ at: x + 20, y })),
        { color: palette.text, ...ring, radius: 6 },
        PIXELS,
      ),
      ...rings(
        'key ring',
        of('ring').map(({ x, y }) => ({ at: x + 7, y })),
        { color: palette.text, ...ring },
        PIXELS,
      ),
      ...boxes('key interval', of('interval').map(box(46, 4)), palette.interval, PIXELS),
      ...ticks(
        'key ticks',
        of('zone', 'tick').map((entry) => ({
          at: entry.x + (entry.mark === 'zone' ? 12 : 3),
          y: entry.y - 10,
          y2: entry.y + 10,
        })),
        { color: palette.text, width: 3 },
        PIXELS,
      ),
      ...points(
        'key own',
        of('own').map((entry) => ({ at: entry.x + 9, y: entry.y })),
        { color: palette.own, ...ring },
        PIXELS,
      ),
      ...points(
        'key members',
        of('members', 'interval').map(({ mark, x, y }) => ({ at: x + (mark === 'interval' ? 23 : 9), y })),
        { color: palette.members, ...ring },
        PIXELS,
      ),
    ],
    texts: placed.map(
      (entry): TextMark => ({
        text: entry.text,
        x: entry.x + KEY_WIDTHS[entry.mark],
        y: entry.y + 5,
        size,
        color: palette.quiet,
      }),
    ),
  };
}

/** The line below the axis, then the notes. */
function footTexts({ below, footnotes }: ChartWords, { width, margin }: Sizes, palette: Palette, top: number) {
  const inner = width - 2 * margin;
  const marks: TextMark[] = [];
  let y = top;
  const add = (paragraph: string, style: { size: number; color: string }, line: number, gap: number) => {
    if (paragraph === '') return;
    y += gap;
    for (const text of textLines(paragraph, inner, style.size)) {
      y += line;
      marks.push({ text, x: margin, y, ...style });
    }
  };
  add(below, { size: 15, color: palette.text }, 20, 4);
  for (const [index, note] of footnotes.entries())
    add(note, { size: 12, color: palette.quiet }, 16, index === 0 ? 10 : 0);
  return { marks, bottom: y + 20 };
}
