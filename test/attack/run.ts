import { parseArgs } from 'node:util';
import { endAll } from '../local/server-process.ts';
import { gainIn, lineOf, percent, WORLDS } from './inventions.ts';
import {
  CHECK,
  type Found,
  INVENTORS,
  type Inventor,
  inventAround,
  servedService,
  withdrawDuring,
} from './served-worlds.ts';

/**
 * `npm run attacks -- --n 100`: the table of docs/method.md, so many targets a world; then inventions and withdrawals against
 * the running server and the commands, in as many services as give that many targets.
 */
const { values } = parseArgs({ options: { n: { type: 'string', default: '100' } } });
const trials = Number(values.n);
const print = (line: string) => process.stdout.write(`${line}\n`);

print('| world | answers right (guessing alone) | score right (guessing alone) | surer than 95 % |\n|---|---|---|---|');
for (const world of WORLDS) print(lineOf(gainIn(CHECK, world, trials, 'attacks')));

const found: Found[] = [];
let withdrawals = 0;
try {
  while (found.length < 2 * trials) {
    const service = await servedService();
    found.push(...(await inventAround(service, `served ${found.length}`)));
    const { withdrawn } = await withdrawDuring(service, 60, found.length === 6 ? 1000 : 20);
    withdrawals += withdrawn;
    await service.stop();
  }
} finally {
  await endAll();
}
const share = (guesses: readonly boolean[]) => percent(guesses.filter(Boolean).length / guesses.length);
print(
  '\n| against server and commands | targets | answers right | score right | surer than 95 % |\n|---|---|---|---|---|',
);
for (const inventor of Object.keys(INVENTORS) as Inventor[]) {
  const own = found.filter((one) => one.inventor === inventor);
  const [items, scores] = [own.flatMap((one) => one.items), own.flatMap((one) => one.scores)];
  const sure = own.reduce((sum, one) => sum + one.sure, 0) / (items.length + scores.length);
  print(`| ${inventor} | ${own.length} | ${share(items)} | ${share(scores)} | ${(100 * sure).toFixed(1)} % |`);
}
print(`\nEvery publication ended, with ${withdrawals} withdrawals while they ran.`);
