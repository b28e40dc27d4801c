import type { Config } from 'vega-lite';

/** `wide` puts words beside the rows, `narrow` (a phone) above them. */
export type Layout = 'wide' | 'narrow';
export type Theme = 'light' | 'dark';

/** Where a picture stands: by itself (`whole`), on a page that says its title and notes, or in a paper of the house (`board`). */
export type Setting = 'whole' | 'page' | 'board';

/** How a picture is asked for. */
export interface PictureWish {
  layout?: Layout;
  theme?: Theme;
  setting?: Setting;
  /** Where its figures are found, as people read it: the footer of a whole picture names it. */
  address?: string;
}

/** A filled shape and its edge. */
interface Fill {
  fill: string;
  stroke: string;
}

/**
 * Colours of the pictures. Marks differ by lightness and shape, so that a picture reads the same in grey, in print and to the
 * colour-blind. Text keeps a contrast of 4.5, the edge or area of a mark one of 3 to what lies behind it.
 */
export interface Palette {
  background: string;
  text: string;
  quiet: string;
  track: string;
  grid: string;
  /** The middle half of a group. */
  half: Fill;
  /** Scores at which no difference to the middle can be told. */
  zone: Fill;
  /** The uncertainty of the members' distance from the field. */
  interval: Fill;
  /** Where a group's middle lies. */
  range: Fill;
  own: string;
  members: string;
}

export const PALETTES: Record<Theme, Palette> = {
  light: {
    background: '#ffffff',
    text: '#16202b',
    quiet: '#4b5866',
    track: '#8a95a1',
    grid: '#e3e7eb',
    half: { fill: '#e4eaf0', stroke: '#6f8196' },
    zone: { fill: '#5d7189', stroke: '#6f8196' },
    interval: { fill: '#9fc4c1', stroke: '#0b5f5a' },
    range: { fill: '#b9c5d2', stroke: '#6f8196' },
    own: '#a33200',
    members: '#0b5f5a',
  },
  dark: {
    background: '#14181d',
    text: '#ffffff',
    quiet: '#b4bec8',
    track: '#76818d',
    grid: '#2a3139',
    half: { fill: '#28323d', stroke: '#8396aa' },
    zone: { fill: '#6e849c', stroke: '#8396aa' },
    interval: { fill: '#24514f', stroke: '#6fc7bf' },
    range: { fill: '#4a5866', stroke: '#8396aa' },
    own: '#ffb07f',
    members: '#6fc7bf',
  },
};

/** Widths that are the same on every machine: Arial, or a font with its measures. */
const FONT = 'Arial, "Liberation Sans", Helvetica, sans-serif';

/** Sizes of a layout, pixels. */
export interface Sizes {
  width: number;
  margin: number;
  /** Where the axis begins and ends. */
  track: [number, number];
  title: number;
  titleLine: number;
  key: number;
  phrase: number;
}

export const SIZES: Record<Layout, Sizes> = {
  wide: { width: 900, margin: 24, track: [152, 640], title: 24, titleLine: 30, key: 14, phrase: 16 },
  narrow: { width: 360, margin: 16, track: [25, 335], title: 20, titleLine: 25, key: 13, phrase: 15 },
};

/** The settings all pictures share. */
export function chartConfig(palette: Palette, { title, titleLine }: Sizes): Config {
  return {
    background: palette.background,
    font: FONT,
    view: { stroke: null },
    title: {
      color: palette.text,
      subtitleColor: palette.quiet,
      fontSize: title,
      lineHeight: titleLine,
      subtitleFontSize: 14,
      subtitleLineHeight: 19,
      subtitlePadding: 8,
      anchor: 'start',
      frame: 'group',
    },
  };
}
