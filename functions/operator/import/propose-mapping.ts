import { writeFile } from 'node:fs/promises';
import type { Instrument } from '#contracts/instrument';
import type { LocalText } from '#contracts/text';
import { answerReader, codeReader } from './choices.ts';
import { type Column, columnFinder, columnsOf, comparable } from './columns.ts';
import type { Mapping } from './mapping.ts';
import { openTable } from './open-table.ts';
import { Refusal } from './refusal.ts';
import type { TableRow } from './table.ts';

/** Tools whose exports are known. */
const TOOLS = ['limesurvey', 'kobo', 'generic'] as const;
type Tool = (typeof TOOLS)[number];

/** So many rows show which values a column has. */
const SAMPLE_ROWS = 500;
/** A column with more different values than this holds no codes. */
const MOST_VALUES = 30;

/** What a tool adds by itself, and which of it may be the key and the day of a check; the first that is there is taken. */
const OWN_COLUMNS: Record<Tool, { organisation: string[]; conductedOn: string[]; leaveOut: RegExp }> = {
  limesurvey: {
    organisation: ['organisation', 'token', 'zugangscode', 'zugangsschlüssel', 'id', 'antwort id', 'response id'],
    conductedOn: [
      'submitdate',
      'datum abgeschickt',
      'date submitted',
      'datestamp',
      'datum letzte aktivität',
      'startdate',
    ],
    leaveOut:
      /^(?:id|antwort id|response id|submitdate|datum abgeschickt|date submitted|lastpage|letzte seite|last page|startlanguage|start-?sprache|start language|seed|zufallsstartwert|token|zugangscode|startdate|datum gestartet|date started|datestamp|datum letzte aktivität|date last action|ipaddr|ip-adresse|ip address|refurl|url der weiterleitung|referrer url|interviewtime|gesamtzeit|total time|grouptime\d+|gruppenzeit.*|\w+time|firstname|lastname|email|vorname|nachname|e-mail.*|attribute_\d+.*)$/,
  },
  kobo: {
    organisation: ['organisation', '_uuid', '_id', 'meta/instanceid'],
    conductedOn: ['conductedon', 'datum', 'today', 'end', '_submission_time', 'start'],
    leaveOut:
      /^(?:start|end|today|deviceid|username|phonenumber|simserial|audit|_.*|meta\/.*|formhub\/.*|__version__)$/,
  },
  generic: { organisation: ['organisation', 'id', 'key', 'schlüssel'], conductedOn: ['datum', 'date'], leaveOut: /^$/ },
};

/**
 * Writes a first mapping for the file of another tool, from its header and the values in it: what is certain is placed, and
 * the rest is named.
 *
 * @returns what was placed, left out, and is still to be placed, one sentence each
 * @throws Refusal for an unknown tool, or where the file to write exists
 */
export async function proposeMapping(
  tool: string,
  { csv, sheet, file, instrument }: { csv: string; sheet?: string | undefined; file: string; instrument: Instrument },
): Promise<LocalText[]> {
  const known = TOOLS.find((name) => name === tool);
  if (!known)
    throw new Refusal({ de: `--map-from kennt ${TOOLS.join(', ')}.`, en: `--map-from knows ${TOOLS.join(', ')}.` });
  const { titles, values } = await sampleOf(csv, sheet, known, instrument);
  const { mapping, open } = proposal(known, titles, values, instrument);
  await writeFile(file, `${JSON.stringify({ ...mapping, leaveOut: [...mapping.leaveOut, ...open] }, null, 2)}\n`, {
    flag: 'wx',
  }).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EEXIST'
      ? new Refusal({
          de: `${file} gibt es schon; nennen Sie mit --map eine neue Datei.`,
          en: `${file} exists already; name a new file with --map.`,
        })
      : new Refusal({
          de: `${file} kann nicht geschrieben werden (${error.code}).`,
          en: `${file} cannot be written (${error.code}).`,
        });
  });
  return report(file, mapping, open, instrument);
}

interface Sample {
  titles: string[];
  /** By position: the different values of the first rows. */
  values: Set<string>[];
}

async function sampleOf(csv: string, sheet: string | undefined, tool: Tool, instrument: Instrument): Promise<Sample> {
  const find = partFinder(instrument);
  const own = OWN_COLUMNS[tool];
  const isKnown = (title: string) =>
    find(title) !== undefined || own.leaveOut.test(shortTitle(title)) || own.organisation.includes(shortTitle(title));
  const table = await openTable(csv, isKnown, sheet);
  if (table.fault) throw table.fault;
  let header: TableRow | undefined;
  let rows = 0;
  const values: Set<string>[] = [];
  for await (const row of table.rows()) {
    if (!header) {
      header = row;
      continue;
    }
    for (const [at, cell] of row.cells.entries()) {
      values[at] ??= new Set();
      if (cell.trim() !== '' && values[at].size <= MOST_VALUES) values[at].add(cell.trim());
    }
    rows += 1;
    if (rows === SAMPLE_ROWS) break;
  }
  return { titles: header?.cells ?? [], values };
}

/** `G1Q2[workplaces]. Text`, `group/workplaces` and `workplaces. Text` are about `workplaces`. */
function partFinder(instrument: Instrument): (title: string) => { column: Column; chosen?: string } | undefined {
  const columns = columnsOf(instrument).filter(({ kind }) => !['organisation', 'conductedOn'].includes(kind));
  const find = columnFinder(columns);
  // Codes in LimeSurvey have letters and digits alone: `coreservices` for `core-services`.
  const bare = new Map(columns.map((column) => [bareName(column.name), column]));
  const findName = (name: string) => find(name) ?? bare.get(bareName(name));
  return (title) => {
    const { parts, isNested } = partsOf(title);
    for (const [at, part] of parts.entries()) {
      const column = findName(part);
      if (!column) continue;
      const question = instrument.questions.find(({ id }) => column.kind === 'question' && id === column.name);
      const behind = isNested ? parts[at + 1] : undefined;
      if (behind === undefined) return { column };
      // Behind a question stands one of its choices; in an array the column is the part in brackets.
      const chosen = question?.codes.find(({ id }) => bareName(id) === bareName(behind))?.id;
      if (chosen !== undefined) return { column, chosen };
    }
    return undefined;
  };
}

const bareName = (name: string) => comparable(name).replace(/[^\p{L}\p{N}]/gu, '');

/** The parts of a title: a question and its part, from the outside inwards; or a code and the text of its question. */
function partsOf(title: string): { parts: string[]; isNested: boolean } {
  const bracket = /^([^[\]]+)\[([^[\]]+)\]/.exec(title);
  if (bracket) return { parts: [bracket[1]!, bracket[2]!], isNested: true };
  const dotted = /^([\p{L}\p{N}_-]+)\. /u.exec(title);
  if (dotted) return { parts: [dotted[1]!, title.slice(dotted[0].length)], isNested: false };
  return { parts: title.split('/').map((part) => part.trim()), isNested: title.includes('/') };
}

/** Without the question's text behind the code, as LimeSurvey writes it on request. */
const shortTitle = (title: string) => comparable(title.split('. ')[0] ?? '').replace(/^[\w-]+\. /, '');

function proposal(
  tool: Tool,
  titles: string[],
  values: Set<string>[],
  instrument: Instrument,
): { mapping: Mapping; open: string[] } {
  const own = OWN_COLUMNS[tool];
  const find = partFinder(instrument);
  const firstOf = (names: string[]) =>
    names.flatMap((name) => titles.find((title) => comparable(title) === name || shortTitle(title) === name) ?? [])[0];
  const [key, day] = [firstOf(own.organisation), firstOf(own.conductedOn)];
  const mapping: Mapping = { columns: {}, answers: {}, always: {}, leaveOut: [] };
  if (key !== undefined) mapping.columns[key] = { to: 'organisation' };
  if (day !== undefined) mapping.columns[day] = { to: 'conductedOn' };
  const open: string[] = [];
  // Levels count from 1 where a 5 is among them and no 0.
  const levels = new Set(
    titles.flatMap((title, at) => (find(title)?.column.kind === 'answer' ? [...(values[at] ?? [])] : [])),
  );
  const isFromOne = levels.has('5') && !levels.has('0');
  for (const [at, title] of titles.entries()) {
    if (title.trim() === '' || title === key || title === day) continue;
    const found = find(title);
    if (!found) (own.leaveOut.test(shortTitle(title)) ? mapping.leaveOut : open).push(title);
    else {
      const { column, chosen } = found;
      const proposed =
        chosen === undefined ? proposedValues(column, values[at] ?? new Set(), { instrument, isFromOne }) : {};
      mapping.columns[title] = {
        to: column.name,
        ...(chosen === undefined ? {} : { chosen }),
        ...(Object.keys(proposed).length > 0 ? { values: proposed } : {}),
      };
    }
  }
  mapping.answers = commonAnswers(mapping, instrument);
  return { mapping, open: [...new Set(open)] };
}

/** What the tool's values may mean: `A1` to `A5` and `1` to `5` are levels; what needs no mapping is not named. */
function proposedValues(
  { kind, name }: Column,
  values: ReadonlySet<string>,
  { instrument, isFromOne }: { instrument: Instrument; isFromOne: boolean },
): Record<string, string> {
  const proposed: Record<string, string> = {};
  if (values.size > MOST_VALUES) return proposed;
  const list = instrument.profile.find(({ id }) => id === name) ?? instrument.questions.find(({ id }) => id === name);
  const item = instrument.items.find(({ id }) => id === name);
  const isRead = kind === 'answer' && item ? answerReader(item) : codeReader(list?.codes ?? []);
  for (const value of values) {
    if (kind === 'answer') {
      const level = /^A[O0]?0?([1-5])$/i.exec(value)?.[1] ?? (isFromOne ? /^([1-5])$/.exec(value)?.[1] : undefined);
      if (level !== undefined) proposed[value] = String(Number(level) - 1);
      else if (/^(?:n\/?a|k\.? ?a\.?|-oth-|entfällt)$/i.test(value) && isRead(value) === undefined)
        proposed[value] = 'na';
      else if (isRead(value) === undefined) proposed[value] = '';
    } else if (list) {
      const code = list.codes.find(({ id }) => bareName(id) === bareName(value))?.id;
      if (isRead(value) === undefined && list.codes.length > 0) proposed[value] = code ?? '';
    }
  }
  return proposed;
}

/** Takes out what all items share, so that it is written once. */
function commonAnswers(mapping: Mapping, { items }: Instrument): Record<string, string> {
  const ids = new Set(items.map(({ id }) => id));
  const answers: Record<string, string> = {};
  const places = Object.values(mapping.columns).filter(({ to }) => ids.has(to));
  for (const { values = {} } of places) for (const [theirs, ours] of Object.entries(values)) answers[theirs] ??= ours;
  for (const place of places) {
    const own = Object.entries(place.values ?? {}).filter(([theirs, ours]) => answers[theirs] !== ours);
    if (own.length > 0) place.values = Object.fromEntries(own);
    else delete place.values;
  }
  return answers;
}

function report(file: string, mapping: Mapping, open: string[], instrument: Instrument): LocalText[] {
  const placed = new Set(Object.values(mapping.columns).map(({ to }) => to));
  const missing = columnsOf(instrument)
    .filter(
      ({ kind, name }) =>
        ['organisation', 'conductedOn', 'profile', 'answer', 'score'].includes(kind) && !placed.has(name),
    )
    .map(({ name }) => name);
  const unclear = [
    ...Object.entries(mapping.answers).map((entry) => ['answers', ...entry]),
    ...Object.entries(mapping.columns).flatMap(([, { to, values = {} }]) =>
      Object.entries(values).map((entry) => [to, ...entry]),
    ),
  ]
    .filter(([, , ours]) => ours === '')
    .map(([to, theirs]) => `${to}: ${theirs}`);
  const list = (texts: string[]) => texts.slice(0, 40).join(', ') + (texts.length > 40 ? ' ...' : '');
  return [
    {
      de: `${file} ist geschrieben: ein erster Vorschlag mit ${placed.size} Zuordnungen. Prüfen Sie ihn, vor allem die Richtung der Antworten.`,
      en: `${file} is written: a first proposal with ${placed.size} places. Check it, above all the direction of the answers.`,
    },
    ...(open.length > 0
      ? [
          {
            de: `Nicht zugeordnet und unter „leaveOut“ weggelassen: ${list(open)}`,
            en: `Not placed, and left out under "leaveOut": ${list(open)}`,
          },
        ]
      : []),
    ...(unclear.length > 0
      ? [
          {
            de: `Werte ohne Bedeutung, noch zu ergänzen: ${list(unclear)}`,
            en: `Values without a meaning, to be completed: ${list(unclear)}`,
          },
        ]
      : []),
    ...(missing.length > 0
      ? [{ de: `Keine Spalte gefunden für: ${list(missing)}`, en: `No column found for: ${list(missing)}` }]
      : []),
  ];
}
