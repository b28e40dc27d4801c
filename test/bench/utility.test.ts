import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { loadInstruments } from '#instruments/load-instruments';
import { inventedField, TABLE_HEAD, tableOf, utilityOf } from './utility.ts';

test('the table of the method holds what the command counts in the demo, and most find their own field', async () => {
  const page = await readFile(new URL('../../docs/method.md', import.meta.url), 'utf8');
  const check = (await loadInstruments([])).get('digitalcheck.1')!;
  const field = inventedField(check, 270);
  const found = utilityOf(field);
  expect(page).toContain(`${TABLE_HEAD}${tableOf(field.name, check, found)}`);
  for (const { shown, none } of found) expect(shown.reduce((sum, share) => sum + share, none)).toBeCloseTo(1);
  // Sector by size, by size class, and sector: half of 270 organisations and more.
  const [bySize, byClass, sector, , , all] = found.at(-1)!.shown;
  expect(bySize! + byClass! + sector!).toBeGreaterThanOrEqual(0.5);
  expect(all).toBeLessThanOrEqual(0.1);
});
