import type { LambdaContext } from 'hono/aws-lambda';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createClient, type Engine, startEngine } from '#functions/local/engine';
import { parseApiEnvironment } from '#functions/service/api-environment';
import { createTables } from '#store/create-tables';
import { tableNames } from '#store/tables';
import { check, newReceipt } from './test-service.ts';

/** The Lambda handler over the embedded engine, fed with events as API Gateway sends them. */

const names = tableNames('handler-test');
let engine: Engine;
const lines: string[] = [];

beforeAll(async () => {
  engine = await startEngine(null);
  const client = createClient(engine.endpoint, { usesOwnCredentials: false });
  await createTables(client, names);
  client.destroy();
  vi.stubEnv('SUBMISSIONS_TABLE', names.submissions);
  vi.stubEnv('RELEASES_TABLE', names.releases);
  vi.stubEnv('REGISTRY_TABLE', names.registry);
  vi.stubEnv('INVITATIONS_TABLE', names.invitations);
  vi.stubEnv('FILES_DIR', 'test/fixtures');
  vi.stubEnv('DYNAMODB_ENDPOINT', engine.endpoint);
  vi.stubEnv('AWS_REGION', 'eu-central-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'local');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local');
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    lines.push(String(text));
    return true;
  });
});
afterAll(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  await engine.close();
});

test('takes a base64 body, answers over https with HSTS, and logs one line without the receipt', async () => {
  const { handler } = await import('#functions/service/api-handler');
  const receipt = newReceipt();
  const call = (method: string, body?: unknown) =>
    handler(
      {
        version: '2.0',
        routeKey: '$default',
        rawPath: '/v1/submissions',
        rawQueryString: '',
        headers: {
          host: 'spiegel.example',
          authorization: `Bearer ${receipt}`,
          'idempotency-key': 'k',
          'content-type': 'application/json',
        },
        body: body === undefined ? null : Buffer.from(JSON.stringify(body)).toString('base64'),
        isBase64Encoded: true,
        requestContext: {
          accountId: '1',
          apiId: 'a',
          authentication: null,
          authorizer: {},
          domainName: 'spiegel.example',
          domainPrefix: 'spiegel',
          http: { method, path: '/v1/submissions', protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'x' },
          requestId: 'r',
          routeKey: '$default',
          stage: '$default',
          time: '',
          timeEpoch: 0,
        },
      } as never,
      {} as LambdaContext,
    ) as Promise<{ statusCode: number; body: string; headers: Record<string, string> }>;

  const stored = await call('POST', await check(2));
  expect([stored.statusCode, JSON.parse(stored.body).overall]).toEqual([201, 50]);
  expect(stored.headers['strict-transport-security']).toBe('max-age=31536000');
  const own = await call('GET');
  expect(JSON.parse(own.body)).toMatchObject({ submissions: [{ overall: 50 }] });
  expect(lines.map((line) => JSON.parse(line).route)).toEqual(['/v1/submissions', '/v1/submissions']);
  expect(lines.join('')).not.toMatch(new RegExp(`${receipt}|192\\.0\\.2\\.1`));
});

describe('the environment', () => {
  const complete = {
    SUBMISSIONS_TABLE: 'sub',
    RELEASES_TABLE: 'rel',
    REGISTRY_TABLE: 'reg',
    INVITATIONS_TABLE: 'inv',
    FILES_DIR: 'files',
  };

  test('names every variable that is missing or wrong, and repeats no value', () => {
    const { SUBMISSIONS_TABLE: _, ...rest } = complete;
    const read = () => parseApiEnvironment({ ...rest, REGISTRY_TABLE: 'x', DYNAMODB_ENDPOINT: 'secret' });
    expect(read).toThrow(
      /SUBMISSIONS_TABLE is missing; REGISTRY_TABLE is not valid .*; DYNAMODB_ENDPOINT is not valid/,
    );
    expect(read).not.toThrow(/secret/);
  });

  test('partner sources are read from JSON', () => {
    const source = { id: 'open-check', keyHash: 'a'.repeat(64), isTrusted: true };
    expect(parseApiEnvironment({ ...complete, PARTNER_SOURCES: JSON.stringify([source]) }).PARTNER_SOURCES).toEqual([
      source,
    ]);
    for (const wrong of ['x', '{}', JSON.stringify([{ ...source, keyHash: 'short' }])]) {
      expect(() => parseApiEnvironment({ ...complete, PARTNER_SOURCES: wrong })).toThrow(/PARTNER_SOURCES/);
    }
    expect(parseApiEnvironment(complete).PARTNER_SOURCES).toEqual([]);
  });
});
