import { describe, expect, test } from 'vitest';
import { parseReceipt } from '#contracts/receipt';
import { memoryReleases, releaseFixture } from './release-fixtures.ts';
import { check, newReceipt, PARTNER_KEY, TRUSTED_KEY, testService } from './test-service.ts';

test('a receipt is in no log line, stored item, header or answer but its making', async () => {
  const service = await testService();
  const made = (await (await service.app.request('/v1/receipts', { method: 'POST' })).json()) as { receipt: string };
  const { receipt } = made;
  const wrong = `${receipt.slice(0, -1)}${receipt.endsWith('Z') ? 'Y' : 'Z'}`;
  await service.submit(receipt, await check(2));
  await service.submit(receipt, await check(2));
  await service.submit(receipt, await check(3));
  await service.submit(receipt, await check(3, { [receipt]: 1, profile: { [receipt]: receipt } }), { key: 'b' });
  await service.submit(receipt, await check(3, { instrument: receipt }), { key: 'c' });
  await service.submit(receipt, await check(3, { associations: [receipt] }), { key: 'd' });
  await service.submit(receipt, null, { key: 'e', raw: `${receipt}` });
  await service.submit(receipt, await check(3), { key: `${receipt} x` });
  await service.submit(receipt, await check(3), { key: receipt });
  await service.submit(wrong, await check(3));
  await service.submit(receipt, await check(3), { key: 'f', headers: { 'Source-Key': receipt } });
  await service.own(receipt);
  await service.own(wrong);
  for (const accept of ['application/json', 'image/svg+xml', 'text/csv', 'application/vnd.vegalite.v6+json']) {
    const headers = { Authorization: `Bearer ${receipt}`, Accept: accept };
    await service.send('/v1/standing?instrument=digitalcheck.1', { headers });
  }
  for (const [name, value] of [
    ['instrument', receipt],
    ['group', receipt],
    ['view', receipt],
  ]) {
    await service.send(`/v1/standing?instrument=digitalcheck.1&${name}=${value}`, {
      headers: { Authorization: `Bearer ${receipt}` },
    });
    await service.send(`/v1/figures?instrument=digitalcheck.1&${name}=${value}`);
  }
  await service.send(`/v1/releases/${receipt}`);
  await service.send(`/v1/${receipt}`);
  await service.send(`/v1/instruments/${receipt}`);
  await service.send(`/problems/${receipt}?lang=${receipt}`);
  service.submissions.list = async () => {
    throw new Error(`cannot read ${receipt}`);
  };
  await service.own(receipt);
  await service.own(receipt, 'DELETE');
  const everything = [
    ...service.answers,
    JSON.stringify(service.logged),
    JSON.stringify([...service.submissions.items]),
  ];
  const bare = everything.join('\n').toUpperCase().replaceAll(/[\s-]/g, '');
  const parsed = parseReceipt(receipt);
  expect(parsed.ok && bare.includes(parsed.receipt)).toBe(false);
  expect(bare).not.toContain(wrong.replaceAll('-', ''));
  expect(service.answers.length).toBeGreaterThan(30);
});

test('whatever is asked with it, no key or code is in a log line, whole or by a long piece', async () => {
  const key = 'c-0a1b2c3d.SBFAhDzGv5CgATHrpkb45-Cp-O0kt-1twyKKU-SEKYA';
  const code = 'K7QX-9WTR-4M2P';
  const receipt = newReceipt();
  const secrets = [receipt, key, code, 'ABCD-EFG', PARTNER_KEY, TRUSTED_KEY];
  const service = await testService();
  const everywhere = async () => {
    for (const secret of [...secrets, ...secrets.map((known) => `${known}x`)]) {
      const headers = { Authorization: `Bearer ${secret}`, 'Source-Key': secret, 'X-Request-Id': secret };
      for (const path of ['/v1/submissions', '/v1/standing', '/v1/associations/c-0a1b2c3d/overview', `/v1/${secret}`])
        await service.send(`${path}?instrument=${secret}&code=${secret}`, { headers });
      for (const lang of ['de', 'en']) await service.send(`/${lang}/join/${secret}?code=${secret}`, { headers });
      const body = await check(2, { associations: [secret] });
      await service.submit(receipt, body, { key: `a-${secret}`.slice(0, 60), headers: { 'Source-Key': secret } });
      await service.submit(secret, body);
      await service.own(secret, 'DELETE');
    }
  };
  await everywhere();
  for (const name of ['put', 'list', 'withdraw'] as const)
    service.submissions[name] = async () => {
      throw new Error(`the store failed over ${secrets.join(' ')}`);
    };
  await everywhere();
  expect(service.logged.some(({ status }) => status === 500)).toBe(true);
  expect(service.logged.length).toBeGreaterThan(200);
  const bare = bareOf(JSON.stringify(service.logged));
  for (const secret of secrets.map(bareOf))
    for (let from = 0; from === 0 || from + PIECE <= secret.length; from += 1)
      expect(bare).not.toContain(secret.slice(from, from + PIECE));
});

/** So many symbols in a row of a secret are more than chance. */
const PIECE = 9;

const bareOf = (text: string) => text.toUpperCase().replaceAll(/[\s-]/g, '');

test('a request leaves one line: method, route pattern, status, time and id; no address, parameter or header', async () => {
  const service = await testService();
  await service.send('/v1/instruments/digitalcheck.1?secret=4711', { headers: { 'User-Agent': 'browser-4712' } });
  await service.send('/v1/path-4713', { method: 'PROPFIND' });
  await service.submit(newReceipt(), await check(1), { key: 'key-4714', headers: { 'Source-Key': PARTNER_KEY } });
  expect(service.logged).toEqual([
    {
      event: 'request',
      method: 'GET',
      route: '/v1/instruments/:id',
      status: 200,
      ms: 0,
      requestId: expect.any(String),
    },
    {
      event: 'request',
      method: 'other',
      route: 'unmatched',
      status: 404,
      ms: 0,
      requestId: expect.any(String),
    },
    { event: 'request', method: 'POST', route: '/v1/submissions', status: 201, ms: 0, requestId: expect.any(String) },
  ]);
  expect(JSON.stringify(service.logged)).not.toMatch(/471\d/);
});

describe('headers', () => {
  const PATHS = [
    '/',
    '/de/',
    '/de/nichts',
    '/docs/api',
    '/v1/instruments',
    '/v1/submissions',
    '/v1/nothing',
    '/healthz',
  ];

  test.each(PATHS)('of %s are strict', async (path) => {
    const service = await testService();
    const { headers } = await service.send(path);
    const csp = headers.get('Content-Security-Policy')!;
    expect(csp).toContain("default-src 'none'");
    expect(csp).toContain("frame-ancestors 'none'");
    expect(csp).not.toMatch(/unsafe|\*|https?:/);
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
    expect(headers.get('Referrer-Policy')).toBe('no-referrer');
    expect(headers.get('X-Frame-Options')).toBe('DENY');
    expect(headers.get('Strict-Transport-Security')).toBeNull();
    expect([...headers.keys()].filter((name) => /^access-control|^server|powered/.test(name))).toEqual([]);
  });

  test('HSTS is set over https only', async () => {
    const service = await testService();
    const response = await service.send('https://spiegel.example/healthz');
    expect(response.headers.get('Strict-Transport-Security')).toBe('max-age=31536000');
  });

  test('other sites get no leave to read: a preflight is refused without a CORS header', async () => {
    const service = await testService();
    const response = await service.send('/v1/submissions', {
      method: 'OPTIONS',
      headers: { Origin: 'https://elsewhere.example', 'Access-Control-Request-Method': 'POST' },
    });
    expect(response.status).toBe(405);
    expect([...response.headers.keys()].some((name) => name.startsWith('access-control'))).toBe(false);
  });

  test('private answers are never stored on the way', async () => {
    const service = await testService();
    const receipt = newReceipt();
    const answers = [
      await service.submit(receipt, await check(1)),
      await service.own(receipt),
      await service.own(receipt, 'DELETE'),
      await service.own('mistyped'),
      await service.send('/v1/standing?instrument=digitalcheck.1', {
        headers: { Authorization: `Bearer ${receipt}` },
      }),
    ];
    for (const answer of answers) expect(answer.headers.get('Cache-Control')).toBe('no-store');
  });
});

describe('pages', () => {
  test('the start page explains the service in German and English', async () => {
    const service = await testService();
    const german = await (await service.send('/de/')).text();
    expect(german).toContain('<html lang="de">');
    expect(german).toContain('Wo stehen wir digital?');
    expect(german).toContain('href="/docs/api"');
    expect(german).toContain('Noch keine Ausgabe');
    const english = await (await service.send('/en/')).text();
    expect(english).toContain('<html lang="en">');
    expect(english).toContain('Where do we stand digitally?');
    expect(english).toContain('href="/docs/api?lang=en"');
    for (const html of [german, english]) expect(html).not.toMatch(/<script|style="|undefined|\[object/);
  });

  test('it shows the release in force', async () => {
    const marks = { isTrial: false, isInvented: true, hasKnownKey: false };
    const release = releaseFixture('2026-06-30', [{ participations: 225 }, { unitType: 'carrier', suppressed: true }], {
      marks,
    });
    const service = await testService({ releases: memoryReleases([release]) });
    const html = await (await service.send('/de/')).text();
    expect(html).toContain('30. Juni 2026');
    expect(html).toContain('30. Juni 2027');
    expect(html).toContain('mindestens 225 Einrichtungen');
    expect(html).toContain('Beispieldaten');
  });
});
