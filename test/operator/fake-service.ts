import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseReceipt } from '#contracts/receipt';

/** One request to POST /v1/submissions as the fake saw it. */
export interface SeenRequest {
  receipt: string;
  idempotencyKey: string;
  sourceKey: string | undefined;
  text: string;
}

export interface StoredRow {
  receipt: string;
  idempotencyKey: string;
  body: { instrument: string; conductedOn: string; profile: Record<string, string>; [field: string]: unknown };
}

/**
 * The contract of POST /v1/submissions and nothing else, in memory: one item per (receipt, instrument, Idempotency-Key);
 * the same body again is replayed, another body is 422. `interfere` runs first and may answer in the service's place.
 */
export class FakeService {
  readonly seen: SeenRequest[] = [];
  readonly stored = new Map<string, StoredRow & { hash: string }>();
  interfere: (request: SeenRequest, response: ServerResponse) => boolean | Promise<boolean> = () => false;
  /** Called after the item is stored and before the answer: true swallows the answer. */
  loseAnswer: (request: SeenRequest) => boolean = () => false;
  refuse: (body: StoredRow['body']) => { status: number; body: unknown } | null = () => null;
  mostAtOnce = 0;
  readonly #server = createServer((request, response) => {
    this.#inFlight++;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#inFlight);
    response.on('close', () => this.#inFlight--);
    void this.#handle(request, response);
  });
  #inFlight = 0;

  async start(): Promise<URL> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return new URL(`http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** What counts of one organisation and day: the greatest revision, here the last one stored. */
  bodiesOf(receipt: string): StoredRow['body'][] {
    return [...this.stored.values()].filter((row) => row.receipt === receipt).map((row) => row.body);
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method === 'GET' && request.url?.startsWith('/v1/instruments/')) {
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
      return;
    }
    if (request.method !== 'POST' || request.url !== '/v1/submissions') {
      response.writeHead(404).end();
      return;
    }
    let text = '';
    for await (const chunk of request) text += chunk;
    const parsed = parseReceipt((request.headers.authorization ?? '').replace(/^Bearer /, ''));
    const seen: SeenRequest = {
      receipt: parsed.ok ? parsed.receipt : '',
      idempotencyKey: String(request.headers['idempotency-key'] ?? ''),
      sourceKey: request.headers['source-key'] as string | undefined,
      text,
    };
    this.seen.push(seen);
    if (await this.interfere(seen, response)) return;
    const answer = (status: number, body: unknown, headers: Record<string, string> = {}) =>
      response.writeHead(status, { 'content-type': 'application/problem+json', ...headers }).end(JSON.stringify(body));
    const problem = (status: number, detail: string) => answer(status, { type: '/p', title: 'p', status, detail });
    if (seen.receipt === '') return void problem(401, 'The receipt is missing or mistyped.');
    if (seen.idempotencyKey === '') return void problem(400, 'Idempotency-Key is missing.');
    const body = JSON.parse(text) as StoredRow['body'];
    const refusal = this.refuse(body);
    if (refusal) return void answer(refusal.status, refusal.body);
    const key = JSON.stringify([seen.receipt, body.instrument, seen.idempotencyKey]);
    const hash = createHash('sha256').update(text).digest('hex');
    const former = this.stored.get(key);
    if (former && former.hash !== hash) return void problem(422, 'This Idempotency-Key was used with another body.');
    this.stored.set(key, { receipt: seen.receipt, idempotencyKey: seen.idempotencyKey, body, hash });
    if (this.loseAnswer(seen)) return void response.destroy();
    answer(former ? 200 : 201, {}, former ? { 'idempotent-replayed': 'true' } : {});
  }
}
