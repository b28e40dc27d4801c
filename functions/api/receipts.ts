import { type Context, Hono } from 'hono';
import { NewReceipt } from '#contracts/answers/submission';
import { makeReceipt, parseReceipt } from '#contracts/receipt';
import type { LocalText } from '#contracts/text';
import { organisationOf } from '#store/hashes';
import type { ApiDependencies } from '../http/dependencies.ts';
import { problem } from '../http/problem.ts';
import type { Operations } from '../http/responses.ts';

/** `POST /v1/receipts`: makes a receipt and forgets it. Nothing is stored; the first submission under it gives it meaning. */
export function receiptRoutes(deps: ApiDependencies) {
  return new Hono().post('/v1/receipts', (c) =>
    c.json({ receipt: makeReceipt(deps.randomBytes) } satisfies NewReceipt, 201, { 'Cache-Control': 'no-store' }),
  );
}

/**
 * The organisation (SHA-256 of the receipt) that a request speaks for, from `Authorization: Bearer <receipt>`.
 * Only the hash goes further: the receipt itself stays in this function.
 *
 * @throws ProblemError `receipt-missing`, or `receipt-mistyped` which says what kind of typo it is, never the symbols
 */
export function authenticate(c: Context): string {
  const header = c.req.header('Authorization');
  const written = /^Bearer +(\S.*)$/i.exec(header ?? '')?.[1];
  if (written === undefined) {
    throw problem('receipt-missing', {}, { headers: { 'WWW-Authenticate': 'Bearer realm="Sektorspiegel"' } });
  }
  const parsed = parseReceipt(written);
  if (parsed.ok) return organisationOf(parsed.receipt);
  throw problem(
    'receipt-mistyped',
    { reason: typoOf(parsed.reason, parsed.position) },
    { headers: { 'WWW-Authenticate': 'Bearer realm="Sektorspiegel", error="invalid_token"' } },
  );
}

function typoOf(reason: 'length' | 'symbol' | 'check', position: number | undefined): LocalText {
  if (reason === 'length') {
    return {
      de: 'Tippfehler: Ein Rückkehr-Code hat 27 Zeichen (ohne Bindestriche gezählt), dieser hat mehr oder weniger.',
      en: 'A typo: a receipt has 27 symbols (not counting hyphens); this one has more or fewer.',
    };
  }
  if (reason === 'symbol') {
    return {
      de: `Tippfehler an Stelle ${position} (ohne Bindestriche gezählt): Dieses Zeichen kommt dort in keinem Rückkehr-Code vor.`,
      en: `A typo at place ${position} (not counting hyphens): no receipt has this symbol there.`,
    };
  }
  return {
    de: 'Tippfehler: Das Prüfzeichen am Ende passt nicht zu den übrigen. Ein Zeichen ist falsch, oder zwei sind vertauscht.',
    en: 'A typo: the check symbol at the end does not fit the others. A symbol is wrong, or two are swapped.',
  };
}

export const receiptOperations: Operations = {
  'POST /v1/receipts': {
    operationId: 'makeReceipt',
    tags: ['Submissions'],
    summary: 'Make a receipt',
    description:
      'Makes a random receipt (Rückkehr-Code). Nothing is stored. Clients may as well make their own: 128 random bits in Crockford base 32 with a check symbol.',
    ok: { '201': { description: 'A new receipt', content: { 'application/json': { schema: NewReceipt } } } },
  },
};
