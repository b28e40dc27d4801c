import type { Coefficient } from '#contracts/release';
import { cellColumns, cellValues, RELEASED, STATUS_COLUMNS, toComposition, WITHHELD } from './cell-columns.ts';
import { type DatasetInput, publicCells } from './release.ts';
import type { Column, Table, Value } from './table.ts';

/** McDonald's omega of each dimension of each group; empty where withheld or n does not allow it. */
export function reliability(input: DatasetInput): Table {
  const { manifest, instrument } = input;
  return {
    name: 'reliability',
    title: 'Reliability of the dimensions',
    description: `McDonald’s omega of a one-factor model (MINRES, covariances of the items), for each group and dimension, of the participations that answered every item of it with a level. In groups of ${manifest.policy.coefficientsFromN} participations or more.`,
    columns: [
      ...cellColumns(instrument),
      dimensionColumn(input, 'dimension', 'Dimension', 'The dimension whose items are looked at.'),
      valueColumn(
        'Omega',
        'Rounded to 0.1; withheld where it would read 1, or where no one-factor model fits.',
        'share of variance',
        0,
      ),
      ...STATUS_COLUMNS,
    ],
    rows: publicCells(input).flatMap((cell) =>
      instrument.dimensions.map(({ id }) => [
        ...cellValues(manifest, instrument, cell),
        id,
        ...coefficientValues(cell.state === 'published' ? cell.reliability?.[id] : undefined),
      ]),
    ),
    primaryKey: ['release', 'peer_group', 'dimension'],
    foreignKeys: toComposition,
    hasParquet: true,
  };
}

/** Spearman's correlation of each pair of dimensions of each group; empty where withheld or n does not allow it. */
export function correlations(input: DatasetInput): Table {
  const { manifest, instrument } = input;
  const pairs = instrument.dimensions.flatMap(({ id: first }, place) =>
    instrument.dimensions.slice(place + 1).map(({ id: second }) => ({ first, second })),
  );
  return {
    name: 'correlations',
    title: 'Correlations between the dimensions',
    description: `Spearman’s rank correlation (tied scores at their mean rank) of each pair of dimensions, for each group of ${manifest.policy.coefficientsFromN} participations or more.`,
    columns: [
      ...cellColumns(instrument),
      dimensionColumn(input, 'first_dimension', 'First dimension', 'One of the pair.'),
      dimensionColumn(input, 'second_dimension', 'Second dimension', 'The other of the pair.'),
      valueColumn(
        'Spearman’s rho',
        'Rounded to 0.1; withheld where it would read 1 or -1.',
        'coefficient from -1 to 1',
        -1,
      ),
      ...STATUS_COLUMNS,
    ],
    rows: publicCells(input).flatMap((cell) =>
      pairs.map(({ first, second }) => [
        ...cellValues(manifest, instrument, cell),
        first,
        second,
        ...coefficientValues(
          cell.state === 'published'
            ? cell.correlations?.find((pair) => pair.first === first && pair.second === second)?.figure
            : undefined,
        ),
      ]),
    ),
    primaryKey: ['release', 'peer_group', 'first_dimension', 'second_dimension'],
    foreignKeys: toComposition,
    hasParquet: true,
  };
}

function coefficientValues(figure: Coefficient | undefined): Value[] {
  return figure?.state === 'published' ? [figure.value, ...RELEASED] : [null, ...WITHHELD];
}

function dimensionColumn({ instrument }: DatasetInput, name: string, title: string, description: string): Column {
  return {
    name,
    title,
    description,
    type: 'string',
    isRequired: true,
    categories: instrument.dimensions.map(({ id, title }) => ({ value: id, label: title.en })),
  };
}

function valueColumn(title: string, description: string, unit: string, minimum: number): Column {
  return { name: 'value', title, description, type: 'number', isRequired: false, unit, minimum, maximum: 1 };
}
