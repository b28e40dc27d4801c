import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createTables, type Engine, startEngine } from '#functions/local/engine';
import { publisherFrom } from '#functions/publish/environment';
import { tableNames } from '#store/tables';

const names = tableNames('handler-test');
let engine: Engine;
let variables: Record<string, string>;

beforeAll(async () => {
  engine = await startEngine(null);
  const credentials = { AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };
  for (const [name, value] of Object.entries(credentials)) vi.stubEnv(name, value);
  const client = new DynamoDBClient({ endpoint: engine.endpoint });
  await createTables(client, names);
  client.destroy();
  variables = {
    SUBMISSIONS_TABLE: names.submissions,
    RELEASES_TABLE: names.releases,
    LEDGER_TABLE: names.ledger,
    REGISTRY_TABLE: names.registry,
    FILES_DIR: await mkdtemp(join(tmpdir(), 'handler-')),
    CODE_VERSION: 'test',
    PUBLISHER_NAME: 'Test',
    DYNAMODB_ENDPOINT: engine.endpoint,
  };
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await engine.close();
});

describe('publisherFrom', () => {
  it('names every variable that is missing or wrong, and not its value', async () => {
    const { CODE_VERSION: _, ...rest } = variables;
    await expect(publisherFrom({ ...rest, SEGMENTS: 'seven-secret' })).rejects.toThrow(
      /CODE_VERSION is missing; SEGMENTS is not valid/,
    );
    await expect(publisherFrom({ ...rest, SEGMENTS: 'seven-secret' })).rejects.not.toThrow(/seven-secret/);
  });

  it('refuses a policy below the floor, and takes a stricter one', async () => {
    await expect(publisherFrom({ ...variables, DISCLOSURE_POLICY: '{"k": 5}' })).rejects.toThrow(
      /policy k: 5 is looser/,
    );
    await expect(publisherFrom({ ...variables, DISCLOSURE_POLICY: 'k=5' })).rejects.toThrow(/DISCLOSURE_POLICY/);
    const { policy } = await publisherFrom({
      ...variables,
      DISCLOSURE_POLICY: '{"k": 12, "minOpenParticipations": 36}',
    });
    expect(policy.k).toBe(12);
  });
});

describe('handler', () => {
  it('publishes what an event asks for and answers without counts', async () => {
    for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
    const { handler } = await import('#functions/publish/handler');
    const answer = await handler({ instrument: 'digitalcheck.1', cutoffOn: '2026-01-31' });
    expect(answer).toEqual({
      state: 'published',
      releaseId: expect.stringMatching(/^digitalcheck\.1-2026-01-31-[0-9a-f]{8}$/),
      published: 0,
    });
    await expect(handler({ instrument: 'digitalcheck.1', cutoff: '2026-01-31' })).rejects.toThrow(/cutoff/);
  });
});
