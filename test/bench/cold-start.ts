import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { buildFunction } from '#functions/build';
import { createClient, createTables } from '#functions/local/engine';
import { tableNames } from '#store/tables';
import { newReceipt } from '../api/test-service.ts';
import { eventOf } from '../lambda/http-api.ts';
import { type Lambda, lambda } from '../lambda/lambda.ts';
import { say, show } from './measure.ts';

const ROUNDS = 9;
const WARM = 50;

/**
 * (g) From the start of an environment to its first answer, for the api as it is uploaded, for a handler that does
 * nothing, and for the same route on Express with lib-dynamodb; and an answer of a warm one. Each asks an embedded
 * DynamoDB in a process of its own, except the handler that does nothing; the api is also asked for what is in no table.
 * What was tried to be faster is in docs/cost.md.
 */
export async function coldStart(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'cold-'));
  const api = await buildFunction('api', join(folder, 'api'));
  const sizes = {
    'bare handler': await bundleRival('bare', folder),
    api: api.eagerBytes,
    'api, no table': api.eagerBytes,
    'Express, lib-dynamodb': await bundleRival('express', folder),
  };
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
  const start = (name: string) => lambda({ folder: join(folder, name), environment, timeoutMs: 20_000 });
  const submissions = eventOf({
    method: 'GET',
    path: '/v1/submissions',
    headers: { authorization: `Bearer ${newReceipt()}` },
  });
  const contenders: Record<keyof typeof sizes, { begin: () => Lambda; event: unknown }> = {
    'bare handler': { begin: () => start('bare'), event: submissions },
    api: { begin: () => start('api'), event: submissions },
    'api, no table': { begin: () => start('api'), event: eventOf({ method: 'GET', path: '/v1/instruments' }) },
    'Express, lib-dynamodb': { begin: () => start('express'), event: submissions },
  };
  const measured = new Map(
    Object.keys(contenders).map((name) => [
      name,
      { cold: [] as number[], warm: [] as number[], processor: [] as number[] },
    ]),
  );
  for (let round = -1; round < ROUNDS; round++) {
    for (const [name, { begin, event }] of Object.entries(contenders)) {
      const fn = begin();
      const times: number[] = [];
      let processor = 0;
      for (let index = 0; index <= WARM; index++) {
        const from = performance.now();
        const answer = await fn.invoke(event);
        times.push(performance.now() - from);
        if (index === 0) processor = processorMs(fn.processIds()[0]!);
        if (answer.state !== 'answered' || (answer.payload as { statusCode: number }).statusCode !== 200)
          throw new Error(`${name}: ${JSON.stringify(answer)} ${fn.log()}`);
      }
      fn.close();
      if (round < 0) continue; // the file system's cache
      measured.get(name)!.cold.push(times[0]!);
      measured.get(name)!.processor.push(processor);
      measured.get(name)!.warm.push(times.slice(1).sort((a, b) => a - b)[WARM >> 1]!);
    }
  }
  const bare = measured.get('bare handler')!;
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  for (const [name, { cold, warm, processor }] of measured) {
    const over = show(
      cold.map((value, round) => value / bare.cold[round]!),
      'x bare',
      2,
    );
    const busy = `processor ${Math.round(mean(processor))} ms, ${(mean(processor) / mean(bare.processor)).toFixed(2)} x`;
    const size = `${Math.round(sizes[name as keyof typeof sizes] / 1000)} KB`;
    say(
      `${`${name}:`.padEnd(24)} first answer ${show(cold, 'ms')}, ${over}; ${busy}; warm ${show(warm, 'ms', 1)}; at start ${size}`,
    );
  }
  client.destroy();
  engine.kill();
}

/** Processor time a process has taken so far, in steps of 10 ms; NaN where the system has no /proc. */
function processorMs(processId: number): number {
  try {
    const fields = readFileSync(`/proc/${processId}/stat`, 'utf8').split(') ')[1]!.split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return Number.NaN;
  }
}

/** A rival, bundled with the same settings into one file; its size in bytes. */
async function bundleRival(name: string, folder: string): Promise<number> {
  await mkdir(join(folder, name));
  const { metafile } = await build({
    stdin: { contents: RIVALS[name]!, resolveDir: process.cwd() },
    outfile: join(folder, name, 'handler.mjs'),
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    mainFields: ['module', 'main'],
    minify: true,
    metafile: true,
    banner: { js: "import{createRequire as __require}from'node:module';const require=__require(import.meta.url);" },
  });
  return Object.values(metafile.outputs)[0]!.bytes;
}

const RIVALS: Record<string, string> = {
  bare: `export const handler = async () => ({ statusCode: 200, headers: { 'content-type': 'application/json' }, body: '{"submissions":[]}' });`,
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
