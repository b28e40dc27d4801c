import { expect, test } from 'vitest';
import { datasetFiles } from '#datasets/dataset-files';
import { sha256Hex } from '#store/hashes';
import { aSmallRelease, FACTS, RELEASE_ID, textOf } from './a-release.ts';

const input = aSmallRelease();
const files = await datasetFiles(input);
const page = `https://spiegel.example.org/v1/releases/${RELEASE_ID}`;
// biome-ignore lint/suspicious/noExplicitAny: documents of other standards, judged by their shape
const json = (name: string, from = files): any => JSON.parse(textOf(from, name));

test('schema.org: a Dataset with licence, coverage and one download for each file', () => {
  const dataset = json('schema-org.jsonld');
  expect(dataset).toMatchObject({
    '@context': 'https://schema.org/',
    '@type': 'Dataset',
    '@id': page,
    license: 'https://creativecommons.org/licenses/by/4.0/',
    sdLicense: 'https://creativecommons.org/publicdomain/zero/1.0/',
    datePublished: '2026-07-02',
    temporalCoverage: '2024-07-01/2026-06-30',
    creator: { '@type': 'Organization', name: FACTS.publisher.name },
    identifier: [RELEASE_ID, 'https://doi.org/10.5072/sektorspiegel.1'],
  });
  // Google's guidelines for datasets ask for 50 to 5000 characters.
  expect(dataset.description.length).toBeGreaterThan(50);
  expect(dataset.distribution).toContainEqual({
    '@type': 'DataDownload',
    name: 'percentiles.csv',
    encodingFormat: 'text/csv',
    contentUrl: `${page}/files/percentiles.csv`,
  });
});

test('DCAT-AP: the mandatory properties of dataset, agent and distributions, and no dangling node', () => {
  const { '@context': context, '@graph': graph } = json('dcat-ap.jsonld');
  const ofType = (type: string) => graph.filter((node: Record<string, unknown>) => node['@type'] === type);
  const [dataset, ...more] = ofType('dcat:Dataset');
  expect(more).toEqual([]);
  expect(dataset['dct:title'].map((title: Record<string, string>) => title['@language'])).toEqual(['en', 'de']);
  expect(dataset['dct:description']).toHaveLength(2);
  expect(dataset['dct:publisher']).toMatchObject({ '@type': 'foaf:Agent', 'foaf:name': FACTS.publisher.name });
  expect(dataset['dcat:theme']['@id']).toMatch(/^http:\/\/publications\.europa\.eu\/resource\/authority\/data-theme\//);
  const distributions = ofType('dcat:Distribution');
  expect(dataset['dcat:distribution'].map((node: Record<string, string>) => node['@id'])).toEqual(
    distributions.map((node: Record<string, string>) => node['@id']),
  );
  for (const distribution of distributions) {
    const file = files.find(({ path }) => path === distribution['dct:title'])!;
    expect(distribution['dcat:accessURL']['@id']).toBe(`${page}/files/${file.path}`);
    expect(distribution['dct:license']['@id']).toMatch(/\/licence\/CC_BY_4_0$/);
    expect(distribution['dcat:byteSize']['@value']).toBe(`${file.bytes.length}`);
    expect(distribution['spdx:checksum']['spdx:checksumValue']['@value']).toBe(sha256Hex(file.bytes));
  }
  const [record] = ofType('dcat:CatalogRecord');
  expect(record['foaf:primaryTopic']['@id']).toBe(dataset['@id']);
  expect(record['dct:rights']['@id']).toBe('https://creativecommons.org/publicdomain/zero/1.0/');
  const prefixes = new Set(
    [...JSON.stringify(graph).matchAll(/"(?:@type":")?([a-z]+):[A-Za-z0-9]+"/g)].map(([, prefix]) => prefix!),
  );
  for (const prefix of prefixes) expect(context).toHaveProperty(prefix);
});

test('without the address of the service, links are relative and nothing is made up', async () => {
  const sparse = await datasetFiles({ ...input, facts: { publishedOn: '2026-07-02', publisher: { name: 'X' } } });
  expect(json('schema-org.jsonld', sparse).distribution[0].contentUrl).toBe('percentiles.csv');
  expect(json('schema-org.jsonld', sparse)).not.toHaveProperty('url');
  expect(json('datacite.json', sparse)).not.toHaveProperty('doi');
  for (const { path } of sparse.filter(({ path }) => /json|cff|md$/.test(path)))
    expect(textOf(sparse, path), path).not.toMatch(/undefined|example\.org|\[object/);
});

test('datacite.json: the mandatory properties of the schema 4, with the reserved DOI', () => {
  expect(json('datacite.json')).toMatchObject({
    schemaVersion: 'http://datacite.org/schema/kernel-4',
    doi: '10.5072/sektorspiegel.1',
    creators: [{ name: FACTS.publisher.name, nameType: 'Organizational' }],
    titles: [{ lang: 'en' }, { lang: 'de', titleType: 'TranslatedTitle' }],
    publisher: { name: FACTS.publisher.name },
    publicationYear: 2026,
    types: { resourceTypeGeneral: 'Dataset' },
    rightsList: [{ rightsIdentifier: 'CC-BY-4.0' }],
    relatedIdentifiers: [{ relationType: 'IsNewVersionOf' }],
  });
});

test('CITATION.cff: one value a line, each a plain word or a JSON string, whatever the publisher is called', async () => {
  const name = 'Institut: "A"\nlicense: none # x';
  const cff = textOf(await datasetFiles({ ...input, facts: { ...FACTS, publisher: { name } } }), 'CITATION.cff');
  const lines = cff.trimEnd().split('\n');
  const values = new Map(
    lines.map((line) => {
      const [, key, value] = /^(?: {2}- | {4})?([a-z-]+):(?: (.+))?$/.exec(line)!;
      return [key!, value?.startsWith('"') ? JSON.parse(value) : value];
    }),
  );
  expect(values.size).toBe(lines.length);
  expect(values.get('name')).toBe(name);
  expect(values.get('license')).toBe('CC-BY-4.0');
  expect(values.get('version')).toBe(RELEASE_ID);
  expect(values.get('doi')).toBe(FACTS.doi);
});
