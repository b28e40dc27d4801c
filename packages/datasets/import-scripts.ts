import type { Column, DatasetFile, Table } from './table.ts';
import { textFile } from './table.ts';

/** import.R, import.do, import.sps: read every table with types, variable labels and value labels. Run in the folder. */
export function importScripts(tables: readonly Table[]): DatasetFile[] {
  const script = (path: string, write: (tables: readonly Table[]) => string) =>
    textFile(path, write(tables), 'text/plain; charset=utf-8');
  return [script('import.R', rScript), script('import.do', stataScript), script('import.sps', spssScript)];
}

const R_CLASSES = { string: 'character', integer: 'integer', number: 'numeric', boolean: 'logical', date: 'Date' };

/** One data frame a table. A coded column keeps its codes; beside it stands a factor with the labels. */
function rScript(tables: readonly Table[]): string {
  const blocks = tables.map(({ name, title, columns }) => {
    const classes = columns.map((column) => `  ${column.name} = "${R_CLASSES[column.type]}"`).join(',\n');
    const factors = coded(columns).map(
      ({ name: own, categories }) =>
        `${name}$${own}_label <- factor(${name}$${own},\n  levels = c(${categories.map(({ value }) => inR(value)).join(', ')}),\n  labels = c(${categories.map(({ label }) => inR(label)).join(', ')}))\n`,
    );
    const labels = columns.map(({ name: own, title: words }) => `attr(${name}$${own}, "label") <- ${inR(words)}\n`);
    return `# ${oneLine(title)}\n${name} <- read.csv("${name}.csv", na.strings = "", encoding = "UTF-8", colClasses = c(\n${classes}))\n${labels.join('')}${factors.join('')}`;
  });
  return `# Reads the release's tables into data frames. Published figures: subset(percentiles, OBS_STATUS == "A")\n\n${blocks.join('\n')}`;
}

/** One .dta a table. A coded column keeps its codes; beside it stands a labelled one, its name ending in _c. */
function stataScript(tables: readonly Table[]): string {
  const blocks = tables.map(({ name, title, columns }) => {
    const text = columns.flatMap(({ type }, place) =>
      ['string', 'boolean', 'date'].includes(type) ? [place + 1] : [],
    );
    const lines = columns.flatMap((column, place) => {
      const { name: own, title: words, type } = column;
      if (type === 'boolean')
        return [
          `generate byte ${own}_c = (${own} == "TRUE")`,
          `drop ${own}`,
          `rename ${own}_c ${own}`,
          `label variable ${own} ${inStata(words)}`,
        ];
      if (type === 'date')
        return [
          `generate ${own}_c = date(${own}, "YMD")`,
          `format ${own}_c %td`,
          `drop ${own}`,
          `rename ${own}_c ${own}`,
          `label variable ${own} ${inStata(words)}`,
        ];
      if (!column.categories) return [`label variable ${own} ${inStata(words)}`];
      const list = `l${place + 1}`;
      return [
        `label variable ${own} ${inStata(words)}`,
        ...column.categories.map(({ value }, code) => `label define ${list} ${code + 1} ${inStata(value)}, add`),
        `encode ${own}, generate(${own}_c) label(${list})`,
        ...column.categories.map(({ label }, code) => `label define ${list} ${code + 1} ${inStata(label)}, modify`),
        `label variable ${own}_c ${inStata(words)}`,
      ];
    });
    return `* ${oneLine(title)}\nimport delimited using "${name}.csv", varnames(1) case(preserve) encoding("UTF-8") stringcols(${text.join(' ')}) clear\n${lines.join('\n')}\ncompress\nsave "${name}.dta", replace\n`;
  });
  return `* Reads the release's tables and saves each as .dta. Published figures: keep if OBS_STATUS == "A"\nversion 14\n\n${blocks.join('\n')}`;
}

const SPSS_FORMATS = { integer: 'F8.0', number: 'F8.2', boolean: 'A5', date: 'SDATE10' };

/** One data set a table, named after it. */
function spssScript(tables: readonly Table[]): string {
  const blocks = tables.map((table) => {
    const { name, title, columns, rows } = table;
    const bytes = (text: string) => new TextEncoder().encode(text).length;
    const format = ({ type }: Column, place: number) =>
      type === 'string' ? `A${Math.max(1, ...rows.map((row) => bytes(`${row[place] ?? ''}`)))}` : SPSS_FORMATS[type];
    const variables = columns.map((column, place) => `  ${column.name} ${format(column, place)}`).join('\n');
    const labels = columns.map((column) => `  ${column.name} ${inSpss(column.title)}`).join('\n  /');
    const values = coded(columns).map(
      ({ name: own, categories }) =>
        `VALUE LABELS ${own}\n${categories.map(({ value, label }) => `  ${inSpss(value)} ${inSpss(label)}`).join('\n')}.\n`,
    );
    return `* ${oneLine(title)}.\nGET DATA /TYPE=TXT /FILE='${name}.csv' /ENCODING='UTF8' /ARRANGEMENT=DELIMITED\n  /FIRSTCASE=2 /DELIMITERS="," /QUALIFIER='"' /VARIABLES=\n${variables}.\nDATASET NAME ${name}.\nVARIABLE LABELS\n  ${labels.trimStart()}.\n${values.join('')}EXECUTE.\n`;
  });
  return `* Reads the release's tables, each into a data set of its name.\n* Published figures: SELECT IF (OBS_STATUS = 'A').\n\n${blocks.join('\n')}`;
}

type Coded = Column & { categories: NonNullable<Column['categories']> };
const coded = (columns: readonly Column[]): Coded[] =>
  columns.filter((column): column is Coded => column.categories !== undefined);

const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ');
const inR = (text: string) => JSON.stringify(oneLine(text));
/** Compound quotes hold any text but their own end; labels have 80 characters at most. */
const inStata = (text: string) => `\`"${[...oneLine(text).replaceAll(/["`']/g, '’')].slice(0, 80).join('')}"'`;
/** Labels have 120 bytes at most. */
const inSpss = (text: string) => `'${[...oneLine(text)].slice(0, 60).join('').replaceAll("'", "''")}'`;
