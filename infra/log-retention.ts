import { RetentionDays } from 'aws-cdk-lib/aws-logs';

/** Days that logs are kept; see docs/privacy/retention.md. */
export const LOG_RETENTION = RetentionDays.ONE_MONTH;
