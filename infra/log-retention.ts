import { RemovalPolicy, type Stack } from 'aws-cdk-lib';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';

/** Days that logs are kept; see docs/privacy/retention.md. */
export const LOG_RETENTION = RetentionDays.ONE_MONTH;

/** A log of a stage, `/<prefix>/<name>`, that goes with the stack. */
export function logOf(stack: Stack, id: string, { prefix }: { prefix: string }, name: string): LogGroup {
  return new LogGroup(stack, id, {
    logGroupName: `/${prefix}/${name}`,
    retention: LOG_RETENTION,
    removalPolicy: RemovalPolicy.DESTROY,
  });
}
