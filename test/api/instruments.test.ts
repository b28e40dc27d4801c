import { expect, test } from 'vitest';
import { InstrumentList } from '#contracts/answers/lists';
import { Instrument } from '#contracts/instrument';
import { testService } from './test-service.ts';

test('the list names every instrument with its address', async () => {
  const service = await testService();
  const response = await service.send('/v1/instruments');
  expect(response.headers.get('Cache-Control')).toBe('public, max-age=300');
  const { instruments } = InstrumentList.parse(await response.json());
  expect(instruments.map(({ id, kind }) => [id, kind])).toEqual([
    ['digitalcheck.1', 'questionnaire'],
    ['digitalcheck.1.1', 'questionnaire'],
    ['egovernment.1', 'scores'],
  ]);
  for (const { id, url } of instruments) expect(await (await service.send(url)).json()).toMatchObject({ id });
});

test('an instrument is served whole, with a strong ETag that spares the next transfer', async () => {
  const service = await testService();
  const response = await service.send('/v1/instruments/digitalcheck.1');
  expect(response.status).toBe(200);
  expect(Instrument.parse(await response.json()).items).toHaveLength(20);
  const etag = response.headers.get('ETag')!;
  expect(etag).toMatch(/^"[0-9a-f]{40}"$/);
  const again = await service.send('/v1/instruments/digitalcheck.1', { headers: { 'If-None-Match': etag } });
  expect([again.status, await again.text()]).toEqual([304, '']);
  const changed = await service.send('/v1/instruments/digitalcheck.1', { headers: { 'If-None-Match': '"0"' } });
  expect(changed.status).toBe(200);
});

test.each(['nothing.1', 'constructor', '__proto__', '..%2F..%2Fetc%2Fpasswd', '%00'])(
  'the id %s is unknown',
  async (id) => {
    const service = await testService();
    const response = await service.send(`/v1/instruments/${id}`);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ type: '/problems/unknown-instrument' });
  },
);
