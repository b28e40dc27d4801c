import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Engine, startEngine } from '#functions/local/engine';
import { parsePublishEnvironment, publisherFrom } from '#functions/service/publish-environment';
import { createTables } from '#store/create-tables';
import { createSubmissionLog } from '#store/dynamo-submission-log';
import { tableNames } from '#store/tables';
import { checked } from './checked.ts';

const names = tableNames('handler-test');
/** All of one field and size: no group within everybody differs from it. */
const sector = Array.from({ length: 40 }, (_, place) => checked(place));
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
    REGISTRY_TABLE: names.registry,
    FILES_DIR: await mkdtemp(join(tmpdir(), 'handler-')),
    PUBLISHER_NAME: 'Test',
    DYNAMODB_ENDPOINT: engine.endpoint,
  };
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await engine.close();
});

const publisherOf = async (given: Record<string, string>) => publisherFrom(parsePublishEnvironment(given));

describe('publisherFrom', () => {
  it('names every variable that is missing or wrong, and not its value', async () => {
    const { PUBLISHER_NAME: _, ...rest } = variables;
    await expect(publisherOf({ ...rest, SEGMENTS: 'seven-secret' })).rejects.toThrow(
      /SEGMENTS is not valid.*PUBLISHER_NAME is missing/,
    );
    await expect(publisherOf({ ...rest, SEGMENTS: 'seven-secret' })).rejects.not.toThrow(/seven-secret/);
  });

  it('refuses a policy below the floor, and takes a stricter one', async () => {
    await expect(publisherOf({ ...variables, DISCLOSURE_POLICY: '{"minParticipations": 5}' })).rejects.toThrow(
      /policy minParticipations: 5 is looser/,
    );
    await expect(publisherOf({ ...variables, DISCLOSURE_POLICY: 'n=5' })).rejects.toThrow(/DISCLOSURE_POLICY/);
    const { policy } = await publisherOf({ ...variables, DISCLOSURE_POLICY: '{"minParticipations": 30}' });
    expect(policy.minParticipations).toBe(30);
  });

  it('takes data for real unless told that they are invented', async () => {
    expect((await publisherOf(variables)).isInvented).toBe(false);
    expect((await publisherOf({ ...variables, INVENTED_DATA: 'true' })).isInvented).toBe(true);
    await expect(publisherOf({ ...variables, INVENTED_DATA: 'perhaps' })).rejects.toThrow(/INVENTED_DATA/);
  });
});

describe('handler', () => {
  it('publishes what an event asks for and answers without counts', async () => {
    for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
    const { handler } = await import('#functions/service/publish-handler');
    await expect(handler({ instrument: 'digitalcheck.1', cutoffOn: '2026-01-31' })).rejects.toThrow(/Nobody counts/);
    const client = new DynamoDBClient({ endpoint: engine.endpoint });
    const log = createSubmissionLog(client, names.submissions);
    await Promise.all(sector.map((submission) => log.put(submission)));
    client.destroy();
    expect(await handler({ instrument: 'digitalcheck.1', cutoffOn: '2026-01-31', isDryRun: true })).toEqual({
      state: 'dry-run',
    });
    expect(await handler({ instrument: 'digitalcheck.1', cutoffOn: '2026-01-31' })).toEqual({
      state: 'published',
      releaseId: expect.stringMatching(/^digitalcheck\.1-2026-01-31-[0-9a-f]{8}$/),
      published: 1,
    });
    await expect(handler({ instrument: 'digitalcheck.1', cutoff: '2026-01-31' })).rejects.toThrow(/cutoff/);
  });
});
