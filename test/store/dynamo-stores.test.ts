import { describe } from 'vitest';
import { storeContract } from './contract.ts';
import { ENGINES } from './engines.ts';

for (const { name, runs, start } of ENGINES)
  describe.skipIf(!runs)(`the stores on ${name}`, { timeout: 120_000 }, () => storeContract(start));
