import { load } from '../load/load.ts';
import { say } from './measure.ts';

/** (e) A local server with the demo under more load than it can take, for two minutes; then one with a limit. */
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

  const limited = await load({ seconds: 15, connections: 16, requestsPerMinute: 300, hasDemo: false });
  const { 429: refused = 0 } = limited.statuses;
  say(
    `with a limit of 300 a minute: ${limited.requests} requests, ${refused} answered 429, ${limited.withoutRetryAfter} of them without Retry-After; errors: ${limited.errors}`,
  );
  if (limited.errors + limited.withoutRetryAfter > 0 || refused === 0) throw new Error('the limit is not kept as said');
}
