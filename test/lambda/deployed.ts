import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { startEngine } from '#functions/local/engine';
import { buildFunction } from '#functions/service/build';
import { createTables } from '#store/create-tables';
import { tableNames } from '#store/tables';
import type { FunctionName } from '../../infra/grants.ts';
import { resourcesOf, roleOf, synthesize, type Templates, tableGrants } from '../infra/synthesized.ts';
import { startFakeS3 } from '../store/fake-s3.ts';
import { grantedEngine } from './granted-engine.ts';
import { type Lambda, lambda } from './lambda.ts';

/**
 * The built functions with the environment, the timeouts and the grants of the synthesized template, over an embedded
 * DynamoDB and a fake S3. What the template would refuse is refused here.
 *
 * @param changed other settings of the stage `dev`
 */
export async function deployed(changed: object = {}) {
  built ??= buildFunctions();
  const { bundles, sizes } = await built;
  const templates = synthesize('dev', { bundles, changed });
  const engine = await startEngine(null);
  const tables = tableNames('sektorspiegel-dev');
  const client = new DynamoDBClient({
    endpoint: engine.endpoint,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'tests', secretAccessKey: 'tests' },
  });
  await createTables(client, tables);
  const dynamodb = await grantedEngine(engine, {
    api: tableGrants(templates, 'api'),
    publish: tableGrants(templates, 'publish'),
  });
  const functions: Lambda[] = [];
  const secret = 'a-secret-that-only-cloudfront-knows';

  /** A function as the template configures it, with a fake S3 that allows its role what the template allows. */
  async function start(name: FunctionName, changed: { environment?: Record<string, string> } = {}) {
    const { Timeout, Environment } = configurationOf(templates, name);
    const fn = lambda({
      folder: bundles[name],
      timeoutMs: Timeout * 1000,
      environment: {
        ...resolved(Environment.Variables, secret),
        AWS_ACCESS_KEY_ID: name,
        AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
        DYNAMODB_ENDPOINT: dynamodb.endpoint,
        S3_ENDPOINT: s3.endpoint,
        ...changed.environment,
      },
    });
    functions.push(fn);
    return fn;
  }

  const s3 = await startFakeS3((action, key, role, bucket) => isFileGranted(templates, role, action, bucket, key));
  return {
    templates,
    bundles,
    sizes,
    client,
    tables,
    dynamodb,
    s3,
    secret,
    start,
    close: async () => {
      for (const fn of functions) fn.close();
      client.destroy();
      await Promise.all([dynamodb.close(), s3.close()]);
      await engine.close();
    },
  };
}

/** Made once for all tests that a worker runs. */
let built: ReturnType<typeof buildFunctions> | undefined;

async function buildFunctions() {
  const folder = await mkdtemp(join(tmpdir(), 'bundles-'));
  const bundles = { api: join(folder, 'api'), publish: join(folder, 'publish') };
  const [api, publish] = await Promise.all([
    buildFunction('api', bundles.api),
    buildFunction('publish', bundles.publish),
  ]);
  return { bundles, sizes: { api, publish } };
}

export type Deployed = Awaited<ReturnType<typeof deployed>>;

interface Configuration {
  Timeout: number;
  Environment: { Variables: Record<string, unknown> };
}

function configurationOf({ Service }: Templates, name: string): Configuration {
  const functions = resourcesOf(Service, 'AWS::Lambda::Function').map(([, { Properties }]) => Properties);
  return functions.find(({ FunctionName }) => FunctionName === `sektorspiegel-dev-${name}`) as unknown as Configuration;
}

/** The environment as CloudFormation fills it in: names of tables and bucket, and the secret. */
function resolved(variables: Record<string, unknown>, secret: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]) => {
      if (typeof value === 'string') return [name, value];
      if (name.endsWith('_TABLE')) return [name, `sektorspiegel-dev-${name.slice(0, -6).toLowerCase()}`];
      const [, store] = /^(FILES|PARTS)_BUCKET$/.exec(name) ?? [];
      if (store) return [name, `sektorspiegel-dev-${store.toLowerCase()}-000000000000`];
      if (name === 'ORIGIN_SECRET') return [name, secret];
      throw new Error(`${name} refers to ${JSON.stringify(value)}, which this test does not know`);
    }),
  );
}

function isFileGranted({ Service }: Templates, role: string, action: string, bucket: string, key: string): boolean {
  const path = `arn:aws:s3:::${bucket}${key === '' ? '' : `/${key}`}`;
  return roleOf(Service, role).statements.some(
    ({ Action, Resource }) =>
      [Action].flat().includes(`s3:${action}`) &&
      [Resource]
        .flat()
        .some(
          (pattern) =>
            typeof pattern === 'string' &&
            (pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern),
        ),
  );
}
