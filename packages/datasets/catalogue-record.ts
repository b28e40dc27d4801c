import { sha256 } from './checksums.ts';
import { CC_BY } from './data-package.ts';
import { type DatasetInput, fileUrl, landingPage, releaseDescription, releaseTitle } from './dataset-input.ts';
import { type DatasetFile, jsonFile } from './table.ts';

const CC0 = 'https://creativecommons.org/publicdomain/zero/1.0/';
const EU = 'http://publications.europa.eu/resource/authority';
const bareType = (mediaType: string) => mediaType.split(';')[0]!;

/** schema-org.jsonld: a schema.org Dataset, as search engines for data read it. */
export function schemaOrgFile(input: DatasetInput, files: readonly DatasetFile[]): DatasetFile {
  const { manifest, instrument, facts } = input;
  const { name, url, email } = facts.publisher;
  const organisation = { '@type': 'Organization', name, url, email };
  return jsonFile(
    'schema-org.jsonld',
    {
      '@context': 'https://schema.org/',
      '@type': 'Dataset',
      '@id': facts.serviceUrl && landingPage(input),
      url: facts.serviceUrl && landingPage(input),
      name: releaseTitle(input, 'en'),
      alternateName: { '@value': releaseTitle(input, 'de'), '@language': 'de' },
      description: releaseDescription(input, 'en'),
      identifier: facts.doi ? [manifest.releaseId, `https://doi.org/${facts.doi}`] : [manifest.releaseId],
      version: manifest.releaseId,
      datePublished: facts.publishedOn,
      temporalCoverage: coverage(input).join('/'),
      inLanguage: ['en', 'de'],
      isAccessibleForFree: true,
      license: CC_BY.path,
      sdLicense: CC0,
      keywords: ['digital maturity', instrument.title.en],
      measurementTechnique:
        instrument.kind === 'questionnaire'
          ? 'Self-administered questionnaire of organisations'
          : 'Self-reported scores of organisations',
      creator: organisation,
      publisher: organisation,
      variableMeasured: instrument.dimensions.map(({ title, description }) => ({
        '@type': 'PropertyValue',
        name: title.en,
        description: description.en,
        unitText: 'points from 0 to 100',
        minValue: 0,
        maxValue: 100,
      })),
      distribution: files.map(({ path, mediaType }) => ({
        '@type': 'DataDownload',
        name: path,
        encodingFormat: bareType(mediaType),
        contentUrl: fileUrl(input, path),
      })),
    },
    'application/ld+json',
  );
}

/** dcat-ap.jsonld: a DCAT-AP 3 dataset with one distribution for each file, for data portals to harvest. */
export async function dcatFile(input: DatasetInput, files: readonly DatasetFile[]): Promise<DatasetFile> {
  const { manifest, instrument, facts } = input;
  const [startsOn, endsOn] = coverage(input);
  const dataset = facts.serviceUrl ? landingPage(input) : `urn:sektorspiegel:release:${manifest.releaseId}`;
  const inBoth = (text: (lang: 'de' | 'en') => string) => [
    { '@language': 'en', '@value': text('en') },
    { '@language': 'de', '@value': text('de') },
  ];
  const date = (value: string) => ({ '@type': 'xsd:date', '@value': value });
  const { name, url, email } = facts.publisher;
  return jsonFile(
    'dcat-ap.jsonld',
    {
      '@context': {
        dcat: 'http://www.w3.org/ns/dcat#',
        dct: 'http://purl.org/dc/terms/',
        foaf: 'http://xmlns.com/foaf/0.1/',
        vcard: 'http://www.w3.org/2006/vcard/ns#',
        spdx: 'http://spdx.org/rdf/terms#',
        xsd: 'http://www.w3.org/2001/XMLSchema#',
      },
      '@graph': [
        {
          '@id': dataset,
          '@type': 'dcat:Dataset',
          'dct:title': inBoth((lang) => releaseTitle(input, lang)),
          'dct:description': inBoth((lang) => releaseDescription(input, lang)),
          'dct:identifier': manifest.releaseId,
          'dct:relation': link(facts.doi && `https://doi.org/${facts.doi}`),
          'dcat:version': manifest.releaseId,
          'dct:issued': date(facts.publishedOn),
          'dct:publisher': { '@type': 'foaf:Agent', 'foaf:name': name, 'foaf:homepage': link(url) },
          'dcat:contactPoint': (email || url) && {
            '@type': 'vcard:Organization',
            'vcard:fn': name,
            'vcard:hasEmail': link(email && `mailto:${email}`),
            'vcard:hasURL': link(url),
          },
          'dct:accessRights': { '@id': `${EU}/access-right/PUBLIC` },
          'dct:language': ['ENG', 'DEU'].map((code) => ({ '@id': `${EU}/language/${code}` })),
          'dcat:keyword': [
            { '@language': 'en', '@value': 'digital maturity' },
            { '@language': 'de', '@value': 'digitale Reife' },
            ...inBoth((lang) => instrument.title[lang]),
          ],
          'dcat:landingPage': link(facts.serviceUrl && landingPage(input)),
          'dcat:theme': { '@id': facts.themeUri ?? `${EU}/data-theme/SOCI` },
          'dct:spatial': link(facts.placeUri),
          'dct:temporal': {
            '@type': 'dct:PeriodOfTime',
            'dcat:startDate': date(startsOn),
            'dcat:endDate': date(endsOn),
          },
          'dcat:distribution': files.map(({ path }) => ({ '@id': distributionId(input, dataset, path) })),
        },
        ...(await Promise.all(
          files.map(async ({ path, bytes, mediaType }) => ({
            '@id': distributionId(input, dataset, path),
            '@type': 'dcat:Distribution',
            'dct:title': path,
            'dcat:accessURL': { '@id': fileUrl(input, path) },
            'dcat:downloadURL': { '@id': fileUrl(input, path) },
            'dcat:mediaType': { '@id': `https://www.iana.org/assignments/media-types/${bareType(mediaType)}` },
            'dcat:byteSize': { '@type': 'xsd:nonNegativeInteger', '@value': `${bytes.length}` },
            'dct:license': { '@id': `${EU}/licence/CC_BY_4_0` },
            'spdx:checksum': {
              '@type': 'spdx:Checksum',
              'spdx:algorithm': { '@id': 'spdx:checksumAlgorithm_sha256' },
              'spdx:checksumValue': { '@type': 'xsd:hexBinary', '@value': await sha256(bytes) },
            },
          })),
        )),
        {
          '@id': `${dataset}#record`,
          '@type': 'dcat:CatalogRecord',
          'foaf:primaryTopic': { '@id': dataset },
          'dct:modified': date(facts.publishedOn),
          'dct:rights': { '@id': CC0 },
        },
      ],
    },
    'application/ld+json',
  );
}

const link = (uri: string | undefined) => (uri ? { '@id': uri } : undefined);
const distributionId = (input: DatasetInput, dataset: string, path: string) =>
  input.facts.serviceUrl ? `${fileUrl(input, path)}#distribution` : `${dataset}:${path}`;

/** First and last day on which a submission of this release may have been made. */
function coverage({ manifest, instrument }: DatasetInput): [string, string] {
  const [year, month, day] = manifest.cutoffOn.split('-').map(Number);
  const first = new Date(Date.UTC(year!, month! - 1 - instrument.windowMonths, 1));
  const lastOfMonth = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(day!, lastOfMonth) + 1);
  return [first.toISOString().slice(0, 10), manifest.cutoffOn];
}
