import { parseArgs } from 'node:util';
import { runCampaign } from './campaign.ts';

/** `npm run faults -- --n 10000 [--kills 5] [--seed x] [--embedded]`: the long campaign; exits 1 when anything went wrong. */
const { values } = parseArgs({
  options: {
    n: { type: 'string' },
    kills: { type: 'string' },
    seed: { type: 'string' },
    embedded: { type: 'boolean' },
  },
});
const result = await runCampaign({
  submissions: Number(values.n ?? '10000'),
  kills: Number(values.kills ?? '5'),
  database: values.embedded ? 'embedded' : 'elsewhere',
  seed: values.seed ?? 'faults',
  concurrency: 32,
});
process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
const { lost, invented, returned, revived, isReleaseEqual, hasLeftovers } = result;
process.exitCode =
  [lost, invented, returned, revived].every((list) => list.length === 0) && isReleaseEqual && !hasLeftovers ? 0 : 1;
