import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { createClient } from '#functions/local/engine';
import { buildFunction } from '#functions/service/build';
import { createTables } from '#store/create-tables';
import { tableNames } from '#store/tables';
import { FOR_NODE } from '../../functions/service/for-node.mjs';
import { check, newReceipt } from '../api/test-service.ts';
import { callThroughHttpApi, eventOf } from '../lambda/http-api.ts';
import { lambda } from '../lambda/lambda.ts';
import { say, show, spreadOf } from './measure.ts';

const ROUNDS = 15;
const WARM = 20;

/**
 * (f) From the start of an environment to its first answer: the api as it is uploaded, a handler that does nothing, one
 * that asks the same table through the SDK and does nothing else, and the same route on Express with lib-dynamodb. Each
 * asks an embedded DynamoDB in a process of its own; the api is also asked for what is in no table, and for a picture,
 * which loads Vega. What was tried to be faster is in docs/cost.md. COLD_NODE names another Node to run them all.
 */
export async function coldStart(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'cold-'));
  const api = await buildFunction('api', join(folder, 'api'));
  const engine = spawn(process.execPath, [
    '--import',
    'tsx',
    fileURLToPath(new URL('engine-process.ts', import.meta.url)),
  ]);
  const endpoint = await new Promise<string>((resolve) =>
    engine.stdout.once('data', (line) => resolve(`${line}`.trim())),
  );
  const names = tableNames('cold');
  const client = createClient(endpoint, { usesOwnCredentials: false });
  await createTables(client, names);
  const environment = {
    SUBMISSIONS_TABLE: names.submissions,
    RELEASES_TABLE: names.releases,
    REGISTRY_TABLE: names.registry,
    INVITATIONS_TABLE: names.invitations,
    FILES_DIR: folder,
    SITE_LINKS: 'site.json',
    DYNAMODB_ENDPOINT: endpoint,
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
  const node = process.env.COLD_NODE;
  const authorization = `Bearer ${newReceipt()}`;
  const submissions = eventOf({ method: 'GET', path: '/v1/submissions', headers: { authorization } });
  const sender = lambda({ folder: join(folder, 'api'), environment, timeoutMs: 20_000 });
  const sent = await callThroughHttpApi(sender, {
    method: 'POST',
    path: '/v1/submissions',
    headers: { authorization, 'idempotency-key': 'cold', 'content-type': 'application/json' },
    body: JSON.stringify(await check(2)),
  });
  if (sent.status !== 201) throw new Error(`the api refused the submission: ${sent.body}`);
  sender.close();
  const contenders: Contender[] = [
    { name: 'bare handler', bundle: 'bare', event: submissions, bytes: await bundleRival('bare', folder) },
    { name: 'SDK alone', bundle: 'sdk', event: submissions, bytes: await bundleRival('sdk', folder) },
    { name: 'api', bundle: 'api', event: submissions, bytes: api.eagerBytes },
    {
      name: 'api, no table',
      bundle: 'api',
      event: eventOf({ method: 'GET', path: '/v1/instruments' }),
      bytes: api.eagerBytes,
    },
    {
      name: 'api, a picture',
      bundle: 'api',
      event: eventOf({
        method: 'GET',
        path: '/v1/standing?instrument=digitalcheck.1',
        headers: { authorization, accept: 'image/svg+xml' },
      }),
      bytes: api.eagerBytes,
    },
    {
      name: 'Express, lib-dynamodb',
      bundle: 'express',
      event: submissions,
      bytes: await bundleRival('express', folder),
    },
  ];
  const measured = contenders.map(() => ({
    cold: [] as number[],
    processor: [] as number[],
    warm: [] as number[],
    memory: [] as number[],
  }));
  for (let round = -1; round < ROUNDS; round++) {
    for (const [place, { name, bundle, event }] of contenders.entries()) {
      const fn = lambda({
        folder: join(folder, bundle),
        environment,
        timeoutMs: 20_000,
        ...(node === undefined ? {} : { node }),
      });
      const ask = async () => {
        const from = performance.now();
        const answer = await fn.invoke(event);
        const ms = performance.now() - from;
        if (answer.state !== 'answered' || (answer.payload as { statusCode: number }).statusCode !== 200)
          throw new Error(`${name}: ${JSON.stringify(answer)} ${fn.log()}`);
        return ms;
      };
      const cold = await ask();
      const processor = processorMs(fn.processIds()[0]!);
      const warm: number[] = [];
      for (let index = 0; index < WARM; index++) warm.push(await ask());
      const memory = peakMb(fn.processIds()[0]!);
      fn.close();
      if (round < 0) continue; // the file system's cache
      measured[place]!.cold.push(cold);
      measured[place]!.processor.push(processor);
      measured[place]!.warm.push(spreadOf(warm).median);
      measured[place]!.memory.push(memory);
    }
  }
  const bare = measured[0]!;
  const over = (values: number[], floor: number[]) =>
    show(
      values.map((value, round) => value / floor[round]!),
      'x',
      2,
    );
  for (const [place, { cold, processor, warm, memory }] of measured.entries()) {
    const { name, bytes } = contenders[place]!;
    say(
      `${`${name}:`.padEnd(24)} first answer ${show(cold, 'ms')}, ${over(cold, bare.cold)}; processor ${show(processor, 'ms')}, ${over(processor, bare.processor)}; warm ${show(warm, 'ms', 1)}; at most ${show(memory, 'MB')} resident; at start ${Math.round(bytes / 1000)} KB`,
    );
  }
  client.destroy();
  engine.kill();
}

interface Contender {
  name: string;
  bundle: string;
  event: unknown;
  /** What a start reads. */
  bytes: number;
}

/** Processor time that all threads of a process have taken so far; NaN where the system has no /proc. */
function processorMs(processId: number): number {
  try {
    const tasks = `/proc/${processId}/task`;
    const nanoseconds = readdirSync(tasks).map((task) =>
      Number(readFileSync(`${tasks}/${task}/schedstat`, 'utf8').split(' ')[0]),
    );
    return nanoseconds.reduce((sum, value) => sum + value, 0) / 1e6;
  } catch {
    return Number.NaN;
  }
}

/** The most memory that a process has held resident so far; NaN where the system has no /proc. */
function peakMb(processId: number): number {
  try {
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${processId}/status`, 'utf8'))![1]) / 1000;
  } catch {
    return Number.NaN;
  }
}

/** A rival, bundled with the same settings into one file; its size in bytes. */
async function bundleRival(name: string, folder: string): Promise<number> {
  await mkdir(join(folder, name));
  const { metafile } = await build({
    stdin: { contents: RIVALS[name]!, resolveDir: process.cwd() },
    ...FOR_NODE,
    outfile: join(folder, name, 'handler.mjs'),
    minify: true,
    metafile: true,
  });
  return Object.values(metafile.outputs)[0]!.bytes;
}

const RIVALS: Record<string, string> = {
  bare: `export const handler = async () => ({ statusCode: 200, headers: { 'content-type': 'application/json' }, body: '{"submissions":[]}' });`,
  sdk: `
    import { createHash } from 'node:crypto';
    import { DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
    const client = new DynamoDBClient({ endpoint: process.env.DYNAMODB_ENDPOINT });
    export const handler = async (event) => {
      const organisation = createHash('sha256').update(event.headers.authorization).digest();
      const { Items } = await client.send(new QueryCommand({
        TableName: process.env.SUBMISSIONS_TABLE, ConsistentRead: true,
        KeyConditionExpression: 'o = :o', ExpressionAttributeValues: { ':o': { B: organisation } },
      }));
      return { statusCode: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ submissions: Items }) };
    };`,
  express: `
    import { createHash } from 'node:crypto';
    import { once } from 'node:events';
    import express from 'express';
    import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
    import { DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
    const client = DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint: process.env.DYNAMODB_ENDPOINT }));
    const app = express();
    app.get('/v1/submissions', async (request, response) => {
      const organisation = createHash('sha256').update(request.get('authorization')).digest();
      const { Items } = await client.send(new QueryCommand({
        TableName: process.env.SUBMISSIONS_TABLE, ConsistentRead: true,
        KeyConditionExpression: 'o = :o', ExpressionAttributeValues: { ':o': organisation },
      }));
      response.json({ submissions: Items });
    });
    const server = app.listen(0, '127.0.0.1');
    await once(server, 'listening');
    export const handler = async (event) => {
      const answer = await fetch('http://127.0.0.1:' + server.address().port + event.rawPath, { headers: event.headers });
      return { statusCode: answer.status, headers: Object.fromEntries(answer.headers), body: await answer.text() };
    };`,
};
