import { describe, expect, test } from 'vitest';
import { noReleases } from './memory-stores.ts';
import { testService } from './test-service.ts';

const HTML = 'text/html,application/xhtml+xml,*/*;q=0.8';
const title = (html: string) => /<h1>(.*?)<\/h1>/.exec(html)?.[1];

const limits = { perMinute: 0, addressOf: () => '192.0.2.1' };
const failing = (error: Error) => ({ ...noReleases, head: () => Promise.reject(error) });
const throttled = Object.assign(new Error('secret of the store'), { name: 'ThrottlingException' });

describe('what goes wrong at an address for people is told as a page in its language', () => {
  test.each([
    { path: '/de/gibt-es-nicht', status: 404, told: 'Diese Seite gibt es nicht' },
    { path: '/en/nothing', status: 404, told: 'There is no such page' },
    { path: '/docs/api?lang=fr', status: 400, told: 'Diese Auswahl gibt es nicht' },
    { path: '/problems/nothing?lang=en', status: 404, told: 'There is no such page' },
    { path: '/anywhere', status: 404, told: 'Diese Seite gibt es nicht' },
    { path: '/de/feld', given: { limits }, status: 429, told: 'Gerade ist viel los' },
    { path: '/en/field', given: { limits }, status: 429, told: 'There is a lot going on just now' },
    { path: '/docs/api', given: { limits }, status: 429, told: 'Gerade ist viel los' },
    { path: '/de/feld', given: { releases: failing(throttled) }, status: 503, told: 'Gerade ist viel los' },
    {
      path: '/de/',
      given: { releases: failing(new Error('secret of the store')) },
      status: 500,
      told: 'Das hat gerade nicht geklappt',
    },
    {
      path: '/en/',
      given: { releases: failing(new Error('secret of the store')) },
      status: 500,
      told: 'That did not work just now',
    },
  ])('$path, $status', async ({ path, given, status, told }) => {
    const service = await testService(given);
    const response = await service.send(path, { headers: { Accept: HTML } });
    expect(response.status).toBe(status);
    expect(response.headers.get('Content-Type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('Cache-Control')).toBe('no-store');
    const html = await response.text();
    expect(title(html)).toBe(told);
    expect(html).toContain(`<html lang="${response.headers.get('Content-Language')}">`);
    expect(html).toContain('<meta name="robots" content="noindex"/>');
    expect(html).not.toContain('secret');
  });

  test('says how long to wait, and under which number the log has a fault of ours', async () => {
    const busy = await (await testService({ limits })).send('/de/', { headers: { Accept: HTML } });
    expect(busy.headers.get('Retry-After')).toBe('60');
    expect(await busy.text()).toContain('Bitte warten Sie 60 Sekunden');
    const service = await testService({ releases: failing(new Error('away')) });
    const trouble = await (await service.send('/de/', { headers: { Accept: HTML } })).text();
    expect(trouble).toContain(`<code>${service.logged.at(-1)!.requestId}</code>`);
  });
});

test('programs are told problems, whatever they accept, and everybody who does not ask for HTML', async () => {
  const service = await testService();
  for (const [path, accept] of [
    ['/v1/nothing', HTML],
    ['/anywhere', '*/*'],
    ['/anywhere', 'application/json, text/html;q=0'],
    ['/problems/nothing', ''],
  ] as const) {
    const response = await service.send(path, { headers: { Accept: accept } });
    expect(response.headers.get('Content-Type')).toBe('application/problem+json; charset=utf-8');
    expect(await response.json()).toMatchObject({ type: '/problems/not-found', status: 404 });
  }
});
