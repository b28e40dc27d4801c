import { once } from 'node:events';
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What may go wrong between the service and its database; each happens to the given share of requests. */
export interface FaultRates {
  /** Refused before it took place: too much at once. */
  throttled: number;
  /** Refused before it took place: an error of the database's own. */
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
}

export const SOME_FAULTS: FaultRates = {
  throttled: 0.03,
  failed: 0.02,
  reset: 0.02,
  answerLost: 0.02,
  silent: 0.002,
  slow: 0.02,
  repeatedLate: 0.02,
};

export interface FaultyProxy {
  endpoint: string;
  /** How often each fault was dealt. */
  dealt: Record<keyof FaultRates, number>;
  /** From now on everything passes; waits until the late repetitions have arrived. */
  heal: () => Promise<void>;
  close: () => Promise<void>;
}

/** An HTTP proxy in front of a DynamoDB api that deals faults, drawn from `random` in [0, 1). */
export async function startFaultyProxy(target: string, rates: FaultRates, random: () => number): Promise<FaultyProxy> {
  const kinds = Object.keys(rates) as (keyof FaultRates)[];
  const dealt = Object.fromEntries(kinds.map((kind) => [kind, 0])) as FaultyProxy['dealt'];
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const late = new Set<Promise<void>>();
  let isHealed = false;

  function draw(): keyof FaultRates | undefined {
    if (isHealed) return undefined;
    let point = random();
    for (const kind of kinds) {
      if (point < rates[kind]) {
        dealt[kind] += 1;
        return kind;
      }
      point -= rates[kind];
    }
    return undefined;
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
    const fault = draw();
    if (fault === 'reset') return void incoming.socket.destroy();
    if (fault === 'throttled') return refuse(response, 400, 'ProvisionedThroughputExceededException');
    if (fault === 'failed') return refuse(response, 500, 'InternalServerError');
    const { answer, bytes } = await pass(incoming, body);
    if (fault === 'answerLost') return void incoming.socket.destroy();
    if (fault === 'silent') return;
    if (fault === 'slow') await pause(100 + random() * 400);
    response.writeHead(answer.statusCode!, answer.headers).end(bytes);
    if (fault !== 'repeatedLate') return;
    const again = pause(200 + random() * 1_800).then(async () => void (await pass(incoming, body)));
    late.add(again);
    void again.finally(() => late.delete(again));
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
