import { findCode } from '#contracts/code-list';
import type { Instrument } from '#contracts/instrument';
import type { Lang } from '#contracts/text';
import type { OverviewGroup } from '#standing/overview';
import { type Canvas, type ChartBody, framed } from './chart-frame.ts';
import type { Palette, PictureWish } from './chart-style.ts';
import type { FiguresTable } from './figures-table.ts';
import { groupLabel } from './group-label.ts';
import { boxes, type Layer, lines, PIXELS, points, rings, type TextMark, ticks } from './marks.ts';
import { caveatSentence, marksSentence, type ReleaseFacts, sourceLine } from './release-words.ts';
import { dimensionTitle, longDate, upperFirst, wholeNumber } from './standing-words.ts';
import { textLines, textWidth } from './text-lines.ts';
import type { View } from './view.ts';

export interface OverviewInput {
  instrument: Instrument;
  unitType: string | undefined;
  groups: OverviewGroup[];
  release: ReleaseFacts;
  /** The one dimension of a narrow picture. */
  dimension: string;
  lang: Lang;
}

/** Every published group with its middle in each dimension, one below the other; narrow: in one dimension. No ranking. */
export function overviewView(input: OverviewInput & PictureWish): View {
  const { instrument, unitType, groups, release, lang, address, layout = 'wide' } = input;
  const text = WORDS[lang];
  const all = groupLabel(instrument, { unitType, where: {} }, lang);
  const dimensions = layout === 'wide' ? instrument.dimensions.map(({ id }) => id) : [input.dimension];
  const name = dimensionTitle(instrument, input.dimension, lang);
  const title = layout === 'wide' ? text.title : text.titleOf(name);
  const isSmall = groups.some(({ middles }) => Object.values(middles).some(({ interval }) => interval === null));
  const footnotes = [
    [text.order, text.moved, caveatSentence(instrument, { unitType }, lang)].join(' '),
    sourceLine(instrument, { cutoffOn: release.cutoffOn, isInvented: release.marks.isInvented }, { address }, lang),
  ];
  const told = groups.map(
    ({ cell, middles }) =>
      `${text.sentence(groupLabel(instrument, cell.group, lang), wholeNumber(cell.participations, lang))} ${dimensions
        .map((id) => `${dimensionTitle(instrument, id, lang)} ${middles[id]!.median}`)
        .join(', ')}.`,
  );
  const alternative = [title, ...told, footnotes[0]].join(' ');
  const words = {
    lang,
    title,
    subtitle: text.subtitle(upperFirst(all), longDate(release.cutoffOn, lang)),
    key: [
      { mark: 'middle' as const, text: text.known },
      ...(isSmall ? [{ mark: 'ring' as const, text: text.small }] : []),
      { mark: 'reference' as const, text: text.reference(all) },
    ],
    below: '',
    footnotes,
    description: alternative,
  };
  return { spec: framed(words, input, (canvas) => drawn(input, dimensions, canvas)), title, alternative };
}

/** The same as a table: a row for each group and dimension, the overall score last. */
export function overviewTable({ instrument, groups, release, lang }: OverviewInput): FiguresTable {
  const note = [WORDS[lang].order, WORDS[lang].moved, marksSentence(release.marks, lang)].filter(Boolean).join(' ');
  const rows = groups.flatMap(({ cell, middles }) =>
    Object.entries(middles).map(([dimension, { median, interval }]) => ({
      group: cell.group.key,
      label: groupLabel(instrument, cell.group, lang),
      participations: cell.participations,
      dimension,
      median,
      lower: interval?.lower ?? '',
      upper: interval?.upper ?? '',
      cutoff_on: release.cutoffOn,
      note,
    })),
  );
  return { columns: Object.keys(rows[0] ?? { group: '' }), rows };
}

/** A group by what it is narrowed by last, since it stands below the others: "50 bis 249". */
export function shortLabel(instrument: Instrument, { cell, depth }: OverviewGroup, lang: Lang): string {
  const codes = instrument.profile.flatMap(({ id, ...list }) => {
    const code = findCode(list, cell.group.where[id] ?? '');
    return code ? [code.label[lang]] : [];
  });
  if (codes.length === 0) return `${WORDS[lang].all} ${groupLabel(instrument, cell.group, lang)}`;
  return depth > 0 && codes.length > 1 ? codes.at(-1)! : codes.join(', ');
}

/** Where things stand, pixels: labels, the right edge of n, and the tracks. */
const WIDE = { label: 24, n: 296, tracks: [316, 876], gap: 28, row: 30, head: 34 };
const NARROW = { row: 52, head: 30 };

function drawn(input: OverviewInput, dimensions: string[], canvas: Canvas): ChartBody {
  const { instrument, groups, lang } = input;
  const { sizes, palette, isWide, top } = canvas;
  const color = palette.text;
  const width = isWide
    ? (WIDE.tracks[1]! - WIDE.tracks[0]! - WIDE.gap * (dimensions.length - 1)) / dimensions.length
    : sizes.track[1] - sizes.track[0];
  const tracks = dimensions.map((dimension, index): { dimension: string; track: [number, number] } => {
    const from = isWide ? WIDE.tracks[0]! + index * (width + WIDE.gap) : sizes.track[0];
    return { dimension, track: [from, from + width] };
  });
  const texts: TextMark[] = [];
  let y = top;
  if (isWide) {
    y += 20;
    for (const { dimension, track } of tracks)
      texts.push({ text: dimensionTitle(instrument, dimension, lang), x: track[0], y, size: 16, color, isBold: true });
  }
  let attribute: string | null = null;
  const rows = groups.map((group) => {
    if (group.attribute !== attribute) {
      attribute = group.attribute;
      const section = instrument.profile.find(({ id }) => id === attribute)!.title[lang];
      y += isWide ? WIDE.head : NARROW.head;
      texts.push({ text: section, x: sizes.margin, y, size: 14, color: palette.quiet, isBold: true });
    }
    const { labels, at, bottom } = isWide ? wideRow(group, y) : narrowRow(group, y);
    texts.push(...labels);
    y = bottom;
    return { group, at };
  });

  function wideRow(group: OverviewGroup, from: number) {
    const x = WIDE.label + 14 * group.depth;
    const label = textLines(shortLabel(instrument, group, lang), WIDE.n - 62 - x, 14, group.attribute === null);
    const height = Math.max(WIDE.row, 17 * label.length + 12);
    const at = from + height / 2 + 6;
    const n = wholeNumber(group.cell.participations, lang);
    return {
      at,
      bottom: from + height,
      labels: [
        ...label.map(
          (line, index): TextMark => ({
            text: line,
            x,
            y: at + 5 + (index - (label.length - 1) / 2) * 17,
            size: 14,
            color,
            isBold: group.attribute === null,
          }),
        ),
        { text: WORDS[lang].n(n), x: WIDE.n, y: at + 5, size: 12, color: palette.quiet, align: 'right' as const },
      ],
    };
  }

  function narrowRow(group: OverviewGroup, from: number) {
    const x = sizes.margin + 10 * group.depth;
    const n = WORDS[lang].n(wholeNumber(group.cell.participations, lang));
    const label = textLines(shortLabel(instrument, group, lang), sizes.width - sizes.margin - 96 - x, 15);
    const last = from + 18 * label.length + 4;
    const after = x + textWidth(label.at(-1)!, 15) + 10;
    return {
      at: last + 18,
      bottom: last + NARROW.row - 18,
      labels: [
        ...label.map((line, index): TextMark => ({ text: line, x, y: from + 18 * (index + 1) + 4, size: 15, color })),
        { text: n, x: after, y: last, size: 12, color: palette.quiet },
        {
          text: `${group.middles[dimensions[0]!]!.median}`,
          x: sizes.width - sizes.margin,
          y: last,
          size: 16,
          color,
          isBold: true,
          align: 'right' as const,
        },
      ],
    };
  }

  const end = y + 14;
  const layers = tracks.flatMap((track) => marksOf(input, rows, track, palette));
  for (const { track } of tracks)
    for (const value of isWide ? [0, 50, 100] : [0, 25, 50, 75, 100])
      texts.push({
        text: `${value}`,
        x: track[0] + (value / 100) * (track[1] - track[0]),
        y: end + 8,
        size: 13,
        color: palette.quiet,
        align: 'center',
      });
  return { bottom: end + 16, layers, texts };
}

/** What is drawn of one dimension, in all rows. */
function marksOf(
  { instrument, lang }: OverviewInput,
  rows: readonly { group: OverviewGroup; at: number }[],
  { dimension, track }: { dimension: string; track: readonly [number, number] },
  palette: Palette,
): Layer[] {
  // Several axes beside each other: places are pixels, and the figures stand beside them in the data.
  const px = (points: number) => track[0] + (points / 100) * (track[1] - track[0]);
  const of = rows.map(({ group, at: y }) => {
    const { median, interval } = group.middles[dimension]!;
    const label = `${groupLabel(instrument, group.cell.group, lang)} – ${dimensionTitle(instrument, dimension, lang)}`;
    const says = `${label}: ${median}${interval ? ` (${interval.lower}–${interval.upper})` : ''}`;
    return { group: group.cell.group.key, dimension, median, at: px(median), interval, y, says };
  });
  const exact = of.flatMap(({ interval, ...row }) => (interval ? [{ ...row, ...interval }] : []));
  const small = of.flatMap(({ interval, ...row }) => (interval ? [] : [row]));
  const middle = rows.find(({ group }) => group.attribute === null)?.group.middles[dimension]?.median;
  const ring = { color: palette.text, background: palette.background };
  return [
    ...lines(
      `tracks ${dimension}`,
      of.map(({ y }) => ({ from: track[0], to: track[1], y })),
      { color: palette.grid },
      PIXELS,
    ),
    ...ticks(
      `reference ${dimension}`,
      middle === undefined ? [] : of.map(({ y }) => ({ at: px(middle), y: y - 12, y2: y + 12 })),
      { color: palette.own, width: 2 },
      PIXELS,
    ),
    ...boxes(
      `range ${dimension}`,
      exact.map(({ at: _, y, ...row }) => ({ ...row, from: px(row.lower), to: px(row.upper), y: y - 3, y2: y + 3 })),
      palette.range,
      PIXELS,
    ),
    ...points(`middle ${dimension}`, exact, { ...ring, radius: 6 }, PIXELS),
    ...rings(`small ${dimension}`, small, ring, PIXELS),
  ];
}

const WORDS = {
  de: {
    title: 'Alle veröffentlichten Gruppen im Überblick',
    titleOf: (dimension: string) => `${dimension}: alle Gruppen im Überblick`,
    subtitle: (all: string, cutoff: string) => `Punkte von 0 bis 100. ${all}, Stichtag ${cutoff}.`,
    known: 'Mitte der Gruppe, so genau sie bekannt ist',
    small: 'kleine Gruppe: nur Anhaltspunkt',
    reference: (all: string) => `Mitte aller ${all}`,
    all: 'Alle',
    n: (n: string) => `rund ${n}`,
    order: 'Reihenfolge wie im Check, keine Rangliste.',
    moved: 'Die Werte sind zum Schutz zufällig verschoben.',
    sentence: (group: string, n: string) => `${group} (rund ${n}):`,
  },
  en: {
    title: 'All published groups at a glance',
    titleOf: (dimension: string) => `${dimension}: all groups at a glance`,
    subtitle: (all: string, cutoff: string) => `Points from 0 to 100. ${all}, cut-off date ${cutoff}.`,
    known: 'middle of the group, as exactly as it is known',
    small: 'small group: an indication only',
    reference: (all: string) => `middle of all ${all}`,
    all: 'All',
    n: (n: string) => `around ${n}`,
    order: 'In the order of the check, not a ranking.',
    moved: 'Figures are moved at random, for protection.',
    sentence: (group: string, n: string) => `${group} (around ${n}):`,
  },
};
