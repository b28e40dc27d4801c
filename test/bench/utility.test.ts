import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { loadInstruments } from '#functions/instruments';
import { inventedField, TABLE_HEAD, tableOf, utilityOf } from './utility.ts';

test('the table of the method holds what the command counts in the demo', { timeout: 120_000 }, async () => {
  const page = await readFile(new URL('../../docs/method.md', import.meta.url), 'utf8');
  const check = (await loadInstruments([])).get('digitalcheck.1')!;
  const field = inventedField(check, 270);
  const found = await utilityOf(field);
  expect(page).toContain(`${TABLE_HEAD}${tableOf(field.name, found)}`);
  for (const { organisations, rungs, none } of found)
    expect(rungs.reduce((sum, count) => sum + count, none)).toBe(organisations);
});
