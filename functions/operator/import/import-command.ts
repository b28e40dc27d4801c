import { randomBytes } from 'node:crypto';
import { berlinDate } from '#contracts/calendar';
import type { Instrument } from '#contracts/instrument';
import { plainText } from '#contracts/plain-code';
import type { Lang } from '#contracts/text';
import { CannotRun } from '#functions/local/cannot-run';
import { readPlaces } from '#functions/local/configuration';
import { readServer, readSourceKey } from '#functions/local/data-folder';
import { loadInstruments } from '#instruments/load-instruments';
import { type CommandStreams, createCommand, PLACES, type Values, WrongUse } from '../command.ts';
import { languageOf } from '../language.ts';
import { readMapping } from './mapping.ts';
import type { SameOrNew } from './plan.ts';
import { proposeMapping } from './propose-mapping.ts';
import { Refusal } from './refusal.ts';
import { runImport } from './run-import.ts';
import { RETRYING } from './send.ts';
import { summaryLines } from './summary.ts';
import { writeTemplate } from './template.ts';
import { importUsage } from './usage.ts';

const OPTIONS = {
  ...PLACES,
  instrument: { type: 'string' },
  csv: { type: 'string' },
  sheet: { type: 'string' },
  receipts: { type: 'string' },
  rejects: { type: 'string' },
  url: { type: 'string' },
  'dry-run': { type: 'boolean' },
  same: { type: 'boolean' },
  new: { type: 'boolean' },
  'same-key': { type: 'string', multiple: true },
  'new-key': { type: 'string', multiple: true },
  map: { type: 'string' },
  'map-from': { type: 'string' },
  template: { type: 'string' },
  lang: { type: 'string' },
} as const;

type Given = Values<typeof OPTIONS>;

/** @param call how the command is called, for its usage */
export const importCommand = (call: string) =>
  createCommand({
    usage: (env, argv) => importUsage(call)[languageOf(langOption(argv), env)],
    options: OPTIONS,
    async run({ values, env, out, err, signal = new AbortController().signal }) {
      const lang = languageOf(values.lang, env);
      try {
        return await run({ values, lang, env, out, err, signal });
      } catch (error) {
        throw error instanceof Refusal ? new CannotRun(error.text[lang]) : error;
      }
    },
  });

/** Before the options are read: a wrong one is answered in the caller's language too. */
function langOption(argv: string[]): string | undefined {
  const at = argv.findIndex((argument) => /^--lang(=|$)/.test(argument));
  return argv[at]?.split('=')[1] ?? (at < 0 ? undefined : argv[at + 1]);
}

interface Call extends CommandStreams {
  values: Given;
  lang: Lang;
  env: Record<string, string | undefined>;
  signal: AbortSignal;
}

async function run(call: Call): Promise<number> {
  const { values, lang, env, out, err, signal } = call;
  const { dataFolder, instrumentFolders } = readPlaces(values, env);
  const needed = (name: 'instrument' | 'csv' | 'receipts'): string => {
    const value = values[name];
    if (!value) throw new WrongUse(lang === 'de' ? `--${name} fehlt.` : `--${name} is missing.`);
    return value;
  };
  const id = needed('instrument');
  if (values.template !== undefined) {
    await writeTemplate(values.template, await instrumentOf(id, instrumentFolders), lang);
    out.write(lang === 'de' ? `${values.template} ist geschrieben.\n` : `${values.template} is written.\n`);
    return 0;
  }
  const csv = needed('csv');
  if (values['map-from'] !== undefined) {
    const file = values.map ?? `${withoutEnding(csv)}.map.json`;
    const instrument = await instrumentOf(id, instrumentFolders);
    for (const line of await proposeMapping(values['map-from'], { csv, sheet: values.sheet, file, instrument }))
      out.write(`${line[lang]}\n`);
    return 0;
  }
  const receipts = needed('receipts');
  const rejects = values.rejects ?? `${withoutEnding(csv)}.rejects.csv`;
  const isDryRun = values['dry-run'] ?? false;
  const instrument = await instrumentOf(id, instrumentFolders);
  const service = isDryRun ? null : await findService(values.url, dataFolder, env.SOURCE_KEY);
  const mapping = values.map === undefined ? undefined : await readMapping(values.map);
  const files = { csv, receipts, rejects, sheet: values.sheet };
  const today = berlinDate(new Date());
  const summary = await runImport(
    { instrument, ...files, mapping, sameOrNew: sameOrNew(values), service },
    { randomBytes, retrying: RETRYING, signal, out, lang, today },
  );
  for (const line of summaryLines(summary, { instrument, lang, isDryRun })) out.write(`${line}\n`);
  if (summary.rejected === 0) return 0;
  err.write(
    lang === 'de'
      ? `Die abgewiesenen Zeilen und die Gründe stehen in ${rejects}.\n`
      : `The rejected rows and the reasons are in ${rejects}.\n`,
  );
  return 2;
}

const withoutEnding = (file: string) => file.replace(/\.(?:csv|txt|tsv|xlsx)$/i, '');

async function instrumentOf(id: string, folders: string[]): Promise<Instrument> {
  const instruments = await loadInstruments(folders);
  const instrument = instruments.get(id);
  const known = [...instruments.keys()].join(', ');
  if (instrument) return instrument;
  throw new Refusal({
    de: `Das Instrument ${id} ist unbekannt. Bekannt: ${known}; --instruments nennt einen Ordner mit weiteren.`,
    en: `The instrument ${id} is unknown. Known: ${known}; --instruments names a folder with others.`,
  });
}

function sameOrNew(values: Given): SameOrNew {
  if (values.same && values.new) throw new WrongUse('--same / --new');
  const keys = new Map<string, 'same' | 'new'>();
  for (const key of values['same-key'] ?? []) keys.set(plainText(key), 'same');
  for (const key of values['new-key'] ?? []) keys.set(plainText(key), 'new');
  return { keys, ...(values.same ? { all: 'same' } : values.new ? { all: 'new' } : {}) };
}

/** Where to send the rows and with which source key. The local server's own key is shown to the local server alone. */
async function findService(
  address: string | undefined,
  dataFolder: string,
  givenKey: string | undefined,
): Promise<{ url: URL; sourceKey: string | undefined }> {
  const server = await readServer(dataFolder);
  const local = server ? asBase(server.url) : null;
  const url = address === undefined ? local : asBase(address);
  if (!url)
    throw new Refusal({
      de: `Auf dem Datenordner ${dataFolder} läuft kein lokaler Server: Starten Sie einen mit „npm start“, oder nennen Sie mit --url einen Dienst.`,
      en: `No local server is running on the data folder ${dataFolder}: start one with "npm start", or name a service with --url.`,
    });
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isThisMachine(url)))
    throw new Refusal({
      de: `${url.href} ist nicht verschlüsselt: Rückkehr-Codes gehen nur über https, oder über http an diesen Rechner.`,
      en: `${url.href} is not encrypted: receipts are sent over https, or over http to this machine only.`,
    });
  const isLocalServer = isThisMachine(url) && url.protocol === local?.protocol && url.port === local.port;
  // Its releases say that every participation is invented.
  if (isLocalServer && server?.isInvented)
    throw new Refusal({
      de: 'Diese Datenbank enthält die Demo, deren Veröffentlichungen als erfunden gekennzeichnet sind: Starten Sie den Server für eigene Antworten mit --no-demo auf einem anderen Datenordner.',
      en: 'This database holds the demo, whose releases are marked as invented: start the server with --no-demo on another data folder for answers of your own.',
    });
  const sourceKey = givenKey || (isLocalServer ? await readSourceKey(dataFolder) : undefined);
  return { url, sourceKey };
}

const isThisMachine = (url: URL) => ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);

function asBase(address: string): URL {
  if (!URL.canParse(address))
    throw new Refusal({
      de: `„${address}“ ist keine Adresse wie https://example.org/.`,
      en: `"${address}" is not an address such as https://example.org/.`,
    });
  const url = new URL(address);
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  url.search = '';
  url.hash = '';
  return url;
}

/** A first Ctrl-C lets the import end in order. */
export function interruption(): AbortSignal {
  const stopping = new AbortController();
  process.once('SIGINT', () => stopping.abort());
  process.once('SIGTERM', () => stopping.abort());
  return stopping.signal;
}
