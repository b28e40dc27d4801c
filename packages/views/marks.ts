import type { TopLevelSpec } from 'vega-lite';
import type { Palette } from './chart-style.ts';

export type Layer = Extract<TopLevelSpec, { layer: unknown }>['layer'][number];

/** What a horizontal place means: pixels, or points on the track. */
export interface Across {
  type: 'quantitative';
  scale: null | { domain: number[]; range: number[]; nice: false; zero: false };
  axis: null;
}

export const PIXELS: Across = { type: 'quantitative', scale: null, axis: null };

/** Points 0 to 100 along the track. */
export const onTrack = (track: readonly number[]): Across => ({
  type: 'quantitative',
  scale: { domain: [0, 100], range: [...track], nice: false, zero: false },
  axis: null,
});

/** A datum with its place; `says`, if a whole layer has it, is shown on hover. */
type Placed = { y: number; says?: string } & Record<string, unknown>;

/** Boxes `from`..`to`, `y`..`y2`. */
export function boxes(
  name: string,
  values: (Placed & { from: number; to: number; y2: number })[],
  { fill, stroke }: { fill: string; stroke: string },
  across: Across,
): Layer[] {
  return layer(name, values, {
    mark: { type: 'rect', fill, stroke, strokeWidth: 1, aria: false },
    encoding: {
      x: { field: 'from', ...across },
      x2: { field: 'to' },
      y: { field: 'y' },
      y2: { field: 'y2' },
    },
  });
}

/** Lines across, `from`..`to` at `y`. */
export function lines(
  name: string,
  values: (Placed & { from: number; to: number })[],
  { color, width = 1 }: { color: string; width?: number },
  across: Across,
): Layer[] {
  return layer(name, values, {
    mark: { type: 'rule', color, strokeWidth: width, aria: false },
    encoding: { x: { field: 'from', ...across }, x2: { field: 'to' }, y: { field: 'y' } },
  });
}

/** Lines from point to point, one for each `run`, in pixels. */
export function courses(
  name: string,
  values: (Placed & { at: number; run: string })[],
  { color, width }: { color: string; width: number },
): Layer[] {
  return layer(name, values, {
    mark: { type: 'line', color, strokeWidth: width, aria: false },
    encoding: { x: { field: 'at', ...PIXELS }, y: { field: 'y' }, detail: { field: 'run', type: 'nominal' } },
  });
}

/** Upright lines at `at`, `y`..`y2`. */
export function ticks(
  name: string,
  values: (Placed & { at: number; y2: number })[],
  { color, width }: { color: string; width: number },
  across: Across,
): Layer[] {
  return layer(name, values, {
    mark: { type: 'rule', color, strokeWidth: width, aria: false },
    encoding: { x: { field: 'at', ...across }, y: { field: 'y' }, y2: { field: 'y2' } },
  });
}

/** Filled circles, with a ring of the background that parts them from what they lie on. */
export function points(
  name: string,
  values: (Placed & { at: number })[],
  { color, background, radius = 8 }: { color: string; background: string; radius?: number },
  across: Across,
): Layer[] {
  return layer(name, values, {
    mark: {
      type: 'point',
      shape: 'circle',
      size: radius ** 2 * Math.PI,
      fill: color,
      stroke: background,
      strokeWidth: 2,
      opacity: 1,
      aria: false,
    },
    encoding: { x: { field: 'at', ...across }, y: { field: 'y' } },
  });
}

/** Open circles of radius 5.5: what is known less exactly must not look more certain. */
export function rings(
  name: string,
  values: (Placed & { at: number })[],
  { color, background }: { color: string; background: string },
  across: Across,
): Layer[] {
  return layer(name, values, {
    mark: {
      type: 'point',
      shape: 'circle',
      size: 5.5 ** 2 * Math.PI,
      fill: background,
      stroke: color,
      strokeWidth: 2.5,
      opacity: 1,
      aria: false,
    },
    encoding: { x: { field: 'at', ...across }, y: { field: 'y' } },
  });
}

/** One line of text, in pixels; `y` is its baseline. */
export interface TextMark {
  text: string;
  x: number;
  y: number;
  size: number;
  color: string;
  isBold?: boolean;
  align?: 'left' | 'center' | 'right';
}

/** One layer for each kind of text, over a rim of the background, so that no line runs through a word. */
export function texts(marks: readonly TextMark[], { background }: Palette): Layer[] {
  const kinds = new Map<string, TextMark[]>();
  for (const mark of marks) {
    const kind = JSON.stringify([mark.size, mark.color, mark.isBold, mark.align]);
    kinds.set(kind, [...(kinds.get(kind) ?? []), mark]);
  }
  return [...kinds.values()].flatMap((alike, index) => {
    const { size, color, isBold = false, align = 'left' } = alike[0]!;
    const values = alike.map(({ text, x, y }) => ({ text, x, y }));
    const mark = { type: 'text' as const, align, baseline: 'alphabetic' as const, fontSize: size, aria: false };
    const weight = isBold ? { fontWeight: 'bold' as const } : {};
    const encoding = {
      x: { field: 'x', ...PIXELS },
      y: { field: 'y' },
      text: { field: 'text', type: 'nominal' as const },
    };
    const rim = { fill: background, stroke: background, strokeWidth: 4, strokeJoin: 'round' as const };
    return [
      ...layer(`rim ${index}`, values, { mark: { ...mark, ...weight, ...rim }, encoding }),
      ...layer(`text ${index}`, values, { mark: { ...mark, ...weight, fill: color }, encoding }),
    ];
  });
}

/** None where there is nothing to draw: an empty layer would be a mark without data. */
function layer(
  name: string,
  values: object[],
  { mark, encoding }: Pick<Extract<Layer, { mark: unknown }>, 'mark' | 'encoding'>,
): Layer[] {
  if (values.length === 0) return [];
  const told = 'says' in values[0]! ? { tooltip: { field: 'says', type: 'nominal' } } : {};
  return [{ data: { name, values }, mark, encoding: { ...encoding, ...told } } as Layer];
}
