import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { check, newReceipt, testService } from './test-service.ts';

const from = (address: string) => ({ headers: { 'X-Test-Address': address } });
const limits = {
  perMinute: 3,
  addressOf: (c: { req: { header: (name: string) => string | undefined } }) => c.req.header('X-Test-Address'),
};

test('a visitor who asks too often is told to wait, in both languages, until the minute is over; others are not', async () => {
  const service = await testService({ limits });
  const statuses = [];
  for (let turn = 0; turn < 4; turn++) statuses.push((await service.send('/healthz', from('192.0.2.1'))).status);
  expect(statuses).toEqual([200, 200, 200, 429]);

  const refused = await service.send('/v1/instruments', {
    headers: { ...from('192.0.2.1').headers, 'Accept-Language': 'en' },
  });
  expect(refused.status).toBe(429);
  expect(refused.headers.get('Retry-After')).toBe('60');
  expect(refused.headers.get('Cache-Control')).toBe('no-store');
  expect(await refused.json()).toMatchObject({
    type: '/problems/too-many-requests',
    detail: 'Too many requests came from here within the last minute. Please wait 60 seconds.',
  });
  expect((await service.send('/healthz', from('192.0.2.2'))).status).toBe(200);

  service.clock.now = new Date(service.clock.now.getTime() + 60_000);
  expect((await service.send('/healthz', from('192.0.2.1'))).status).toBe(200);
});

test.each([
  ['addresses of one IPv6 network', ['2001:db8:1:2::1', '2001:0DB8:1:2:ffff::9', '2001:db8:1:2:a:b:c:d']],
  ['a short form and a long one', ['2001:db8::1', '2001:db8:0:0:1::', '2001:db8:0000::ffff:1']],
  ['an IPv4 address in either form', ['192.0.2.5', '::ffff:192.0.2.5', '::FFFF:192.0.2.5']],
])('%s are one visitor', async (_, addresses) => {
  const service = await testService({ limits });
  for (const address of addresses) expect((await service.send('/healthz', from(address))).status).toBe(200);
  expect((await service.send('/healthz', from(addresses[0]!))).status).toBe(429);
  for (const neighbour of ['2001:db8:1:3::1', '2001:db8:0:1::1', '192.0.2.6', '::ffff:192.0.2.6'])
    expect((await service.send('/healthz', from(neighbour))).status).toBe(200);
});

test('what a client says about where it comes from changes nothing', async () => {
  const service = await testService({ limits });
  const claims = [
    'X-Forwarded-For',
    'Forwarded',
    'X-Real-IP',
    'CF-Connecting-IP',
    'True-Client-IP',
    'Via',
    'Client-IP',
  ];
  const statuses = [];
  for (const [turn, claim] of claims.entries()) {
    const headers = { ...from('192.0.2.8').headers, [claim]: `198.51.100.${turn}` };
    statuses.push((await service.send('/healthz', { headers })).status);
  }
  expect(statuses).toEqual([200, 200, 200, 429, 429, 429, 429]);
});

test('an empty or guessed partner key is no way around the count', async () => {
  const service = await testService({ limits });
  const statuses = [];
  for (const key of ['', ' ', 'guess', 'operator', '0'.repeat(64)]) {
    const headers = { ...from('192.0.2.7').headers, 'Source-Key': key };
    statuses.push((await service.send('/healthz', { headers })).status);
  }
  expect(statuses).toEqual([200, 200, 200, 429, 429]);
});

test('the address is in no log line, and its name changes with the day', async () => {
  const keys: Uint8Array[] = [];
  const service = await testService({
    limits,
    randomBytes: (length) => {
      const bytes = new Uint8Array(length).fill(keys.length);
      if (length === 32) keys.push(bytes);
      return bytes;
    },
  });
  await service.send('/healthz', from('192.0.2.77'));
  await service.send('/healthz', from('192.0.2.77'));
  expect(keys).toHaveLength(1);
  service.clock.now = new Date(service.clock.now.getTime() + 86_400_000);
  await service.send('/healthz', from('192.0.2.77'));
  expect(keys).toHaveLength(2);
  expect(JSON.stringify(service.logged)).not.toContain('192.0.2.77');
});

test("a partner's key has a quota of its own, whatever the address; a wrong key none", async () => {
  const keyHash = createHash('sha256').update('key-of-a-partner').digest('hex');
  const service = await testService({
    limits,
    sources: [{ id: 'partner', keyHash, isTrusted: false, perMinute: 5 }],
  });
  const body = await check(2);
  const send = (key: string) =>
    service.submit(newReceipt(), body, { headers: { 'Source-Key': key, 'X-Test-Address': '192.0.2.9' } });
  const statuses = [];
  for (let turn = 0; turn < 6; turn++) statuses.push((await send('key-of-a-partner')).status);
  expect(statuses).toEqual([201, 201, 201, 201, 201, 429]);
  const guesses = [];
  for (let turn = 0; turn < 4; turn++) guesses.push((await send(`guess-${turn}`)).status);
  expect(guesses).toEqual([401, 401, 401, 429]);
});
