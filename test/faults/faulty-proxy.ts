import { once } from 'node:events';
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What may go wrong between two programs; each happens to the given share of requests. */
export interface FaultRates {
  /** Refused before it took place, in a database's words: too much at once. */
  throttled: number;
  /** Refused before it took place, in a database's words: an error of its own. */
  failed: number;
  /** The connection breaks before the request is passed on. */
  reset: number;
  /** The request takes place, then the connection breaks. */
  answerLost: number;
  /** The request takes place, and no answer ever comes. */
  silent: number;
  /** The answer comes late. */
  slow: number;
  /** The request takes place, is answered, and arrives a second time later. */
  repeatedLate: number;
  /** The connection breaks, and the request arrives later all the same: behind its own retry, and what else was sent. */
  overtaken: number;
}

/** Between the service and its database. */
export const DATABASE_FAULTS: FaultRates = {
  throttled: 0.03,
  failed: 0.02,
  reset: 0.02,
  answerLost: 0.02,
  silent: 0.002,
  slow: 0.02,
  repeatedLate: 0.02,
  overtaken: 0,
};

/** Between clients and the service: whole requests are lost, late, repeated and out of order. */
export const NETWORK_FAULTS: FaultRates = {
  throttled: 0,
  failed: 0,
  reset: 0.03,
  answerLost: 0.05,
  silent: 0,
  slow: 0.03,
  repeatedLate: 0.05,
  overtaken: 0.05,
};

export interface FaultyProxy {
  endpoint: string;
  /** How often each fault was dealt. */
  dealt: Record<keyof FaultRates, number>;
  /** From now on everything passes; waits until the late repetitions have arrived. */
  heal: () => Promise<void>;
  close: () => Promise<void>;
}

/** An HTTP proxy that deals faults, drawn from `random` in [0, 1). What is not `mayBeLate` only breaks or is slow. */
export async function startFaultyProxy(
  target: string,
  rates: FaultRates,
  random: () => number,
  mayBeLate: (request: IncomingMessage) => boolean = () => true,
): Promise<FaultyProxy> {
  const kinds = Object.keys(rates) as (keyof FaultRates)[];
  const dealt = Object.fromEntries(kinds.map((kind) => [kind, 0])) as FaultyProxy['dealt'];
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const late = new Set<Promise<void>>();
  let isHealed = false;

  function draw(incoming: IncomingMessage): keyof FaultRates | undefined {
    if (isHealed) return undefined;
    let point = random();
    for (const kind of kinds) {
      if (point < rates[kind]) {
        if ((kind === 'repeatedLate' || kind === 'overtaken') && !mayBeLate(incoming)) return undefined;
        dealt[kind] += 1;
        return kind;
      }
      point -= rates[kind];
    }
    return undefined;
  }

  /** Lets a copy arrive in a while; one that finds nobody is lost. */
  function arriveLate(incoming: IncomingMessage, body: Buffer): void {
    const copy = pause(200 + random() * 1_800).then(async () => void (await pass(incoming, body).catch(() => {})));
    late.add(copy);
    void copy.finally(() => late.delete(copy));
  }

  async function pass(incoming: IncomingMessage, body: Buffer): Promise<{ answer: IncomingMessage; bytes: Buffer }> {
    const outgoing = request(target, {
      agent,
      method: incoming.method,
      path: incoming.url,
      headers: { ...incoming.headers, host: new URL(target).host },
    });
    outgoing.end(body);
    const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
    return { answer, bytes: await bytesOf(answer) };
  }

  async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bytesOf(incoming);
    const fault = draw(incoming);
    if (fault === 'reset') return void incoming.socket.destroy();
    if (fault === 'throttled') return refuse(response, 400, 'ProvisionedThroughputExceededException');
    if (fault === 'failed') return refuse(response, 500, 'InternalServerError');
    if (fault === 'overtaken') {
      arriveLate(incoming, body);
      return void incoming.socket.destroy();
    }
    const { answer, bytes } = await pass(incoming, body);
    if (fault === 'answerLost') return void incoming.socket.destroy();
    if (fault === 'silent') return;
    if (fault === 'slow') await pause(100 + random() * 400);
    response.writeHead(answer.statusCode!, answer.headers).end(bytes);
    if (fault === 'repeatedLate') arriveLate(incoming, body);
  }

  const server = createServer((incoming, response) => {
    serve(incoming, response).catch(() => incoming.socket.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    dealt,
    async heal() {
      isHealed = true;
      await Promise.all(late);
    },
    async close() {
      server.close();
      server.closeAllConnections();
      agent.destroy();
      await once(server, 'close');
    },
  };
}

/** As DynamoDB says it: the SDK tells by the type whether to try again. */
function refuse(response: ServerResponse, status: number, type: string): void {
  response
    .writeHead(status, { 'Content-Type': 'application/x-amz-json-1.0' })
    .end(JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${type}`, message: 'dealt by the test' }));
}

async function bytesOf(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
