import { broaderAt } from '#contracts/code-list';
import { type Group, groupKey } from '#contracts/group';
import type { Frame, Instrument } from '#contracts/instrument';
import type { Cell, PublishedCell } from '#contracts/release';
import { cutsOf, isPublished, medianOf } from '#contracts/released-cell';
import { scoredIds } from '#contracts/scored-ids';
import { type MixturePart, mixtureQuantile } from '#statistics/standardised-quantiles';

/** `about-even`: the share among participants is 0.8 to 1.25 times that of the field. */
export type PartReading = 'under' | 'about-even' | 'over' | 'unknown';

export interface FramePartSeen {
  codes: string[];
  title: { de: string; en: string };
  /** Of the field, whole per cents. */
  fieldShare: number;
  /** Of all participations, whole per cents; null where some of its groups are not published. */
  participantShare: number | null;
  /** Participations for each 1,000 of the field; null likewise. */
  coverage: number | null;
  reading: PartReading;
}

export interface Standardised {
  /** Over single codes, or over the broader ones that gather them. */
  level: 'finest' | 'broader';
  /** Share of the field that the weights stand for, whole per cents; the rest cannot be assigned. */
  covers: number;
  /** By dimension, overall last: the released median, and the one standardised to the frame, points; null: not determinable. */
  medians: { dimension: string; released: number; standardised: number | null }[];
}

/** Participants held against what is known of the field. */
export interface Representativeness {
  frame: Frame;
  parts: FramePartSeen[];
  /** Null where no level of the frame has every part with weight published: not determinable. */
  standardised: Standardised | null;
}

const EVEN = { from: 0.8, to: 1.25 };
/** Shown numbers are rounded down to fives; their middle is two more. */
const BAND_MIDDLE = 2;

/** Keys of the cells that `representativeness` reads. */
export function frameCellsNeeded(instrument: Instrument, frame: Frame): string[] {
  const attribute = instrument.profile.find(({ id }) => id === frame.attribute)!;
  return [
    keyOf(instrument, frame),
    ...[...attribute.codes, ...attribute.broaderCodes].map(({ id }) => keyOf(instrument, frame, id)),
  ];
}

/**
 * Who took part beside the field, and medians of everybody standardised to the field's composition (direct standardisation,
 * `mixtureQuantile`), from released cells alone. Neither makes participants a sample: who chose to take part may differ
 * within each part too.
 *
 * @param cells those of `frameCellsNeeded`, by key
 * @returns null where the group of everybody is not published
 */
export function representativeness(
  instrument: Instrument,
  frame: Frame,
  cells: ReadonlyMap<string, Cell | undefined>,
): Representativeness | null {
  const read = (code?: string): PublishedCell | null => {
    const cell = cells.get(keyOf(instrument, frame, code));
    return isPublished(cell) ? cell : null;
  };
  const everybody = read();
  if (!everybody) return null;
  const total = frame.parts.reduce((sum, { count }) => sum + count, 0);
  const middle = (cell: PublishedCell) => cell.participations + BAND_MIDDLE;
  const parts = frame.parts.map(({ codes, title, count }): FramePartSeen => {
    const own = codes.map(read);
    const took = own.every((cell) => cell !== null) ? own.reduce((sum, cell) => sum + middle(cell!), 0) : null;
    const share = took === null ? null : took / middle(everybody);
    return {
      codes,
      title,
      fieldShare: Math.round((100 * count) / total),
      participantShare: share === null ? null : Math.min(100, Math.round(100 * share)),
      coverage: took === null || count === 0 ? null : Math.round((1000 * took) / count),
      reading: share === null ? 'unknown' : readingOf(share / (count / total)),
    };
  });
  return { frame, parts, standardised: standardisedOf(instrument, frame, { read, everybody, middle, total }) };
}

function readingOf(ratio: number): PartReading {
  if (ratio < EVEN.from) return 'under';
  return ratio > EVEN.to ? 'over' : 'about-even';
}

interface Read {
  read: (code?: string) => PublishedCell | null;
  everybody: PublishedCell;
  middle: (cell: PublishedCell) => number;
  total: number;
}

/** A cell and how much of the field it stands for. */
type Weighed = { cell: PublishedCell | null; weight: number };

function standardisedOf(instrument: Instrument, frame: Frame, given: Read): Standardised | null {
  const { everybody, total } = given;
  for (const [level, weighed] of [
    ['finest', finest(frame, given)],
    ['broader', broader(instrument, frame, given)],
  ] as const) {
    if (weighed.length === 0 || !weighed.every(({ cell }) => cell && cutsOf(cell, 'overall').length > 1)) continue;
    const mixture = (dimension: string): MixturePart[] =>
      weighed.map(({ cell, weight }) => ({ weight, cuts: cutsOf(cell!, dimension) }));
    return {
      level,
      covers: Math.round((100 * weighed.reduce((sum, { weight }) => sum + weight, 0)) / total),
      medians: scoredIds(instrument).map((dimension) => {
        const value = mixtureQuantile(mixture(dimension), 500);
        return {
          dimension,
          released: medianOf(everybody, dimension),
          standardised: value === null ? null : Math.floor(value + 0.5),
        };
      }),
    };
  }
  return null;
}

/** By single codes. Codes that the frame counts together are weighed among themselves as they took part. */
function finest(frame: Frame, { read, middle }: Read): Weighed[] {
  return frame.parts.flatMap(({ codes, count }) => {
    const own = codes.map((code) => read(code));
    const took = own.reduce((sum, cell) => sum + (cell ? middle(cell) : 0), 0);
    return own.map((cell) => ({ cell, weight: cell ? (count * middle(cell)) / took : count }));
  });
}

/** By broader codes. Parts whose codes lie under several, or under none, cannot be assigned and have no weight. */
function broader(instrument: Instrument, frame: Frame, { read }: Read): Weighed[] {
  const attribute = instrument.profile.find(({ id }) => id === frame.attribute)!;
  const weights = new Map<string, number>();
  for (const { codes, count } of frame.parts) {
    const above = new Set(codes.map((code) => broaderAt(attribute, code, 1)));
    const [one] = above;
    if (above.size === 1 && one !== undefined) weights.set(one, (weights.get(one) ?? 0) + count);
  }
  return [...weights].map(([code, weight]) => ({ cell: read(code), weight }));
}

function keyOf({ unitTypeAttribute }: Instrument, { unitType, attribute }: Frame, code?: string): string {
  const group: Group = {
    ...(unitType === undefined ? {} : { unitType }),
    where: code === undefined ? {} : { [attribute]: code },
  };
  return groupKey(group, unitTypeAttribute);
}
