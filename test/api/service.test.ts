import { expect, test } from 'vitest';
import { noReleases } from './memory-stores.ts';
import { testService } from './test-service.ts';

test('the process says that it is alive, and that it can work', async () => {
  const service = await testService();
  expect(await (await service.send('/healthz')).json()).toEqual({
    status: 'ok',
    version: '0.1.0',
    commit: '3f9a2c1b5d7e',
  });
  const ready = await service.send('/readyz');
  expect([ready.status, await ready.json()]).toEqual([200, { status: 'ready' }]);
  expect(ready.headers.get('Cache-Control')).toBe('no-store');
});

test('without its store it is alive, and not ready', async () => {
  const away = Object.assign(new Error('connect ECONNREFUSED 10.0.0.1:8000'), { code: 'ECONNREFUSED' });
  const service = await testService({ releases: { ...noReleases, head: () => Promise.reject(away) } });
  expect((await service.send('/healthz')).status).toBe(200);
  const ready = await service.send('/readyz');
  expect(ready.status).toBe(503);
  expect(ready.headers.get('Retry-After')).toBe('5');
  const text = await ready.text();
  expect(JSON.parse(text).type).toBe('/problems/unavailable');
  expect(text).not.toContain('10.0.0.1');
});
