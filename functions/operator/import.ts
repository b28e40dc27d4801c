import { randomBytes } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { ConfigurationError, readPlaces } from '#functions/local/configuration';
import { DataFolderError, DEFAULT_DATA_FOLDER, readServer, readSourceKey } from '#functions/local/data-folder';
import { unwritableSentence } from '#functions/local/unwritable';
import { InstrumentFileError } from '#instruments/instrument-file-error';
import { loadInstruments } from '#instruments/load-instruments';
import { CannotRun } from './import/cannot-run.ts';
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

/** Runs the command and returns its exit code. */
export async function main(
  argv: string[],
  env: Record<string, string | undefined>,
  io: { out: NodeJS.WritableStream & { isTTY?: boolean }; err: NodeJS.WritableStream; signal: AbortSignal },
): Promise<0 | 1 | 2> {
  try {
    const options = readArguments(argv);
    if (options.help) {
      io.out.write(USAGE);
      return 0;
    }
    const need = (name: 'instrument' | 'csv' | 'receipts') => {
      const value = options[name];
      if (!value) throw new CannotRun(`--${name} is missing.\n\n${USAGE}`);
      return value;
    };
    const instrumentId = need('instrument');
    const csv = need('csv');
    const receipts = need('receipts');
    const rejects = options.rejects ?? `${csv.replace(/\.csv$/i, '')}.rejects.csv`;

    const { dataFolder, instrumentFolders } = readPlaces(options, env);
    const instruments = await loadInstruments(instrumentFolders);
    const instrument = instruments.get(instrumentId);
    if (!instrument)
      throw new CannotRun(
        `The instrument ${instrumentId} is unknown. Known: ${[...instruments.keys()].join(', ')}; --instruments names a folder with others.`,
      );
    const service = await findService(options.url, dataFolder, env.SOURCE_KEY);
    const summary = await runImport(
      { instrument, csv, receipts, rejects, ...service },
      { randomBytes, retrying: RETRYING, signal: io.signal, out: io.out },
    );
    io.out.write(`${summaryLine(summary)}\n`);
    if (summary.rejected > 0) io.err.write(`The rejected rows and the reasons are in ${rejects}.\n`);
    return summary.rejected > 0 ? 2 : 0;
  } catch (error) {
    const isSentence = [CannotRun, InstrumentFileError, ConfigurationError, DataFolderError].some(
      (kind) => error instanceof kind,
    );
    const sentence = isSentence ? (error as Error).message : unwritableSentence(error);
    if (sentence === undefined) throw error;
    io.err.write(`${sentence}\n`);
    return 1;
  }
}

function readArguments(argv: string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args: argv,
      options: {
        instrument: text,
        csv: text,
        receipts: text,
        rejects: text,
        url: text,
        data: text,
        instruments: text,
        help: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    throw new CannotRun(`${(error as Error).message}\n\n${USAGE}`);
  }
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
    throw new CannotRun(
      `No local server is running on the data folder ${dataFolder}: start one with "npm start", or name a service with --url.`,
    );
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isThisMachine(url)))
    throw new CannotRun(
      `${url.href} is not encrypted: receipts are sent over https, or over http to this machine only.`,
    );
  const isLocalServer = isThisMachine(url) && url.protocol === local?.protocol && url.port === local.port;
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

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const stopping = new AbortController();
  process.once('SIGINT', () => stopping.abort());
  process.once('SIGTERM', () => stopping.abort());
  process.exitCode = await main(process.argv.slice(2), process.env, {
    out: process.stdout,
    err: process.stderr,
    signal: stopping.signal,
  });
}
