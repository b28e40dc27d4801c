import { mkdtemp } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { addressOf, endAll, startServer } from '../local/server-process.ts';
import { load } from './load.ts';

afterAll(endAll);

// The long version, with figures: npm run bench -- load
test('below the limit nothing is refused and nothing breaks', async () => {
  const result = await load({ seconds: 2, connections: 16, requestsPerMinute: 0, hasDemo: false });
  expect(result).toMatchObject({ errors: 0, withoutRetryAfter: 0 });
  // No release yet: the reads of figures are 404.
  expect(Object.keys(result.statuses).sort()).toEqual(['200', '201', '404']);
  expect(result.statuses[201]).toBeGreaterThan(10);
}, 120_000);

test('above the limit the rest is told when to come back', async () => {
  const result = await load({ seconds: 2, connections: 8, requestsPerMinute: 40, hasDemo: false });
  expect(result).toMatchObject({ errors: 0, withoutRetryAfter: 0 });
  const { 429: refused, ...taken } = result.statuses;
  expect(refused).toBeGreaterThan(20);
  // A minute may begin on the way, and with it another forty.
  expect(Object.values(taken).reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(80);
}, 120_000);

test('who sends a body too slowly, or more headers than any browser, is cut off; others are served meanwhile', async () => {
  const server = startServer([
    '--no-demo',
    '--port',
    '0',
    '--data',
    join(await mkdtemp(join(tmpdir(), 'slow-')), 'data'),
  ]);
  const url = new URL(await addressOf(server));
  const open = (head: string) => {
    let text = '';
    const socket = connect(Number(url.port), url.hostname, () => socket.write(head));
    const closed = new Promise<string>((done) => socket.on('close', () => done(text)));
    socket.on('data', (chunk) => {
      text += chunk;
    });
    socket.on('error', () => {});
    return { socket, closed };
  };
  const slow = open(
    'POST /v1/submissions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{',
  );
  const dripping = setInterval(() => slow.socket.write(' '), 500);
  const many = open(`GET /healthz HTTP/1.1\r\nHost: x\r\n${'X-A: b\r\n'.repeat(5_000)}\r\n`);
  expect(await many.closed).toMatch(/^HTTP\/1\.1 431 /);
  const broken = open('GET /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n');
  expect(await broken.closed).toMatch(/^HTTP\/1\.1 400 /);
  expect((await fetch(new URL('healthz', url))).status).toBe(200);
  const answer = await slow.closed;
  clearInterval(dripping);
  // Without a receipt it was answered at once, or it was cut off; it never holds the connection.
  expect(answer).toMatch(/^(HTTP\/1\.1 (401|408) |$)/);
  expect((await fetch(new URL('healthz', url))).status).toBe(200);
  await server.stop();
}, 120_000);
