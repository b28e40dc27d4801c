import type { MiddlewareHandler } from 'hono';

/**
 * Leave for other sites to show an answer and to read it by script: public pictures, their figures and released files alone.
 * Without it, an answer is for this site (`SECURITY_HEADERS`); nothing private may ever have it.
 */
export const openToOtherSites: MiddlewareHandler = async (c, next) => {
  c.header('Access-Control-Allow-Origin', '*');
  c.header('Cross-Origin-Resource-Policy', 'cross-origin');
  await next();
};
