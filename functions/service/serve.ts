import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { parseArgs, parseEnv } from 'node:util';
import { getConnInfo } from '@hono/node-server/conninfo';
import { Hono } from 'hono';
import { createTables } from '#store/create-tables';
import { tableNames } from '#store/tables';
import { problem, problemResponse } from '../http/problem.ts';
import { publisherTasks } from '../publish/tasks.ts';
import { dependenciesFrom } from './api-environment.ts';
import { createApp } from './app.ts';
import { clientOf, copyData } from './copy-data.ts';
import { closeGently, listen, portOf } from './http-server.ts';
import { publisherFrom } from './publish-environment.ts';
import { type Schedule, startSchedule } from './schedule.ts';
import { parseServerEnvironment, type ServerEnvironment } from './server-environment.ts';
import { siteAssets } from './site-assets.ts';

const USAGE = `npm run serve                   api, pages, and the schedule of publications, until a signal
npm run serve -- --task JSON    one event of the publisher, such as {"instrument":"digitalcheck.1","isDryRun":true}
npm run serve -- --tables       makes the tables that are missing, and ends
npm run serve -- --copy-to FILE copies all tables and files to the empty service that FILE sets (NAME=value, as settings.env)

All settings come from the environment; docs/self-hosting.md lists them.
`;

/** How long requests and a publication under way may take after a signal. Container engines kill after ten seconds by default. */
const GRACE_MS = 25_000;

/**
 * The service on a machine of one's own: the same api and the same publishing as on AWS, over any database that speaks DynamoDB's
 * protocol. Ends in a sentence and exit code 1 when it cannot start; a second signal ends it at once.
 */
async function main(): Promise<void> {
  const {
    task,
    tables,
    help,
    'copy-to': target,
  } = parseArgs({
    options: {
      task: { type: 'string' },
      tables: { type: 'boolean' },
      'copy-to': { type: 'string' },
      help: { type: 'boolean' },
    },
  }).values;
  if (help) {
    process.stdout.write(USAGE);
    return;
  }
  const environment = parseServerEnvironment(process.env);
  useFor(environment);
  // Files of releases in a folder: for this user alone; others get them from the api.
  process.umask(0o077);
  if (environment.CREATE_TABLES || tables) await untilTables(environment);
  if (tables) return;
  if (target !== undefined) return copyTo(environment, target);
  if (task === undefined) return serve(environment);
  const carryOut = publisherTasks(await publisherFrom({ ...environment, ...environment.tables }));
  process.stdout.write(`${JSON.stringify(await carryOut(JSON.parse(task)))}\n`);
}

async function serve(environment: ServerEnvironment): Promise<void> {
  const { ROLE, HOST, PORT, DRAIN_SECONDS, tables } = environment;
  const state: { isStopping: boolean; server?: Server; schedule?: Schedule } = { isStopping: false };
  const end = async () => {
    if (state.isStopping) process.exit(130);
    state.isStopping = true;
    log({ event: 'stopping' });
    await pause(DRAIN_SECONDS * 1000);
    await Promise.all([state.server && closeGently(state.server, GRACE_MS), state.schedule?.stop(GRACE_MS)]);
    log({ event: 'stopped' });
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void end());

  const api = await dependenciesFrom({ ...environment, ...tables });
  const app = createApp({
    ...api,
    ...(await siteAssets()),
    ...(environment.REQUESTS_PER_MINUTE > 0
      ? {
          limits: { perMinute: environment.REQUESTS_PER_MINUTE, addressOf: (c) => getConnInfo(c).remote.address },
        }
      : {}),
  });
  // A publisher shows that it is there, and nothing else.
  const isServed = (path: string) => ROLE !== 'publisher' || path === '/healthz' || path === '/readyz';
  const server = await listen(
    (request, env) => {
      const { pathname } = new URL(request.url);
      if (state.isStopping && pathname === '/readyz') return stopping.fetch(request);
      return isServed(pathname) ? app.fetch(request, env) : new Response(null, { status: 404 });
    },
    { host: HOST, port: PORT },
  );
  state.server = server;
  if (ROLE !== 'api') {
    const deps = await publisherFrom({ ...environment, ...tables });
    state.schedule = await startSchedule({ releases: environment.RELEASES, carryOut: publisherTasks(deps), deps });
  }
  log({ event: 'serving', host: HOST, port: portOf(server), role: ROLE, program: api.program });
}

async function copyTo(environment: ServerEnvironment, file: string): Promise<void> {
  const target = parseServerEnvironment(parseEnv(readFileSync(file, 'utf8')));
  if (target.CREATE_TABLES) await untilTables(target);
  process.stdout.write(`${JSON.stringify(await copyData(environment, target))}\n`);
}

/** What a proxy is told after a signal. */
const stopping = new Hono().all('*', (c) => problemResponse(c, problem('unavailable'), ''));

/** The SDK reads these where a client is made without them. */
function useFor({ AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION }: ServerEnvironment): void {
  Object.assign(process.env, { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION });
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
}

/** Makes the tables that are missing; a database that is still starting is waited for. */
async function untilTables(environment: ServerEnvironment): Promise<void> {
  const { DYNAMODB_ENDPOINT: endpoint, TABLE_PREFIX } = environment;
  const client = clientOf(environment);
  try {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await createTables(client, tableNames(TABLE_PREFIX));
      } catch (error) {
        const { name, $metadata } = error as { name: string; $metadata?: { httpStatusCode?: number } };
        if ($metadata?.httpStatusCode !== undefined)
          throw new Error(`The database at ${endpoint} refuses its tables (${$metadata.httpStatusCode} ${name}).`);
        if (attempt === 15) throw new Error(`No database answers at ${endpoint}.`);
        log({ event: 'waiting', for: 'database' });
        await pause(2_000);
      }
    }
  } finally {
    client.destroy();
  }
}

function log(entry: Record<string, unknown>): void {
  process.stdout.write(`${JSON.stringify(entry)}\n`);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

try {
  await main();
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${message}${message.endsWith('.') ? '' : '.'}\n`);
  if (process.env.DEBUG && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  process.exit(1);
}
