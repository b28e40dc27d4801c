import { plainCode } from './plain-code.ts';

/**
 * The key with which an association reads its own figures: its id, a point, and 256 random bits as 43 base64url
 * characters. A kind of its own: no receipt and no partner's key can be taken for it. Stored as a hash only.
 */
const KEY = /^(c-[0-9a-f]{8})\.[A-Za-z0-9_-]{43}$/;

/** The association that a key names, or undefined for a text that is no such key. The secret part is not checked here. */
export function associationOfKey(key: string): string | undefined {
  return KEY.exec(key)?.[1];
}

/** The key as it was issued, of what somebody typed or copied; undefined where that is no key. */
export function readAssociationKey(text: string): string | undefined {
  const key = plainCode(text);
  return KEY.test(key) ? key : undefined;
}

/** @param secret 43 base64url characters from 32 random bytes */
export function formatAssociationKey(associationId: string, secret: string): string {
  const key = `${associationId}.${secret}`;
  if (!KEY.test(key)) throw new TypeError('an association key needs an association id and 32 random bytes');
  return key;
}
