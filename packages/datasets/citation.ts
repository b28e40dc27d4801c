import { CC_BY } from './data-package.ts';
import { type DatasetInput, landingPage, releaseDescription, releaseTitle } from './dataset-input.ts';
import { type DatasetFile, jsonFile, textFile } from './table.ts';

/** CITATION.cff (Citation File Format 1.2.0). Texts are written as JSON strings, which YAML reads as they stand. */
export function citationFile(input: DatasetInput): DatasetFile {
  const { manifest, facts } = input;
  const text = JSON.stringify;
  const lines = [
    'cff-version: 1.2.0',
    'message: "If you use these data, please cite them as below, with the id of the release."',
    'type: dataset',
    `title: ${text(releaseTitle(input, 'en'))}`,
    `abstract: ${text(releaseDescription(input, 'en'))}`,
    'authors:',
    `  - name: ${text(facts.publisher.name)}`,
    ...(facts.publisher.url ? [`    website: ${text(facts.publisher.url)}`] : []),
    `version: ${text(manifest.releaseId)}`,
    `date-released: ${text(facts.publishedOn)}`,
    'license: CC-BY-4.0',
    ...(facts.doi ? [`doi: ${text(facts.doi)}`] : []),
    ...(facts.serviceUrl ? [`url: ${text(landingPage(input))}`] : []),
  ];
  return textFile('CITATION.cff', `${lines.join('\n')}\n`, 'application/yaml; charset=utf-8');
}

/** datacite.json: attributes of the DataCite schema 4, as its REST API takes them. */
export function dataciteFile(input: DatasetInput): DatasetFile {
  const { manifest, instrument, facts } = input;
  return jsonFile('datacite.json', {
    schemaVersion: 'http://datacite.org/schema/kernel-4',
    doi: facts.doi,
    identifiers: facts.doi && [{ identifier: `https://doi.org/${facts.doi}`, identifierType: 'DOI' }],
    url: facts.serviceUrl && landingPage(input),
    creators: [{ name: facts.publisher.name, nameType: 'Organizational' }],
    titles: [
      { title: releaseTitle(input, 'en'), lang: 'en' },
      { title: releaseTitle(input, 'de'), titleType: 'TranslatedTitle', lang: 'de' },
    ],
    publisher: { name: facts.publisher.name },
    publicationYear: Number(facts.publishedOn.slice(0, 4)),
    types: { resourceTypeGeneral: 'Dataset', resourceType: 'Aggregated survey data' },
    subjects: [{ subject: 'digital maturity' }, { subject: instrument.title.en }],
    dates: [
      { date: facts.publishedOn, dateType: 'Issued' },
      { date: manifest.cutoffOn, dateType: 'Valid', dateInformation: 'Cut-off date of the figures' },
    ],
    language: 'en',
    version: manifest.releaseId,
    formats: ['text/csv', 'application/vnd.apache.parquet', 'application/zip'],
    rightsList: [
      {
        rights: CC_BY.title,
        rightsUri: CC_BY.path,
        rightsIdentifier: CC_BY.name,
        rightsIdentifierScheme: 'SPDX',
        schemeUri: 'https://spdx.org/licenses/',
      },
    ],
    descriptions: [
      { description: releaseDescription(input, 'en'), descriptionType: 'Abstract', lang: 'en' },
      { description: releaseDescription(input, 'de'), descriptionType: 'Abstract', lang: 'de' },
    ],
    relatedIdentifiers: facts.serviceUrl
      ? [
          ...(manifest.follows ? [related(facts.serviceUrl, manifest.follows, 'IsNewVersionOf')] : []),
          ...(manifest.replaces ? [related(facts.serviceUrl, manifest.replaces, 'Obsoletes')] : []),
        ]
      : [],
  });
}

const related = (serviceUrl: string, releaseId: string, relationType: string) => ({
  relatedIdentifier: `${serviceUrl}/v1/releases/${releaseId}`,
  relatedIdentifierType: 'URL',
  relationType,
});

/** LICENSE.md: what may be done with the data, and with their description. */
export function licenseFile({ manifest, facts }: DatasetInput): DatasetFile {
  return textFile(
    'LICENSE.md',
    `# Licence

The data and documents of the release ${manifest.releaseId} are licensed under Creative Commons Attribution 4.0 (CC BY 4.0), ${CC_BY.path}
Name ${JSON.stringify(facts.publisher.name)} and the id of the release; CITATION.cff has the words.

The metadata (datapackage.json, datacite.json, schema-org.jsonld, dcat-ap.jsonld, CITATION.cff) are dedicated to the public domain (CC0 1.0), https://creativecommons.org/publicdomain/zero/1.0/
`,
    'text/markdown; charset=utf-8',
  );
}
