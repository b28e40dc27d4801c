import { mayShowItems } from '#contracts/group';
import { isPublished, itemOf } from '#contracts/released-cell';
import { cellColumns, cellValues, shareColumns, shareValues, toComposition } from './cell-columns.ts';
import { type DatasetInput, publicCells } from './release.ts';
import type { Table, Value } from './table.ts';

const MEASURES = [
  { value: 'at-least-1', label: 'Level 1 or above' },
  { value: 'at-least-2', label: 'Level 2 or above' },
  { value: 'at-least-3', label: 'Level 3 or above' },
  { value: 'at-least-4', label: 'Level 4' },
  { value: 'not-applicable', label: 'Does not apply' },
  { value: 'dont-know', label: 'Don’t know, or not answered' },
];

/** Shares at each level of each item: six rows for an item of each group that may show items, suppressed or not. */
export function items(input: DatasetInput): Table {
  const { manifest, instrument } = input;
  const rows: Value[][] = [];
  for (const cell of publicCells(input).filter(({ group }) => mayShowItems(group))) {
    const start = cellValues(manifest, instrument, cell);
    for (const { id, dimension } of instrument.items) {
      const figures = isPublished(cell) ? itemOf(cell, id) : null;
      const shares = figures ? [...figures.atLeast, figures.notApplicable, figures.dontKnow] : [];
      MEASURES.forEach(({ value: measure }, place) => {
        rows.push([...start, dimension, id, measure, ...shareValues(shares[place])]);
      });
    }
  }
  return {
    name: 'items',
    title: 'Items: shares at each level',
    description: `For each group that is narrowed by one attribute at most, and each item, the share of all participations at a level or above; "does not apply" and "don’t know" count as below and have rows of their own. Below ${manifest.policy.itemsFromN} participations the rows are there without a value.`,
    columns: [
      ...cellColumns(instrument),
      {
        name: 'dimension',
        title: 'Dimension',
        description: 'The dimension that the item counts towards.',
        type: 'string',
        isRequired: true,
        categories: instrument.dimensions.map(({ id, title }) => ({ value: id, label: title.en })),
      },
      {
        name: 'item',
        title: 'Item',
        description: 'The question asked; its five anchors are in the codebook.',
        type: 'string',
        isRequired: true,
        categories: instrument.items.map(({ id, title }) => ({ value: id, label: title.en })),
      },
      {
        name: 'measure',
        title: 'Measure',
        description: 'Which answers the share counts.',
        type: 'string',
        isRequired: true,
        categories: MEASURES,
      },
      ...shareColumns('Share of all participations of the group, whole per cents of the middle of n_band.'),
    ],
    rows,
    primaryKey: ['release', 'peer_group', 'item', 'measure'],
    foreignKeys: toComposition,
    hasParquet: true,
  };
}
