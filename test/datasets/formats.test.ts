import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { datasetFiles } from '#datasets/dataset-files';
import { aSmallRelease, FACTS, RELEASE_ID, textOf } from './a-release.ts';

const input = aSmallRelease();
const files = await datasetFiles(input);

interface Node {
  name: string;
  attributes: Record<string, string>;
  children: Node[];
}

/** A well-formed document's tree, or an error that says where it is not. */
function treeOf(xml: string): Node {
  const root: Node = { name: '', attributes: {}, children: [] };
  const open = [root];
  for (const [tag, end, name, rest, close] of xml.matchAll(
    /<(\/?)([\w:.-]+)((?:\s+[\w:.-]+="[^"<&]*(?:&[a-z#0-9]+;[^"<&]*)*")*)\s*(\/?)>/g,
  )) {
    if (end) {
      if (open.pop()!.name !== name) throw new Error(`${tag} closes another element`);
      continue;
    }
    const attributes = Object.fromEntries(
      [...rest!.matchAll(/([\w:.-]+)="([^"]*)"/g)].map(([, key, value]) => [key!, value!]),
    );
    const node: Node = { name: name!, attributes, children: [] };
    open.at(-1)!.children.push(node);
    if (!close) open.push(node);
  }
  if (open.length !== 1) throw new Error(`${open.at(-1)!.name} is not closed`);
  const markup = xml.replaceAll(/<[^<>]*>/g, '');
  if (/[<>]|&(?!(amp|lt|gt|quot);)/.test(markup)) throw new Error('unescaped text');
  return root.children[0]!;
}

/** The order of children in DDI Codebook 2.5, of the elements that a release uses. */
const DDI: Record<string, string[]> = {
  codeBook: ['docDscr', 'stdyDscr', 'fileDscr', 'dataDscr'],
  docDscr: ['citation'],
  stdyDscr: ['citation', 'stdyInfo', 'method', 'dataAccs'],
  citation: ['titlStmt', 'rspStmt', 'distStmt', 'verStmt', 'holdings'],
  titlStmt: ['titl', 'parTitl', 'IDNo'],
  rspStmt: ['AuthEnty'],
  distStmt: ['distrbtr', 'contact', 'distDate'],
  verStmt: ['version'],
  stdyInfo: ['subject', 'abstract', 'sumDscr'],
  subject: ['keyword'],
  sumDscr: ['timePrd', 'anlyUnit', 'universe', 'dataKind'],
  method: ['dataColl'],
  dataColl: ['timeMeth', 'sampProc', 'collMode'],
  dataAccs: ['useStmt'],
  useStmt: ['confDec', 'citReq', 'conditions'],
  fileDscr: ['fileTxt'],
  fileTxt: ['fileName', 'dataFingerprint', 'fileCont', 'dimensns', 'fileType'],
  dataFingerprint: ['digitalFingerprintValue', 'algorithmSpecification'],
  dimensns: ['caseQnty', 'varQnty'],
  dataDscr: ['var'],
  var: ['labl', 'valrng', 'txt', 'catgry', 'varFormat'],
  valrng: ['range'],
  catgry: ['catValu', 'labl'],
};

const all = (node: Node): Node[] => [node, ...node.children.flatMap(all)];

describe('ddi-codebook.xml', () => {
  const document = treeOf(textOf(files, 'ddi-codebook.xml'));

  test('is well-formed, its elements stand in the order of DDI Codebook 2.5, its ids are unique and referred to', () => {
    expect(document.attributes).toMatchObject({ xmlns: 'ddi:codebook:2_5', version: '2.5' });
    for (const { name, children } of all(document)) {
      const places = children.map((child) => (DDI[name] ?? []).indexOf(child.name));
      expect(places, `${name}: ${children.map((child) => child.name)}`).not.toContain(-1);
      expect(places, name).toEqual(places.toSorted((a, b) => a - b));
    }
    const ids = all(document).flatMap(({ attributes }) => attributes.ID ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[A-Za-z_][\w.-]*$/);
    for (const { attributes } of all(document).filter(({ name }) => name === 'var'))
      expect(ids).toContain(attributes.files);
  });

  test('describes every column of every table, with its labels', () => {
    const { resources } = JSON.parse(textOf(files, 'datapackage.json'));
    for (const { format, name, schema } of resources.filter((one: { format: string }) => one.format === 'csv')) {
      for (const field of schema.fields) {
        const variable = all(document).find(({ attributes }) => attributes.ID === `${name}.${field.name}`)!;
        expect(variable.children.filter((child) => child.name === 'catgry').length, format).toBe(
          field.categories?.length ?? 0,
        );
      }
    }
  });

  test('says nothing that the operator has not stated, and escapes what he has', async () => {
    const facts = { publishedOn: '2026-07-02', publisher: { name: 'A & B <"Institut">' } };
    const xml = textOf(await datasetFiles({ ...input, facts }), 'ddi-codebook.xml');
    expect(xml).toContain('A &amp; B &lt;&quot;Institut&quot;&gt;');
    expect(all(treeOf(xml)).map(({ name }) => name)).not.toContain('holdings');
    expect(textOf(files, 'ddi-codebook.xml')).toContain(`agency="DOI">${FACTS.doi}<`);
  });
});

describe('SDMX', () => {
  const rows = parse<Record<string, string>>(textOf(files, 'sdmx.csv'), { columns: true });
  const { meta, data } = JSON.parse(textOf(files, 'sdmx-structure.json'));
  const [structure] = data.dataStructures;
  const { dimensionList, attributeList, measureList } = structure.dataStructureComponents;
  type Component = { id: string; conceptIdentity: string; localRepresentation: { enumeration?: string } };
  const dimensions: Component[] = dimensionList.dimensions;
  const attributes: Component[] = attributeList.attributes;

  test('sdmx.csv names its structure, its components in their order, and every figure once', () => {
    expect(Object.keys(rows[0]!)).toEqual([
      ...['STRUCTURE', 'STRUCTURE_ID', 'ACTION'],
      ...dimensions.map(({ id }) => id),
      ...[dimensionList.timeDimension.id, measureList.measures[0].id],
      ...attributes.map(({ id }) => id),
    ]);
    expect(new Set(rows.map((row) => row.STRUCTURE_ID))).toEqual(
      new Set([`${structure.agencyID}:${structure.id}(${structure.version})`]),
    );
    const keys = rows.map((row) => dimensions.map(({ id }) => row[id]).join());
    expect(new Set(keys).size).toBe(rows.length);
    const published = rows.filter((row) => row.OBS_STATUS === 'A');
    expect(published.every((row) => row.OBS_VALUE !== '' && row.CONF_STATUS === 'F')).toBe(true);
    expect(rows.filter((row) => row.OBS_STATUS !== 'A').every((row) => row.OBS_VALUE === '')).toBe(true);
  });

  test('every code stands in its list, every reference leads somewhere, ids are ids of SDMX', () => {
    expect(meta.id).toBe(RELEASE_ID);
    const lists = new Map<string, { id: string }[]>(
      data.codelists.map((list: { id: string; agencyID: string; version: string; codes: { id: string }[] }) => [
        `urn:sdmx:org.sdmx.infomodel.codelist.Codelist=${list.agencyID}:${list.id}(${list.version})`,
        list.codes,
      ]),
    );
    const [scheme] = data.conceptSchemes;
    const concepts = new Set(
      scheme.concepts.map(
        ({ id }: { id: string }) =>
          `urn:sdmx:org.sdmx.infomodel.conceptscheme.Concept=${scheme.agencyID}:${scheme.id}(${scheme.version}).${id}`,
      ),
    );
    for (const component of [...dimensions, ...attributes, dimensionList.timeDimension, ...measureList.measures]) {
      expect(concepts).toContain(component.conceptIdentity);
      expect(component.id).toMatch(/^[A-Za-z][A-Za-z0-9_-]*$/);
      const { enumeration } = component.localRepresentation;
      if (!enumeration) continue;
      const codes = new Set(lists.get(enumeration)!.map(({ id }) => id));
      for (const code of codes) expect(code).toMatch(/^[A-Za-z0-9_@$-]+$/);
      for (const value of new Set(rows.map((row) => row[component.id]!))) expect(codes, component.id).toContain(value);
    }
  });
});

test('import scripts name every column of every table', () => {
  const { resources } = JSON.parse(textOf(files, 'datapackage.json'));
  for (const script of ['import.R', 'import.do', 'import.sps']) {
    const text = textOf(files, script);
    for (const { path, schema } of resources.filter((one: { format: string }) => one.format === 'csv')) {
      expect(text).toContain(path);
      for (const { name } of schema.fields) expect(text, `${script}: ${name}`).toMatch(new RegExp(`\\b${name}\\b`));
    }
    expect(text).toContain('Published');
  }
});

test('DCAT-AP has keywords in both languages and absolute addresses', () => {
  const graph = JSON.parse(textOf(files, 'dcat-ap.jsonld'))['@graph'];
  const [dataset] = graph;
  expect(dataset['dcat:keyword'].map((one: { '@language': string }) => one['@language'])).toEqual([
    'en',
    'de',
    'en',
    'de',
  ]);
  for (const node of graph.filter((one: { '@type': string }) => one['@type'] === 'dcat:Distribution'))
    expect(node['dcat:downloadURL']['@id']).toMatch(/^https:\/\/spiegel\.example\.org\/v1\/releases\//);
});
