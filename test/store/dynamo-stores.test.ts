import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, describe, expect, it } from 'vitest';
import type { Engine } from '#functions/local/engine';
import { storeContract } from './contract.ts';
import { clientOf, ENGINES } from './engines.ts';
import { memoryClient } from './memory-client.ts';

for (const { name, runs, start } of ENGINES)
  describe.skipIf(!runs)(`the stores on ${name}`, { timeout: 120_000 }, () => {
    let engine: Engine | undefined;
    afterAll(() => engine?.close());
    storeContract(async () => {
      engine = await start();
      return clientOf(engine);
    });
  });

describe('the stores on tables in memory, which stand in for an engine in other tests', () => {
  storeContract(async () => memoryClient());

  it('refuse a request they do not know', async () => {
    await expect(memoryClient().send(new ListTablesCommand({}))).rejects.toThrow('do not know: ListTablesCommand');
  });
});
