import { once } from 'node:events';
import { accessSync, constants, existsSync } from 'node:fs';
import { readFile, statfs } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, resolve } from 'node:path';
import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { fileListPath } from '#contracts/release-file';
import { checkedPolicy } from '#disclosure/checked-policy';
import { CannotRun } from '#functions/local/cannot-run';
import { type LocalPlaces, operatorOf, readPlaces } from '#functions/local/configuration';
import {
  databaseFolder,
  filesFolder,
  lockDataFolder,
  readDemoState,
  readServer,
  readSourceKey,
} from '#functions/local/data-folder';
import { createClient, startEngine } from '#functions/local/engine';
import { InstrumentFileError } from '#instruments/instrument-file-error';
import { loadInstruments } from '#instruments/load-instruments';
import { createFolderFiles } from '#store/folder-files';
import { checkReleasedFiles } from '#store/released-files';
import packageJson from '../../package.json' with { type: 'json' };
import { createCommand, PLACES, startIfProgram, WrongUse } from './command.ts';

const USAGE = `npm run doctor [-- options]

  --port N           the port to be used (default: 8080)
  --data DIR         the local server's data folder
  --instruments DIR  a folder with further instrument files (default: INSTRUMENTS_DIR)

Checks a local set-up, layer by layer as docs/architecture.md lists them, and names what is wrong and what to do. Changes
nothing but that an empty data folder may be made. Exit code: 0 all is well, or only hints; 1 something keeps the service
from working.
`;

/** What one check found. A hint does not keep the service from working. */
interface Finding {
  /** The folder of docs/architecture.md that needs it; empty: all of them. */
  layer: string;
  check: string;
  state: 'ok' | 'hint' | 'wrong';
  /** What was found and, unless all is well, what to do. */
  text: string;
}

const MEGABYTE = 2 ** 20;

type Verdict = string | { hint: string };
type Check = () => Verdict | Promise<Verdict>;

/** Runs all checks, the ground first: of each layer its packages, then what else it needs. */
export async function examine(
  places: LocalPlaces,
  port: number,
  { nodeVersion = process.versions.node, operator }: { nodeVersion?: string; operator?: string | undefined } = {},
): Promise<Finding[]> {
  const server = await readServer(places.dataFolder).catch(() => undefined);
  const own: Record<string, Record<string, Check>> = {
    'packages/instruments': {
      Instruments: async () => [...(await loadInstruments(places.instrumentFolders)).keys()].join(', '),
    },
    'packages/disclosure': {
      Policy: () =>
        `groups are shown from ${checkedPolicy().minParticipations} participations on; nothing is looser than the floor`,
    },
    'packages/store': {
      'Data folder': () => checkDataFolder(places.dataFolder),
      'Disk space': () => checkDisk(places.dataFolder),
      'Released files': () => checkFiles(places.dataFolder),
      Database: () => (server ? `in use by the server, process ${server.pid}` : checkDatabase(places)),
    },
    'functions/site': {
      Imprint: () =>
        operator
          ? `names ${operatorOf(operator).name}`
          : 'names nobody: set OPERATOR before the service becomes public',
    },
    'functions/local': server ? { Service: () => checkService(server.url) } : { Port: () => checkPort(port) },
  };
  const checks: [string, string, Check][] = [['', 'Node.js', () => checkNode(nodeVersion)]];
  for (const { layer, packages } of await layers())
    for (const [check, run] of Object.entries({ Packages: () => checkPackages(packages), ...own[layer] }))
      checks.push([layer, check, run]);
  const findings: Finding[] = [];
  for (const [layer, check, run] of checks) findings.push({ layer, check, ...(await verdictOf(run)) });
  return findings;
}

/** The table of folders in docs/architecture.md, and what each row names of packages that it needs when it runs. */
async function layers(): Promise<{ layer: string; packages: string[] }[]> {
  const text = await readFile(new URL('../../docs/architecture.md', import.meta.url), 'utf8').catch(() => '');
  const rows = [...text.matchAll(/^\| `([a-z/-]+)` \|[^|]*\| ([^|]*) \|$/gm)];
  if (rows.length === 0) throw new CannotRun('docs/architecture.md lists no folders: this checkout is not whole.');
  return rows.map(([, layer, imports]) => ({
    layer: layer!,
    packages: [...imports!.matchAll(/`([^`]+)`/g)].map(([, name]) => name!),
  }));
}

async function verdictOf(run: Check): Promise<Pick<Finding, 'state' | 'text'>> {
  try {
    const found = await run();
    return typeof found === 'string' ? { state: 'ok', text: found } : { state: 'hint', text: found.hint };
  } catch (error) {
    if (!(error instanceof CannotRun || error instanceof InstrumentFileError)) throw error;
    return { state: 'wrong', text: (error as Error).message };
  }
}

function checkNode(version: string): string {
  const wanted = /(\d+)\.(\d+)/.exec(packageJson.engines.node)!.slice(1).map(Number) as [number, number];
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > wanted[0] || (major === wanted[0] && minor >= wanted[1])) return version;
  throw new CannotRun(`${version}; install ${wanted.join('.')} or later.`);
}

/** Packages as the table names them: one, a part of one (`zod/mini`), or those of a scope that the program runs with. */
function checkPackages(names: string[]): Verdict {
  if (names.length === 0) return 'needs none';
  const running = Object.keys(packageJson.dependencies);
  const wanted = names.flatMap((name) => {
    const ofScope = running.filter((one) => one.startsWith(`${name}/`));
    return ofScope.length > 0 ? ofScope : (running.find((one) => `${name}/`.startsWith(`${one}/`)) ?? name);
  });
  const missing = wanted.filter((name) => !isInstalled(name));
  if (missing.length === 0) return names.join(', ');
  if (missing.some((name) => running.includes(name)))
    throw new CannotRun(`missing: ${missing.join(', ')}; run npm ci.`);
  return { hint: `not installed: ${missing.join(', ')}; npm ci brings them, running does not need them` };
}

function isInstalled(name: string): boolean {
  const folders = createRequire(import.meta.url).resolve.paths(name) ?? [];
  return folders.some((folder) => existsSync(resolve(folder, name)));
}

async function checkDisk(folder: string): Promise<Verdict> {
  let place = resolve(folder);
  while (!existsSync(place)) place = dirname(place);
  const { bavail, bsize } = await statfs(place);
  const free = Math.round((bavail * bsize) / MEGABYTE);
  const text = `${free} MB free at ${place}`;
  if (free < 100) throw new CannotRun(`${text}; at least 100 MB are needed.`);
  return free < 1_000 ? { hint: text } : text;
}

/** What lies in the data folder beside the database and is read at the start. */
async function checkDataFolder(folder: string): Promise<string> {
  await accessing(folder, 'read', async () => {
    await readSourceKey(folder);
    await readDemoState(folder, 'embedded');
  });
  return existsSync(folder) ? resolve(folder) : `${resolve(folder)}, not made yet`;
}

/** Every file of every release, also of one that is given out no more, is what was written. */
async function checkFiles(folder: string): Promise<string> {
  const files = createFolderFiles(filesFolder(folder));
  const lists = (await files.list('releases/')).filter((path) => path === fileListPath(path.split('/')[1]!));
  const releases = lists.map((path) => path.split('/')[1]!);
  const { checked, damaged } = await checkReleasedFiles(files, releases);
  if (damaged.length > 0)
    throw new CannotRun(
      `missing or not what was written: ${damaged.join(', ')}; restore ${damaged.length === 1 ? 'it' : 'them'} from a backup of ${resolve(filesFolder(folder))}.`,
    );
  return releases.length === 0 ? 'none yet' : `what was written; files: ${checked}, releases: ${releases.length}`;
}

/** The embedded database's folder is opened and closed again; another DynamoDB is asked. */
async function checkDatabase({ dataFolder, dynamodbEndpoint }: LocalPlaces): Promise<string> {
  if (dynamodbEndpoint !== undefined) return checkEndpoint(dynamodbEndpoint);
  await accessing(dataFolder, 'written', async () => {
    accessSync(existsSync(dataFolder) ? dataFolder : dirname(resolve(dataFolder)), constants.W_OK);
    const lock = await lockDataFolder(dataFolder);
    try {
      const engine = await startEngine(databaseFolder(dataFolder));
      await engine.close();
    } finally {
      await lock.release();
    }
  });
  return `embedded, in ${resolve(dataFolder)}`;
}

async function accessing(folder: string, how: 'read' | 'written', work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw new CannotRun(`${resolve(folder)} cannot be ${how} (${error.code}); see --data.`);
  }
}

async function checkEndpoint(endpoint: string): Promise<string> {
  const client = createClient(endpoint, { usesOwnCredentials: !/\/\/(localhost|127\.|\[::1\])/.test(endpoint) });
  try {
    const { TableNames = [] } = await client.send(new ListTablesCommand({}));
    return `${endpoint} answers, ${TableNames.length} tables`;
  } catch (error) {
    throw new CannotRun(
      `${endpoint} does not answer (${(error as Error).name}); start it, or unset DYNAMODB_ENDPOINT.`,
    );
  } finally {
    client.destroy();
  }
}

async function checkService(url: string): Promise<string> {
  const answered = await fetch(new URL('readyz', url), { signal: AbortSignal.timeout(10_000) }).catch(() => undefined);
  if (answered?.status === 200) return `running and ready at ${url}`;
  const what = answered === undefined ? 'does not answer' : `answers ${answered.status} on /readyz`;
  throw new CannotRun(`${url} ${what}; end it and start it again.`);
}

async function checkPort(port: number): Promise<string> {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (error) {
    const { code = 'error' } = error as NodeJS.ErrnoException;
    throw new CannotRun(`${port} cannot be used (${code}); choose another with --port.`);
  }
  await new Promise((done) => server.close(done));
  return `${port} is free`;
}

const MARKS = { ok: 'ok   ', hint: 'hint ', wrong: 'WRONG' } as const;

export const main = createCommand({
  usage: USAGE,
  options: { ...PLACES, port: { type: 'string' } },
  async run({ values, env, out }) {
    const port = Number(values.port ?? '8080');
    if (!Number.isInteger(port) || port < 1 || port > 65_535)
      throw new WrongUse(`--port ${values.port} is not a port; use a number from 1 to 65535.`);
    const findings = await examine(readPlaces(values, env), port, { operator: env.OPERATOR });
    const [layerWidth, checkWidth] = (['layer', 'check'] as const).map((column) =>
      Math.max(...findings.map((finding) => finding[column].length)),
    ) as [number, number];
    for (const { layer, check, state, text } of findings)
      out.write(`${MARKS[state]}  ${layer.padEnd(layerWidth)}  ${check.padEnd(checkWidth)}  ${text}\n`);
    const wrong = findings.filter(({ state }) => state === 'wrong').length;
    out.write(wrong === 0 ? '\nAll is well: npm start\n' : `\n${wrong} to mend.\n`);
    return wrong === 0 ? 0 : 1;
  },
});

await startIfProgram(import.meta.url, main);
