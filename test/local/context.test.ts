import { afterAll, expect, test } from 'vitest';
import { checkTables } from '#functions/local/context';
import { createClient, startEngine } from '#functions/local/engine';
import { createTables } from '#store/create-tables';
import { tableNames } from '#store/tables';

const engine = await startEngine(null);
const client = createClient(engine.endpoint, { usesOwnCredentials: false });
afterAll(async () => {
  client.destroy();
  await engine.close();
});

test('a mistyped prefix on a deployment is told, and makes no tables', async () => {
  await createTables(client, tableNames('right'));
  await expect(checkTables(client, tableNames('right'), 'right')).resolves.toBeUndefined();
  const wrong = () => checkTables(client, tableNames('wrong'), 'wrong');
  await expect(wrong()).rejects.toThrow(/^There is no table wrong-\w+; is TABLE_PREFIX=wrong right\?$/);
  await expect(wrong()).rejects.toThrow('There is no table');
});
