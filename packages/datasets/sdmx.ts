import { OVERALL } from '#contracts/scored-ids';
import { TOTAL } from './columns.ts';
import { csvFile } from './csv.ts';
import { cumulativeTable } from './cumulative.ts';
import { type DatasetInput, groupAttributes, releaseTitle } from './dataset-input.ts';
import { type Column, type DatasetFile, jsonFile, type Value } from './table.ts';

const AGENCY = 'SEKTORSPIEGEL';
const VERSION = '1.0.0';
/** SDMX's code for "not applicable": a dimension that a figure does not have. */
const NOT_APPLICABLE = '_Z';

/** One component of the structure: where its values lie in the table of all figures, and its code list. */
interface Component {
  id: string;
  title: string;
  column: string;
  codes?: { id: string; name: string }[];
  /** Of the format of values without codes. */
  dataType?: 'String' | 'Integer' | 'Double';
}

/** sdmx.csv (SDMX-CSV 2.0): every figure as one observation of the structure in sdmx-structure.json. */
export function sdmxCsvFile(input: DatasetInput): DatasetFile {
  const table = cumulativeTable([input]);
  const { dimensions, attributes } = componentsOf(input);
  const place = new Map(table.columns.map(({ name }, index) => [name, index]));
  const read = (row: readonly Value[], { column }: Component) => row[place.get(column)!] ?? null;
  const column = (name: string): Column => ({ name, title: name, description: '', type: 'string', isRequired: false });
  const value: Component = { id: 'OBS_VALUE', title: 'Value', column: 'value' };
  const names = ['STRUCTURE', 'STRUCTURE_ID', 'ACTION', ...dimensions.map(({ id }) => id), 'TIME_PERIOD', 'OBS_VALUE'];
  return csvFile({
    ...table,
    name: 'sdmx',
    columns: [...names, ...attributes.map(({ id }) => id)].map(column),
    rows: table.rows.map((row) => [
      ...['datastructure', `${AGENCY}:${structureId(input)}(${VERSION})`, 'I'],
      ...dimensions.map((dimension) => read(row, dimension) ?? NOT_APPLICABLE),
      input.manifest.cutoffOn,
      ...[value, ...attributes].map((component) => read(row, component)),
    ]),
  });
}

/** sdmx-structure.json (SDMX-JSON 2.0.0 structure message): code lists, concepts and the data structure definition. */
export function sdmxStructureFile(input: DatasetInput): DatasetFile {
  const { dimensions, attributes } = componentsOf(input);
  const id = structureId(input);
  const artefact = (own: string, name: string) => ({
    id: own,
    version: VERSION,
    agencyID: AGENCY,
    name,
    names: { en: name },
  });
  const urn = (kind: string, own: string) => `urn:sdmx:org.sdmx.infomodel.${kind}=${AGENCY}:${own}`;
  const concept = (own: string) => urn('conceptscheme.Concept', `${id}_CONCEPTS(${VERSION}).${own}`);
  const representation = ({ id: own, codes, dataType = 'String' }: Component) =>
    codes ? { enumeration: urn('codelist.Codelist', `CL_${own}(${VERSION})`) } : { format: { dataType } };
  const described = (component: Component) => ({
    id: component.id,
    conceptIdentity: concept(component.id),
    localRepresentation: representation(component),
  });
  const concepts = [
    ...[...dimensions, ...attributes].map(({ id: own, title }) => ({ id: own, title })),
    { id: 'TIME_PERIOD', title: 'Cut-off date' },
    { id: 'OBS_VALUE', title: 'Value' },
  ];
  return jsonFile('sdmx-structure.json', {
    meta: {
      schema:
        'https://raw.githubusercontent.com/sdmx-twg/sdmx-json/master/structure-message/tools/schemas/2.0.0/sdmx-json-structure-schema.json',
      id: input.manifest.releaseId,
      test: input.manifest.marks.isInvented,
      prepared: `${input.facts.publishedOn}T00:00:00Z`,
      contentLanguages: ['en'],
      sender: { id: AGENCY, name: input.facts.publisher.name },
    },
    data: {
      codelists: [...dimensions, ...attributes].flatMap(({ id: own, title, codes }) =>
        codes
          ? [
              {
                ...artefact(`CL_${own}`, title),
                codes: codes.map(({ id: code, name }) => ({ id: code, name, names: { en: name } })),
              },
            ]
          : [],
      ),
      conceptSchemes: [
        {
          ...artefact(`${id}_CONCEPTS`, 'Concepts'),
          concepts: concepts.map(({ id: own, title }) => ({ id: own, name: title, names: { en: title } })),
        },
      ],
      dataStructures: [
        {
          ...artefact(id, releaseTitle(input, 'en')),
          dataStructureComponents: {
            dimensionList: {
              id: 'DimensionDescriptor',
              dimensions: dimensions.map((component, position) => ({ ...described(component), position })),
              timeDimension: {
                id: 'TIME_PERIOD',
                conceptIdentity: concept('TIME_PERIOD'),
                localRepresentation: { format: { dataType: 'ObservationalTimePeriod' } },
              },
            },
            measureList: {
              id: 'MeasureDescriptor',
              measures: [
                {
                  id: 'OBS_VALUE',
                  conceptIdentity: concept('OBS_VALUE'),
                  localRepresentation: { format: { dataType: 'Integer' } },
                },
              ],
            },
            attributeList: {
              id: 'AttributeDescriptor',
              attributes: attributes.map((component) => ({
                ...described(component),
                usage: STATUS.has(component.id) ? 'mandatory' : 'optional',
                attributeRelationship: { observation: {} },
              })),
            },
          },
        },
      ],
    },
  });
}

const STATUS = new Set(['OBS_STATUS', 'CONF_STATUS']);

/** "digitalcheck.1" as an id of SDMX, which knows no dots. */
const structureId = ({ manifest }: DatasetInput) => `FIGURES_${manifest.series.replaceAll('.', '_').toUpperCase()}`;

/** The structure's components, with the codes that occur in the release. */
function componentsOf(input: DatasetInput): { dimensions: Component[]; attributes: Component[] } {
  const { instrument } = input;
  const table = cumulativeTable([input]);
  const columnOf = (name: string) => table.columns.find((column) => column.name === name)!;
  const applicable = (codes: { id: string; name: string }[]) => [
    ...codes,
    { id: NOT_APPLICABLE, name: 'Not applicable' },
  ];
  const listed = (name: string) =>
    (columnOf(name).categories ?? []).map(({ value, label }) => ({ id: value, name: label }));
  const measures = [...new Set(table.rows.map((row) => `${row[table.columns.indexOf(columnOf('measure'))]}`))];
  const coded = (id: string, column: string, codes: { id: string; name: string }[]): Component => ({
    id,
    title: columnOf(column).title,
    column,
    codes,
  });
  const plain = (id: string, column: string, dataType: Component['dataType']): Component => ({
    id,
    title: columnOf(column).title,
    column,
    ...(dataType && { dataType }),
  });
  const titled = instrument.dimensions.map(({ id, title }) => ({ id, name: title.en }));
  return {
    dimensions: [
      ...groupAttributes(instrument).map(({ id, title, codes, broaderCodes }) => ({
        id: `GROUP_${id.replaceAll('-', '_').toUpperCase()}`,
        title: title.en,
        column: `group_${id.replaceAll('-', '_')}`,
        codes: [
          { id: TOTAL, name: 'Total' },
          ...[...codes, ...broaderCodes].map((code) => ({ id: code.id, name: code.label.en })),
        ],
      })),
      coded('FIGURE', 'table', listed('table')),
      coded('DIMENSION', 'dimension', applicable([...titled, { id: OVERALL, name: 'Overall' }])),
      coded('VARIABLE', 'variable', applicable(listed('variable'))),
      coded(
        'MEASURE',
        'measure',
        measures.map((id) => ({ id, name: id })),
      ),
    ],
    attributes: [
      coded('UNIT_MEASURE', 'unit', listed('unit')),
      plain('LOWER', 'lower', 'Integer'),
      plain('UPPER', 'upper', 'Integer'),
      plain('NOISE_SE', 'noise_se', 'Double'),
      plain('N_BAND', 'n_band', 'String'),
      coded('OBS_STATUS', 'OBS_STATUS', listed('OBS_STATUS')),
      coded('CONF_STATUS', 'CONF_STATUS', listed('CONF_STATUS')),
    ],
  };
}
