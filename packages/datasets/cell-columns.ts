import type { Instrument } from '#contracts/instrument';
import type { Cell, Change, Manifest, Share } from '#contracts/release';
import { groupAttributes } from './release.ts';
import type { Column, Table, Value } from './table.ts';

/** SDMX's code for "total", used where a group is not narrowed by an attribute. */
export const TOTAL = '_T';

/** SDMX CL_OBS_STATUS and CL_CONF_STATUS: a released value, and one withheld. The reason is never told apart further. */
export const RELEASED: Value[] = ['A', 'F'];
export const WITHHELD: Value[] = ['Q', 'C'];

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
      'SDMX CL_CONF_STATUS. C: too few participations, or withheld to protect others; the two are never told apart.',
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
    ...groupAttributes(instrument).map(
      (attribute): Column => ({
        name: groupColumn(attribute.id),
        title: attribute.title.en,
        description: `${attribute.question.en} ${TOTAL}: the group is not narrowed by this.`,
        type: 'string',
        isRequired: true,
        categories: [
          { value: TOTAL, label: 'Total' },
          ...attribute.codes.map(({ id, label }) => ({ value: id, label: label.en })),
        ],
      }),
    ),
    {
      name: 'as_of',
      title: 'As of',
      description:
        'Cut-off date that the figures describe; empty where the group is withheld. Compare equal dates only.',
      type: 'date',
      isRequired: false,
    },
    {
      name: 'is_carried_forward',
      title: 'Carried forward',
      description: 'Whether the figures were first published by an earlier release and are repeated unchanged.',
      type: 'boolean',
      isRequired: false,
    },
    {
      name: 'n_from',
      title: 'Participations, lower end of the band',
      description: 'Organisations in the group, rounded down; the true number lies in n_band.',
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
  const step = manifest.policy.participationsRoundedTo;
  return [
    manifest.releaseId,
    manifest.instrument,
    group.key,
    ...groupAttributes(instrument).map(
      ({ id }) => (id === instrument.panelAttribute ? group.panel : group.where[id]) ?? TOTAL,
    ),
    ...(cell.state === 'published'
      ? [
          cell.asOf,
          cell.isCarriedForward,
          cell.participations,
          `${cell.participations} to ${cell.participations + step - 1}`,
        ]
      : [null, null, null, null]),
  ];
}

/** A figure is found by its group: every table of figures refers to the table of groups. */
export const toComposition: Table['foreignKeys'] = [
  { fields: ['release', 'peer_group'], table: 'composition', references: ['release', 'peer_group'] },
];

/** The columns of a share that is a number, a word, or withheld. */
export const SHARE_COLUMNS: Column[] = [
  {
    name: 'value',
    title: 'Share',
    description: 'Share of all participations of the group, rounded to the step of the policy; empty where withheld.',
    type: 'integer',
    isRequired: false,
    unit: 'percent',
    minimum: 0,
    maximum: 100,
  },
  {
    name: 'word',
    title: 'Word in place of the share',
    description: 'Given instead of a number where only a few organisations are on one side.',
    type: 'string',
    isRequired: false,
    categories: [
      { value: 'almost-none', label: 'Almost none' },
      { value: 'almost-all', label: 'Almost all' },
    ],
  },
  ...STATUS_COLUMNS,
];

/** The values of `SHARE_COLUMNS`. */
export function shareValues(share: Share | null | undefined): Value[] {
  if (typeof share === 'number') return [share, null, ...RELEASED];
  return [null, share ?? null, ...WITHHELD];
}
