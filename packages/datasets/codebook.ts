import type { LocalText } from '#contracts/text';
import { groupColumn, STATUS_COLUMNS, TOTAL } from './columns.ts';
import { type DatasetInput, groupAttributes, releaseDescription, releaseTitle } from './dataset-input.ts';
import { type DatasetFile, jsonFile, type Table, textFile } from './table.ts';

/** codebook.json: the instrument whole, in both languages, and every column of every table. */
export function codebookJson(input: DatasetInput, tables: readonly Table[]): DatasetFile {
  const { manifest, instrument } = input;
  const isGrouping = new Set(groupAttributes(instrument));
  return jsonFile('codebook.json', {
    release: manifest.releaseId,
    title: { de: releaseTitle(input, 'de'), en: releaseTitle(input, 'en') },
    instrument: {
      id: instrument.id,
      kind: instrument.kind,
      title: instrument.title,
      description: instrument.description,
      windowMonths: instrument.windowMonths,
      unitTypeAttribute: instrument.unitTypeAttribute ?? null,
      scoreStep: instrument.scoreStep,
      dimensions: instrument.dimensions,
      items: instrument.items.map((item) => ({
        ...item,
        anchors: item.anchors.map((text, level) => ({ level, text })),
      })),
      questions: instrument.questions,
      profile: instrument.profile.map((attribute) => ({
        column: isGrouping.has(attribute) ? groupColumn(attribute.id) : null,
        ...attribute,
      })),
      total: TOTAL,
      maturityBands: instrument.maturityBands,
    },
    status: STATUS_COLUMNS.map(({ name, description, categories }) => ({ name, description, codes: categories })),
    tables: tables.map(({ name, title, description, columns }) => ({ name, title, description, columns })),
  });
}

/** codebook.html: the same to read and print; one page without script, German beside English. */
export function codebookHtml(input: DatasetInput, tables: readonly Table[]): DatasetFile {
  const { instrument, manifest } = input;
  const isGrouping = new Set(groupAttributes(instrument));
  const sections = [
    section(
      'Dimensionen',
      'Dimensions',
      instrument.dimensions.map(({ id, title, description }) => [
        code(id),
        ...LANGS.map(
          (lang) =>
            `<span lang="${lang}"><strong>${escapeHtml(title[lang])}</strong><br>${escapeHtml(description[lang])}</span>`,
        ),
      ]),
    ),
    section(
      'Fragen mit Stufen',
      'Items',
      instrument.items.map(({ id, title, question, anchors }) => {
        const levels = anchors.map((anchor, level) => [`${level}`, ...inBoth(anchor)]);
        return `<h3>${code(id)} ${inBoth(title).join(' / ')}</h3>\n${grid(['Stufe / level', ...NAMES], [['', ...inBoth(question)], ...levels])}`;
      }),
    ),
    section(
      'Weitere Fragen',
      'Unscored questions',
      instrument.questions.map(({ id, question, codes }) => codeList(id, question, codes)),
    ),
    section(
      'Profil',
      'Profile',
      instrument.profile.map((attribute) => {
        const name = isGrouping.has(attribute) ? groupColumn(attribute.id) : attribute.id;
        return codeList(name, attribute.question, [...attribute.codes, ...attribute.broaderCodes]);
      }),
    ),
    section(
      'Tabellen',
      'Tables',
      tables.map(({ name, description, columns }) => {
        const rows = columns.map((column) => [
          code(column.name),
          column.type,
          column.unit ?? '',
          inEnglish(column.description),
        ]);
        return `<h3>${code(name)}</h3>\n<p lang="en">${escapeHtml(description)}</p>\n${grid(['Column', 'Type', 'Unit', 'Meaning'], rows)}`;
      }),
    ),
  ];
  return textFile(
    'codebook.html',
    `<!doctype html>
<html lang="de">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(releaseTitle(input, 'de'))}: Codebuch</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escapeHtml(releaseTitle(input, 'de'))}: Codebuch<br><span lang="en">${escapeHtml(releaseTitle(input, 'en'))}: codebook</span></h1>
<p>${code(manifest.releaseId)}, ${code(manifest.instrument)}</p>
<p>${escapeHtml(releaseDescription(input, 'de'))}</p>
<p lang="en">${escapeHtml(releaseDescription(input, 'en'))}</p>
${sections.flat().join('\n')}
</body>
</html>
`,
    'text/html; charset=utf-8',
  );
}

const STYLE =
  'body{font:16px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b;background:#fff}' +
  'table{border-collapse:collapse;width:100%;margin:.5rem 0 1.5rem}' +
  'th,td{border:1px solid #767676;padding:.35rem .6rem;text-align:left;vertical-align:top}' +
  'code{font-family:ui-monospace,monospace}';

const LANGS = ['de', 'en'] as const;
const NAMES = ['Deutsch', 'English'];

/** Nothing where there is nothing to tell; rows of cells become one table. */
function section(de: string, en: string, parts: string[] | string[][]): string[] {
  if (parts.length === 0) return [];
  const isTable = (some: typeof parts): some is string[][] => Array.isArray(some[0]);
  const body = isTable(parts) ? grid(['Code', ...NAMES], parts) : parts.join('\n');
  return [`<section>\n<h2>${escapeHtml(de)} / <span lang="en">${escapeHtml(en)}</span></h2>\n${body}\n</section>`];
}

/** Where codes roll up, a fourth column names the broader one. */
function codeList(
  name: string,
  question: LocalText,
  codes: readonly { id: string; label: LocalText; broader?: string | undefined }[],
): string {
  const rollsUp = codes.some(({ broader }) => broader !== undefined);
  const head = ['Code', ...NAMES, ...(rollsUp ? ['<span lang="de">Gehört zu</span> / broader code'] : [])];
  const rows = codes.map(({ id, label, broader }) => [
    code(id),
    ...inBoth(label),
    ...(rollsUp ? [broader === undefined ? '' : code(broader)] : []),
  ]);
  const asked = LANGS.map((lang) => `<p lang="${lang}">${escapeHtml(question[lang])}</p>\n`).join('');
  return `<h3>${code(name)}</h3>\n${asked}${grid(head, rows)}`;
}

/** Cells are HTML already. */
function grid(head: string[], rows: string[][]): string {
  const names = head.map((name) => `<th scope="col">${name}</th>`).join('');
  const body = rows.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('\n');
  return `<table>\n<thead><tr>${names}</tr></thead>\n<tbody>\n${body}\n</tbody>\n</table>`;
}

const code = (text: string) => `<code>${escapeHtml(text)}</code>`;
const inBoth = (text: LocalText) => LANGS.map((lang) => `<span lang="${lang}">${escapeHtml(text[lang])}</span>`);
const inEnglish = (text: string) => `<span lang="en">${escapeHtml(text)}</span>`;

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
