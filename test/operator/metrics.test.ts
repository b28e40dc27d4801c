import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { main } from '#functions/operator/metrics';

const request = (ms: number, more: Record<string, unknown> = {}) =>
  JSON.stringify({ event: 'request', method: 'GET', route: '/v1/standing', status: 200, ms, requestId: 'x', ...more });

function collect() {
  let text = '';
  const stream = new Writable({
    write(chunk, _, done) {
      text += chunk;
      done();
    },
  });
  return { stream, text: () => text };
}

async function run(argv: string[], input = '') {
  const [out, err] = [collect(), collect()];
  const code = await main(argv, {}, { out: out.stream, err: err.stream, input: Readable.from([input]) });
  return { code, out: out.text(), err: err.text() };
}

test('a log is summed up by route, class, time, problem and error', async () => {
  const log = [
    'Sektorspiegel is running. Open http://127.0.0.1:8080/',
    ...Array.from({ length: 101 }, (_, ms) => request(ms)),
    request(7, { method: 'POST', route: '/v1/submissions', status: 422, problem: 'invalid-submission' }),
    request(9, { method: 'POST', route: '/v1/submissions', status: 500, error: 'TypeError', frames: ['at a.ts:1:1'] }),
    '{"event":"published"}',
    '{broken',
  ].join('\n');
  const { code, out } = await run([], log);
  expect(code).toBe(0);
  expect(out.split('\n').map((line) => line.trim().split(/ {2,}/))).toEqual([
    ['route', 'requests', '2xx', '3xx', '4xx', '5xx', 'median ms', '95 %', '99 %', 'longest'],
    ['GET /v1/standing', '101', '101', '0', '0', '0', '50', '95', '99', '100'],
    ['POST /v1/submissions', '2', '0', '0', '1', '1', '8', '9', '9', '9'],
    [''],
    ['Problems'],
    ['1', 'invalid-submission'],
    [''],
    ['Unexpected errors'],
    ['1', 'TypeError at a.ts:1:1'],
    [''],
    ['3 other lines were passed over.'],
    [''],
  ]);
});

test('several files are summed up together', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'metrics-'));
  const files = [join(folder, 'a.log'), join(folder, 'b.log')];
  for (const file of files) await writeFile(file, `${request(1)}\n`);
  expect((await run(files)).out).toMatch(/^GET \/v1\/standing +2 /m);
});

test('a log without requests says so, a missing file is a sentence', async () => {
  expect((await run([], '')).out).toBe('No request was logged.\n');
  const missing = await run(['/nowhere/at-all.log']);
  expect(missing.code).toBe(1);
  expect(missing.err).toMatch(/no such file/);
});
