import type { TopLevelSpec } from 'vega-lite';
import type { Across, Layer } from './marks.ts';
import { textWidth } from './text-lines.ts';

/** A mark of a picture as a program for slides knows it. Pixels of the picture, colours `#rrggbb`. */
export type Shape =
  | { kind: 'box'; name: string; x: number; y: number; width: number; height: number; fill: string; stroke: string }
  | { kind: 'line'; name: string; from: [number, number]; to: [number, number]; color: string; thick: number }
  | { kind: 'circle'; name: string; x: number; y: number; radius: number; fill: string; stroke: string }
  | {
      kind: 'text';
      text: string;
      /** Where it begins, is centred or ends, by `align`; `y` is its baseline. */
      x: number;
      y: number;
      width: number;
      size: number;
      color: string;
      isBold: boolean;
      align: 'left' | 'center' | 'right';
    };

/** What `marks.ts` writes into a layer, as it is read back here. */
interface Drawn {
  data: { name: string; values: Record<string, number | string>[] };
  mark: { type: string; fill?: string; stroke?: string; color?: string; strokeWidth?: number; size?: number } & {
    fontSize?: number;
    fontWeight?: string;
    align?: 'left' | 'center' | 'right';
  };
  encoding: { x: { field: string } & Pick<Across, 'scale'>; x2?: { field: string }; y2?: { field: string } };
}

/**
 * The marks of a picture of this service (`chart-frame.ts`) as shapes, back to front, so that they can be edited one by one
 * where a picture goes on: on a slide.
 *
 * @throws RangeError for a spec with a kind of mark that `marks.ts` does not draw
 */
export function shapesOf(spec: TopLevelSpec): { width: number; height: number; shapes: Shape[] } {
  const { width, height, layer } = spec as unknown as { width: number; height: number; layer: Layer[] };
  const shapes = layer.flatMap((one) => {
    const drawn = one as unknown as Drawn;
    // What is behind a word lies behind it on a slide too: the rim is for a picture alone.
    if (drawn.data.name.startsWith('rim ')) return [];
    return drawn.mark.type === 'line' ? courseOf(drawn) : drawn.data.values.map((datum) => shapeOf(drawn, datum));
  });
  return { width, height, shapes };
}

function shapeOf({ data: { name }, mark, encoding }: Drawn, datum: Record<string, number | string>): Shape {
  const x = placeOf(encoding.x, datum);
  const y = Number(datum.y);
  const to: [number, number] = [
    encoding.x2 ? placeOf({ ...encoding.x, ...encoding.x2 }, datum) : x,
    encoding.y2 ? Number(datum[encoding.y2.field]) : y,
  ];
  switch (mark.type) {
    case 'rect':
      return { kind: 'box', name, x, y, width: to[0] - x, height: to[1] - y, fill: mark.fill!, stroke: mark.stroke! };
    case 'rule':
      return { kind: 'line', name, from: [x, y], to, color: mark.color!, thick: mark.strokeWidth! };
    case 'point':
      return {
        kind: 'circle',
        name,
        x,
        y,
        radius: Math.sqrt(mark.size! / Math.PI),
        fill: mark.fill!,
        stroke: mark.stroke!,
      };
    case 'text': {
      const [text, size, isBold] = [String(datum.text), mark.fontSize!, mark.fontWeight === 'bold'];
      const width = textWidth(text, size, isBold);
      return { kind: 'text', text, x, y, width, size, color: mark.fill!, isBold, align: mark.align ?? 'left' };
    }
    default:
      throw new RangeError(`a picture has no mark "${mark.type}"`);
  }
}

/** A course from point to point, one for each run, as the lines that it is made of. */
function courseOf({ data: { name, values }, mark, encoding }: Drawn): Shape[] {
  return values.slice(1).flatMap((datum, index) => {
    const before = values[index]!;
    if (before.run !== datum.run) return [];
    const at = (one: Record<string, number | string>): [number, number] => [placeOf(encoding.x, one), Number(one.y)];
    return [
      { kind: 'line' as const, name, from: at(before), to: at(datum), color: mark.color!, thick: mark.strokeWidth! },
    ];
  });
}

function placeOf({ field, scale }: Drawn['encoding']['x'], datum: Record<string, number | string>): number {
  const value = Number(datum[field]);
  if (!scale) return value;
  const [from, to] = scale.domain as [number, number];
  const [first, last] = scale.range as [number, number];
  return first + ((value - from) / (to - from)) * (last - first);
}
