import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CLIENT_LIMITS } from '#store/client-limits';
import { createInvitationStore } from '#store/dynamo-invitations';
import { createParticipationStore } from '#store/dynamo-participation';
import { createRegistryStore } from '#store/dynamo-registry';
import { createReleaseStore } from '#store/dynamo-releases';
import { createSubmissionLog } from '#store/dynamo-submission-log';

/** The api's tables. In a file of its own, so that a bundle loads the SDK, its largest part, beside the routes. */
export function createStores(environment: {
  SUBMISSIONS_TABLE: string;
  RELEASES_TABLE: string;
  REGISTRY_TABLE: string;
  INVITATIONS_TABLE: string;
  DYNAMODB_ENDPOINT?: string | undefined;
}) {
  const { DYNAMODB_ENDPOINT: endpoint } = environment;
  const client = new DynamoDBClient({ ...CLIENT_LIMITS, ...(endpoint ? { endpoint } : {}) });
  return {
    submissions: createSubmissionLog(client, environment.SUBMISSIONS_TABLE),
    releases: createReleaseStore(client, environment.RELEASES_TABLE),
    registry: createRegistryStore(client, environment.REGISTRY_TABLE),
    invitations: createInvitationStore(client, environment.INVITATIONS_TABLE),
    participation: createParticipationStore(client, environment.RELEASES_TABLE),
  };
}
