import type { LocalText } from '#contracts/text';
import { groupColumn, STATUS_COLUMNS, TOTAL } from './cell-columns.ts';
import { type DatasetInput, groupAttributes, releaseDescription, releaseTitle } from './release.ts';
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
      grid(
        ['Code', 'Deutsch', 'English'],
        instrument.dimensions.map(({ id, title, description }) => [
          code(id),
          both(title, description, 'de'),
          both(title, description, 'en'),
        ]),
      ),
    ),
    instrument.items.length === 0
      ? ''
      : section(
          'Fragen mit Stufen',
          'Items',
          instrument.items
            .map(
              (item) =>
                `<h3>${code(item.id)} <span lang="de">${escapeHtml(item.title.de)}</span> / <span lang="en">${escapeHtml(item.title.en)}</span></h3>\n${grid(
                  ['Stufe / level', 'Deutsch', 'English'],
                  [
                    ['', inLang(item.question, 'de'), inLang(item.question, 'en')],
                    ...item.anchors.map((anchor, level) => [`${level}`, inLang(anchor, 'de'), inLang(anchor, 'en')]),
                  ],
                )}`,
            )
            .join('\n'),
        ),
    instrument.questions.length === 0
      ? ''
      : section(
          'Weitere Fragen',
          'Unscored questions',
          instrument.questions.map((question) => codeList(question.id, question.question, question.codes)).join('\n'),
        ),
    section(
      'Profil',
      'Profile',
      instrument.profile
        .map((attribute) =>
          codeList(isGrouping.has(attribute) ? groupColumn(attribute.id) : attribute.id, attribute.question, [
            ...attribute.codes,
            ...attribute.broaderCodes,
          ]),
        )
        .join('\n'),
    ),
    section(
      'Tabellen',
      'Tables',
      tables
        .map(
          ({ name, description, columns }) =>
            `<h3>${code(name)}</h3>\n<p lang="en">${escapeHtml(description)}</p>\n${grid(
              ['Column', 'Type', 'Unit', 'Meaning'],
              columns.map((column) => [
                code(column.name),
                column.type,
                column.unit ?? '',
                `<span lang="en">${escapeHtml(column.description)}</span>`,
              ]),
            )}`,
        )
        .join('\n'),
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
${sections.filter((text) => text !== '').join('\n')}
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

function section(de: string, en: string, body: string): string {
  return `<section>\n<h2>${escapeHtml(de)} / <span lang="en">${escapeHtml(en)}</span></h2>\n${body}\n</section>`;
}

/** Where codes roll up, a fourth column names the broader one. */
function codeList(
  name: string,
  question: LocalText,
  codes: readonly { id: string; label: LocalText; broader?: string | undefined }[],
): string {
  const rollsUp = codes.some(({ broader }) => broader !== undefined);
  return `<h3>${code(name)}</h3>\n<p lang="de">${escapeHtml(question.de)}</p>\n<p lang="en">${escapeHtml(question.en)}</p>\n${grid(
    ['Code', 'Deutsch', 'English', ...(rollsUp ? ['<span lang="de">Gehört zu</span> / broader code'] : [])],
    codes.map(({ id, label, broader }) => [
      code(id),
      inLang(label, 'de'),
      inLang(label, 'en'),
      ...(rollsUp ? [broader === undefined ? '' : code(broader)] : []),
    ]),
  )}`;
}

/** Cells are HTML already. */
function grid(head: string[], rows: string[][]): string {
  const names = head.map((name) => `<th scope="col">${name}</th>`).join('');
  const body = rows.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('\n');
  return `<table>\n<thead><tr>${names}</tr></thead>\n<tbody>\n${body}\n</tbody>\n</table>`;
}

const code = (text: string) => `<code>${escapeHtml(text)}</code>`;
const inLang = (text: LocalText, lang: 'de' | 'en') => `<span lang="${lang}">${escapeHtml(text[lang])}</span>`;
const both = (title: LocalText, description: LocalText, lang: 'de' | 'en') =>
  `<span lang="${lang}"><strong>${escapeHtml(title[lang])}</strong><br>${escapeHtml(description[lang])}</span>`;

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
