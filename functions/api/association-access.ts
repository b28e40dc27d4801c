import { createHash, timingSafeEqual } from 'node:crypto';
import type { Context } from 'hono';
import { routePath } from 'hono/route';
import { associationOfKey } from '#contracts/association-key';
import type { Association } from '#contracts/registry';
import type { ApiDependencies } from '../http/dependencies.ts';
import { problem } from '../http/problem.ts';

/**
 * Opens an association to the bearer of its key, and writes a line to the log for every use, refused ones too: which
 * association, which address, what came of it; nothing about the person, and nothing of the key.
 *
 * 401: no key, or one that opens nothing. 403: a good key at another association's address, whether or not that exists.
 * Nobody finds a key of 256 random bits by trying, so wrong ones never close an address: that would lock out its holder.
 * What slows a source that tries is the limit on all its requests (`throttle`, on AWS the edge).
 */
export function associationAccess(deps: Pick<ApiDependencies, 'registry' | 'now' | 'log'>) {
  async function keyHolder(c: Context): Promise<Association> {
    const key = /^Bearer +(\S+)$/i.exec(c.req.header('Authorization') ?? '')?.[1];
    if (key === undefined) throw problem('association-key-missing', {}, { headers: CHALLENGE });
    const unknown = () =>
      problem('association-key-unknown', {}, { headers: { 'WWW-Authenticate': `${REALM}, error="invalid_token"` } });
    const id = associationOfKey(key);
    const association = id === undefined ? undefined : await deps.registry.association(id);
    if (!association || !opens(association, createHash('sha256').update(key).digest(), deps.now())) throw unknown();
    return association;
  }

  /** The association whose key the request carries, for an address that names it. */
  return async function open(c: Context, asked: string): Promise<Association> {
    const line = (outcome: string, association?: string) =>
      deps.log({
        event: 'association-key',
        route: routePath(c),
        outcome,
        ...(association ? { association } : {}),
        requestId: c.get('requestId'),
      });
    try {
      const association = await keyHolder(c);
      if (association.id !== asked) {
        line('forbidden', association.id);
        throw problem('association-forbidden');
      }
      line('opened', association.id);
      return association;
    } catch (error) {
      if ((error as { problemName?: string }).problemName !== 'association-forbidden') line('refused');
      throw error;
    }
  };
}

const REALM = 'Bearer realm="Sektorspiegel association"';
const CHALLENGE = { 'WWW-Authenticate': REALM };

/** Compares with every key that is still good, each in constant time. */
function opens({ keys = [] }: Association, hash: Buffer, now: Date): boolean {
  let isKnown = false;
  for (const key of keys) {
    const isEqual = timingSafeEqual(Buffer.from(key.hash, 'hex'), hash);
    if (isEqual && (key.endsAt === undefined || key.endsAt > now.toISOString())) isKnown = true;
  }
  return isKnown;
}
