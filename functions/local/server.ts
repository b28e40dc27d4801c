import { randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import { resolve } from 'node:path';
import { getConnInfo } from '@hono/node-server/conninfo';
import { InstrumentFileError } from '#instruments/instrument-file-error';
import { buildSite } from '#web/build/build-site.ts';
import { type PageName, pathTo } from '#web/site-map.ts';
import type { RequestLimits } from '../http/dependencies.ts';
import { countParticipation } from '../publish/participation.ts';
import { publish } from '../publish/publish.ts';
import { createApp } from '../service/app.ts';
import { closeGently, listen, PortUnusable, portOf } from '../service/http-server.ts';
import { loadSiteAssets } from '../site/load-assets.ts';
import { CannotRun } from './cannot-run.ts';
import { readServerConfiguration, SERVER_USAGE, type ServerConfiguration } from './configuration.ts';
import {
  apiDependencies,
  databaseName,
  type LocalContext,
  openExclusiveContext,
  publishDependencies,
} from './context.ts';
import { readDemoState, removeServer, writeDemoState, writeServer } from './data-folder.ts';
import { DEMO_INSTRUMENT, openDemoKeys, seedDemo } from './demo.ts';
import { starting } from './starting.ts';
import { noRoomForData } from './unwritable.ts';

/**
 * `npm start`: database, api and pages in one process. Prints where it listens and a first request to try; SIGINT,
 * SIGTERM or SIGHUP end it cleanly, a second one at once. What keeps it from starting is one sentence on stderr and
 * exit code 1.
 */
async function main(): Promise<void> {
  const configuration = readServerConfiguration(process.argv.slice(2), process.env);
  if (!configuration) {
    process.stdout.write(SERVER_USAGE);
    return;
  }
  const running: Running = { stopping: false };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => onSignal(running));
  // What a signal tears down may fail in whoever was using it; that is no failure of the end.
  const endUnlessStopping = (error: unknown) => (running.stopping ? undefined : endWith(running, error));
  process.on('uncaughtException', endUnlessStopping);
  process.on('unhandledRejection', endUnlessStopping);
  // Output into a pipe that is closed again, such as `| head`, is no reason to end.
  process.stdout.on('error', () => {});
  try {
    await start(configuration, running);
  } catch (error) {
    // A signal during the start tears down what the start was about to use.
    if (!running.stopping) await endWith(running, error);
  }
}

/** What must be ended, as far as it was started. */
interface Running {
  stopping: boolean;
  stoppedAt?: number;
  http?: Server;
  context?: LocalContext;
}

async function start(configuration: ServerConfiguration, running: Running): Promise<void> {
  let answers: (request: Request, env: object) => Response | Promise<Response> = starting.fetch;
  // The port comes first: when it is taken, nothing else needs to be opened.
  const http = await listen((request, env) => answers(request, env), {
    host: '127.0.0.1',
    port: configuration.port,
  }).catch((error: Error) => {
    throw error instanceof PortUnusable ? new CannotRun(`${error.message}; choose another with --port.`) : error;
  });
  running.http = http;
  const url = `http://127.0.0.1:${portOf(http)}/`;

  // On another core, where it is not built yet. Awaited below; until then a failure must not count as nobody's.
  const site = buildSite();
  site.catch(() => {});
  const context = await openExclusiveContext(configuration);
  running.context = context;
  if (running.stopping) return stop(running);
  const receipt = configuration.hasDemo ? await demoReceipt(context) : undefined;
  if (running.stopping) return;

  const assets = await loadSiteAssets(await site);
  if (running.stopping) return;
  const limits = limitsOf(configuration);
  const log = (entry: Record<string, unknown>) => print(JSON.stringify(entry));
  const proofOfWork = configuration.asksForWork ? { secret: randomBytes(32).toString('hex') } : undefined;
  const app = createApp(
    apiDependencies(context, {
      now,
      log,
      assets,
      limits,
      proofOfWork,
      operator: configuration.operator,
      origin: configuration.serviceUrl ?? new URL(url).origin,
    }),
  );
  answers = app.fetch;
  await writeServer(context.dataFolder, {
    pid: process.pid,
    url,
    endpoint: context.endpoint,
    tablePrefix: context.tablePrefix,
    isInvented: context.isInvented,
  });
  print(await welcome(url, context, receipt));
}

function limitsOf({ requestsPerMinute }: ServerConfiguration): RequestLimits | undefined {
  if (requestsPerMinute === 0) return undefined;
  return { perMinute: requestsPerMinute, addressOf: (c) => getConnInfo(c).remote.address };
}

/** The receipt of the demo's house. An empty database is given the demo first; one with other data has none. */
async function demoReceipt(context: LocalContext): Promise<string | undefined> {
  const database = databaseName(context);
  const state = await readDemoState(context.dataFolder, database);
  if (state?.state === 'seeded') return state.receipt;
  // Seeding may be repeated, so one that was killed half-way is finished.
  if (!state && !(await isEmpty(context))) return undefined;
  await writeDemoState(context.dataFolder, database, { state: 'seeding' });
  context.isInvented = true;
  print('Making the demo: an invented sector of 270 organisations with two releases. This happens once.');
  const { receipt } = await seedDemo({
    appAt: (at) => createApp(apiDependencies(context, { now: () => at, log: () => {} })),
    publish: (series, cutoffOn, at) => publishOnce(context, series, cutoffOn, at),
    registry: context.stores.registry,
    now,
    instruments: context.instruments,
  });
  await countParticipation(publishDependencies(context, { now, log: () => {} }));
  await writeDemoState(context.dataFolder, database, { state: 'seeded', receipt });
  return receipt;
}

async function isEmpty({ stores }: LocalContext): Promise<boolean> {
  if (await stores.releases.head(DEMO_INSTRUMENT)) return false;
  if ((await stores.registry.associations()).length > 0) return false;
  for await (const _ of stores.submissions.scan(0, 1)) return false;
  return true;
}

/** Leaves a cut-off that is published already as it is. */
async function publishOnce(context: LocalContext, series: string, cutoffOn: string, at: Date): Promise<void> {
  const { head, attempt } = await context.stores.releases.seriesState(series);
  if (head.releases.some((entry) => entry.cutoffOn === cutoffOn)) return;
  // Whoever made the demo before was killed: the folder is this process's alone.
  if (attempt) await context.stores.releases.abandon(attempt);
  await publish(publishDependencies(context, { now: () => at, log: () => {} }), { instrument: series, cutoffOn });
}

/** What is printed once all is ready: first what a person does next, then what else may be of use. */
async function welcome(url: string, context: LocalContext, receipt: string | undefined): Promise<string> {
  const keys = await openDemoKeys(context.stores.registry, new Date());
  const place =
    context.dynamodbEndpoint === undefined
      ? resolve(context.dataFolder)
      : `${context.dynamodbEndpoint} (tables ${context.tablePrefix}-*)`;
  const page = (name: PageName) => new URL(pathTo(name, 'de'), url).href;
  const lines =
    receipt === undefined
      ? [`Sektorspiegel is running. Open ${url}`]
      : [
          'Sektorspiegel is running. What to do next:',
          '',
          `1. Open ${url}`,
          `2. Paste at "Wo Sie stehen" (${page('standing')})`,
          `   the receipt (Rückkehr-Code) of an invented house: ${receipt}`,
          '3. Ask the api the same:',
          `   curl -H 'Authorization: Bearer ${receipt}' '${url}v1/standing?instrument=${DEMO_INSTRUMENT}'`,
          ...(keys.length > 0 ? ['', `Keys of invented associations, for ${page('association')}:`] : []),
          ...keys.map(({ name, key }) => `   ${name.padEnd(16)}  ${key}`),
        ];
  return `${[...lines, '', `Data: ${place}. Ctrl-C ends the server.`].join('\n')}\n`;
}

/** npm passes a signal on that the terminal sent to all of them: the same key press may arrive twice. */
const SAME_PRESS_MS = 300;

function onSignal(running: Running): void {
  const at = performance.now();
  if (running.stoppedAt === undefined) {
    running.stoppedAt = at;
    stop(running).then(
      () => process.exit(0),
      (error) => endWith(running, error),
    );
  } else if (at - running.stoppedAt > SAME_PRESS_MS) process.exit(130);
}

/** Ends what was started: no new requests, those under way for a while, then database and lock. */
async function stop(running: Running): Promise<void> {
  running.stopping = true;
  const { http, context } = running;
  if (http) await closeGently(http, 3_000);
  if (context) {
    delete running.context;
    await removeServer(context.dataFolder);
    await context.close();
  }
}

/** One sentence on stderr and exit code 1. An unexpected error is told by its message; DEBUG=1 adds where it happened. */
async function endWith(running: Running, error: unknown): Promise<never> {
  process.stderr.write(`${sentenceOf(error)}\n`);
  if (process.env.DEBUG && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  if (!running.stopping) await stop(running).catch(() => {});
  process.exit(1);
}

function sentenceOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof CannotRun || error instanceof InstrumentFileError) return message;
  const noRoom = noRoomForData(error);
  if (noRoom !== undefined) return noRoom;
  const [line = ''] = message.split('\n');
  return `The server ended unexpectedly: ${line}${line.endsWith('.') ? '' : '.'}`;
}

function now(): Date {
  return new Date();
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

try {
  await main();
} catch (error) {
  // Before anything was started: a wrong option or variable.
  await endWith({ stopping: false }, error);
}
