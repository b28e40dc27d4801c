import { describe, expect, test } from 'vitest';
import { Problem } from '#contracts/problem';
import { problem, problemBody } from '#functions/http/problem';
import { FIELD_RULES, PROBLEM_WORDS, PROBLEMS, type ProblemName } from '#functions/http/problem-texts';
import { newReceipt, testService } from './test-service.ts';

const NAMES = Object.keys(PROBLEMS) as ProblemName[];
const placeholders = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([word]) => word).sort();

describe('the catalogue', () => {
  test.each(NAMES)('%s has the same words to fill in German and English', (name) => {
    const { detail } = PROBLEMS[name];
    expect(placeholders(detail.en)).toEqual(placeholders(detail.de));
    const words: readonly string[] = (PROBLEM_WORDS as Record<string, readonly string[]>)[name] ?? [];
    expect(placeholders(detail.de)).toEqual(words.map((word) => `{${word}}`).sort());
  });

  test.each(Object.entries(FIELD_RULES))('the rule %s likewise', (_, message) => {
    expect(placeholders(message.en)).toEqual(placeholders(message.de));
  });

  test.each(NAMES)('the type of %s is the address of a page that explains it, in both languages', async (name) => {
    const service = await testService();
    for (const lang of ['de', 'en'] as const) {
      const page = await service.send(`/problems/${name}?lang=${lang}`);
      expect([page.status, page.headers.get('Content-Language')]).toEqual([200, lang]);
      const html = await page.text();
      expect(html).toContain(`<html lang="${lang}">`);
      expect(html).toContain(PROBLEMS[name].title[lang].replaceAll('"', '&quot;'));
      expect(html).not.toMatch(/\{\w+\}/);
    }
    expect(problemBody(problem(name as 'not-found'), 'de')).toMatchObject({ type: `/problems/${name}` });
  });

  test('the list of all problems links each; a name not in it has no page', async () => {
    const service = await testService();
    const html = await (await service.send('/problems')).text();
    for (const name of NAMES) expect(html).toContain(`href="/problems/${name}"`);
    for (const name of ['nothing', 'constructor']) {
      expect((await service.send(`/problems/${name}`)).status).toBe(404);
    }
  });
});

describe('the body', () => {
  test('follows RFC 9457 and fills its words in, in the language of the reader', () => {
    const error = problem('body-too-large', { limit: 65_536 });
    expect(Problem.parse(problemBody(error, 'en'))).toEqual({
      type: '/problems/body-too-large',
      title: 'The body is too large',
      status: 413,
      detail: 'The body of a request may hold at most 65536 bytes.',
    });
    expect(problemBody(error, 'de').detail).toBe('Der Inhalt einer Anfrage darf höchstens 65536 Byte umfassen.');
  });

  test('has one entry for each failing field', () => {
    const faults = [{ field: '/scores/it', rule: 'invalid-score' as const }];
    expect(problemBody(problem('invalid-submission', {}, { faults }), 'en').errors).toEqual([
      { field: '/scores/it', rule: 'invalid-score', message: 'Possible are whole numbers from 0 to 100.' },
    ]);
  });
});

describe('answers with a problem', () => {
  test('an address that does not exist is a problem, not a page', async () => {
    const service = await testService();
    const response = await service.send('/v1/nothing', { headers: { 'Accept-Language': 'en' } });
    expect(response.status).toBe(404);
    expect(response.headers.get('Content-Type')).toBe('application/problem+json; charset=utf-8');
    expect(response.headers.get('Cache-Control')).toBe('no-store');
    expect(response.headers.get('Vary')).toBe('Accept-Language');
    expect(Problem.parse(await response.json()).type).toBe('/problems/not-found');
  });

  test('the language in the query goes before the header', async () => {
    const service = await testService();
    const response = await service.send('/v1/nothing?lang=en', { headers: { 'Accept-Language': 'de' } });
    expect(response.headers.get('Content-Language')).toBe('en');
  });

  test('a language that is not spoken is named on public addresses', async () => {
    const service = await testService();
    const response = await service.send('/docs/api?lang=fr');
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ errors: [{ field: 'query:lang', rule: 'invalid-value' }] });
  });

  test('a method that does not apply says which do', async () => {
    const service = await testService();
    const response = await service.send('/v1/submissions', { method: 'PUT' });
    expect([response.status, response.headers.get('Allow')]).toEqual([405, 'POST, GET, HEAD, DELETE']);
    expect(await response.json()).toMatchObject({ type: '/problems/method-not-allowed' });
  });

  test('an unexpected error repeats nothing of itself, in the answer or in the log', async () => {
    const secret = 'table Submissions-4711 in account 99';
    const service = await testService();
    service.submissions.list = async () => {
      throw new Error(secret);
    };
    const response = await service.own(newReceipt());
    expect(response.status).toBe(500);
    const text = await response.text();
    expect(JSON.parse(text)).toMatchObject({ type: '/problems/internal' });
    expect(text).toContain(response.headers.get('X-Request-Id'));
    expect(text + JSON.stringify(service.logged)).not.toContain(secret);
    expect(service.logged).toMatchObject([{ status: 500, error: 'Error', frames: expect.any(Array) }]);
  });

  test.each([
    Object.assign(new Error('slow down'), { name: 'ProvisionedThroughputExceededException' }),
    Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }),
  ])('a store that is busy or away is a 503 to be tried again', async (trouble) => {
    const service = await testService();
    service.submissions.list = async () => {
      throw trouble;
    };
    const response = await service.own(newReceipt());
    expect([response.status, response.headers.get('Retry-After')]).toEqual([503, '5']);
    expect(await response.json()).toMatchObject({ type: '/problems/unavailable' });
  });
});
