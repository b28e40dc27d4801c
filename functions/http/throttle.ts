import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { isIPv6 } from 'node:net';
import type { MiddlewareHandler } from 'hono';
import type { ApiDependencies } from './dependencies.ts';
import { problem } from './problem.ts';
import type { ApiEnv } from './request-log.ts';

const WINDOW_MS = 60_000;
const DAY_MS = 86_400_000;
/** Visitors that are counted at a time; beyond that the longest counted is forgotten, so memory stays flat. */
const REMEMBERED = 20_000;

/**
 * Lets each visitor make so many requests a minute; more are answered 429 with `Retry-After`. Visitors are told apart by
 * an HMAC of their address under a random key that lives in memory alone and is thrown away after a day: no address is
 * stored anywhere, and yesterday's counts belong to nobody. For a server of its own; on AWS the edge counts.
 *
 * A partner's import is told by its source key and has that key's own quota (`PartnerSource.perMinute`).
 */
export function throttle({
  limits,
  sources,
  now,
  randomBytes,
}: Pick<ApiDependencies, 'limits' | 'sources' | 'now' | 'randomBytes'>): MiddlewareHandler<ApiEnv> {
  const counts = new Map<string, number>();
  let window = 0;
  let key: { bytes: Uint8Array; day: number } | undefined;

  function nameOf(address: string, at: number): string {
    const day = Math.floor(at / DAY_MS);
    if (key?.day !== day) key = { bytes: randomBytes(32), day };
    return createHmac('sha256', key.bytes).update(visitorAt(address)).digest('base64url');
  }

  function count(name: string, limit: number, at: number): void {
    if (Math.floor(at / WINDOW_MS) !== window) {
      window = Math.floor(at / WINDOW_MS);
      counts.clear();
    }
    const used = (counts.get(name) ?? 0) + 1;
    const oldest = counts.keys().next();
    if (counts.size >= REMEMBERED && !oldest.done && !counts.has(name)) counts.delete(oldest.value);
    counts.set(name, used);
    if (used <= limit) return;
    const seconds = Math.ceil(((window + 1) * WINDOW_MS - at) / 1000);
    throw problem('too-many-requests', { seconds }, { headers: { 'Retry-After': String(seconds) } });
  }

  return async function throttled(c, next) {
    const at = now().getTime();
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
