import { mkdtemp } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { check, newReceipt } from '../api/test-service.ts';
import { addressOf, endAll, startServer } from '../local/server-process.ts';

/** What no ordinary client sends, byte for byte, to the running server; what an app in process would never see. */
let url: URL;
const start = async (...options: string[]) => {
  const data = join(await mkdtemp(join(tmpdir(), 'wire-')), 'data');
  return startServer(['--no-demo', '--port', '0', '--data', data, ...options]);
};
let server: Awaited<ReturnType<typeof start>>;
beforeAll(async () => {
  server = await start('--limit', '0');
  url = new URL(await addressOf(server));
});
afterAll(endAll);

/** Sends the bytes and answers what came back until the server closed, or for two seconds. */
function send(text: string): Promise<string> {
  return new Promise((done) => {
    let answer = '';
    const socket = connect(Number(url.port), url.hostname, () => socket.write(text, 'latin1'));
    const cut = setTimeout(() => socket.destroy(), 2_000);
    socket.on('data', (bytes) => {
      answer += bytes;
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      clearTimeout(cut);
      done(answer);
    });
  });
}

const END = 'Host: x\r\nConnection: close\r\n\r\n';
const post = (headers: string, body: string) =>
  `POST /v1/submissions HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer ${newReceipt()}\r\nIdempotency-Key: a\r\n${headers}\r\n\r\n${body}`;

const REQUESTS: [name: string, request: string, status: RegExp][] = [
  ['a host that is none', 'GET /healthz HTTP/1.1\r\nHost: a b<>\r\nConnection: close\r\n\r\n', /^400/],
  ['no host', 'GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n', /^400/],
  ['a redirect under a foreign host', 'GET /de HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n', /^301/],
  ['an address with a foreign host', `GET http://evil.example/de HTTP/1.1\r\n${END}`, /^301/],
  ['an address of another protocol', `GET ftp://evil.example/de HTTP/1.1\r\n${END}`, /^400/],
  ['two slashes', `GET //evil.example/de HTTP/1.1\r\n${END}`, /^404/],
  ['a way up', `GET /assets/../../package.json HTTP/1.1\r\n${END}`, /^404/],
  ['an encoded way up', `GET /assets/..%2f..%2fpackage.json HTTP/1.1\r\n${END}`, /^404/],
  ['a twice encoded way up', `GET /assets/%252e%252e%252fpackage.json HTTP/1.1\r\n${END}`, /^404/],
  ['backslashes', `GET /de\\..\\..\\package.json HTTP/1.1\r\n${END}`, /^40[04]/],
  ['a null character', `GET /v1/instruments/%00 HTTP/1.1\r\n${END}`, /^404/],
  ['half an encoding', `GET /v1/instruments/%E0%A4%A HTTP/1.1\r\n${END}`, /^404/],
  ['a line end in the path', `GET /de%0d%0aSet-Cookie:%20a=b HTTP/1.1\r\n${END}`, /^404/],
  ['a private path made to look like a file', `GET /v1/submissions;a=.css HTTP/1.1\r\n${END}`, /^404/],
  ['a private path with a file after it', `GET /v1/submissions/a.css HTTP/1.1\r\n${END}`, /^404/],
  ['a long path', `GET /${'a'.repeat(20_000)} HTTP/1.1\r\n${END}`, /^431/],
  ['many parameters', `GET /v1/figures?${'a&'.repeat(6_000)} HTTP/1.1\r\n${END}`, /^400/],
  ['OPTIONS *', `OPTIONS * HTTP/1.1\r\n${END}`, /^400/],
  ['TRACE', `TRACE /healthz HTTP/1.1\r\n${END}`, /^405/],
  ['CONNECT', `CONNECT evil.example:443 HTTP/1.1\r\n${END}`, /^$/],
  ['a method of nobody', `FOO /healthz HTTP/1.1\r\n${END}`, /^400/],
  ['another protocol', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', /^400/],
  ['a length and chunks', post('Content-Length: 4\r\nTransfer-Encoding: chunked', '0\r\n\r\nGET /v1/x'), /^400/],
  ['an encoding that is nearly chunked', post('Transfer-Encoding: xchunked\r\nContent-Length: 2', '{}'), /^400/],
  ['two lengths', post('Content-Length: 2\r\nContent-Length: 4', '{}{}'), /^400/],
  ['a broken chunk', post('Transfer-Encoding: chunked', 'ZZ\r\n'), /^400/],
  ['line feeds alone', 'GET /healthz HTTP/1.1\nHost: x\n\n', /^400/],
  ['a folded header', `GET /healthz HTTP/1.1\r\nX-A: a\r\n b\r\n${END}`, /^400/],
  ['a null character in a header', `GET /healthz HTTP/1.1\r\nX-A: a\0b\r\n${END}`, /^400/],
  ['letters beyond ASCII in a secret', `GET /v1/submissions HTTP/1.1\r\nAuthorization: Bearer äÿ\r\n${END}`, /^401/],
  ['an expectation', `POST /v1/receipts HTTP/1.1\r\nExpect: 200-ok\r\n${END}`, /^417/],
  ['a body without a type', post('Content-Length: 2', '{}'), /^415/],
  [
    'JSON said to be zipped',
    post('Content-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: 2', '{}'),
    /^415/,
  ],
  ['UTF-7', post('Content-Type: application/json; charset=utf-7\r\nContent-Length: 2', '{}'), /^415/],
  ['a second type', post('Content-Type: application/json, text/html\r\nContent-Length: 2', '{}'), /^415/],
  ['a form', post('Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 3', 'a=1'), /^415/],
  ['UTF-16 under the name of UTF-8', post('Content-Type: application/json\r\nContent-Length: 6', 'ÿþ{\0}\0'), /^400/],
];

test.each(REQUESTS)('%s meets an answer of the catalogue or a closed door', async (_, request, status) => {
  const answer = await send(request);
  const [head = '', ...body] = answer.split('\r\n\r\n');
  expect(answer.replace('HTTP/1.1 ', '')).toMatch(status);
  // One answer to one request: nothing was smuggled in behind it.
  expect(answer.match(/HTTP\/1\.1 \d/g) ?? []).toHaveLength(answer === '' ? 0 : 1);
  // Public figures are open to other sites, with no credentials.
  expect(head).not.toMatch(/^(set-cookie|access-control(?!-allow-origin: \*)|server|x-powered)/im);
  expect(head).not.toMatch(/^location: (?!\/de\/\r?$)/im);
  expect(answer).not.toMatch(/node_modules|\.ts:\d|"private": true/);
  if (/^content-type/im.test(head)) {
    expect(head).toMatch(/^content-type: application\/problem\+json/im);
    expect(head).toMatch(/^cache-control: no-store/im);
    expect(body.join('')).toContain('"type":"/problems/');
    // Of a body without content, an empty chunk is left.
  } else expect(body.join('')).toMatch(/^0?$/);
});

test('after all of it the server is well, has logged no error and has stored nothing', async () => {
  expect((await fetch(new URL('readyz', url))).status).toBe(200);
  expect(server.out()).not.toContain('"error"');
  expect(server.out()).not.toMatch(/evil\.example|passwd/);
  expect(server.err()).toBe('');
});

describe('the count of a visitor’s requests', () => {
  const LIMIT = 30;

  test('is not escaped by names, keys, receipts or connections of one’s own', async () => {
    const body = JSON.stringify(await check(2));
    // Counted by the minute: where another began on the way, once more from the beginning.
    const minute = () => Math.floor(Date.now() / 60_000);
    let begun: number;
    let statuses: number[];
    do {
      const limited = new URL(await addressOf(await start('--limit', String(LIMIT))));
      begun = minute();
      statuses = await statusesOf(limited, body);
    } while (minute() !== begun);
    expect(statuses.slice(0, LIMIT)).not.toContain(429);
    expect(new Set(statuses.slice(LIMIT))).toEqual(new Set([429]));
  });

  async function statusesOf(limited: URL, body: string): Promise<number[]> {
    const statuses: number[] = [];
    for (let turn = 0; turn < 2 * LIMIT; turn++) {
      const { status } = await fetch(new URL(turn % 2 ? 'v1/submissions' : `healthz?x=${turn}`, limited), {
        method: turn % 2 ? 'POST' : 'GET',
        headers: {
          Connection: 'close',
          'X-Forwarded-For': `198.51.100.${turn}, 203.0.113.${turn}`,
          Forwarded: `for="[2001:db8:${turn}::1]"`,
          'X-Real-IP': `198.51.100.${turn}`,
          'True-Client-IP': `198.51.100.${turn}`,
          'User-Agent': `browser ${turn}`,
          Authorization: `Bearer ${newReceipt()}`,
          'Idempotency-Key': `${turn}`,
          ...(turn % 3 ? {} : { 'Source-Key': `guess-${turn}` }),
          'Content-Type': 'application/json',
        },
        ...(turn % 2 ? { body } : {}),
      });
      statuses.push(status);
    }
    return statuses;
  }
});
