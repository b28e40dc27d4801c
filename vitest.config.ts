import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { Interleaved } from './test/interleaved.ts';
import { SlowestTests } from './test/slowest-tests.ts';

const shared = {
  // Far more than any takes: a busy machine is no fault, and what hangs is told all the same.
  testTimeout: 240_000,
  hookTimeout: 240_000,
  env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
};

/** Minutes of attacks, faults and load on the whole service: `npm run test:changed` leaves them to `npm test`. */
const CAMPAIGNS = ['test/attack/**', 'test/faults/**', 'test/lambda/**', 'test/load/**'];

export default defineConfig({
  test: {
    // Many tests wait for processes of their own; a worker a core, and fewer still by default, would leave cores idle.
    maxWorkers: availableParallelism() + 2,
    sequence: { sequencer: Interleaved },
    reporters: [new SlowestTests(), 'default'],
    projects: [
      {
        test: {
          ...shared,
          name: 'program',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/site/**', ...(process.argv.includes('--changed') ? CAMPAIGNS : [])],
          // One worker runs many files, and loads the program once for all: that was a third of the processor time.
          isolate: false,
        },
      },
      // In a real browser, against one running service with the demo: both are started once for all files.
      {
        test: {
          ...shared,
          name: 'site',
          include: ['test/site/**/*.test.{ts,tsx}'],
          globalSetup: ['test/site/global-setup.ts'],
          setupFiles: ['test/site/when-ready.ts'],
          // Of a file: while one visit waits, another goes on. More would only wait for each other on two cores.
          maxConcurrency: 2,
        },
      },
    ],
  },
});
