import { accessSync, constants, existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { checkedPolicy } from '#disclosure/checked-policy';
import { ConfigurationError, type LocalPlaces, operatorOf, readPlaces } from '#functions/local/configuration';
import {
  DataFolderError,
  databaseFolder,
  lockDataFolder,
  readDemoState,
  readServer,
  readSourceKey,
} from '#functions/local/data-folder';
import { createClient, EngineError, startEngine } from '#functions/local/engine';
import { InstrumentFileError } from '#instruments/instrument-file-error';
import { loadInstruments } from '#instruments/load-instruments';
import packageJson from '../../package.json' with { type: 'json' };
import { type CommandStreams, startIfProgram } from './command.ts';

const USAGE = `npm run doctor [-- options]

  --port N           the port to be used (default: 8080)
  --data DIR         the local server's data folder
  --instruments DIR  a folder with further instrument files (default: INSTRUMENTS_DIR)

Checks a local set-up from Node to the database and names what is wrong and what to do. Changes nothing but that an
empty data folder may be made. Exit code: 0 all is well, or only hints; 1 something keeps the service from working.
`;

/** What one check found. A hint does not keep the service from working. */
export interface Finding {
  check: string;
  state: 'ok' | 'hint' | 'wrong';
  /** What was found and, unless all is well, what to do. */
  text: string;
}

const MEGABYTE = 2 ** 20;

/** Runs all checks in the order in which one rests on another. */
export async function examine(
  places: LocalPlaces,
  port: number,
  { nodeVersion = process.versions.node, operator }: { nodeVersion?: string; operator?: string | undefined } = {},
): Promise<Finding[]> {
  const server = await readServer(places.dataFolder).catch(() => undefined);
  return [
    nodeFinding(nodeVersion),
    packagesFinding(),
    policyFinding(),
    await instrumentsFinding(places),
    operatorFinding(operator),
    await diskFinding(places.dataFolder),
    await dataFolderFinding(places.dataFolder),
    await databaseFinding(places, server?.pid),
    server ? await serviceFinding(server.url) : await portFinding(port),
  ];
}

function nodeFinding(version: string): Finding {
  const check = 'Node.js';
  const wanted = /(\d+)\.(\d+)/.exec(packageJson.engines.node)!.slice(1).map(Number) as [number, number];
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isEnough = major > wanted[0] || (major === wanted[0] && minor >= wanted[1]);
  if (!isEnough) return { check, state: 'wrong', text: `${version}; install ${wanted.join('.')} or later.` };
  return { check, state: 'ok', text: version };
}

function packagesFinding(): Finding {
  const check = 'Packages';
  const { paths } = createRequire(import.meta.url).resolve;
  const missing = Object.keys(packageJson.dependencies).filter(
    (name) => !(paths(name) ?? []).some((folder) => existsSync(resolve(folder, name))),
  );
  if (missing.length > 0) return { check, state: 'wrong', text: `missing: ${missing.join(', ')}; run npm ci.` };
  return { check, state: 'ok', text: `${Object.keys(packageJson.dependencies).length} installed` };
}

function policyFinding(): Finding {
  const { minParticipations } = checkedPolicy();
  const text = `groups are shown from ${minParticipations} participations on; nothing is looser than the floor`;
  return { check: 'Disclosure policy', state: 'ok', text };
}

async function instrumentsFinding({ instrumentFolders }: LocalPlaces): Promise<Finding> {
  const check = 'Instruments';
  try {
    return { check, state: 'ok', text: [...(await loadInstruments(instrumentFolders)).keys()].join(', ') };
  } catch (error) {
    if (!(error instanceof InstrumentFileError)) throw error;
    return { check, state: 'wrong', text: error.message };
  }
}

function operatorFinding(operator: string | undefined): Finding {
  const check = 'Imprint';
  if (!operator) return { check, state: 'ok', text: 'names nobody: set OPERATOR before the service becomes public' };
  try {
    return { check, state: 'ok', text: `names ${operatorOf(operator).name}` };
  } catch (error) {
    return { check, state: 'wrong', text: (error as Error).message };
  }
}

async function diskFinding(folder: string): Promise<Finding> {
  const check = 'Disk space';
  let place = resolve(folder);
  while (!existsSync(place)) place = dirname(place);
  const { bavail, bsize } = await statfs(place);
  const free = Math.round((bavail * bsize) / MEGABYTE);
  const text = `${free} MB free at ${place}`;
  if (free < 100) return { check, state: 'wrong', text: `${text}; at least 100 MB are needed.` };
  return { check, state: free < 1_000 ? 'hint' : 'ok', text };
}

/** What lies in the data folder beside the database and is read at the start. */
async function dataFolderFinding(folder: string): Promise<Finding> {
  const check = 'Data folder';
  try {
    await readSourceKey(folder);
    await readDemoState(folder, 'embedded');
    return { check, state: 'ok', text: existsSync(folder) ? resolve(folder) : `${resolve(folder)}, not made yet` };
  } catch (error) {
    if (error instanceof DataFolderError) return { check, state: 'wrong', text: error.message };
    if (error instanceof Error && 'code' in error)
      return { check, state: 'wrong', text: `${resolve(folder)} cannot be read (${error.code}); see --data.` };
    throw error;
  }
}

/** The embedded database's folder is opened and closed again, unless a server has it; another DynamoDB is asked. */
async function databaseFinding(places: LocalPlaces, serverPid: number | undefined): Promise<Finding> {
  const check = 'Database';
  const { dataFolder, dynamodbEndpoint } = places;
  if (serverPid !== undefined) return { check, state: 'ok', text: `in use by the server, process ${serverPid}` };
  if (dynamodbEndpoint !== undefined) return endpointFinding(dynamodbEndpoint);
  try {
    accessSync(existsSync(dataFolder) ? dataFolder : dirname(resolve(dataFolder)), constants.W_OK);
    const lock = await lockDataFolder(dataFolder);
    try {
      const engine = await startEngine(databaseFolder(dataFolder));
      await engine.close();
    } finally {
      await lock.release();
    }
    return { check, state: 'ok', text: `embedded, in ${resolve(dataFolder)}` };
  } catch (error) {
    if (error instanceof DataFolderError || error instanceof EngineError)
      return { check, state: 'wrong', text: error.message };
    if (error instanceof Error && 'code' in error)
      return { check, state: 'wrong', text: `${resolve(dataFolder)} cannot be written (${error.code}); see --data.` };
    throw error;
  }
}

async function endpointFinding(endpoint: string): Promise<Finding> {
  const check = 'Database';
  const client = createClient(endpoint, { usesOwnCredentials: !/\/\/(localhost|127\.|\[::1\])/.test(endpoint) });
  try {
    const { TableNames = [] } = await client.send(new ListTablesCommand({}));
    return { check, state: 'ok', text: `${endpoint} answers, ${TableNames.length} tables` };
  } catch (error) {
    const text = `${endpoint} does not answer (${(error as Error).name}); start it, or unset DYNAMODB_ENDPOINT.`;
    return { check, state: 'wrong', text };
  } finally {
    client.destroy();
  }
}

async function serviceFinding(url: string): Promise<Finding> {
  const check = 'Service';
  const status = await fetch(new URL('readyz', url), { signal: AbortSignal.timeout(10_000) }).then(
    (response) => response.status,
    () => undefined,
  );
  if (status === 200) return { check, state: 'ok', text: `running and ready at ${url}` };
  const what = status === undefined ? 'does not answer' : `answers ${status} on /readyz`;
  return { check, state: 'wrong', text: `${url} ${what}; end it and start it again.` };
}

async function portFinding(port: number): Promise<Finding> {
  const check = 'Port';
  const server = createServer();
  const code = await new Promise<string | undefined>((done) => {
    server.once('error', (error: NodeJS.ErrnoException) => done(error.code ?? 'error'));
    server.listen(port, '127.0.0.1', () => done(undefined));
  });
  if (code === undefined) {
    await new Promise((done) => server.close(done));
    return { check, state: 'ok', text: `${port} is free` };
  }
  return { check, state: 'wrong', text: `${port} cannot be used (${code}); choose another with --port.` };
}

const MARKS = { ok: 'ok   ', hint: 'hint ', wrong: 'WRONG' } as const;

/** Runs the command and returns its exit code. */
export async function main(
  argv: string[],
  env: Record<string, string | undefined>,
  { out, err }: CommandStreams,
): Promise<number> {
  let findings: Finding[];
  try {
    const { values } = parseArgs({
      args: argv,
      options: {
        port: { type: 'string' },
        data: { type: 'string' },
        instruments: { type: 'string' },
        help: { type: 'boolean' },
      },
    });
    if (values.help) {
      out.write(USAGE);
      return 0;
    }
    const port = Number(values.port ?? '8080');
    if (!Number.isInteger(port) || port < 1 || port > 65_535)
      throw new ConfigurationError(`--port ${values.port} is not a port; use a number from 1 to 65535.`);
    findings = await examine(readPlaces({ data: values.data, instruments: values.instruments }, env), port, {
      operator: env.OPERATOR,
    });
  } catch (error) {
    const isExpected = error instanceof ConfigurationError || (error instanceof TypeError && 'code' in error);
    if (!isExpected) throw error;
    err.write(`${error.message}\n`);
    return 1;
  }
  const width = Math.max(...findings.map(({ check }) => check.length));
  for (const { check, state, text } of findings) out.write(`${MARKS[state]}  ${check.padEnd(width)}  ${text}\n`);
  const wrong = findings.filter(({ state }) => state === 'wrong').length;
  out.write(wrong === 0 ? '\nAll is well: npm start\n' : `\n${wrong} to mend.\n`);
  return wrong === 0 ? 0 : 1;
}

await startIfProgram(import.meta.url, main);
