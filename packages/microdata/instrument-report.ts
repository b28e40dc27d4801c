import type { Instrument } from '#contracts/instrument';
import { holmAdjusted, type ItemFairness, itemFairness } from '#statistics/item-fairness';
import { correlation, cronbachAlpha } from '#statistics/reliability';
import type { Participations } from './participations.ts';
import { DONT_KNOW } from './submission-table.ts';

/** Exact and never part of a release: for the operator's methodologist. */
export interface InstrumentReport {
  participations: number;
  incomplete: number;
  scales: { dimension: string; alpha: number | null; n: number }[];
  items: {
    item: string;
    /** Levels 0 to 4, does not apply, don't know or unanswered. */
    counts: number[];
    /** With the mean of the other items of its dimension. */
    itemRest: number | null;
  }[];
  /** Items that a group finds harder or easier than its standing elsewhere lets expect; the strongest first. */
  unfair: (ItemFairness & { item: string; attribute: string; code: string; adjusted: number })[];
  comparisons: number;
}

const HIGH_FROM = 2;
const ALARM = 0.05;

/**
 * @param attributes profile attributes whose codes are compared, each with all other organisations
 */
export function instrumentReport(
  instrument: Instrument,
  participations: Participations,
  attributes: readonly string[],
): InstrumentReport {
  const { size, answers, codes, leftOut } = participations;
  const width = instrument.items.length;
  const levelOf = (row: number, item: number) => {
    const answer = answers[row * width + item]!;
    return answer < 5 ? answer : null;
  };
  const rows = Array.from({ length: size }, (_, row) => row);
  const restOf = (row: number, item: number, among: readonly number[]) => {
    const levels = among.flatMap((other) => (other === item ? [] : (levelOf(row, other) ?? [])));
    return levels.length === 0 ? null : levels.reduce((sum, level) => sum + level, 0) / levels.length;
  };
  const everything = instrument.items.map((_, item) => item);
  const placesOf = (dimension: string) => everything.filter((item) => instrument.items[item]!.dimension === dimension);

  const compared = attributes.flatMap((attribute) => {
    const at = instrument.profile.findIndex(({ id }) => id === attribute);
    return instrument.profile[at]!.codes.flatMap(({ id: code }, place) =>
      everything.flatMap((item) => {
        const cases = rows.flatMap((row) => {
          const [level, rest] = [levelOf(row, item), restOf(row, item, everything)];
          const isOfGroup = codes[row * instrument.profile.length + at] === place;
          return level === null || rest === null ? [] : [{ isHigh: level >= HIGH_FROM, rest, isOfGroup }];
        });
        const found = itemFairness(cases);
        return found ? [{ ...found, item: instrument.items[item]!.id, attribute, code }] : [];
      }),
    );
  });
  const adjusted = holmAdjusted(compared.map(({ p }) => p));
  return {
    participations: size,
    incomplete: leftOut.reduce((sum, { incomplete }) => sum + incomplete.length, 0),
    scales: instrument.dimensions.map(({ id }) => {
      const own = placesOf(id);
      const whole = rows.flatMap((row) => {
        const levels = own.flatMap((item) => levelOf(row, item) ?? []);
        return levels.length === own.length ? [levels] : [];
      });
      return { dimension: id, alpha: cronbachAlpha(whole), n: whole.length };
    }),
    items: instrument.items.map(({ id, dimension }, item) => {
      const counts = new Array<number>(DONT_KNOW + 1).fill(0);
      for (const row of rows) counts[answers[row * width + item]!]! += 1;
      const pairs = rows.flatMap((row): [number, number][] => {
        const [level, rest] = [levelOf(row, item), restOf(row, item, placesOf(dimension))];
        return level === null || rest === null ? [] : [[level, rest]];
      });
      return { item: id, counts, itemRest: correlation(pairs) };
    }),
    unfair: compared
      .map((one, place) => ({ ...one, adjusted: adjusted[place]! }))
      .filter((one) => one.adjusted < ALARM && one.size !== 'negligible')
      .toSorted((a, b) => b.effect - a.effect),
    comparisons: compared.length,
  };
}
