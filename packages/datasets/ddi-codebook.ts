import { sha256 } from './checksums.ts';
import { CC_BY, type TableFiles } from './data-package.ts';
import { type DatasetInput, landingPage, releaseDescription, releaseTitle } from './dataset-input.ts';
import { type Column, type DatasetFile, textFile } from './table.ts';
import { element, type Xml } from './xml.ts';

const LANGS = ['en', 'de'] as const;

/** ddi-codebook.xml (DDI Codebook 2.5): study, files and variables with their labels, for data archives. */
export async function ddiCodebookFile(input: DatasetInput, tables: readonly TableFiles[]): Promise<DatasetFile> {
  const files = await Promise.all(tables.map(fileOf));
  const variables = tables.flatMap(({ table }) => table.columns.map((column) => variableOf(table.name, column)));
  const codeBook = element(
    'codeBook',
    {
      xmlns: 'ddi:codebook:2_5',
      'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
      'xsi:schemaLocation':
        'ddi:codebook:2_5 https://ddialliance.org/Specification/DDI-Codebook/2.5/XMLSchema/codebook.xsd',
      version: '2.5',
      'xml:lang': 'en',
    },
    [element('docDscr', {}, [citation(input)]), study(input), ...files, element('dataDscr', {}, variables)],
  );
  return textFile(
    'ddi-codebook.xml',
    `<?xml version="1.0" encoding="UTF-8"?>\n${codeBook.text}\n`,
    'application/xml; charset=utf-8',
  );
}

function citation(input: DatasetInput): Xml {
  const { manifest, facts } = input;
  const { name, url, email } = facts.publisher;
  return element('citation', {}, [
    element('titlStmt', {}, [
      element('titl', { 'xml:lang': 'en' }, [releaseTitle(input, 'en')]),
      element('parTitl', { 'xml:lang': 'de' }, [releaseTitle(input, 'de')]),
      element('IDNo', { agency: 'sektorspiegel' }, [manifest.releaseId]),
      facts.doi ? element('IDNo', { agency: 'DOI' }, [facts.doi]) : undefined,
    ]),
    element('rspStmt', {}, [element('AuthEnty', {}, [name])]),
    element('distStmt', {}, [
      element('distrbtr', { URI: url }, [name]),
      email ? element('contact', { email }, [name]) : undefined,
      element('distDate', { date: facts.publishedOn }, [facts.publishedOn]),
    ]),
    element('verStmt', {}, [element('version', { date: facts.publishedOn }, [manifest.releaseId])]),
    facts.serviceUrl ? element('holdings', { URI: landingPage(input) }, [landingPage(input)]) : undefined,
  ]);
}

function study(input: DatasetInput): Xml {
  const { manifest, instrument } = input;
  const { cutoffOn, policy } = manifest;
  return element('stdyDscr', {}, [
    citation(input),
    element('stdyInfo', {}, [
      element('subject', {}, [
        element('keyword', { 'xml:lang': 'en' }, ['digital maturity']),
        element('keyword', { 'xml:lang': 'en' }, [instrument.title.en]),
      ]),
      ...LANGS.map((lang) => element('abstract', { 'xml:lang': lang }, [releaseDescription(input, lang)])),
      element('sumDscr', {}, [
        element('timePrd', { date: cutoffOn, event: 'single' }, [cutoffOn]),
        element('anlyUnit', {}, ['Organisation']),
        element('universe', {}, ['Organisations that chose to take part; no random sample.']),
        element('dataKind', {}, ['Aggregate data, perturbed for protection']),
      ]),
    ]),
    element('method', {}, [
      element('dataColl', {}, [
        element('timeMeth', {}, ['Repeated cross-section with a panel: last submission within the window']),
        element('sampProc', {}, ['Self-selection']),
        element('collMode', {}, ['Self-administered questionnaire, web-based']),
      ]),
    ]),
    element('dataAccs', {}, [
      element('useStmt', {}, [
        element('confDec', {}, [
          `Groups of at least ${policy.minParticipations}; every figure that depends on answers was drawn once at random (method.md).`,
        ]),
        element('citReq', {}, ['Cite publisher, title and the id of the release (CITATION.cff).']),
        element('conditions', {}, [`${CC_BY.title}, ${CC_BY.path}`]),
      ]),
    ]),
  ]);
}

async function fileOf({ table, csv }: TableFiles): Promise<Xml> {
  return element('fileDscr', { ID: table.name, URI: csv.path }, [
    element('fileTxt', {}, [
      element('fileName', {}, [csv.path]),
      element('dataFingerprint', { type: 'dataFile' }, [
        element('digitalFingerprintValue', {}, [await sha256(csv.bytes)]),
        element('algorithmSpecification', {}, ['SHA-256']),
      ]),
      element('fileCont', {}, [table.description]),
      element('dimensns', {}, [
        element('caseQnty', {}, [table.rows.length]),
        element('varQnty', {}, [table.columns.length]),
      ]),
      element('fileType', {}, ['CSV, UTF-8, comma, names in the first line']),
    ]),
  ]);
}

function variableOf(table: string, column: Column): Xml {
  const { name, title, description, type, unit, minimum, maximum, categories = [] } = column;
  const isNumber = type === 'integer' || type === 'number';
  return element('var', { ID: `${table}.${name}`, name, files: table, intrvl: isNumber ? 'contin' : 'discrete' }, [
    element('labl', { 'xml:lang': 'en' }, [title]),
    isNumber && minimum !== undefined
      ? element('valrng', {}, [element('range', { UNITS: 'REAL', min: minimum, max: maximum })])
      : undefined,
    element('txt', { 'xml:lang': 'en' }, [unit ? `${description} Unit: ${unit}.` : description]),
    ...categories.map(({ value, label }) =>
      element('catgry', {}, [element('catValu', {}, [value]), element('labl', { 'xml:lang': 'en' }, [label])]),
    ),
    element('varFormat', { type: isNumber ? 'numeric' : 'character' }),
  ]);
}
