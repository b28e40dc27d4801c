import { createHash, randomBytes } from 'node:crypto';
import { makeReceipt } from '#contracts/receipt';
import type { Association } from '#contracts/registry';
import type { ApiDependencies } from '#functions/http/dependencies';
import { createApp } from '#functions/service/app';
import { loadInstruments } from '#instruments/load-instruments';
import { memoryInvitations, memoryRegistry, memorySubmissionLog, noReleases } from './memory-stores.ts';

export const PARTNER_KEY = 'partner-key-of-the-open-check';
export const TRUSTED_KEY = 'trusted-key-of-the-operator';

export const associations: Association[] = [
  { id: 'c-0a1b2c3d', name: 'Verband A', joinCode: 'ABCD-EFG', createdAt: '2026-01-01T00:00:00.000Z' },
  { id: 'c-11111111', name: 'Verband B', joinCode: 'HJKM-NPQ', createdAt: '2026-01-01T00:00:00.000Z' },
  {
    id: 'c-22222222',
    name: 'Verband C',
    joinCode: 'RSTV-WXY',
    createdAt: '2025-01-01T00:00:00.000Z',
    closedAt: '2026-02-01T00:00:00.000Z',
  },
];

/** An app over stores in memory, a clock that stands still until moved, and everything it logged. */
export async function testService(changed: Partial<ApiDependencies> = {}) {
  const submissions = memorySubmissionLog();
  const logged: Record<string, unknown>[] = [];
  const clock = { now: new Date('2026-06-30T08:15:00.000Z') };
  const answers: string[] = [];
  const hashOf = (key: string) => createHash('sha256').update(key).digest('hex');
  const app = createApp({
    instruments: await loadInstruments(['test/fixtures/instruments']),
    submissions,
    releases: noReleases,
    registry: memoryRegistry(associations),
    invitations: memoryInvitations(),
    participation: { participation: async () => undefined },
    files: { get: async () => undefined, list: async () => [] },
    sources: [
      { id: 'open-check', keyHash: hashOf(PARTNER_KEY), isTrusted: false },
      { id: 'operator', keyHash: hashOf(TRUSTED_KEY), isTrusted: true },
    ],
    now: () => clock.now,
    program: '0.1.0+3f9a2c1b5d7e',
    randomBytes,
    log: (entry) => logged.push(entry),
    ...changed,
  });

  /** Sends a request and keeps what came back, headers and body, for the tests that search it. */
  async function send(path: string, init: RequestInit = {}): Promise<Response> {
    const response = await app.request(path, init);
    answers.push(JSON.stringify([...response.headers]), await response.clone().text());
    return response;
  }

  /** Sends a submission as a client would; `headers` and `raw` replace the usual ones. */
  function submit(
    receipt: string,
    body: unknown,
    {
      key = 'key-1',
      headers = {},
      raw,
    }: { key?: string; headers?: Record<string, string>; raw?: string | Uint8Array<ArrayBuffer> } = {},
  ): Promise<Response> {
    return send('/v1/submissions', {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${receipt}`,
        'Idempotency-Key': key,
        'Content-Type': 'application/json',
        ...headers,
      },
      body: raw ?? JSON.stringify(body),
    });
  }

  const own = (receipt: string, method = 'GET') =>
    send('/v1/submissions', { method, headers: { Authorization: `Bearer ${receipt}` } });

  return { app, submissions, logged, answers, clock, send, submit, own };
}

export function newReceipt(): string {
  return makeReceipt(randomBytes);
}

export const PROFILE = { level: 'facility', sector: 'elder-care', size: '50-249', region: 'de-nw' };

/** A check with the same level for each of the twenty items. */
export async function check(level: number | 'na' | 'dk', changed: Record<string, unknown> = {}) {
  const instrument = (await loadInstruments([])).get('digitalcheck.1')!;
  return {
    instrument: 'digitalcheck.1',
    profile: PROFILE,
    answers: Object.fromEntries(instrument.items.map((item) => [item.id, level])),
    ...changed,
  };
}

/** The field errors of a problem, as `field rule` lines in order of the field. */
export async function faultsIn(response: Response): Promise<string[]> {
  const problem = (await response.clone().json()) as { errors?: { field: string; rule: string }[] };
  return (problem.errors ?? []).map(({ field, rule }) => `${field} ${rule}`).sort();
}
