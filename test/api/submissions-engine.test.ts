import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseReceipt } from '#contracts/receipt';
import { createClient, type Engine, startEngine } from '#functions/local/engine';
import { createTables } from '#store/create-tables';
import { createRegistryStore } from '#store/dynamo-registry';
import { createReleaseStore } from '#store/dynamo-releases';
import { createSubmissionLog } from '#store/dynamo-submission-log';
import { tableNames } from '#store/tables';
import { associations, check, newReceipt, testService } from './test-service.ts';

/** The same api over the stores of production, on the embedded engine. */

const names = tableNames('api-test');
let engine: Engine;
let client: ReturnType<typeof createClient>;
let service: Awaited<ReturnType<typeof testService>>;

beforeAll(async () => {
  engine = await startEngine(null);
  client = createClient(engine.endpoint, { usesOwnCredentials: false });
  await createTables(client, names);
  const registry = createRegistryStore(client, names.registry);
  for (const association of associations) await registry.put(association);
  service = await testService({
    submissions: createSubmissionLog(client, names.submissions),
    registry,
    releases: createReleaseStore(client, names.releases),
  });
});
afterAll(async () => {
  client.destroy();
  await engine.close();
});

test('a check is stored once, replayed byte for byte, read back and withdrawn for good', async () => {
  const receipt = newReceipt();
  const body = await check(3, { associations: ['abcd-efg'], questions: { tried: ['data', 'access'] } });
  const answers = await Promise.all(Array.from({ length: 10 }, () => service.submit(receipt, body)));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
  expect(answers.filter(({ headers }) => headers.get('Idempotent-Replayed') === null)).toHaveLength(1);
  expect(new Set(await Promise.all(answers.map((answer) => answer.text()))).size).toBe(1);

  expect((await service.submit(receipt, await check(1))).status).toBe(422);
  expect(await (await service.own(receipt)).json()).toMatchObject({
    submissions: [{ ...body, associations: ['c-0a1b2c3d'], admission: 'invited', overall: 75 }],
  });

  expect(await (await service.own(receipt, 'DELETE')).json()).toEqual({ withdrawn: 1 });
  expect(await (await service.own(receipt)).json()).toEqual({ submissions: [] });
  expect((await service.submit(receipt, body)).status).toBe(410);
});

test('what lies in the table holds neither receipt nor key nor secret', async () => {
  const receipt = newReceipt();
  const body = await check(2, { carrierSecret: 'geheimes Wort der Häuser' });
  await service.submit(receipt, body, { key: 'idempotency-key-4711' });
  const { Items } = await client.send(new ScanCommand({ TableName: names.submissions }));
  const stored = JSON.stringify(Items, (_, value) =>
    value?.type === 'Buffer' || value instanceof Uint8Array
      ? Buffer.from(value.data ?? value).toString('latin1')
      : value,
  );
  const parsed = parseReceipt(receipt);
  expect(stored).toContain('elder-care');
  for (const secret of [receipt, parsed.ok ? parsed.receipt : '', 'idempotency-key-4711', 'geheimes']) {
    expect(secret).not.toBe('');
    expect(stored).not.toContain(secret);
  }
});
