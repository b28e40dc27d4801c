import { levelOf } from '#contracts/code-list';
import type { Instrument } from '#contracts/instrument';
import type { Cell, Change, Manifest } from '#contracts/release';
import { OVERALL } from '#contracts/scored-ids';
import type { LocalText } from '#contracts/text';
import { groupAttributes } from './dataset-input.ts';
import type { Column, Value } from './table.ts';

/** SDMX's code for "total", used where a group is not narrowed by an attribute. */
export const TOTAL = '_T';

/** SDMX CL_OBS_STATUS and CL_CONF_STATUS: a released value, and a suppressed one. There is only one public reason. */
export const RELEASED: Value[] = ['A', 'F'];
export const SUPPRESSED: Value[] = ['Q', 'C'];

/** A column of texts without gaps, closed where `categories` are given. */
export const text = (name: string, title: string, description: string, categories?: Column['categories']): Column => ({
  name,
  title,
  description,
  type: 'string',
  isRequired: true,
  ...(categories ? { categories } : {}),
});

/** A column of whole numbers with gaps. */
export const whole = (
  name: string,
  title: string,
  description: string,
  range: Pick<Column, 'unit' | 'minimum' | 'maximum'>,
): Column => ({ name, title, description, type: 'integer', isRequired: false, ...range });

export const PERCENT = { unit: 'percent', minimum: 0, maximum: 100 };

/** The ids and English titles of a list. */
export const categoriesOf = (entries: readonly { id: string; title: LocalText }[]) =>
  entries.map(({ id, title }) => ({ value: id, label: title.en }));

export const STATUS_COLUMNS = [
  text(
    'OBS_STATUS',
    'Observation status',
    'SDMX CL_OBS_STATUS. The value is empty exactly where this is Q: whoever keeps the rows with A keeps every published figure and nothing else.',
    [
      { value: 'A', label: 'Normal value; published' },
      { value: 'Q', label: 'Missing value; suppressed' },
    ],
  ),
  text(
    'CONF_STATUS',
    'Confidentiality status',
    'SDMX CL_CONF_STATUS. C: too few participations, or too close to another group; the two are never told apart.',
    [
      { value: 'F', label: 'Free' },
      { value: 'C', label: 'Confidential statistical information' },
    ],
  ),
];

/** The column of a profile attribute. The prefix keeps attributes apart from the other columns, whatever their names. */
export const groupColumn = (attribute: string): string => `group_${attribute.replaceAll('-', '_')}`;

/** The column of its code's level. No attribute has a column of this name. */
const levelColumn = (attribute: string): string => `code_level_${attribute.replaceAll('-', '_')}`;

/** The columns that say which cell a row is about; every table of figures begins with them. */
export function cellColumns(instrument: Instrument): Column[] {
  return [
    text('release', 'Release', 'Id of the release these data belong to; cite it.'),
    text('instrument', 'Instrument', 'Id and version of what was asked; codebook.json holds it whole.'),
    text('peer_group', 'Peer group', 'Key of the group, as in the addresses of the service.'),
    ...groupAttributes(instrument).flatMap(({ id, title, question, codes, broaderCodes }): Column[] => [
      text(groupColumn(id), title.en, `${question.en} ${TOTAL}: the group is not narrowed by this.`, [
        { value: TOTAL, label: 'Total' },
        ...[...codes, ...broaderCodes].map((code) => ({ value: code.id, label: code.label.en })),
      ]),
      ...(broaderCodes.length === 0
        ? []
        : [
            whole(
              levelColumn(id),
              `Level of the code of ${title.en}`,
              `0: a code that organisations answer with; 1: a broader code that gathers several of them, and so on. Empty where the code is ${TOTAL}.`,
              { unit: 'steps above an answered code', minimum: 0 },
            ),
          ]),
    ]),
    {
      ...text(
        'cutoff_on',
        'Cut-off date',
        'The day up to which submissions count in this release; every figure of it is of this day.',
      ),
      type: 'date',
    },
    whole(
      'n_from',
      'Participations, lower end of the band',
      'Organisations in the group, rounded down; the true number lies in n_band. Empty where the group is suppressed.',
      { unit: 'organisations', minimum: 0 },
    ),
    band('n_band', 'Participations, band', 'The band that holds the number of organisations, both ends included.'),
    {
      ...text('is_invented', 'Made up', 'TRUE where no real organisation answered: a release for demonstration.'),
      type: 'boolean',
    },
  ];
}

/** The column of a band's name, empty where suppressed. */
export const band = (name: string, title: string, description: string): Column => ({
  ...text(name, title, description),
  isRequired: false,
  unit: 'organisations',
});

/** The values of `cellColumns` for a cell. */
export function cellValues(manifest: Manifest, instrument: Instrument, cell: Cell | Change): Value[] {
  const { group } = cell;
  return [
    manifest.releaseId,
    manifest.instrument,
    group.key,
    ...groupAttributes(instrument).flatMap((attribute) => {
      const code = attribute.id === instrument.unitTypeAttribute ? group.unitType : group.where[attribute.id];
      const level = code === undefined ? null : levelOf(attribute, code);
      return [code ?? TOTAL, ...(attribute.broaderCodes.length > 0 ? [level] : [])];
    }),
    manifest.cutoffOn,
    ...(cell.state === 'published'
      ? [cell.participations, bandFrom(cell.participations, manifest.policy)]
      : [null, null]),
    manifest.marks.isInvented,
  ];
}

/**
 * The band of a number that was rounded down.
 *
 * @example bandFrom(45, POLICY) // => '45 to 49'
 */
export function bandFrom(from: number, { participationsRoundedTo }: Manifest['policy']): string {
  return `${from} to ${from + participationsRoundedTo - 1}`;
}

/** The middle of the same band, which shares are per cents of. */
export function bandMiddle(from: number, { participationsRoundedTo }: Manifest['policy']): number {
  return from + Math.floor(participationsRoundedTo / 2);
}

/** Dimensions of the instrument and the overall score, as the tables of cuts name them. */
export function dimensionCategories({ dimensions }: Instrument) {
  return [...categoriesOf(dimensions), { value: OVERALL, label: 'Overall: mean of all dimensions' }];
}
