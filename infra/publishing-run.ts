import { Duration, type Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { acknowledge } from './acknowledge.ts';
import type { Stage } from './configuration.ts';
import { PART_ACTIONS } from './grants.ts';
import { logOf } from './log-retention.ts';
import { ownService } from './own-service.ts';
import { privateBucket } from './private-bucket.ts';

/** Segments that are read at the same time, by as many functions. */
export const FOLDS_AT_ONCE = 8;

/**
 * Where the items of segments lie until they are folded. They hold answers, so no former version is kept, publishing removes
 * them on every way out, and what it could not remove S3 does within a day.
 */
export function partsBucket(stack: Stack, stage: Stage, key: Key): Bucket {
  return privateBucket(stack, stage, 'parts', {
    key,
    lifecycleRules: [
      { id: 'everything', expiration: Duration.days(1), abortIncompleteMultipartUploadAfter: Duration.days(1) },
    ],
  });
}

/**
 * The state machine that publishes a large sector: begin, read the segments apart, publish, all of it tasks of the
 * publishing function. Only ids and keys go from state to state.
 */
export function publishingRun(
  stack: Stack,
  { stage, publish, segments }: { stage: Stage; publish: LambdaFunction; segments: number },
): CfnStateMachine {
  const bucket = `arn:${stage.partition}:s3:::${stage.prefix}-parts-${stage.account}`;
  const parts = `${bucket}/*`;
  publish.addToRolePolicy(
    new PolicyStatement({ actions: PART_ACTIONS.map((action) => `s3:${action}`), resources: [parts] }),
  );
  publish.addToRolePolicy(new PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucket] }));
  acknowledge(publish.role!, {
    [`AwsSolutions-IAM5[Resource::${parts}]`]: 'The bucket holds parts only; their names are made later.',
  });

  const log = logOf(stack, 'run-log', stage, 'publishing');
  const role = new Role(stack, 'run-role', { assumedBy: ownService('states', stage) });
  role.addToPolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [publish.functionArn] }));
  role.addToPolicy(new PolicyStatement({ actions: LOG_DELIVERY, resources: ['*'] }));
  acknowledge(role, {
    'AwsSolutions-IAM5[Resource::*]': 'Log delivery has no resources to name; its rights reach no data.',
  });
  const machine = new CfnStateMachine(stack, 'run', {
    stateMachineName: `${stage.prefix}-publishing`,
    stateMachineType: 'STANDARD',
    roleArn: role.roleArn,
    // As text: CloudFormation takes no null in an object, and may hand numbers on as words.
    definitionString: stack.toJsonString(runDefinition(publish.functionArn, segments)),
    loggingConfiguration: {
      level: 'ALL',
      includeExecutionData: false,
      destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: log.logGroupArn } }],
    },
  });
  machine.node.addDependency(role);
  acknowledge(machine, { 'AwsSolutions-SF2': 'A run is five kinds of steps half-yearly; its log tells them all.' });
  return machine;
}

/** What Step Functions needs to write a state machine's log, after its documentation. */
const LOG_DELIVERY = [
  ...['CreateLogDelivery', 'GetLogDelivery', 'UpdateLogDelivery', 'DeleteLogDelivery', 'ListLogDeliveries'],
  ...['PutResourcePolicy', 'DescribeResourcePolicies', 'DescribeLogGroups'],
].map((action) => `logs:${action}`);

/** The states, in Amazon States Language. Each is a task of functions/publish/tasks.ts and may be repeated. */
function runDefinition(functionArn: string, segments: number) {
  const task = (parameters: Record<string, unknown>) => ({
    Type: 'Task',
    Resource: functionArn,
    ...(Object.keys(parameters).length > 0 ? { Parameters: parameters } : {}),
    // Longer than the function may run.
    TimeoutSeconds: 960,
    Retry: RETRY,
  });
  const run = { 'request.$': '$.request', 'attempt.$': '$.attempt', 'segments.$': '$.segments' };
  const begin = { task: 'begin', 'request.$': '$', segments, 'run.$': '$$.Execution.Name' };
  const cleaned = [{ ErrorEquals: ['States.ALL'], ResultPath: '$.fault', Next: 'Forget' }];
  return {
    Comment: 'Publishes a release whose segments are read apart',
    StartAt: 'Begin',
    States: {
      Begin: { ...task(begin), Next: 'Fold' },
      Fold: {
        Type: 'Map',
        ItemsPath: '$.folds',
        MaxConcurrency: FOLDS_AT_ONCE,
        ItemProcessor: {
          ProcessorConfig: { Mode: 'INLINE' },
          StartAt: 'FoldSegment',
          // A failing segment must not end the Map: the others would go on unwatched and store parts that nobody removes.
          States: {
            FoldSegment: { ...task({}), Catch: [{ ErrorEquals: ['States.ALL'], Next: 'NotFolded' }], End: true },
            NotFolded: { Type: 'Pass', Result: 'not read', End: true },
          },
        },
        ResultPath: '$.keys',
        Catch: cleaned,
        Next: 'Publish',
      },
      Publish: {
        ...task({ task: 'publish', ...run, 'keys.$': '$.keys' }),
        Catch: cleaned,
        End: true,
      },
      Forget: { ...task({ task: 'forget', ...run }), ResultPath: null, Next: 'Failed' },
      Failed: { Type: 'Fail', ErrorPath: '$.fault.Error', CausePath: '$.fault.Cause' },
    },
  };
}

/** A broken rule fails at once; a busy function is waited for; anything else that fails is tried twice more. */
const RETRY = [
  { ErrorEquals: ['PublishError'], MaxAttempts: 0 },
  { ErrorEquals: ['Lambda.TooManyRequestsException'], IntervalSeconds: 30, MaxAttempts: 10, BackoffRate: 1.5 },
  { ErrorEquals: ['States.ALL'], IntervalSeconds: 30, MaxAttempts: 2, BackoffRate: 2 },
];
