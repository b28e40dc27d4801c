import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';

type Fetch = (request: Request, env: object) => Response | Promise<Response>;

/** Who sends a request too slowly is cut off, so that open connections cannot pile up. */
const SLOW_CLIENTS = { headersTimeout: 10_000, requestTimeout: 20_000, connectionsCheckingInterval: 2_000 };

/**
 * Listens, and answers by `answer`.
 *
 * @param port 0: any free one
 * @throws PortUnusable
 */
export async function listen(answer: Fetch, { host, port }: { host: string; port: number }): Promise<Server> {
  const server = createServer(SLOW_CLIENTS, getRequestListener(answer));
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    const { code = 'error' } = error as NodeJS.ErrnoException;
    throw new PortUnusable(`Port ${port} ${REASONS[code] ?? `cannot be used (${code})`}`);
  }
  return server;
}

/** The port cannot be listened on; the message is a sentence without its full stop. */
export class PortUnusable extends Error {}

const REASONS: Record<string, string> = { EADDRINUSE: 'is in use', EACCES: 'may not be used by this user' };

export const portOf = (server: Server): number => (server.address() as AddressInfo).port;

/** Takes no new requests; those under way may end, for a while. */
export async function closeGently(server: Server, graceMs: number): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  const cut = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearTimeout(cut);
}
