import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { isIPv6 } from 'node:net';
import type { MiddlewareHandler } from 'hono';
import type { ApiDependencies } from './dependencies.ts';
import { minuteCounts, secondsToNextMinute } from './minute-counts.ts';
import { problem } from './problem.ts';
import type { ApiEnv } from './request-log.ts';

const DAY_MS = 86_400_000;
/** Visitors that are counted at a time. */
const REMEMBERED = 20_000;

/**
 * Limits each visitor's requests per minute; any more are answered 429 with `Retry-After`. Visitors are told apart by
 * an HMAC of their address under a random key that lives in memory alone and is thrown away after a day: no address is
 * stored anywhere, and yesterday's counts belong to nobody. For a server of its own; on AWS the edge counts.
 *
 * A partner's import is recognised by its source key and has that key's quota (`PartnerSource.perMinute`).
 */
export function throttle({
  limits,
  sources,
  now,
  randomBytes,
}: Pick<ApiDependencies, 'limits' | 'sources' | 'now' | 'randomBytes'>): MiddlewareHandler<ApiEnv> {
  const counts = minuteCounts(REMEMBERED);
  let key: { bytes: Uint8Array; day: number } | undefined;

  function nameOf(address: string, at: Date): string {
    const day = Math.floor(at.getTime() / DAY_MS);
    if (key?.day !== day) key = { bytes: randomBytes(32), day };
    return createHmac('sha256', key.bytes).update(visitorAt(address)).digest('base64url');
  }

  function count(name: string, limit: number, at: Date): void {
    if (counts.add(name, at) <= limit) return;
    const seconds = secondsToNextMinute(at);
    throw problem('too-many-requests', { seconds }, { headers: { 'Retry-After': String(seconds) } });
  }

  return async function throttled(c, next) {
    const at = now();
    const source = sourceOf(c.req.header('Source-Key'), sources);
    if (source) {
      if (source.perMinute !== undefined) count(`source ${source.id}`, source.perMinute, at);
    } else if (limits) {
      const address = limits.addressOf(c);
      if (address !== undefined) count(nameOf(address, at), limits.perMinute, at);
    }
    await next();
  };
}

/** An IPv6 connection has 2^64 addresses to choose from: they are one visitor. */
function visitorAt(address: string): string {
  const ipv4 = /^::ffff:([\d.]+)$/i.exec(address)?.[1];
  if (ipv4 !== undefined || !isIPv6(address)) return ipv4 ?? address;
  const [left = [], right = []] = address.split('::').map((half) => half.split(':').filter(Boolean));
  const zeros = Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0');
  const network = [...left, ...zeros, ...right].slice(0, 4);
  return network.map((group) => Number.parseInt(group, 16).toString(16)).join(':');
}

/** The partner whose key this is; compared by hash in constant time. */
export function sourceOf(key: string | undefined, sources: ApiDependencies['sources']) {
  if (key === undefined) return undefined;
  const hash = createHash('sha256').update(key).digest();
  return sources.find(({ keyHash }) => {
    const expected = Buffer.from(keyHash, 'hex');
    return expected.length === hash.length && timingSafeEqual(expected, hash);
  });
}
