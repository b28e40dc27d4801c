import { load } from '../load/load.ts';
import { say } from './measure.ts';

/** (e) A local server with the demo under more load than it can take, for two minutes. */
export async function loadForMinutes(): Promise<void> {
  const result = await load({ seconds: 120, connections: 32, requestsPerMinute: 0, hasDemo: true });
  const { requests, perSecond, statuses, errors, idleP99, p99, memory } = result;
  say(
    `${requests} requests, ${Math.round(perSecond)} a second, by status: ${JSON.stringify(statuses)}; errors: ${errors}`,
  );
  say(`p99 idle ${idleP99.toFixed(0)} ms, under load ${p99} ms: ${(p99 / idleP99).toFixed(1)} times`);
  say(
    `memory after a quarter ${memory.quarter} MB, at the end ${memory.end} MB: ${(memory.end / memory.quarter).toFixed(2)} times`,
  );
  const failed = Object.entries(statuses).filter(([status]) => Number(status) >= 400);
  if (errors > 0 || failed.length > 0) throw new Error('requests failed below the limit');
}
