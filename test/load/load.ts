import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import autocannon from 'autocannon';
import { makeReceipt } from '#contracts/receipt';
import { addressOf, startServer } from '../local/server-process.ts';

export interface LoadOptions {
  /** How long the load goes on, at least. */
  seconds: number;
  connections: number;
  /** The server's `--limit`; 0 for none. */
  requestsPerMinute: number;
  /** Without the demo's releases the reads are answered 404. */
  hasDemo: boolean;
}

export interface LoadResult {
  requests: number;
  perSecond: number;
  /** By status. */
  statuses: Record<string, number>;
  /** Connections that broke or timed out. */
  errors: number;
  /** Refused answers (429) without `Retry-After`. */
  withoutRetryAfter: number;
  /** Milliseconds, one request at a time, before the load. */
  idleP99: number;
  p99: number;
  /** Resident memory of the service in MB after a quarter of the load, and at its end. */
  memory: { quarter: number; end: number };
}

/** Loads a local server with reads and new submissions, four to one, on connections that never rest. */
export async function load({ seconds, connections, requestsPerMinute, hasDemo }: LoadOptions): Promise<LoadResult> {
  const folder = await mkdtemp(path.join(tmpdir(), 'load-'));
  const server = startServer([
    ...['--port', '0', '--data', path.join(folder, 'data'), '--limit', String(requestsPerMinute)],
    ...(hasDemo ? [] : ['--no-demo']),
  ]);
  try {
    const url = await addressOf(server);
    const idle: number[] = [];
    for (let turn = 0; turn < Math.min(100, (requestsPerMinute || 200) / 2); turn++) {
      const start = performance.now();
      await (await fetch(new URL(READS[turn % READS.length]!, url))).arrayBuffer();
      if (turn >= READS.length) idle.push(performance.now() - start);
    }
    const statuses: Record<string, number> = {};
    let withoutRetryAfter = 0;
    let quarter = 0;
    const measuring = setTimeout(() => {
      quarter = residentMegabytes(server.child.pid!);
    }, seconds * 250);
    const onResponse: autocannon.Request['onResponse'] = (status, _body, _context, headers) => {
      statuses[status] = (statuses[status] ?? 0) + 1;
      if (status === 429 && !/retry-after/i.test(JSON.stringify(headers))) withoutRetryAfter += 1;
    };
    const reads = READS.map((read) => ({ method: 'GET' as const, path: `/${read}`, onResponse }));
    const requests = [...reads, { setupRequest: submission, onResponse }];
    const result = await autocannon({ url, connections, duration: seconds, requests });
    clearTimeout(measuring);
    return {
      requests: result.requests.total,
      perSecond: result.requests.average,
      statuses,
      errors: result.errors + result.timeouts,
      withoutRetryAfter,
      idleP99: idle.sort((a, b) => a - b)[Math.ceil(idle.length * 0.99) - 1]!,
      p99: result.latency.p99,
      memory: { quarter, end: residentMegabytes(server.child.pid!) },
    };
  } finally {
    await server.stop('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  }
}

const READS = [
  'v1/figures.json?instrument=digitalcheck.1&group=all',
  'v1/instruments/digitalcheck.1',
  'v1/figures.svg?instrument=digitalcheck.1&group=all',
  'healthz',
];

function submission(request: autocannon.Request): autocannon.Request {
  return {
    ...request,
    method: 'POST',
    path: '/v1/submissions',
    headers: {
      authorization: `Bearer ${makeReceipt(randomBytes)}`,
      'idempotency-key': randomUUID(),
      'content-type': 'application/json',
    },
    body: BODY,
  };
}

const BODY = JSON.stringify({
  instrument: 'digitalcheck.1',
  profile: { level: 'facility', sector: 'daycare', size: '10-49', region: 'de-by' },
  answers: { workplaces: 3, systems: 2, security: 2, data: 'dk', 'it-support': 1 },
});

function residentMegabytes(pid: number): number {
  try {
    return Math.round(Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024);
  } catch {
    return Number.NaN;
  }
}
