import type { DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';

/**
 * How long a client of the stores waits. The SDK by itself waits for ever on a connection that stays open and silent; a
 * request that is cut here is tried again by the client, and every write may take place twice without harm.
 */
export const CLIENT_LIMITS = {
  requestHandler: { connectionTimeout: 2_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
} satisfies DynamoDBClientConfig;
