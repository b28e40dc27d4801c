import { type Palette, SIZES } from './chart-style.ts';

export type TextStyle = 'heading' | 'verdict' | 'text' | 'quiet' | 'small' | 'own' | 'median';

/** One line of text at a place of its own, in pixels from the plot's upper left corner; `y` is its middle. */
export interface TextMark {
  text: string;
  x: number;
  y: number;
  style: TextStyle;
  align: 'left' | 'center' | 'right';
}

/** One layer for each kind of text: style and alignment belong to the mark, words and places to the data. */
export function textLayers(texts: TextMark[], palette: Palette) {
  const kinds = new Map<string, TextMark[]>();
  for (const text of texts) {
    const kind = `${text.style} ${text.align}`;
    kinds.set(kind, [...(kinds.get(kind) ?? []), text]);
  }
  return [...kinds].map(([kind, marks]) => {
    const { style, align } = marks[0]!;
    return {
      data: { name: `text ${kind}`, values: marks.map(({ text, x, y }) => ({ text, px: x, y })) },
      mark: { type: 'text' as const, align, baseline: 'middle' as const, aria: false, ...textStyle(style, palette) },
      encoding: {
        x: { field: 'px', type: 'quantitative' as const, scale: null, axis: null },
        y: { field: 'y' },
        text: { field: 'text', type: 'nominal' as const },
      },
    };
  });
}

function textStyle(style: TextStyle, palette: Palette) {
  const bold = { fontWeight: 'bold' as const };
  return {
    heading: { fontSize: SIZES.heading, color: palette.text, ...bold },
    verdict: { fontSize: SIZES.text, color: palette.text, ...bold },
    text: { fontSize: SIZES.text, color: palette.text },
    quiet: { fontSize: SIZES.text, color: palette.quietText },
    small: { fontSize: SIZES.small, color: palette.quietText },
    own: { fontSize: SIZES.text, color: palette.own, ...bold },
    median: { fontSize: SIZES.small, color: palette.text },
  }[style];
}

/** A layer where there is something to draw: an empty one would be a mark without data. */
export function part<Row, Layer>(values: Row[], layer: (values: Row[]) => Layer): Layer[] {
  return values.length === 0 ? [] : [layer(values)];
}
