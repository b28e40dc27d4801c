import { Duration, type Stack } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
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
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { FilterPattern, type ILogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { TableNames } from '#store/tables';
import type { Stage } from './configuration.ts';

export interface Watched {
  stage: Stage;
  api: LambdaFunction;
  publish: LambdaFunction;
  /** Where segments are folded apart. */
  run: CfnStateMachine | undefined;
  httpApi: HttpApi;
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
  const { stage, api, publish, run, httpApi, undelivered, tables } = watched;
  const period = Duration.minutes(5);
  const counted = (name: string, pattern: string) => countedLines(stack, stage, api.logGroup, name, pattern);
  const published = (name: string, pattern: string) => countedLines(stack, stage, publish.logGroup, name, pattern);
  const requests = counted('requests', '{ $.event = "request" }');
  const faults = counted('faults', '{ $.event = "request" && $.status >= 500 }');
  const submissions = counted('submissions', '{ $.route = "/v1/submissions" && $.method = "POST" && $.status = 201 }');
  const throttled = (table: Table, metricName: string) =>
    new Metric({
      namespace: 'AWS/DynamoDB',
      metricName,
      dimensionsMap: { TableName: table.tableName },
      statistic: Stats.SUM,
      period,
    });

  const alarms: Record<string, Watch> = {
    'api-errors': {
      metric: api.metricErrors({ period }),
      from: 1,
      says: 'The api function crashed or ran out of time.',
    },
    'api-faults': { metric: faults, from: 5, says: 'The api answered with 5xx: its store is away, or it has a fault.' },
    'api-slow': {
      metric: api.metricDuration({ period, statistic: Stats.p(95) }),
      from: 3_000,
      periods: 3,
      says: 'One request in twenty takes three seconds or more.',
    },
    'api-throttled': {
      metric: api.metricThrottles({ period }),
      from: 1,
      says: 'More requests at once than the api may serve.',
    },
    'gateway-faults': {
      metric: httpApi.metricServerError({ period, statistic: Stats.SUM }),
      from: 5,
      says: 'The gateway answered with 5xx, also where the function was never reached.',
    },
    'publish-errors': {
      metric: publish.metricErrors({ period }),
      from: 1,
      says: 'A publication failed; the former release is still in force.',
    },
    'attempt-outlived': {
      metric: published('attempts-outlived', '{ $.event = "attempt-outlived" }'),
      from: 1,
      says: 'A publication broke off: the time for which it was held is over, and nobody has ended it.',
    },
    leftovers: {
      metric: published('leftovers', '{ $.event = "leftovers" && $.left > 0 }'),
      from: 1,
      says: 'What a publication that broke off has written could not be removed.',
    },
    'publish-near-limit': {
      metric: published('publications-near-limit', '{ $.event = "near-limit" }'),
      from: 1,
      says: "A publication came near the function's fifteen minutes.",
    },
    'publish-undelivered': {
      metric: undelivered.metricApproximateNumberOfMessagesVisible({ period }),
      from: 1,
      says: 'A scheduled publication failed three times and waits for a person.',
    },
    ...(run
      ? {
          'publish-run-failed': {
            metric: new Metric({
              namespace: 'AWS/States',
              metricName: 'ExecutionsFailed',
              dimensionsMap: { StateMachineArn: run.attrArn },
              statistic: Stats.SUM,
              period,
            }),
            from: 1,
            says: 'A publication in parts failed; the former release is still in force.',
          },
        }
      : {}),
    'log-throttled': {
      metric: throttled(tables.submissions, 'WriteThrottleEvents'),
      from: 1,
      periods: 2,
      says: 'DynamoDB turns submissions away for a while.',
    },
  };

  const topic = new Topic(stack, 'Alerts', { topicName: `${stage.prefix}-alerts`, enforceSSL: true });
  topic.addSubscription(new EmailSubscription(stage.alertEmail));
  for (const [name, { metric, from, periods = 1, says }] of Object.entries(alarms)) {
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

  const graph = (title: string, ...left: IMetric[]) => new GraphWidget({ title, left, width: 12 });
  new Dashboard(stack, 'Dashboard', {
    dashboardName: stage.prefix,
    widgets: [
      [graph('Requests', requests, faults), graph('Submissions accepted', submissions)],
      [
        graph(
          'Milliseconds of the api',
          api.metricDuration({ statistic: Stats.p(50) }),
          api.metricDuration({ statistic: Stats.p(95) }),
        ),
        graph('Publishing, milliseconds', publish.metricDuration({ statistic: Stats.MAXIMUM })),
      ],
      [
        graph(
          'Units of the log',
          tables.submissions.metricConsumedWriteCapacityUnits({ statistic: Stats.SUM }),
          tables.submissions.metricConsumedReadCapacityUnits({ statistic: Stats.SUM }),
        ),
        graph('Units of the releases', tables.releases.metricConsumedReadCapacityUnits({ statistic: Stats.SUM })),
      ],
    ],
  });

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
function countedLines(stack: Stack, stage: Stage, logGroup: ILogGroup, name: string, pattern: string): IMetric {
  const filter = new MetricFilter(stack, `count-${name}`, {
    logGroup,
    metricNamespace: stage.prefix,
    metricName: name,
    metricValue: '1',
    defaultValue: 0,
    filterPattern: FilterPattern.literal(pattern),
  });
  return filter.metric({ statistic: Stats.SUM, period: Duration.minutes(5) });
}
