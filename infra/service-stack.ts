import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { Effect, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  ApplicationLogLevel,
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
} from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import type { TableNames } from '#store/tables';
import { acknowledge } from './acknowledge.ts';
import type { Stage } from './configuration.ts';
import type { DataStack } from './data-stack.ts';
import { type Gateway, gatewayTo } from './gateway.ts';
import { CAMPAIGN_GRANT, FILE_GRANTS, type FunctionName, KEY_ACTIONS, MAY_LIST_FILES, TABLE_GRANTS } from './grants.ts';
import { logOf } from './log-retention.ts';
import { ownService } from './own-service.ts';
import { FOLDS_AT_ONCE, partsBucket, publishingRun } from './publishing-run.ts';
import { watch } from './watch.ts';

/**
 * Memory decides the share of a processor: 1,769 MB are one. What was measured stands in docs/cost.md. A new account allows a
 * function 3,008 MB.
 */
const SETTINGS: Record<FunctionName, { memoryMb: number; timeout: Duration; description: string }> = {
  api: {
    memoryMb: 1024,
    // Longer than the store's own time limits, so that a slow store becomes a problem and not a broken gateway.
    timeout: Duration.seconds(25),
    description: 'Answers every request of the Sektorspiegel',
  },
  publish: { memoryMb: 1769, timeout: Duration.minutes(15), description: 'Publishes a release of the Sektorspiegel' },
};

interface Served {
  stage: Stage;
  data: DataStack;
  bundles: Record<FunctionName, string>;
}

/** The program: the api behind a gateway, publishing behind a schedule, and what watches over both. */
export class ServiceStack extends Stack {
  readonly origin: Gateway['origin'];
  readonly originSecret: Secret;

  constructor(scope: Construct, id: string, props: StackProps & Served) {
    super(scope, id, props);
    const { stage, data } = props;

    this.originSecret = this.#secret('OriginSecret', 'Header by which the api knows its own CloudFront distribution');
    const proofOfWork = stage.proofOfWork
      ? this.#secret('ProofOfWork', 'Signs the challenges of the proof of work')
      : undefined;

    const api = this.#function('api', props, stage.apiConcurrency, {
      PARTNER_SOURCES: JSON.stringify(stage.partnerSources),
      SITE_LINKS: 'site.json',
      ORIGIN_SECRET: this.originSecret.secretValue.unsafeUnwrap(),
      CAMPAIGNS_BY: stage.campaignsBy,
      ...(proofOfWork ? { PROOF_OF_WORK_SECRET: proofOfWork.secretValue.unsafeUnwrap() } : {}),
      ...(stage.serviceUrl ? { SERVICE_URL: stage.serviceUrl } : {}),
      ...(stage.operator ? { OPERATOR: JSON.stringify(stage.operator) } : {}),
    });
    const gateway = gatewayTo(this, stage, api);
    this.origin = gateway.origin;

    const segments = stage.foldSegments;
    const parts = segments === undefined ? undefined : partsBucket(this, stage, data.key);
    const publish = this.#function('publish', props, stage.apiConcurrency && publicationsOf(stage), {
      DISCLOSURE_POLICY: JSON.stringify(stage.disclosurePolicy),
      PUBLISHER_NAME: stage.publisherName,
      ...(parts ? { PARTS_BUCKET: parts.bucketName } : {}),
      ...(stage.publisherEmail ? { PUBLISHER_EMAIL: stage.publisherEmail } : {}),
      ...(stage.serviceUrl ? { SERVICE_URL: stage.serviceUrl } : {}),
    });
    const run = segments === undefined ? undefined : publishingRun(this, { stage, publish, segments });
    const undelivered = this.#schedule(stage, publish, run);

    watch(this, { stage, api, publish, run, gatewayFaults: gateway.faults, undelivered, tables: data.tables });
  }

  /** A random text that never leaves the account; the template holds a reference to it. */
  #secret(id: string, description: string): Secret {
    const secret = new Secret(this, id, {
      description,
      generateSecretString: { passwordLength: 48, excludePunctuation: true },
    });
    acknowledge(secret, {
      'AwsSolutions-SMG4': 'Both sides of it are set by one deployment; docs/operations.md tells how to renew it.',
    });
    return secret;
  }

  /** A function with its tables' and files' names in its environment, and the grants of `grants.ts`. */
  #function(
    name: FunctionName,
    { stage, data, bundles }: Served,
    concurrency: number | undefined,
    environment: Record<string, string>,
  ): LambdaFunction {
    const { memoryMb, timeout, description } = SETTINGS[name];
    const logGroup = logOf(this, `${name}-log`, stage, name);
    const role = new Role(this, `${name}-role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    const allow = (actions: string[], resources: string[], conditions: Record<string, unknown> = {}) =>
      role.addToPolicy(new PolicyStatement({ effect: Effect.ALLOW, actions, resources, conditions }));

    allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [logGroup.logGroupArn]);
    const tables = Object.entries(TABLE_GRANTS) as [keyof TableNames, (typeof TABLE_GRANTS)[keyof TableNames]][];
    const granted = tables.filter(([, grants]) => grants[name] !== undefined);
    for (const [table, grants] of granted)
      allow(
        grants[name]!.map((action) => `dynamodb:${action}`),
        [data.tables[table].tableArn],
      );
    if (name === 'api' && stage.campaignsBy === 'association')
      allow(
        CAMPAIGN_GRANT.actions.map((action) => `dynamodb:${action}`),
        [data.tables.registry.tableArn],
        { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [CAMPAIGN_GRANT.partition] } },
      );
    const bucketArn = `arn:${stage.partition}:s3:::${stage.prefix}-files-${stage.account}`;
    for (const { actions, paths } of FILE_GRANTS[name]) {
      const resource = `${bucketArn}/${paths}`;
      allow(
        actions.map((action) => `s3:${action}`),
        [resource],
      );
      acknowledge(role, {
        [`AwsSolutions-IAM5[Resource::${resource}]`]: 'Files below one folder; their names are made later.',
      });
    }
    if (MAY_LIST_FILES.includes(name)) allow(['s3:ListBucket'], [bucketArn]);
    allow(
      KEY_ACTIONS[name].map((action) => `kms:${action}`),
      [data.key.keyArn],
      {
        StringEquals: {
          'kms:ViaService': ['dynamodb', 's3'].flatMap((service) =>
            DOMAINS[stage.partition].map((domain) => `${service}.${this.region}.${domain}`),
          ),
        },
      },
    );
    return new LambdaFunction(this, name, {
      functionName: `${stage.prefix}-${name}`,
      description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'handler.handler',
      code: Code.fromAsset(bundles[name], { exclude: NOT_UPLOADED }),
      memorySize: memoryMb,
      timeout,
      ...(concurrency ? { reservedConcurrentExecutions: concurrency } : {}),
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      applicationLogLevelV2: ApplicationLogLevel.INFO,
      systemLogLevelV2: SystemLogLevel.INFO,
      environment: {
        ...Object.fromEntries(granted.map(([table]) => [`${table.toUpperCase()}_TABLE`, data.tables[table].tableName])),
        FILES_BUCKET: data.files.bucketName,
        ...environment,
      },
    });
  }

  /**
   * A schedule for each check, one for every night and one for every week; what fails three times waits in a queue, which is watched.
   *
   * @param run publishes in place of the function, where segments are read apart
   */
  #schedule(stage: Stage, publish: LambdaFunction, run: CfnStateMachine | undefined): Queue {
    const undelivered = new Queue(this, 'Undelivered', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    acknowledge(undelivered, { 'AwsSolutions-SQS3': 'It is itself where publications end that failed three times.' });
    publish.configureAsyncInvoke({ retryAttempts: 2, onFailure: new SqsDestination(undelivered) });
    const role = new Role(this, 'ScheduleRole', { assumedBy: ownService('scheduler', stage) });
    role.addToPolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [publish.functionArn] }));
    role.addToPolicy(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [undelivered.queueArn] }));
    if (run) role.addToPolicy(new PolicyStatement({ actions: ['states:StartExecution'], resources: [run.attrArn] }));
    const { functionArn } = publish;
    const at = (name: string, description: string, cron: string, event: Record<string, string>) =>
      new CfnSchedule(this, `schedule-${name}`, {
        name: `${stage.prefix}-${name}`.replaceAll('.', '-'),
        description,
        scheduleExpression: cron,
        scheduleExpressionTimezone: 'Europe/Berlin',
        flexibleTimeWindow: { mode: 'OFF' },
        target: {
          arn: run && 'instrument' in event ? run.attrArn : functionArn,
          roleArn: role.roleArn,
          input: JSON.stringify(event),
          retryPolicy: { maximumRetryAttempts: 2 },
          deadLetterConfig: { arn: undelivered.queueArn },
        },
      });
    const nightly = { task: 'participation' };
    at('participation', 'Draws how many took part in campaigns, where it is due', NIGHTLY, nightly);
    at('leftovers', 'Removes what publications that broke off left', WEEKLY, { task: 'leftovers' });
    // The same event may be delivered twice, and late: it says when it was meant to come.
    const scheduledAt = '<aws.scheduler.scheduled-time>';
    for (const { instrument, schedule } of stage.releases)
      at(instrument, `Publishes ${instrument}`, schedule, { instrument, scheduledAt });
    return undelivered;
  }
}

/** Functions that publishing may run at once: one, or where segments are read apart these, and the nightly count beside them. */
export const publicationsOf = ({ foldSegments }: Stage): number =>
  foldSegments === undefined ? 1 : Math.min(foldSegments, FOLDS_AT_ONCE) + 1;

/** How a key knows the service that asks on our behalf. How the Sovereign Cloud spells it was not tried: both are allowed. */
const DOMAINS: Record<Stage['partition'], string[]> = {
  aws: ['amazonaws.com'],
  'aws-eusc': ['amazonaws.eu', 'amazonaws.com'],
};

const NIGHTLY = 'cron(30 2 * * ? *)';
const WEEKLY = 'cron(30 3 ? * SUN *)';

const NOT_UPLOADED = ['*.map'];
