import { randomBytes } from 'node:crypto';
import {
  DescribeTableCommand,
  type DynamoDBClient,
  ListTablesCommand,
  ResourceNotFoundException,
} from '@aws-sdk/client-dynamodb';
import type { Policy } from '#contracts/policy';
import { checkedPolicy } from '#disclosure/checked-policy';
import { type Instruments, loadInstruments } from '#instruments/load-instruments';
import { createTables } from '#store/create-tables';
import { createInvitationStore } from '#store/dynamo-invitations';
import { createParticipationStore } from '#store/dynamo-participation';
import { createRegistryStore } from '#store/dynamo-registry';
import { createReleaseStore } from '#store/dynamo-releases';
import { createSubmissionLog } from '#store/dynamo-submission-log';
import { createFolderFiles } from '#store/folder-files';
import { sha256Hex } from '#store/hashes';
import { type TableNames, tableNames } from '#store/tables';
import type { ApiDependencies } from '../http/dependencies.ts';
import type { ParticipationDependencies, PublishDependencies } from '../publish/dependencies.ts';
import { readProgram } from '../service/program.ts';
import { CannotRun } from './cannot-run.ts';
import type { LocalPlaces } from './configuration.ts';
import {
  clearDataFolder,
  type DataFolderLock,
  databaseFolder,
  ensureSourceKey,
  FolderInUse,
  filesFolder,
  lockDataFolder,
  type RunningServer,
  readDemoState,
  readServer,
} from './data-folder.ts';
import { createClient, type EmbeddedEngine, startEngine } from './engine.ts';

/** Everything the local programs (server, release and other operator commands) are wired from. */
export interface LocalContext extends LocalPlaces {
  client: DynamoDBClient;
  /** Address of the DynamoDB in use. */
  endpoint: string;
  tables: TableNames;
  stores: ReturnType<typeof createStores>;
  instruments: Instruments;
  /** The key of the trusted source `operator`. */
  sourceKey: string;
  /** The mark of a database whose every participation is invented: its releases say so, and their cut-offs may be close. */
  isInvented: boolean;
  /** The live server whose database is used; undefined when this process has the data folder to itself. */
  server?: RunningServer;
  close: () => Promise<void>;
}

/**
 * Opens data folder, database and instruments for an operator command: attaches to the live server on the folder, else
 * takes the folder and starts the engine itself. `close` ends what was started here.
 *
 * @throws CannotRun or InstrumentFileError
 */
export async function openContext(places: LocalPlaces): Promise<LocalContext> {
  const instruments = await loadInstruments(places.instrumentFolders);
  const found = await findServerOrLock(places.dataFolder);
  if ('lock' in found) return openOwn(places, instruments, found.lock);
  const { server } = found;
  if (places.dynamodbEndpoint !== undefined && !isSameAddress(places.dynamodbEndpoint, server.endpoint))
    throw new CannotRun(
      `The server on ${places.dataFolder} does not use the DynamoDB that DYNAMODB_ENDPOINT names; stop it first.`,
    );
  return connect({ ...places, tablePrefix: server.tablePrefix }, instruments, {
    endpoint: server.endpoint,
    end: async () => {},
    server,
  });
}

/** Opens everything for this process alone, as the server does. Throws as `openContext`. */
export async function openExclusiveContext(places: LocalPlaces & { isFresh: boolean }): Promise<LocalContext> {
  const instruments = await loadInstruments(places.instrumentFolders);
  return openOwn(places, instruments, await lockDataFolder(places.dataFolder, places));
}

type ClockAndLog = Pick<ApiDependencies, 'now' | 'log'>;

/** What the api needs, over the context's stores. */
export function apiDependencies(
  context: LocalContext,
  given: ClockAndLog & Pick<ApiDependencies, 'assets' | 'operator' | 'origin' | 'limits' | 'proofOfWork'>,
): ApiDependencies {
  return {
    ...given,
    ...context.stores,
    campaigns: context.stores,
    instruments: context.instruments,
    program: readProgram(),
    sources: [{ id: 'operator', keyHash: sha256Hex(context.sourceKey), isTrusted: true }],
    randomBytes,
  };
}

/** What publishing and counting participation need, over the context's stores. */
export function publishDependencies(
  context: LocalContext,
  given: ClockAndLog,
): PublishDependencies & ParticipationDependencies {
  return {
    ...given,
    ...context.stores,
    instruments: context.instruments,
    policy: localPolicy(context),
    isInvented: context.isInvented,
    codeVersion: readProgram(),
    randomBytes,
    // One machine, one clock: no write that was accepted earlier is still under way elsewhere.
    settleMinutes: 0,
    segments: 4,
    facts: { publisher: { name: 'Sektorspiegel (local server)' } },
  };
}

/** Releases of invented data may be made at any distance; whoever has real data keeps the policy's. */
function localPolicy({ isInvented }: LocalContext): Policy {
  return isInvented ? checkedPolicy({ isTrial: true, minDaysBetweenReleases: 0 }) : checkedPolicy();
}

/** How a data folder names the database in use. */
export function databaseName({ dynamodbEndpoint, tablePrefix }: LocalPlaces): string {
  return dynamodbEndpoint === undefined ? 'embedded' : `${dynamodbEndpoint} ${tablePrefix}`;
}

/** Opens the database of a folder that this process has locked; the lock goes with the context, or with the failure. */
async function openOwn(
  places: LocalPlaces & { isFresh?: boolean },
  instruments: Instruments,
  lock: DataFolderLock,
): Promise<LocalContext> {
  let engine: EmbeddedEngine | undefined;
  const end = async () => {
    await engine?.close();
    await lock.release();
  };
  try {
    if (places.isFresh) await clearDataFolder(places.dataFolder);
    if (places.dynamodbEndpoint === undefined) engine = await startEngine(databaseFolder(places.dataFolder));
    return await connect(places, instruments, {
      endpoint: engine?.endpoint ?? places.dynamodbEndpoint!,
      own: engine?.client,
      end,
    });
  } catch (error) {
    await end();
    throw error;
  }
}

interface Connection {
  endpoint: string;
  /** The client of an engine in this process. */
  own?: DynamoDBClient | undefined;
  end: () => Promise<void>;
  server?: RunningServer;
}

async function connect(
  places: LocalPlaces,
  instruments: Instruments,
  { endpoint, own, end, server }: Connection,
): Promise<LocalContext> {
  const client = own ?? createClient(endpoint, { usesOwnCredentials: !isThisMachine(endpoint) });
  try {
    await checkEndpoint(client, endpoint);
    const tables = tableNames(places.tablePrefix);
    if (isOnAws(endpoint)) await checkTables(client, tables, places.tablePrefix);
    else await createTables(client, tables);
    return {
      ...places,
      client,
      endpoint,
      tables,
      stores: createStores(client, tables, places.dataFolder),
      instruments,
      sourceKey: await ensureSourceKey(places.dataFolder, randomBytes),
      isInvented: server?.isInvented ?? (await readDemoState(places.dataFolder, databaseName(places))) !== undefined,
      ...(server ? { server } : {}),
      close: async () => {
        client.destroy();
        await end();
      },
    };
  } catch (error) {
    client.destroy();
    throw error;
  }
}

function createStores(client: DynamoDBClient, tables: TableNames, dataFolder: string) {
  return {
    submissions: createSubmissionLog(client, tables.submissions),
    releases: createReleaseStore(client, tables.releases),
    registry: createRegistryStore(client, tables.registry),
    invitations: createInvitationStore(client, tables.invitations),
    participation: createParticipationStore(client, tables.releases),
    files: createFolderFiles(filesFolder(dataFolder)),
  };
}

const ANSWER_MS = 5_000;

/** One cheap call, so that a wrong address is told at once and in a sentence. */
async function checkEndpoint(client: DynamoDBClient, endpoint: string): Promise<void> {
  const abort = AbortSignal.timeout(ANSWER_MS);
  try {
    await client.send(new ListTablesCommand({ Limit: 1 }), { abortSignal: abort });
  } catch (error) {
    const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
    const name = error instanceof Error ? error.name : 'error';
    throw new CannotRun(
      status === undefined
        ? `No DynamoDB answers at ${endpoint}.`
        : `What answers at ${endpoint} is no DynamoDB, or it refuses access (${status} ${name}).`,
      { cause: error },
    );
  }
}

/** A deployment has its tables from the stacks: a mistyped prefix must not make others. */
export async function checkTables(client: DynamoDBClient, tables: TableNames, prefix: string): Promise<void> {
  for (const name of Object.values(tables))
    try {
      await client.send(new DescribeTableCommand({ TableName: name }));
    } catch (error) {
      if (!(error instanceof ResourceNotFoundException)) throw error;
      throw new CannotRun(`There is no table ${name}; is TABLE_PREFIX=${prefix} right?`, { cause: error });
    }
}

function isOnAws(endpoint: string): boolean {
  return /\.amazonaws\.com(\.cn)?$/.test(new URL(endpoint).hostname);
}

/** The live server on the folder, or the folder for this process. A server that is just starting is waited for. */
async function findServerOrLock(folder: string): Promise<{ server: RunningServer } | { lock: DataFolderLock }> {
  for (let attempt = 0; ; attempt += 1) {
    const server = await readServer(folder);
    if (server) return { server };
    try {
      return { lock: await lockDataFolder(folder) };
    } catch (error) {
      if (!(error instanceof FolderInUse) || attempt === 100) throw error;
    }
    await new Promise((done) => setTimeout(done, 100));
  }
}

function isThisMachine(endpoint: string): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(new URL(endpoint).hostname);
}

function isSameAddress(one: string, other: string): boolean {
  return new URL(one).href === new URL(other).href;
}
