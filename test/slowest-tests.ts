import type { Reporter, TestModule } from 'vitest/node';

const MOST = 20;
const WORTH_TELLING_MS = 1_000;

/**
 * Tells at the end of a run which tests took longest by the clock, seconds; never makes it fail. Listed before the
 * runner's own reporter, whose summary stays last.
 */
export class SlowestTests implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const slowest = modules
      .flatMap((module) => [...module.children.allTests()])
      .map((test) => ({ test, ms: test.diagnostic()?.duration ?? 0 }))
      .filter(({ ms }) => ms >= WORTH_TELLING_MS)
      .sort((a, b) => b.ms - a.ms)
      .slice(0, MOST);
    if (slowest.length === 0) return;
    const lines = slowest.map(
      ({ test, ms }) => `${(ms / 1_000).toFixed(1).padStart(7)} s  ${test.module.relativeModuleId} > ${test.fullName}`,
    );
    process.stdout.write(`\n Slowest tests\n${lines.join('\n')}\n`);
  }
}
