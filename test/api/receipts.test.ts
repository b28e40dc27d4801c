import { describe, expect, test } from 'vitest';
import { NewReceipt } from '#contracts/answers/submission';
import { makeReceipt, parseReceipt, RECEIPT_SYMBOLS } from '#contracts/receipt';
import { check, newReceipt, testService } from './test-service.ts';

describe('making a receipt', () => {
  test('gives a new one each time, not to be cached, and stores nothing', async () => {
    const service = await testService();
    const made = new Set<string>();
    for (let count = 0; count < 50; count++) {
      const response = await service.send('/v1/receipts', { method: 'POST' });
      expect([response.status, response.headers.get('Cache-Control')]).toEqual([201, 'no-store']);
      const { receipt } = NewReceipt.parse(await response.json());
      expect(parseReceipt(receipt).ok).toBe(true);
      made.add(receipt);
    }
    expect(made.size).toBe(50);
    expect(service.submissions.writes).toBe(0);
  });

  test('draws again where the check symbol would not be an ordinary one', () => {
    // 32 is the first remainder without an ordinary symbol.
    const draws = [new Uint8Array(16).fill(0, 0, 15), new Uint8Array(16)];
    draws[0]![15] = 32;
    draws[1]![15] = 31;
    expect(makeReceipt(() => draws.shift()!)).toBe('000-000-000-000-000-000-000-000-0ZZ');
    expect(draws).toHaveLength(0);
  });
});

describe('reading a receipt', () => {
  const problemOf = async (authorization: string | undefined, lang = 'en') => {
    const service = await testService();
    const headers: Record<string, string> = { 'Accept-Language': lang };
    if (authorization !== undefined) headers.Authorization = authorization;
    const response = await service.send('/v1/submissions', { headers });
    const { type, detail } = (await response.json()) as { type: string; detail: string };
    return { status: response.status, type, detail, challenge: response.headers.get('WWW-Authenticate') };
  };

  test.each([undefined, '', 'Bearer', 'Bearer ', 'Basic abc', 'Token 123'])(
    '%j carries none',
    async (authorization) => {
      const { status, type, challenge } = await problemOf(authorization);
      expect([status, type, challenge]).toEqual([401, '/problems/receipt-missing', 'Bearer realm="Sektorspiegel"']);
    },
  );

  test('a typo is named as one, without repeating what was typed', async () => {
    const receipt = newReceipt();
    const wrongCheck = receipt.slice(0, -1) + RECEIPT_SYMBOLS[(RECEIPT_SYMBOLS.indexOf(receipt.at(-1)!) + 1) % 32];
    const wrongSymbol = `${receipt.slice(0, 4)}U${receipt.slice(5)}`;
    for (const [typed, words] of [
      [wrongCheck, 'A typo: the check symbol'],
      [receipt.slice(0, -1), 'A typo: a receipt has 27 symbols'],
      [wrongSymbol, 'A typo at place 4'],
    ] as const) {
      const { status, type, detail, challenge } = await problemOf(`Bearer ${typed}`);
      expect([status, type]).toEqual([401, '/problems/receipt-mistyped']);
      expect(challenge).toContain('error="invalid_token"');
      expect(detail).toContain(words);
      expect(detail).not.toContain(typed.slice(4, 11));
    }
    expect((await problemOf(`Bearer ${wrongCheck}`, 'de')).detail).toContain('Tippfehler');
  });

  test('lower case, spaces, missing hyphens and look-alike letters reach the same organisation', async () => {
    const service = await testService();
    const receipt = newReceipt();
    await service.submit(receipt, await check(2));
    for (const typed of [
      receipt.toLowerCase(),
      receipt.replaceAll('-', ' '),
      receipt.replaceAll('-', ''),
      receipt.replaceAll('1', 'l').replaceAll('0', 'O'),
    ]) {
      expect(await (await service.own(typed)).json()).toMatchObject({ submissions: [{ overall: 50 }] });
    }
    const scheme = await service.send('/v1/submissions', { headers: { Authorization: `bearer ${receipt}` } });
    expect(scheme.status).toBe(200);
  });
});
