import { changeOf, isPublished } from '#contracts/released-cell';
import {
  cellColumns,
  cellValues,
  dimensionColumn,
  RELEASED,
  STAND_IN,
  STATUS_COLUMNS,
  SUPPRESSED,
  toComposition,
} from './cell-columns.ts';
import { type DatasetInput, publicChanges } from './release.ts';
import type { Column, Table } from './table.ts';

const DIRECTIONS = ['rose', 'same', 'fell'] as const;

/** Matched change: the published cuts, one row for each, with the shares that rose, stayed and fell beside them. */
export function change(input: DatasetInput): Table {
  const { manifest, instrument } = input;
  const dimension = dimensionColumn(instrument);
  return {
    name: 'change',
    title: 'Matched change of the scores',
    description: `For each group and dimension, by how many points matched organisations moved: from their first submission in the ${instrument.windowMonths} months up to the cut-off to their last, at least six months later. Only organisations with both are counted, so numbers of organisations are smaller than those of the group. Each dimension of a suppressed group has one row, at the median, without a value.`,
    columns: [
      ...cellColumns(instrument),
      dimension,
      {
        name: 'p',
        title: 'Percentile',
        description: 'About so many percent of the matched organisations changed by at most the value.',
        type: 'number',
        isRequired: true,
        unit: 'percent',
        minimum: 0,
        maximum: 100,
      },
      {
        name: 'value',
        title: 'Change',
        description: `Last less first score, drawn near the percentile, on multiples of ${instrument.scoreStep} (method.md); empty where suppressed.`,
        type: 'integer',
        isRequired: false,
        unit: 'points',
        minimum: -100,
        maximum: 100,
      },
      ...STATUS_COLUMNS,
      ...DIRECTIONS.map(
        (direction): Column => ({
          name: direction,
          title: `Share whose score ${WORDS[direction]}`,
          description: `Share of the matched organisations whose score ${WORDS[direction]}, the same in every row of a dimension. Empty below ${manifest.policy.itemsFromN} matched organisations. Each of the three is moved at random by itself: they need not add up to 100.`,
          type: 'integer',
          isRequired: false,
          unit: 'percent',
          minimum: 0,
          maximum: 100,
        }),
      ),
    ],
    rows: publicChanges(input).flatMap((shown) => {
      const start = cellValues(manifest, instrument, shown);
      return dimension.categories.flatMap(({ value: id }) => {
        if (!isPublished(shown)) return [[...start, id, STAND_IN, null, ...SUPPRESSED, null, null, null]];
        const { cuts, shares } = changeOf(shown, id);
        const directions = DIRECTIONS.map((direction) => shares?.[direction] ?? null);
        return cuts.map((cut) => [...start, id, cut.permille / 10, cut.value, ...RELEASED, ...directions]);
      });
    }),
    primaryKey: ['release', 'peer_group', 'dimension', 'p'],
    foreignKeys: toComposition,
    hasParquet: true,
  };
}

const WORDS = { rose: 'rose', same: 'stayed the same', fell: 'fell' } as const;
