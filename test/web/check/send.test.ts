import { beforeAll, describe, expect, it } from 'vitest';
import { Sending } from '../../../web/check/draft.ts';
import { sendSubmission } from '../../../web/check/send.ts';
import { newReceipt, check as submission, testService } from '../../api/test-service.ts';

let body: Sending['body'];
beforeAll(async () => {
  body = Sending.shape.body.parse(await submission(2));
});

type Step = 'ok' | 'lost' | 'answer-lost' | { status: number; headers?: Record<string, string>; text?: string };

/** The real service behind a connection that does what it is told, once per step, and is fine afterwards. */
async function connection(steps: Step[], changed: Parameters<typeof testService>[0] = {}) {
  const service = await testService(changed);
  const network = { isOff: false };
  const pauses: number[] = [];
  const keys: string[] = [];
  const ports = {
    random: () => 0.5,
    isOffline: () => network.isOff,
    pause: async (milliseconds: number) => {
      pauses.push(milliseconds);
    },
    fetch: async (url: string, init: RequestInit) => {
      keys.push(new Headers(init.headers).get('Idempotency-Key')!);
      const step = steps.shift() ?? 'ok';
      if (step === 'lost') throw new TypeError('Failed to fetch');
      if (typeof step === 'object')
        return new Response(step.text ?? '{}', { status: step.status, headers: step.headers ?? {} });
      const { signal: _, ...request } = init;
      const response = await service.send(url, request);
      if (step === 'answer-lost') throw new TypeError('network error');
      return response;
    },
  };
  const receipt = newReceipt();
  const send = (changed: Partial<Sending['body']> = {}, key = 'key-1') =>
    sendSubmission({ sending: { idempotencyKey: key, body: { ...body, ...changed } }, receipt, lang: 'de' }, ports);
  const stored = async () => {
    const history = (await (await service.own(receipt)).json()) as { submissions: unknown[] };
    return history.submissions.length;
  };
  return { send, stored, pauses, keys, network };
}

describe('sending', () => {
  it('does the work that the service asks for, and sends once more', async () => {
    const proofOfWork = { secret: 'a secret of the tests, long enough to be one' };
    const { send, stored, keys } = await connection([], { proofOfWork });
    expect(await send()).toMatchObject({ ok: true });
    expect(keys).toEqual(['key-1', 'key-1']);
    expect(await stored()).toBe(1);
  });

  it('brings back the scores', async () => {
    const { send, stored, pauses } = await connection([]);
    expect(await send()).toMatchObject({ ok: true, value: { scores: { it: 50 }, isComplete: true } });
    expect(await stored()).toBe(1);
    expect(pauses).toEqual([]);
  });

  it('stores once when the answer is lost, by trying again under the same key', async () => {
    const { send, stored, pauses, keys } = await connection(['answer-lost', 'lost', 'answer-lost']);
    expect((await send()).ok).toBe(true);
    expect(await stored()).toBe(1);
    expect(pauses).toEqual([1000, 2000, 4000]);
    expect(keys).toEqual(['key-1', 'key-1', 'key-1', 'key-1']);
  });

  it('gives up for now when there is no network, and goes through later', async () => {
    const { send, stored } = await connection(['lost', 'lost', 'lost', 'lost']);
    expect(await send()).toEqual({ ok: false, failure: { kind: 'offline' } });
    expect(await stored()).toBe(0);
    expect((await send()).ok).toBe(true);
    expect((await send()).ok).toBe(true);
    expect(await stored()).toBe(1);
  });

  it('does not try again while the browser knows that it is offline', async () => {
    const { send, pauses, keys, network } = await connection(['lost']);
    network.isOff = true;
    expect(await send()).toEqual({ ok: false, failure: { kind: 'offline' } });
    expect([pauses, keys]).toEqual([[], ['key-1']]);
  });

  it('waits as long as the service asks', async () => {
    const busy = { status: 429, headers: { 'Retry-After': '7' } };
    const { send, pauses } = await connection([busy, { status: 503 }]);
    expect((await send()).ok).toBe(true);
    expect(pauses).toEqual([7000, 2000]);
  });

  it('leaves a long wait to the visitor', async () => {
    const { send, pauses } = await connection([{ status: 429, headers: { 'Retry-After': '3600' } }]);
    expect(await send()).toMatchObject({ ok: false, failure: { kind: 'busy', status: 429, seconds: 3600 } });
    expect(pauses).toEqual([]);
  });

  it('names the request when the service is in trouble', async () => {
    const trouble = { status: 500, headers: { 'X-Request-Id': 'r-1' } };
    const { send } = await connection([trouble, trouble, trouble, trouble]);
    expect(await send()).toMatchObject({ ok: false, failure: { kind: 'busy', status: 500, requestId: 'r-1' } });
  });

  it('says what the service refuses, once', async () => {
    const { send, pauses, keys } = await connection([]);
    const outcome = await send({ associations: ['ABCD-EFG', 'WRONG-CODE'] });
    expect(outcome).toMatchObject({
      ok: false,
      failure: {
        kind: 'refused',
        problem: {
          type: '/problems/invalid-submission',
          errors: [{ field: '/associations/1', rule: 'unknown-join-code' }],
        },
      },
    });
    expect([pauses, keys]).toEqual([[], ['key-1']]);
  });

  it('takes a page of somebody else, such as a login of the network, for no answer', async () => {
    const login = { status: 200, text: '<html>Bitte anmelden</html>' };
    const { send, stored } = await connection([login, login, login, { status: 403, text: '<html>' }]);
    expect(await send()).toEqual({ ok: false, failure: { kind: 'offline' } });
    expect(await stored()).toBe(0);
  });
});
