import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack, Validations } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { AwsSolutionsChecks } from 'cdk-nag';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseOperator } from '#contracts/operator';
import { tableDefinitions, tableNames } from '#store/tables';
import { type PageName, pathTo, SITE_MAP } from '#web/site-map.ts';
import openApi from '../../functions/api/openapi.json' with { type: 'json' };
import { readStage } from '../../infra/configuration.ts';
import { CACHED_PARAMETERS, CACHED_PATHS, HASHED_ASSETS, ICONS } from '../../infra/web-stack.ts';
import { stateMachineOf } from './state-machine.ts';
import {
  contextOf,
  dataResource,
  type Resource,
  resourcesOf,
  synthesize,
  type Template,
  type Templates,
} from './synthesized.ts';

let templates: Templates;
/** The same stage, with segments folded apart and concurrency set aside. */
let apart: Templates;
beforeAll(() => {
  // Throws where cdk-nag has an unexplained finding.
  synthesize('dev');
  templates = synthesize('prod');
  apart = synthesize('prod', { changed: { foldSegments: 16, apiConcurrency: 100 } });
}, 300_000);
const only = (template: Template, type: string): Resource => {
  const found = resourcesOf(template, type);
  expect(found).toHaveLength(1);
  return found[0]![1];
};
const everything = () => Object.values(templates).flatMap((template) => Object.values(template.Resources));

describe('data', () => {
  it('tables are as tables.ts defines them, on demand, without index or stream', () => {
    const tables = resourcesOf(templates.Data, 'AWS::DynamoDB::Table').map(([, table]) => table);
    for (const definition of tableDefinitions(tableNames('sektorspiegel-prod'))) {
      const { Properties } = tables.find((table) => table.Properties.TableName === definition.name)!;
      const keys = [definition.partitionKey, definition.sortKey].filter((key) => key !== undefined);
      expect(Properties.KeySchema.map((key: { AttributeName: string }) => key.AttributeName)).toEqual(
        keys.map(({ name }) => name),
      );
      expect(Properties.AttributeDefinitions).toEqual(
        keys.map(({ name, type }) => ({ AttributeName: name, AttributeType: type })),
      );
      expect(Properties.TimeToLiveSpecification?.AttributeName).toBe(definition.timeToLive);
      expect(Properties.BillingMode).toBe('PAY_PER_REQUEST');
      expect(Properties).not.toHaveProperty('GlobalSecondaryIndexes');
      expect(Properties).not.toHaveProperty('LocalSecondaryIndexes');
      expect(Properties).not.toHaveProperty('StreamSpecification');
    }
  });

  it('are kept, encrypted with their own key, and backed up for 35 days', () => {
    for (const [, table] of resourcesOf(templates.Data, 'AWS::DynamoDB::Table')) {
      expect([table.DeletionPolicy, table.UpdateReplacePolicy]).toEqual(['Retain', 'Retain']);
      expect(table.Properties.DeletionProtectionEnabled).toBe(true);
      expect(table.Properties.PointInTimeRecoverySpecification).toEqual({
        PointInTimeRecoveryEnabled: true,
        RecoveryPeriodInDays: 35,
      });
      expect(table.Properties.SSESpecification).toMatchObject({ SSEEnabled: true, SSEType: 'KMS' });
    }
    const bucket = only(templates.Data, 'AWS::S3::Bucket');
    expect(bucket.DeletionPolicy).toBe('Retain');
    expect(bucket.Properties).not.toHaveProperty('VersioningConfiguration');
    expect(bucket.Properties.PublicAccessBlockConfiguration).toEqual({
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    });
    const key = only(templates.Data, 'AWS::KMS::Key');
    expect([key.DeletionPolicy, key.Properties.EnableKeyRotation, key.Properties.PendingWindowInDays]).toEqual([
      'Retain',
      true,
      30,
    ]);
  });
});

describe('functions', () => {
  it('run on Node 24 for arm64, with bounded time and logs, and within what a new account allows', () => {
    const functions = resourcesOf(templates.Service, 'AWS::Lambda::Function').map(([, { Properties }]) => Properties);
    expect(functions.map(({ FunctionName }) => FunctionName).sort()).toEqual([
      'sektorspiegel-prod-api',
      'sektorspiegel-prod-publish',
    ]);
    for (const properties of functions) {
      expect(properties).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'], Handler: 'handler.handler' });
      // A new account gives a function no more, and lets nobody set concurrency aside.
      expect(properties.MemorySize).toBeLessThanOrEqual(3_008);
      expect(properties).not.toHaveProperty('ReservedConcurrentExecutions');
      expect(properties.Timeout).toBeGreaterThan(0);
      expect(properties.LoggingConfig.LogGroup).toBeDefined();
    }
    for (const [, { Properties }] of resourcesOf(templates.Service, 'AWS::Logs::LogGroup'))
      expect(Properties.RetentionInDays).toBe(30);
  });

  it('know their secrets by reference only', () => {
    for (const [, { Properties }] of resourcesOf(templates.Service, 'AWS::Lambda::Function')) {
      const secrets = Object.entries(Properties.Environment.Variables).filter(([name]) => name.endsWith('_SECRET'));
      for (const [name, value] of secrets) expect(JSON.stringify(value), name).toContain('{{resolve:secretsmanager:');
      expect(secrets).toHaveLength(Properties.FunctionName.endsWith('-api') ? 2 : 0);
    }
  });

  it('tell the api whom the imprint names', () => {
    const api = resourcesOf(templates.Service, 'AWS::Lambda::Function').find(([, { Properties }]) =>
      Properties.FunctionName.endsWith('-api'),
    )![1];
    expect(parseOperator(api.Properties.Environment.Variables.OPERATOR).name).toBe('Example e. V.');
  });

  it('publish on a schedule in Berlin time, three attempts, then a queue that is watched', () => {
    const schedules = resourcesOf(templates.Service, 'AWS::Scheduler::Schedule').map(
      ([, { Properties }]) => Properties,
    );
    expect(schedules.map(({ Target }) => Target.Input)).toEqual([
      '{"task":"participation"}',
      '{"task":"leftovers"}',
      '{"instrument":"digitalcheck.1","scheduledAt":"<aws.scheduler.scheduled-time>"}',
    ]);
    const { Properties: invoke } = only(templates.Service, 'AWS::Lambda::EventInvokeConfig');
    expect(invoke.MaximumRetryAttempts).toBe(2);
    expect(only(templates.Service, 'AWS::SQS::Queue').Properties.MessageRetentionPeriod).toBe(14 * 86_400);
    for (const { Target, ScheduleExpressionTimezone } of schedules) {
      expect([ScheduleExpressionTimezone, Target.RetryPolicy]).toEqual(['Europe/Berlin', { MaximumRetryAttempts: 2 }]);
      expect(invoke.DestinationConfig.OnFailure.Destination).toEqual(Target.DeadLetterConfig.Arn);
    }
  });
});

describe('segments folded apart', () => {
  it('are off unless a stage asks for them', () => {
    for (const { Type, Properties } of everything()) {
      expect(Type).not.toMatch(/^AWS::StepFunctions/);
      expect(JSON.stringify(Properties)).not.toContain('-parts-');
    }
    const { stages } = contextOf('prod') as { stages: { prod: object } };
    expect(() => readStage({ prod: { ...stages.prod, foldSegments: 1 } }, 'prod')).toThrow(
      /stages\.prod\.foldSegments/,
    );
  });

  it('lie in a bucket without former versions, closed and encrypted, that loses everything after a day', () => {
    const bucket = only(apart.Service, 'AWS::S3::Bucket').Properties;
    expect(bucket).not.toHaveProperty('VersioningConfiguration');
    expect(bucket).not.toHaveProperty('ReplicationConfiguration');
    expect(bucket).not.toHaveProperty('ObjectLockConfiguration');
    expect(bucket.LifecycleConfiguration.Rules).toEqual([
      {
        Id: 'everything',
        Status: 'Enabled',
        ExpirationInDays: 1,
        AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
      },
    ]);
    expect(Object.values(bucket.PublicAccessBlockConfiguration)).toEqual([true, true, true, true]);
    const [{ ServerSideEncryptionByDefault: encryption }] = bucket.BucketEncryption.ServerSideEncryptionConfiguration;
    expect(encryption.SSEAlgorithm).toBe('aws:kms');
    const files = only(apart.Data, 'AWS::S3::Bucket').Properties.BucketEncryption.ServerSideEncryptionConfiguration[0];
    const keyId = files.ServerSideEncryptionByDefault.KMSMasterKeyID['Fn::GetAtt'][0];
    expect(dataResource(apart.Data, encryption.KMSMasterKeyID)).toBe(keyId);
    const policy = only(apart.Service, 'AWS::S3::BucketPolicy').Properties.PolicyDocument.Statement;
    expect(policy).toEqual([
      expect.objectContaining({
        Effect: 'Deny',
        Action: 's3:*',
        Principal: { AWS: '*' },
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
    ]);
  });

  it('are folded by a standard state machine, so many at once as the function may run, with a log that holds no data', () => {
    const machine = only(apart.Service, 'AWS::StepFunctions::StateMachine').Properties;
    expect(machine.StateMachineType).toBe('STANDARD');
    expect(machine.LoggingConfiguration).toMatchObject({ Level: 'ALL', IncludeExecutionData: false });
    expect(machine.LoggingConfiguration.Destinations).toHaveLength(1);
    const [publish] = resourcesOf(apart.Service, 'AWS::Lambda::Function')
      .map(([, { Properties }]) => Properties)
      .filter(({ FunctionName }) => FunctionName.endsWith('-publish'));
    const { States } = stateMachineOf(apart.Service);
    expect(States.Fold!.MaxConcurrency).toBe(8);
    expect(publish!.ReservedConcurrentExecutions).toBe(9);
    expect(States.Begin!.TimeoutSeconds).toBeGreaterThan(publish!.Timeout);
    const few = synthesize('dev', { changed: { foldSegments: 3, apiConcurrency: 10 } });
    const reserved = resourcesOf(few.Service, 'AWS::Lambda::Function').map(
      ([, { Properties }]) => Properties.ReservedConcurrentExecutions,
    );
    expect(reserved.sort((a, b) => a - b)).toEqual([4, 10]);
  });
});

describe('privacy: no address and no user agent of a reader is kept anywhere', () => {
  it('the gateway logs status and time only', () => {
    const { Properties } = only(templates.Service, 'AWS::ApiGatewayV2::Stage');
    const variables = [...String(Properties.AccessLogSettings.Format).matchAll(/\$context\.([\w.]+)/g)].map(
      ([, name]) => name,
    );
    expect(variables.sort()).toEqual([
      'httpMethod',
      'integrationErrorMessage',
      'integrationStatus',
      'requestId',
      'responseLatency',
      'status',
    ]);
  });

  it('CloudFront, the buckets and the firewall keep no log and no samples', () => {
    expect(only(templates.Web, 'AWS::CloudFront::Distribution').Properties.DistributionConfig).not.toHaveProperty(
      'Logging',
    );
    for (const { Type, Properties } of everything()) {
      expect(Type).not.toMatch(/RealtimeLogConfig|LoggingConfiguration|FlowLog|DeliverySource/);
      if (Type === 'AWS::S3::Bucket') expect(Properties).not.toHaveProperty('LoggingConfiguration');
    }
    const acl = only(templates.Edge, 'AWS::WAFv2::WebACL').Properties;
    const configs = [
      acl.VisibilityConfig,
      ...acl.Rules.map((rule: { VisibilityConfig: unknown }) => rule.VisibilityConfig),
    ];
    expect(configs.map(({ SampledRequestsEnabled }) => SampledRequestsEnabled)).toEqual(configs.map(() => false));
  });
});

describe('the edge', () => {
  const configuration = () => only(templates.Web, 'AWS::CloudFront::Distribution').Properties.DistributionConfig;
  const behaviours = () =>
    configuration().CacheBehaviors as {
      PathPattern: string;
      TargetOriginId: string;
      ViewerProtocolPolicy: string;
      ResponseHeadersPolicyId?: { Ref: string };
      CachePolicyId: unknown;
      OriginRequestPolicyId?: { Ref: string };
    }[];
  const matches = (pattern: string, path: string) =>
    new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '.*')}$`).test(path);
  const isCached = (path: string) => CACHED_PATHS.some((pattern) => matches(pattern, path));
  const operations = Object.entries(openApi.paths).flatMap(([path, methods]) =>
    Object.entries(methods as Record<string, { security?: unknown; parameters?: { in: string; name: string }[] }>).map(
      ([method, operation]) => ({ path: path.replaceAll(/\{\w+\}/g, 'x'), method, ...operation }),
    ),
  );

  it('asks a firewall first, speaks TLS 1.2 or later, and shows the api a secret', () => {
    const { WebACLId, ViewerCertificate, Origins } = configuration();
    expect(WebACLId).toBeDefined();
    expect(ViewerCertificate.MinimumProtocolVersion).toBe('TLSv1.2_2021');
    const api = Origins.find((origin: { CustomOriginConfig?: unknown }) => origin.CustomOriginConfig);
    expect(api.OriginCustomHeaders[0].HeaderName).toBe('x-origin-secret');
    expect(JSON.stringify(api.OriginCustomHeaders[0].HeaderValue)).toContain('{{resolve:secretsmanager:');
    const bucket = Origins.find((origin: { S3OriginConfig?: unknown }) => origin.S3OriginConfig);
    expect(bucket.OriginAccessControlId).toBeDefined();
    const rates = only(templates.Edge, 'AWS::WAFv2::WebACL').Properties.Rules;
    expect(
      rates.map(
        (rule: { Statement: { RateBasedStatement: { Limit: number } } }) => rule.Statement.RateBasedStatement.Limit,
      ),
    ).toEqual([600, 3000]);
  });

  it('never caches what is private or written: only listed paths are cached, and no receipt reaches the api through them', () => {
    const hidden = operations.filter(({ security, method }) => security !== undefined || method !== 'get');
    expect(hidden.length).toBeGreaterThan(3);
    for (const { path } of hidden) expect(isCached(path), path).toBe(false);
    // CachingDisabled, by the id that AWS gives it.
    expect(configuration().DefaultCacheBehavior.CachePolicyId).toBe('4135ea2d-6df8-44a3-9df3-4b5a84be39ad');
    const policy = only(templates.Web, 'AWS::CloudFront::CachePolicy').Properties.CachePolicyConfig;
    const { HeadersConfig, CookiesConfig } = policy.ParametersInCacheKeyAndForwardedToOrigin;
    expect([HeadersConfig.HeaderBehavior, CookiesConfig.CookieBehavior]).toEqual(['none', 'none']);
    expect([policy.MinTTL, policy.DefaultTTL]).toEqual([0, 0]);
    const forwarded = only(templates.Web, 'AWS::CloudFront::OriginRequestPolicy').Properties.OriginRequestPolicyConfig;
    expect(forwarded.HeadersConfig.HeaderBehavior).toBe('none');
    expect(
      behaviours()
        .map(({ PathPattern }) => PathPattern)
        .sort(),
    ).toEqual([...CACHED_PATHS, HASHED_ASSETS, ...ICONS].sort());
  });

  it('keeps apart what a query changes: the cache key holds every parameter of every cached address', () => {
    const asked = operations
      .filter(({ path, method }) => method === 'get' && isCached(path))
      .flatMap(({ parameters = [] }) =>
        parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name),
      );
    expect(asked.length).toBeGreaterThan(6);
    expect(asked.filter((name) => !CACHED_PARAMETERS.includes(name))).toEqual([]);
    const policy = only(templates.Web, 'AWS::CloudFront::CachePolicy').Properties.CachePolicyConfig;
    const { QueryStringsConfig } = policy.ParametersInCacheKeyAndForwardedToOrigin;
    expect(QueryStringsConfig).toEqual({ QueryStringBehavior: 'whitelist', QueryStrings: CACHED_PARAMETERS });
  });

  it('gives hashed assets a year, and hides no address of the api behind the bucket', () => {
    const policies = resourcesOf(templates.Web, 'AWS::CloudFront::ResponseHeadersPolicy').map(
      ([, { Properties }]) => Properties.ResponseHeadersPolicyConfig,
    );
    const values = policies.map(({ Name, CustomHeadersConfig }) => [Name, CustomHeadersConfig.Items[0].Value]);
    expect(Object.fromEntries(values)).toEqual({
      'sektorspiegel-prod-assets': 'public, max-age=31536000, immutable',
      'sektorspiegel-prod-icons': 'public, max-age=86400',
    });
    const hidden = operations.filter(({ path }) => [HASHED_ASSETS, ...ICONS].some((pattern) => matches(pattern, path)));
    expect(hidden).toEqual([]);
    expect([...ICONS].sort()).toEqual(
      readdirSync('web/public')
        .map((name) => `/${name}`)
        .sort(),
    );
  });

  it('sends security headers with every file of the bucket, whatever the bucket says', () => {
    const policies = new Map(
      resourcesOf(templates.Web, 'AWS::CloudFront::ResponseHeadersPolicy').map(([id, { Properties }]) => [
        id,
        Properties.ResponseHeadersPolicyConfig.SecurityHeadersConfig,
      ]),
    );
    const bucket = configuration().Origins.find((origin: { S3OriginConfig?: unknown }) => origin.S3OriginConfig).Id;
    const fromBucket = behaviours().filter(({ TargetOriginId }) => TargetOriginId === bucket);
    expect(fromBucket.map(({ PathPattern }) => PathPattern).sort()).toEqual([HASHED_ASSETS, ...ICONS].sort());
    for (const { ResponseHeadersPolicyId, ViewerProtocolPolicy } of fromBucket) {
      expect(ViewerProtocolPolicy).toBe('redirect-to-https');
      expect(policies.get(ResponseHeadersPolicyId!.Ref)).toEqual({
        ContentTypeOptions: { Override: true },
        StrictTransportSecurity: { AccessControlMaxAgeSec: 365 * 86_400, Override: true },
        ContentSecurityPolicy: { ContentSecurityPolicy: "default-src 'none'; frame-ancestors 'none'", Override: true },
      });
    }
  });

  it('leaves the headers of pages, figures and files of a release to the api, which sets them', () => {
    const api = configuration().Origins.find(
      (origin: { CustomOriginConfig?: unknown }) => origin.CustomOriginConfig,
    ).Id;
    const throughApi = [configuration().DefaultCacheBehavior, ...behaviours()].filter(
      ({ TargetOriginId }) => TargetOriginId === api,
    );
    expect(throughApi).toHaveLength(CACHED_PATHS.length + 1);
    for (const { ResponseHeadersPolicyId } of throughApi) expect(ResponseHeadersPolicyId).toBeUndefined();
  });

  it('caches the pages of the site, none of which reads a receipt or another parameter', () => {
    for (const lang of ['de', 'en'] as const)
      for (const page of Object.keys(SITE_MAP) as PageName[]) expect(isCached(pathTo(page, lang))).toBe(true);
    const sources = ['functions/site', 'web/pages'].flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((file) => /\.tsx?$/.test(file))
        .map((file) => readFileSync(`${folder}/${file}`, 'utf8')),
    );
    const asked = sources.flatMap((source) => [...source.matchAll(/query\.get\('(\w+)'\)/g)].map(([, name]) => name!));
    expect(asked.filter((name) => !CACHED_PARAMETERS.includes(name))).toEqual([]);
    expect(sources.filter((source) => /authenticate\(|header\('(Authorization|Cookie)'\)/i.test(source))).toEqual([]);
  });
});

describe('watching', () => {
  it('every alarm tells somebody, and has its entry in the runbook', () => {
    const runbook = readFileSync('docs/operations.md', 'utf8');
    const alarmsOf = ({ Service }: Templates) =>
      resourcesOf(Service, 'AWS::CloudWatch::Alarm').map(([, { Properties }]) => Properties);
    const alarms = alarmsOf(apart);
    const names = (of: Templates) => alarmsOf(of).map(({ AlarmName }) => AlarmName);
    expect(names(templates).length).toBeGreaterThan(6);
    expect(names(apart).filter((name) => !names(templates).includes(name))).toEqual([
      'sektorspiegel-prod-publish-run-failed',
    ]);
    for (const { AlarmName, AlarmDescription, AlarmActions } of alarms) {
      const entry = String(AlarmName).replace('sektorspiegel-prod-', '');
      expect(AlarmDescription).toContain(`docs/operations.md#${entry}`);
      expect(runbook).toContain(`### ${entry}\n`);
      expect(AlarmActions).toHaveLength(1);
    }
    expect(only(templates.Service, 'AWS::SNS::Subscription').Properties.Protocol).toBe('email');
  });

  it('no entry of the runbook is left without its alarm', () => {
    const runbook = readFileSync('docs/operations.md', 'utf8').split('## Runbook')[1]!.split('\n## ')[0]!;
    const entries = [...runbook.matchAll(/^### ([a-z-]+)$/gm)].map(([, name]) => `sektorspiegel-prod-${name}`);
    const alarms = resourcesOf(apart.Service, 'AWS::CloudWatch::Alarm').map(
      ([, { Properties }]) => Properties.AlarmName,
    );
    expect(entries.sort()).toEqual(alarms.sort());
  });

  it('a dashboard shows requests, faults, submissions, times and units', () => {
    const { DashboardName, DashboardBody } = only(templates.Service, 'AWS::CloudWatch::Dashboard').Properties;
    expect(DashboardName).toBe('sektorspiegel-prod');
    // References to functions and tables are all that CloudFormation fills in; each stands for one name.
    const body = DashboardBody['Fn::Join'][1]
      .map((part: unknown) => (typeof part === 'string' ? part : 'ref'))
      .join('');
    const { widgets } = JSON.parse(body) as {
      widgets: { type: string; properties: { title: string; metrics: (string | { stat?: string })[][] } }[];
    };
    const shown = widgets.map(({ type, properties: { title, metrics } }) => {
      expect(type).toBe('metric');
      return [title, metrics.map((metric) => `${metric[0]} ${metric[1]}`)];
    });
    const own = (...names: string[]) => names.map((name) => `sektorspiegel-prod ${name}`);
    expect(Object.fromEntries(shown)).toEqual({
      Requests: own('requests', 'faults'),
      'Submissions accepted': own('submissions'),
      'Milliseconds of the api': ['AWS/Lambda Duration', 'AWS/Lambda Duration'],
      'Publishing, milliseconds': ['AWS/Lambda Duration'],
      'Units of the log': ['AWS/DynamoDB ConsumedWriteCapacityUnits', 'AWS/DynamoDB ConsumedReadCapacityUnits'],
      'Units of the releases': ['AWS/DynamoDB ConsumedReadCapacityUnits'],
    });
    const filters = resourcesOf(templates.Service, 'AWS::Logs::MetricFilter').map(([, { Properties }]) => Properties);
    const filled = filters.flatMap(({ MetricTransformations }) =>
      MetricTransformations.map(
        ({ MetricNamespace, MetricName }: Record<string, string>) => `${MetricNamespace} ${MetricName}`,
      ),
    );
    expect(filled.sort()).toEqual(
      own('attempts-outlived', 'faults', 'leftovers', 'publications-near-limit', 'requests', 'submissions'),
    );
  });

  it('what is counted is what the logs of requests and publications say', () => {
    const patterns = resourcesOf(templates.Service, 'AWS::Logs::MetricFilter').map(
      ([, { Properties }]) => Properties.FilterPattern,
    );
    const fields = new Set(patterns.join(' ').match(/(?<=\$\.)\w+/g));
    expect([...fields].sort()).toEqual(['event', 'left', 'method', 'route', 'status']);
  });

  it('a budget writes to the same person before and after', () => {
    const { Properties } = only(templates.Service, 'AWS::Budgets::Budget');
    expect(Properties.Budget.BudgetLimit).toEqual({ Amount: 100, Unit: 'USD' });
    expect(Properties.NotificationsWithSubscribers).toHaveLength(2);
  });
});

describe('the stage', () => {
  it('is read from the context; faults are named by their place', () => {
    const { stages } = contextOf('prod') as { stages: Record<string, object> };
    expect(readStage(stages, 'dev').prefix).toBe('sektorspiegel-dev');
    expect(() => readStage(stages, 'test')).toThrow('There is no stage "test"; cdk.json has dev, prod.');
    expect(() => readStage({ dev: { ...stages.dev, account: '1', alertEmail: 'x' } }, 'dev')).toThrow(
      /stages\.dev\.account: .*12 digits.*\nstages\.dev\.alertEmail: /,
    );
  });
});

it('holds no null, which CloudFormation refuses', () => {
  for (const template of Object.values(apart)) expect(JSON.stringify(template)).not.toMatch(/(\[|,|[^\\]":)null/);
});

it('cdk-nag bites: an open bucket is refused', () => {
  const app = new App({ outdir: mkdtempSync(join(tmpdir(), 'cdk-')) });
  new Bucket(new Stack(app, 'Open'), 'Bucket');
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  expect(() => app.synth()).toThrow();
  process.exitCode = undefined;
});
