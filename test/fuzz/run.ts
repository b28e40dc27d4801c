import { parseArgs } from 'node:util';
import { fuzz } from './fuzz.ts';

/** `npm run fuzz -- [--n 50000] [--seed 1]`: the long version of test/fuzz/fuzz.test.ts. */
const { values } = parseArgs({ options: { n: { type: 'string' }, seed: { type: 'string' } } });
const result = await fuzz(Number(values.n ?? '50000'), Number(values.seed ?? '1'));
process.stdout.write(`${JSON.stringify(result)}\n`);
