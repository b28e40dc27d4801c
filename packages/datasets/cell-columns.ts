import { levelOf } from '#contracts/code-list';
import type { Instrument, ProfileAttribute } from '#contracts/instrument';
import type { Cell, Change, Manifest, Share } from '#contracts/release';
import { OVERALL } from '#contracts/scored-ids';
import { groupAttributes } from './release.ts';
import type { Column, Table, Value } from './table.ts';

/** SDMX's code for "total", used where a group is not narrowed by an attribute. */
export const TOTAL = '_T';

/** SDMX CL_OBS_STATUS and CL_CONF_STATUS: a released value, and a suppressed one. The reason is never told apart further. */
export const RELEASED: Value[] = ['A', 'F'];
export const SUPPRESSED: Value[] = ['Q', 'C'];

export const STATUS_COLUMNS: Column[] = [
  {
    name: 'OBS_STATUS',
    title: 'Observation status',
    description: 'SDMX CL_OBS_STATUS. The value is empty exactly where this is Q.',
    type: 'string',
    isRequired: true,
    categories: [
      { value: 'A', label: 'Normal value' },
      { value: 'Q', label: 'Missing value; suppressed' },
    ],
  },
  {
    name: 'CONF_STATUS',
    title: 'Confidentiality status',
    description:
      'SDMX CL_CONF_STATUS. C: too few participations, or too close to another group; the two are never told apart.',
    type: 'string',
    isRequired: true,
    categories: [
      { value: 'F', label: 'Free' },
      { value: 'C', label: 'Confidential statistical information' },
    ],
  },
];

/** The column of a profile attribute. The prefix keeps attributes apart from the other columns, whatever their names. */
export const groupColumn = (attribute: string): string => `group_${attribute.replaceAll('-', '_')}`;

/** The column of its code's level. No attribute has a column of this name. */
const levelColumn = (attribute: string): string => `code_level_${attribute.replaceAll('-', '_')}`;

const hasLevels = ({ broaderCodes }: ProfileAttribute) => broaderCodes.length > 0;

/** The columns that say which cell a row is about; every table of figures begins with them. */
export function cellColumns(instrument: Instrument): Column[] {
  return [
    {
      name: 'release',
      title: 'Release',
      description: 'Id of the release these data belong to; cite it.',
      type: 'string',
      isRequired: true,
    },
    {
      name: 'instrument',
      title: 'Instrument',
      description: 'Id and version of what was asked; codebook.json holds it whole.',
      type: 'string',
      isRequired: true,
    },
    {
      name: 'peer_group',
      title: 'Peer group',
      description: 'Key of the group, as in the addresses of the service.',
      type: 'string',
      isRequired: true,
    },
    ...groupAttributes(instrument).flatMap((attribute): Column[] => [
      {
        name: groupColumn(attribute.id),
        title: attribute.title.en,
        description: `${attribute.question.en} ${TOTAL}: the group is not narrowed by this.`,
        type: 'string',
        isRequired: true,
        categories: [
          { value: TOTAL, label: 'Total' },
          ...[...attribute.codes, ...attribute.broaderCodes].map(({ id, label }) => ({ value: id, label: label.en })),
        ],
      },
      ...(hasLevels(attribute)
        ? [
            {
              name: levelColumn(attribute.id),
              title: `Level of the code of ${attribute.title.en}`,
              description: `0: a code that organisations answer with; 1: a broader code that gathers several of them, and so on. Empty where the code is ${TOTAL}.`,
              type: 'integer' as const,
              isRequired: false,
              unit: 'steps above an answered code',
              minimum: 0,
            },
          ]
        : []),
    ]),
    {
      name: 'cutoff_on',
      title: 'Cut-off date',
      description: 'The day up to which submissions count in this release; every figure of it is of this day.',
      type: 'date',
      isRequired: true,
    },
    {
      name: 'n_from',
      title: 'Participations, lower end of the band',
      description:
        'Organisations in the group, rounded down; the true number lies in n_band. Empty where the group is suppressed.',
      type: 'integer',
      isRequired: false,
      unit: 'organisations',
      minimum: 0,
    },
    {
      name: 'n_band',
      title: 'Participations, band',
      description: 'The band that holds the number of organisations, both ends included.',
      type: 'string',
      isRequired: false,
      unit: 'organisations',
    },
  ];
}

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
      return [code ?? TOTAL, ...(hasLevels(attribute) ? [level] : [])];
    }),
    manifest.cutoffOn,
    ...(cell.state === 'published'
      ? [cell.participations, bandFrom(cell.participations, manifest.policy)]
      : [null, null]),
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

/** A figure is found by its group: every table of figures refers to the table of groups. */
export const toComposition: Table['foreignKeys'] = [
  { fields: ['release', 'peer_group'], table: 'composition', references: ['release', 'peer_group'] },
];

/** The columns of a share: a number, or suppressed. */
export function shareColumns(description: string): Column[] {
  return [
    {
      name: 'value',
      title: 'Share',
      description: `${description} Moved at random: 0 does not mean nobody, 100 not everybody. Empty where suppressed.`,
      type: 'integer',
      isRequired: false,
      unit: 'percent',
      minimum: 0,
      maximum: 100,
    },
    ...STATUS_COLUMNS,
  ];
}

/** The values of `shareColumns`. */
export function shareValues(share: Share | undefined): Value[] {
  return share === undefined ? [null, ...SUPPRESSED] : [share, ...RELEASED];
}

/** Percent of the one row that stands for a dimension of a suppressed group. */
export const STAND_IN = 50;

/** Dimensions of the instrument and the overall score, as the tables of cuts name them. */
export function dimensionColumn(instrument: Instrument): Column & { categories: { value: string; label: string }[] } {
  return {
    name: 'dimension',
    title: 'Dimension',
    description: `Dimension of the instrument, or "${OVERALL}".`,
    type: 'string',
    isRequired: true,
    categories: [
      ...instrument.dimensions.map(({ id, title }) => ({ value: id, label: title.en })),
      { value: OVERALL, label: 'Overall: mean of all dimensions' },
    ],
  };
}
