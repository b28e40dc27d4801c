import type { Frame } from '#contracts/instrument';
import { type Representativeness, representativeness } from '#standing/representativeness';
import { cellColumns, cellValues, dimensionCategories, PERCENT, text, whole } from './columns.ts';
import { type DatasetInput, publicCells } from './dataset-input.ts';
import type { Column, Table } from './table.ts';

/** Participants beside the field, and medians standardised to it; none where the instrument brings no frame. */
export function frameTables(input: DatasetInput): Table[] {
  const { frame } = input.instrument;
  if (!frame) return [];
  const cells = publicCells(input);
  const seen = representativeness(input.instrument, frame, new Map(cells.map((cell) => [cell.group.key, cell])));
  return [participants(input, frame, seen), standardised(input, frame, seen)];
}

/** Which release and frame a row is of. */
const RELEASE_COLUMNS = ['release', 'instrument', 'cutoff_on', 'is_invented'];

function columnsFor({ instrument }: DatasetInput, frame: Frame): Column[] {
  return [
    ...cellColumns(instrument).filter(({ name }) => RELEASE_COLUMNS.includes(name)),
    text('frame', 'Frame', `${frame.title.en}, as of ${frame.asOf}. ${frame.limits.en}`),
  ];
}

function valuesFor(input: DatasetInput, frame: Frame) {
  const [cell] = publicCells(input);
  const names = cellColumns(input.instrument).map(({ name }) => name);
  const values = cellValues(input.manifest, input.instrument, cell!);
  return [...values.filter((_, place) => RELEASE_COLUMNS.includes(names[place]!)), frame.id];
}

function participants(input: DatasetInput, frame: Frame, seen: Representativeness | null): Table {
  const unseen = (title: string, description: string, range: Pick<Column, 'unit' | 'minimum' | 'maximum'>) =>
    [title, `${description} Empty where some of its groups are not published.`, range] as const;
  return {
    name: 'representativeness',
    title: 'Participants beside the field',
    description:
      'For each part of the field that the frame knows, its share of the field and of the participations. Participants chose to take part: this says who took part, not whether they stand for the rest.',
    columns: [
      ...columnsFor(input, frame),
      text(
        'part',
        'Part of the field',
        `Codes of ${frame.attribute}, joined by "+" where the frame counts them together.`,
      ),
      whole('field_count', 'Units in the field', 'As the frame counts them.', { unit: 'units', minimum: 0 }),
      whole('field_share', 'Share of the field', 'Of all units that the frame counts.', PERCENT),
      whole(
        'participant_share',
        ...unseen('Share of participations', 'Of all participations, from the middles of bands.', PERCENT),
      ),
      whole(
        'coverage',
        ...unseen('Participations for each 1,000 units', 'From the middles of bands.', {
          unit: 'participations',
          minimum: 0,
        }),
      ),
      text('reading', 'Compared with the field', 'Of participant_share divided by field_share, before rounding.', [
        { value: 'under', label: 'Under-represented: less than 0.8' },
        { value: 'about-even', label: 'About as in the field: 0.8 to 1.25' },
        { value: 'over', label: 'Over-represented: more than 1.25' },
        { value: 'unknown', label: 'Not determinable' },
      ]),
    ],
    rows: (seen?.parts ?? []).map(({ codes, fieldShare, participantShare, coverage, reading }, place) => [
      ...valuesFor(input, frame),
      codes.join('+'),
      frame.parts[place]!.count,
      fieldShare,
      participantShare,
      coverage,
      reading,
    ]),
    primaryKey: ['release', 'frame', 'part'],
    hasParquet: false,
  };
}

function standardised(input: DatasetInput, frame: Frame, seen: Representativeness | null): Table {
  const points = { unit: 'points from 0 to 100', minimum: 0, maximum: 100 };
  const given = seen?.standardised;
  return {
    name: 'standardised',
    title: 'Medians standardised to the field',
    description:
      'The released median of everybody and a second estimate, from published percentiles alone, with fields weighed as they occur in the frame. No rows where some part with weight is not published. It does not even out who takes part within a field.',
    columns: [
      ...columnsFor(input, frame),
      text('dimension', 'Dimension', 'Dimension of the instrument, or overall.', dimensionCategories(input.instrument)),
      whole('released', 'Released median', 'As in percentiles.', points),
      whole(
        'standardised',
        'Standardised median (estimate)',
        'Empty where the published percentiles do not reach far enough.',
        points,
      ),
      text('level', 'Level', 'What the weights are of.', [
        { value: 'finest', label: 'Single codes' },
        { value: 'broader', label: 'Broader codes' },
      ]),
      whole('covers', 'Share of the field with weight', 'The rest cannot be assigned.', PERCENT),
    ],
    rows: (given?.medians ?? []).map(({ dimension, released, standardised: value }) => [
      ...valuesFor(input, frame),
      dimension,
      released,
      value,
      given!.level,
      given!.covers,
    ]),
    primaryKey: ['release', 'frame', 'dimension'],
    hasParquet: false,
  };
}
