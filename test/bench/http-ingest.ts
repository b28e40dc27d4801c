import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ConditionalCheckFailedException, PutItemCommand } from '@aws-sdk/client-dynamodb';
import pMap from 'p-map';
import { makeReceipt } from '#contracts/receipt';
import type { StoredSubmission } from '#contracts/submission';
import { createClient } from '#functions/local/engine';
import { loadInstruments } from '#instruments/load-instruments';
import { organisationOf } from '#store/hashes';
import { encodeSubmission, itemSize } from '#store/submission-item';
import { tableNames } from '#store/tables';
import { say, show } from './measure.ts';
import { syntheticLog } from './synthetic.ts';

const ROUNDS = 5;
const SUBMISSIONS = 1500;
const CONCURRENCY = 32;

/**
 * (a) Submissions a second through HTTP, against conditional PutItem calls of the same items with the same SDK and
 * concurrency. Three processes: the engine, the service in front of it, and this one, which makes the load.
 */
export async function httpIngest(): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'bench-'));
  const engine = start('test/bench/engine-process.ts', [], {});
  const endpoint = await firstMatch(engine, /^(http:\/\/\S+)/m);
  const service = start('functions/local/server.ts', ['--no-demo', '--port', '0', '--limit', '0', '--data', folder], {
    DYNAMODB_ENDPOINT: endpoint,
    TABLE_PREFIX: 'bench',
  });
  const client = createClient(endpoint, { usesOwnCredentials: false });
  const agent = new Agent({ keepAlive: true, maxSockets: CONCURRENCY });
  try {
    const url = await firstMatch(service, /is running\. Open (http:\/\/\S+)/);
    const instrument = (await loadInstruments([])).get('digitalcheck.1')!;
    const itemsOf = (round: number) =>
      [
        ...syntheticLog(instrument, {
          submissions: SUBMISSIONS,
          organisations: SUBMISSIONS,
          lastDay: '2026-06-30',
          days: 400,
          admission: 'open',
          seed: round,
        }),
      ].map((submission) => ({
        ...submission,
        bodyHash: createHash('sha256').update(submission.key).digest('base64url'),
      }));
    const tableName = tableNames('bench').submissions;

    const put = async (items: StoredSubmission[]) => {
      await pMap(
        items,
        (item) =>
          client
            .send(
              new PutItemCommand({
                TableName: tableName,
                Item: encodeSubmission(item),
                ConditionExpression: 'attribute_not_exists(o)',
              }),
            )
            .catch((error: unknown) => {
              // Every key is new: it is there because the client tried again on a machine too busy to answer in time.
              if (!(error instanceof ConditionalCheckFailedException)) throw error;
            }),
        { concurrency: CONCURRENCY },
      );
    };
    const submit = async (items: StoredSubmission[]) => {
      await pMap(items, (item) => post(new URL('v1/submissions', url), agent, item), { concurrency: CONCURRENCY });
    };

    say(
      `items of ${itemSize(encodeSubmission(itemsOf(1)[0]!))} bytes, ${SUBMISSIONS} a round, ${CONCURRENCY} at a time`,
    );
    const perSecond = { bare: [] as number[], http: [] as number[] };
    for (let round = 0; round <= ROUNDS; round++) {
      // The sides take turns in going first. Other organisations each time: nothing is a replay.
      const sides = [
        { name: 'bare' as const, run: () => put(bareItems) },
        { name: 'http' as const, run: () => submit(httpItems) },
      ];
      const bareItems = itemsOf(2 * round + 1).map((item) => ({ ...item, organisation: organisationOf(newReceipt()) }));
      const httpItems = itemsOf(2 * round + 2);
      for (const { name, run } of round % 2 === 0 ? sides : sides.reverse()) {
        const start = performance.now();
        await run();
        if (round > 0) perSecond[name].push((SUBMISSIONS * 1000) / (performance.now() - start));
      }
    }
    say(`bare PutItem: ${show(perSecond.bare, 'a second')}`);
    say(`through HTTP: ${show(perSecond.http, 'a second')}`);
    const ratio = perSecond.http.map((value, round) => value / perSecond.bare[round]!);
    say(`HTTP / bare:  ${show(ratio, 'times', 2)}`);
  } finally {
    agent.destroy();
    client.destroy();
    service.kill('SIGTERM');
    await once(service, 'exit');
    engine.stdin?.end();
    await once(engine, 'exit');
    await rm(folder, { recursive: true, force: true });
  }
}

function start(script: string, options: string[], env: Record<string, string>): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', script, ...options], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true', ...env },
  });
}

/** The first group of the pattern in what the process prints; afterwards its output is read and dropped. */
function firstMatch(child: ChildProcess, pattern: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout?.on('data', (chunk) => {
      if (text.length > 100_000) return;
      text += chunk;
      const found = pattern.exec(text)?.[1];
      if (found) resolve(found);
    });
    child.once('exit', (code) => reject(new Error(`the process ended with ${code}: ${text}`)));
  });
}

function post(url: URL, agent: Agent, item: StoredSubmission): Promise<void> {
  const { instrument, profile, conductedOn, answers } = item;
  const body = JSON.stringify({ instrument, profile, conductedOn, answers });
  return new Promise((resolve, reject) => {
    request(
      url,
      {
        method: 'POST',
        agent,
        headers: {
          authorization: `Bearer ${newReceipt()}`,
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          'idempotency-key': item.key,
        },
      },
      (response) => {
        response.resume().on('end', () => {
          if (response.statusCode === 201) resolve();
          else reject(new Error(`the service answers ${response.statusCode}`));
        });
      },
    )
      .on('error', reject)
      .end(body);
  });
}

function newReceipt(): string {
  return makeReceipt(randomBytes).replaceAll('-', '');
}
