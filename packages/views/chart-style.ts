import type { Config } from 'vega-lite';

/** `wide` puts words beside the lines, `narrow` (320 px) puts them above. */
export type Layout = 'wide' | 'narrow';
export type Theme = 'light' | 'dark';

/**
 * Colours of the pictures. Bands differ by lightness alone and the own mark also by shape, so that the pictures read
 * the same in grey, in print and to the colour-blind. Text keeps a contrast of at least 4.5 to the background.
 */
export interface Palette {
  background: string;
  text: string;
  quietText: string;
  line: string;
  grid: string;
  median: string;
  own: string;
  /** Bands beyond the middle half, from the outermost inwards: first and last tone. */
  outer: [Rgb, Rgb];
  /** The middle half and the bands within it. */
  inner: [Rgb, Rgb];
}
type Rgb = [number, number, number];

export const PALETTES: Record<Theme, Palette> = {
  light: {
    background: '#ffffff',
    text: '#16202b',
    quietText: '#4b5866',
    line: '#8a95a1',
    grid: '#e3e7eb',
    median: '#16202b',
    own: '#a33200',
    outer: [
      [222, 230, 238],
      [201, 213, 225],
    ],
    inner: [
      [157, 178, 199],
      [134, 158, 183],
    ],
  },
  dark: {
    background: '#14181d',
    text: '#eceff2',
    quietText: '#b4bec8',
    line: '#76818d',
    grid: '#2a3139',
    median: '#ffffff',
    own: '#ffb07f',
    outer: [
      [38, 49, 61],
      [52, 67, 83],
    ],
    inner: [
      [79, 103, 128],
      [95, 121, 148],
    ],
  },
};

/** The tone of the band at `index` of `count`, from the outermost inwards. */
export function bandTone([from, to]: [Rgb, Rgb], index: number, count: number): string {
  const part = count < 2 ? 0 : index / (count - 1);
  const channels = from.map((start, channel) => Math.round(start + (to[channel]! - start) * part));
  return `#${channels.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}

/** Font sizes, pixels. */
export const SIZES = { title: 16, heading: 14, text: 12, small: 11 };

const FONT = 'system-ui, "Segoe UI", Roboto, "Liberation Sans", Arial, sans-serif';

/** The settings all pictures share. */
export function chartConfig(palette: Palette): Config {
  return {
    background: palette.background,
    font: FONT,
    view: { stroke: null },
    text: { color: palette.text, fontSize: SIZES.text },
    title: {
      color: palette.text,
      subtitleColor: palette.quietText,
      fontSize: SIZES.title,
      subtitleFontSize: SIZES.text,
      fontWeight: 'bold',
      anchor: 'start',
      frame: 'group',
      lineHeight: 20,
      subtitleLineHeight: 16,
      subtitlePadding: 6,
    },
    axis: {
      labelColor: palette.quietText,
      labelFontSize: SIZES.small,
      titleColor: palette.quietText,
      titleFontSize: SIZES.small,
      titleFontWeight: 'normal',
      gridColor: palette.grid,
      domainColor: palette.line,
      tickColor: palette.line,
    },
  };
}
