import { describe, expect, test } from 'vitest';
import { answerFaults, fuzz } from './fuzz.ts';

describe('requests made from the description of the api', () => {
  // The long version: npm run fuzz
  test('never meet a 5xx, a stack trace or an undocumented type, and store nothing that the contract refuses', async () => {
    const { statuses, stored } = await fuzz(1_500, 20_261_123);
    expect(stored).toBeGreaterThan(30);
    for (const status of [200, 201, 400, 401, 404, 405, 413, 415, 422])
      expect(statuses[status], `${status}`).toBeGreaterThan(0);
  }, 120_000);
});

describe('the comparison with the description', () => {
  const request = { method: 'GET', path: '/v1/instruments', headers: [], body: undefined } satisfies object as never;
  const answer = (body: string, status: number, type: string) =>
    new Response(body, { status, headers: { 'Content-Type': type, 'X-Content-Type-Options': 'nosniff' } });
  const whole = { type: '/problems/x', title: 'x', detail: 'x', status: 404 };

  test.each([
    [
      'an internal error',
      answer(JSON.stringify({ ...whole, status: 500 }), 500, 'application/problem+json'),
      'answers 500',
    ],
    ['a stack', answer('{"a":"at run (/srv/app.js:1:22)"}', 200, 'application/json'), 'shows a stack'],
    ['another type', answer('[]', 200, 'text/html'), 'is of type text/html'],
    ['a bare error', answer('not found', 404, 'text/plain'), 'is a 404 of type text/plain'],
    ['half a problem', answer('{"status":404}', 404, 'application/problem+json'), 'is no whole problem'],
    ['a guessable type', new Response('[]', { headers: { 'Content-Type': 'application/json' } }), 'lacks nosniff'],
  ])('names %s', async (_, response, fault) => {
    expect((await answerFaults(request, response)).join()).toContain(fault);
  });

  test('finds nothing where all is well', async () => {
    expect(await answerFaults(request, answer('[]', 200, 'application/json; charset=utf-8'))).toEqual([]);
    const missing = answer(JSON.stringify(whole), 404, 'application/problem+json');
    expect(await answerFaults(request, missing)).toEqual([]);
  });
});
