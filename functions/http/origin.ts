import type { Context } from 'hono';
import type { ApiDependencies } from './dependencies.ts';

/** Where people reach the service, as "https://example.org", for addresses that leave it. */
export const originOf = (c: Context, { origin }: Pick<ApiDependencies, 'origin'>): string =>
  origin ?? new URL(c.req.url).origin;
