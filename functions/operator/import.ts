import { randomBytes } from 'node:crypto';
import { CannotRun } from '#functions/local/cannot-run';
import { readPlaces } from '#functions/local/configuration';
import { DEFAULT_DATA_FOLDER, readServer, readSourceKey } from '#functions/local/data-folder';
import { loadInstruments } from '#instruments/load-instruments';
import { createCommand, PLACES, startIfProgram, WrongUse } from './command.ts';
import { type ImportSummary, runImport } from './import/run-import.ts';
import { RETRYING } from './import/send.ts';

const USAGE = `npm run import -- --instrument ID --csv FILE --receipts FILE [options]

  --instrument ID    which check the file holds, e.g. digitalcheck.1
  --csv FILE         the rows; their columns: docs/import.md
  --receipts FILE    which organisation has which receipt; made if absent. Keep it safe: it is the only link
  --rejects FILE     where rows that do not go in are listed (default: <csv>.rejects.csv)
  --url URL          the service's address (default: the local server that is running)
  --data DIR         the local server's data folder (default: ${DEFAULT_DATA_FOLDER})
  --instruments DIR  a folder with further instrument files (default: INSTRUMENTS_DIR)

Environment: SOURCE_KEY, the key by which the service knows the source of the rows.
Exit code: 0 all rows are in; 2 some were rejected; 1 the import could not run or could not finish.
`;

export const main = createCommand({
  usage: USAGE,
  options: {
    ...PLACES,
    instrument: { type: 'string' },
    csv: { type: 'string' },
    receipts: { type: 'string' },
    rejects: { type: 'string' },
    url: { type: 'string' },
  },
  async run({ values, env, out, err, signal = new AbortController().signal }) {
    const missing = (['instrument', 'csv', 'receipts'] as const).find((name) => !values[name]);
    if (missing) throw new WrongUse(`--${missing} is missing.`);
    const { instrument: id = '', csv = '', receipts = '' } = values;
    const rejects = values.rejects ?? `${csv.replace(/\.csv$/i, '')}.rejects.csv`;

    const { dataFolder, instrumentFolders } = readPlaces(values, env);
    const instruments = await loadInstruments(instrumentFolders);
    const instrument = instruments.get(id);
    if (!instrument)
      throw new CannotRun(
        `The instrument ${id} is unknown. Known: ${[...instruments.keys()].join(', ')}; --instruments names a folder with others.`,
      );
    const service = await findService(values.url, dataFolder, env.SOURCE_KEY);
    const request = { instrument, csv, receipts, rejects, ...service };
    const summary = await runImport(request, { randomBytes, retrying: RETRYING, signal, out });
    out.write(`${summaryLine(summary)}\n`);
    if (summary.rejected === 0) return 0;
    err.write(`The rejected rows and the reasons are in ${rejects}.\n`);
    return 2;
  },
});

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
    throw new CannotRun(
      `No local server is running on the data folder ${dataFolder}: start one with "npm start", or name a service with --url.`,
    );
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isThisMachine(url)))
    throw new CannotRun(
      `${url.href} is not encrypted: receipts are sent over https, or over http to this machine only.`,
    );
  const isLocalServer = isThisMachine(url) && url.protocol === local?.protocol && url.port === local.port;
  // Its releases say that every participation is invented.
  if (isLocalServer && server?.isInvented)
    throw new CannotRun(
      'This database holds the demo, whose releases are marked as invented: start the server with --no-demo on another data folder for answers of your own.',
    );
  const sourceKey = givenKey || (isLocalServer ? await readSourceKey(dataFolder) : undefined);
  return { url, sourceKey };
}

const isThisMachine = (url: URL) => ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);

function asBase(address: string): URL {
  if (!URL.canParse(address)) throw new CannotRun(`"${address}" is not an address such as https://example.org/.`);
  const url = new URL(address);
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  url.search = '';
  url.hash = '';
  return url;
}

function summaryLine({ rows, stored, changed, replayed, rejected }: ImportSummary): string {
  const ofThese = changed > 0 ? ` (${changed} of them changed)` : '';
  return `${rows} rows: ${stored} went in${ofThese}, ${replayed} were already there, ${rejected} rejected.`;
}

/** A first Ctrl-C lets the import end in order. */
function interruption(): AbortSignal {
  const stopping = new AbortController();
  process.once('SIGINT', () => stopping.abort());
  process.once('SIGTERM', () => stopping.abort());
  return stopping.signal;
}

await startIfProgram(import.meta.url, main, () => ({ signal: interruption() }));
