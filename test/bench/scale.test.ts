import { expect, it } from 'vitest';
import { tallyTwice } from './scale.ts';

it('the SQL of docs/scale.md counts what the program counts', async () => {
  expect(await tallyTwice(3_000)).toBeGreaterThan(5_000);
}, 120_000);
