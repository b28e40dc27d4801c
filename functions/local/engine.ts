import { EventEmitter } from 'node:events';
import { access, readFile, rm, writeFile } from 'node:fs/promises';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import { Level } from 'level';
import { CLIENT_LIMITS } from '#store/client-limits';
import { CannotRun } from './cannot-run.ts';
import { noRoomForData } from './unwritable.ts';

export interface Engine {
  /** Address of a DynamoDB api on this machine, `http://127.0.0.1:<port>`. */
  endpoint: string;
  close: () => Promise<void>;
}

export interface EmbeddedEngine extends Engine {
  /** For this process: requests without socket or signature cost half the processor time. */
  client: DynamoDBClient;
}

/**
 * Starts the embedded DynamoDB (dynalite on LevelDB) on 127.0.0.1 and a free port, with its data in `folder`, or in
 * memory if null. Throws a CannotRun when the folder is in use by another process, corrupt or not accessible.
 */
export async function startEngine(folder: string | null): Promise<EmbeddedEngine> {
  if (folder !== null) await probe(folder);
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0, ...(folder === null ? {} : { path: folder }) });
  const [handle] = server.listeners('request') as RequestListener[];
  server.removeAllListeners('request');
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    handle!(request, response);
    // The engine throws when a client goes away in the middle of a request; here that is no reason to end.
    request.removeAllListeners('error').on('error', () => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', () => resolve());
  });
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    client: newClient({ ...LOCAL_CALLER, ...withoutSocket(handle!) }),
    close: () =>
      new Promise<void>((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        // Requests under way may end; what is idle or hangs is cut after a while.
        server.closeIdleConnections();
        setTimeout(() => server.closeAllConnections(), 2_000).unref();
      }),
  };
}

/** A client for a DynamoDB at an address. A local engine takes any key, so one is made up unless the caller has its own. */
export function createClient(endpoint: string, options: { usesOwnCredentials: boolean }): DynamoDBClient {
  return newClient({ ...CLIENT_LIMITS, endpoint, ...(options.usesOwnCredentials ? {} : LOCAL_CALLER) });
}

function newClient(configuration: DynamoDBClientConfig): DynamoDBClient {
  // The SDK would warn about the Node version on each start; package.json says which versions are supported.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  return new DynamoDBClient(configuration);
}

const LOCAL_CALLER = { region: 'eu-central-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };

/** Hands a client's requests to the engine as the same listener gets them from a socket. */
function withoutSocket(handle: RequestListener): DynamoDBClientConfig {
  return {
    endpoint: 'http://in-this-process',
    // The engine looks for a signature and never reads it.
    signer: {
      sign: async (request) => {
        request.headers.authorization = 'AWS4-HMAC-SHA256 Credential=local, SignedHeaders=host, Signature=none';
        request.headers['x-amz-date'] = 'now';
        return request;
      },
    },
    requestHandler: {
      handle: ({ method, path, headers, body }: { method: string; path: string; headers: object; body: Uint8Array }) =>
        new Promise((answered) => {
          const answer = { statusCode: 200, headers: {} as Record<string, string> };
          const request = Object.assign(new EventEmitter(), { method, url: path, headers });
          const response = Object.assign(answer, {
            setHeader: (name: string, value: unknown) => {
              answer.headers[name.toLowerCase()] = String(value);
            },
            end: (text: string) => answered({ response: { ...answer, body: Buffer.from(text) } }),
          });
          handle(request as IncomingMessage, response as unknown as ServerResponse);
          request.emit('data', Buffer.concat([body]));
          request.emit('end');
        }),
    } as NonNullable<DynamoDBClientConfig['requestHandler']>,
  };
}

/**
 * Opens and closes the folder once: the engine itself would start and then answer each request with a bare 500. LevelDB
 * drops what it cannot read and only writes that to its log; such a folder is marked, so that it is never used again.
 */
async function probe(folder: string): Promise<void> {
  const level = new Level(folder);
  try {
    if (await isMarkedDamaged(folder)) throw damaged(folder, undefined);
    await level.open();
    await level.close();
    await checkRoom(folder);
    if (!(await hasDroppedData(folder))) return;
    await writeFile(join(folder, DAMAGED), 'Data were lost; see LOG.old.\n');
    throw damaged(folder, undefined);
  } catch (error) {
    if (error instanceof CannotRun) throw error;
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    if (code === 'LEVEL_LOCKED')
      throw new CannotRun(`The data folder ${folder} is in use by another process.`, { cause });
    if (code === 'LEVEL_CORRUPTION' || isMissingPart(code, cause)) throw damaged(folder, cause);
    throw new CannotRun(`The data folder ${folder} cannot be read and written.`, { cause });
  } finally {
    await level.close().catch(() => undefined);
  }
}

/** The engine would wait in vain for tables that found no room on the disk. */
async function checkRoom(folder: string): Promise<void> {
  const file = join(folder, 'ROOM');
  try {
    await writeFile(file, new Uint8Array(ROOM_BYTES), { flush: true });
  } catch (error) {
    const noRoom = noRoomForData(error);
    throw noRoom === undefined ? error : new CannotRun(noRoom, { cause: error });
  } finally {
    await rm(file, { force: true });
  }
}

/** More than all empty tables take. */
const ROOM_BYTES = 16_384;

const DAMAGED = 'DAMAGED';

function damaged(folder: string, cause: unknown): CannotRun {
  const message = `The database in ${folder} is damaged; restore a copy, or start with --fresh to begin anew.`;
  return new CannotRun(message, { cause });
}

async function isMarkedDamaged(folder: string): Promise<boolean> {
  return access(join(folder, DAMAGED)).then(
    () => true,
    () => false,
  );
}

async function hasDroppedData(folder: string): Promise<boolean> {
  return /dropping \d+ bytes; Corruption/.test(await readFile(join(folder, 'LOG'), 'utf8').catch(() => ''));
}

function isMissingPart(code: string, cause: unknown): boolean {
  return code === 'LEVEL_IO_ERROR' && cause instanceof Error && cause.message.includes('No such file');
}
