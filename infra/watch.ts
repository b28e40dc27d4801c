import { Duration, type Stack } from 'aws-cdk-lib';
import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import {
  Alarm,
  ComparisonOperator,
  Dashboard,
  GraphWidget,
  type IMetric,
  Metric,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { FilterPattern, type ILogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { TableNames } from '#store/tables';
import type { Stage } from './configuration.ts';
import { ownService } from './own-service.ts';

export interface Watched {
  stage: Stage;
  api: LambdaFunction;
  publish: LambdaFunction;
  /** Where segments are folded apart. */
  run: CfnStateMachine | undefined;
  gatewayFaults: IMetric;
  undelivered: Queue;
  tables: Record<keyof TableNames, Table>;
}

interface Watch {
  metric: IMetric;
  /** What sets it off: so much or more, in so many periods one after the other. */
  from: number;
  periods?: number;
  /** One sentence; the rest stands in docs/operations.md under the alarm's name. */
  says: string;
}

/** Alarms, each with its entry in the runbook, a dashboard, and a budget; all told to one address. */
export function watch(stack: Stack, watched: Watched): void {
  const count = (log: ILogGroup) => (name: string, pattern: string) =>
    countedLines(log, { name, namespace: watched.stage.prefix, pattern });
  const inApi = count(watched.api.logGroup);
  const requests = inApi('requests', '{ $.event = "request" }');
  const faults = inApi('faults', '{ $.event = "request" && $.status >= 500 }');
  const submissions = inApi('submissions', '{ $.route = "/v1/submissions" && $.method = "POST" && $.status = 201 }');
  tellOf(stack, watched.stage, watchesOf(watched, faults, count(watched.publish.logGroup)));
  dashboard(stack, watched, { requests, faults, submissions });
  budget(stack, watched.stage);
}

export const PERIOD = Duration.minutes(5);

function watchesOf(
  { api, publish, run, gatewayFaults, undelivered, tables }: Watched,
  faults: IMetric,
  inPublishing: (name: string, pattern: string) => IMetric,
): Record<string, Watch> {
  const period = PERIOD;
  const sumOf = (namespace: string, metricName: string, dimensionsMap: Record<string, string>) =>
    new Metric({ namespace, metricName, dimensionsMap, statistic: Stats.SUM, period });
  const once = (metric: IMetric, says: string): Watch => ({ metric, from: 1, says });
  return {
    'api-errors': once(api.metricErrors({ period }), 'The api function crashed or ran out of time.'),
    'api-faults': { metric: faults, from: 5, says: 'The api answered with 5xx: its store is away, or it has a fault.' },
    'api-slow': {
      metric: api.metricDuration({ period, statistic: Stats.p(95) }),
      from: 3_000,
      periods: 3,
      says: 'One request in twenty takes three seconds or more.',
    },
    'api-throttled': once(api.metricThrottles({ period }), 'More requests at once than the api may serve.'),
    'gateway-faults': {
      metric: gatewayFaults,
      from: 5,
      says: 'The gateway answered with 5xx, also where the function was never reached.',
    },
    'publish-errors': once(
      publish.metricErrors({ period }),
      'A publication failed; the former release is still in force.',
    ),
    'attempt-outlived': once(
      inPublishing('attempts-outlived', '{ $.event = "attempt-outlived" }'),
      'A publication broke off: the time for which it was held is over, and nobody has ended it.',
    ),
    leftovers: once(
      inPublishing('leftovers', '{ $.event = "leftovers" && $.left > 0 }'),
      'What a publication that broke off has written could not be removed.',
    ),
    'publish-near-limit': once(
      inPublishing('publications-near-limit', '{ $.event = "near-limit" }'),
      "A publication came near the function's fifteen minutes.",
    ),
    'publish-undelivered': once(
      undelivered.metricApproximateNumberOfMessagesVisible({ period }),
      'A scheduled publication failed three times and waits for a person.',
    ),
    ...(run && {
      'publish-run-failed': once(
        sumOf('AWS/States', 'ExecutionsFailed', { StateMachineArn: run.attrArn }),
        'A publication in parts failed; the former release is still in force.',
      ),
    }),
    'log-throttled': {
      metric: sumOf('AWS/DynamoDB', 'WriteThrottleEvents', { TableName: tables.submissions.tableName }),
      from: 1,
      periods: 2,
      says: 'DynamoDB turns submissions away for a while.',
    },
  };
}

function tellOf(stack: Stack, stage: Stage, watches: Record<string, Watch>): void {
  const topic = new Topic(stack, 'Alerts', { topicName: `${stage.prefix}-alerts`, enforceSSL: true });
  // With a policy of its own a topic loses the default one, by which the account's alarms may write to it.
  topic.addToResourcePolicy(
    new PolicyStatement({
      principals: [ownService('cloudwatch', stage)],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
    }),
  );
  topic.addSubscription(new EmailSubscription(stage.alertEmail));
  for (const [name, { metric, from, periods = 1, says }] of Object.entries(watches)) {
    const alarm = new Alarm(stack, `alarm-${name}`, {
      alarmName: `${stage.prefix}-${name}`,
      alarmDescription: `${says} What to do: docs/operations.md#${name}`,
      metric,
      threshold: from,
      evaluationPeriods: periods,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(topic));
  }
}

function dashboard(
  stack: Stack,
  { stage, api, publish, tables }: Watched,
  { requests, faults, submissions }: Record<'requests' | 'faults' | 'submissions', IMetric>,
): void {
  const graph = (title: string, ...left: IMetric[]) => new GraphWidget({ title, left, width: 12 });
  const statistic = Stats.SUM;
  const { submissions: log, releases } = tables;
  const slow = [50, 95].map((percent) => api.metricDuration({ statistic: Stats.p(percent) }));
  const units = [
    log.metricConsumedWriteCapacityUnits({ statistic }),
    log.metricConsumedReadCapacityUnits({ statistic }),
  ];
  new Dashboard(stack, 'Dashboard', {
    dashboardName: stage.prefix,
    widgets: [
      [graph('Requests', requests, faults), graph('Submissions accepted', submissions)],
      [
        graph('Milliseconds of the api', ...slow),
        graph('Publishing, milliseconds', publish.metricDuration({ statistic: Stats.MAXIMUM })),
      ],
      [
        graph('Units of the log', ...units),
        graph('Units of the releases', releases.metricConsumedReadCapacityUnits({ statistic })),
      ],
    ],
  });
}

function budget(stack: Stack, stage: Stage): void {
  new CfnBudget(stack, 'Budget', {
    budget: {
      budgetName: stage.prefix,
      budgetType: 'COST',
      timeUnit: 'MONTHLY',
      budgetLimit: { amount: stage.monthlyBudgetUsd, unit: 'USD' },
    },
    notificationsWithSubscribers: (['ACTUAL', 'FORECASTED'] as const).map((notificationType) => ({
      notification: {
        notificationType,
        comparisonOperator: 'GREATER_THAN',
        threshold: notificationType === 'ACTUAL' ? 80 : 100,
        thresholdType: 'PERCENTAGE',
      },
      subscribers: [{ subscriptionType: 'EMAIL', address: stage.alertEmail }],
    })),
  });
}

/** A metric of log lines: the request log says everything that is to be counted, so the program sends no metrics. */
function countedLines(
  logGroup: ILogGroup,
  { name, namespace, pattern }: Record<'name' | 'namespace' | 'pattern', string>,
): IMetric {
  const filter = new MetricFilter(logGroup.stack, `count-${name}`, {
    logGroup,
    metricNamespace: namespace,
    metricName: name,
    metricValue: '1',
    defaultValue: 0,
    filterPattern: FilterPattern.literal(pattern),
  });
  return filter.metric({ statistic: Stats.SUM, period: PERIOD });
}
