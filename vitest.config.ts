import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { SlowestTests } from './test/slowest-tests.ts';

const shared = {
  testTimeout: 60_000,
  hookTimeout: 60_000,
  env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
};

export default defineConfig({
  test: {
    // Many tests wait for processes of their own; on two cores one worker, the default, would leave a core idle.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    reporters: [new SlowestTests(), 'default'],
    projects: [
      { test: { ...shared, name: 'program', include: ['test/**/*.test.{ts,tsx}'], exclude: ['test/site/**'] } },
      // In a real browser, against one running service with the demo: both are started once for all files.
      {
        test: {
          ...shared,
          name: 'site',
          include: ['test/site/**/*.test.{ts,tsx}'],
          globalSetup: ['test/site/global-setup.ts'],
          // Of a file: while one visit waits, another goes on. More would only wait for each other on two cores.
          maxConcurrency: 2,
        },
      },
    ],
  },
});
