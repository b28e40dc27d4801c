import { randomBytes } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { Policy } from '#contracts/policy';
import { checkedPolicy } from '#disclosure/checked-policy';
import { loadInstruments } from '#instruments/load-instruments';
import { CLIENT_LIMITS } from '#store/client-limits';
import { createParticipationStore } from '#store/dynamo-participation';
import { createRegistryStore } from '#store/dynamo-registry';
import { createReleaseStore } from '#store/dynamo-releases';
import { createSubmissionLog } from '#store/dynamo-submission-log';
import type { ParticipationDependencies, PublishDependencies } from '../publish/dependencies.ts';
import { jsonVariable, parseEnvironment, ServiceOrigin } from './environment.ts';
import { FilePlace, filesAt, namesOnePlace } from './files-at.ts';
import { readProgram } from './program.ts';

/** What a deployment of the publisher must and may set. */
export const PublishEnvironment = z
  .object({
    SUBMISSIONS_TABLE: z.string().min(3),
    RELEASES_TABLE: z.string().min(3),
    REGISTRY_TABLE: z.string().min(3),
    ...FilePlace,
    INSTRUMENTS_DIR: z.string().min(1).optional(),
    /** JSON object of policy values stricter than the floor. */
    DISCLOSURE_POLICY: jsonVariable(Policy.partial()).prefault('{}'),
    /** Where the items of segments that are read apart lie until they are folded; a bucket, or a folder. */
    PARTS_BUCKET: z.string().min(3).optional(),
    PARTS_DIR: z.string().min(1).optional(),
    /** The mark of a trial deployment whose every participation is invented; a trial policy needs it. */
    INVENTED_DATA: z.stringbool().default(false),
    SEGMENTS: z.coerce.number().int().min(1).max(1000).default(8),
    /** Who answers for the releases and is cited as their author. */
    PUBLISHER_NAME: z.string().min(1),
    PUBLISHER_EMAIL: z.email().optional(),
    /** Address of the service. */
    SERVICE_URL: ServiceOrigin.optional(),
    DYNAMODB_ENDPOINT: z.url().optional(),
  })
  .check(namesOnePlace);

export type PublishEnvironment = z.infer<typeof PublishEnvironment>;

/** Writes of other functions may be under way for so long after their acceptance. */
const SETTLE_MINUTES = 15;

/** Reads the environment once. Throws an Error that names every variable that is missing or wrong, never its value. */
export const parsePublishEnvironment = (variables: Record<string, string | undefined>): PublishEnvironment =>
  parseEnvironment('The publisher', PublishEnvironment, variables);

/** The publisher's stores, policy and clock in a deployment. Throws a PolicyError for a policy below the floor. */
export async function publisherFrom(
  environment: PublishEnvironment,
): Promise<PublishDependencies & ParticipationDependencies> {
  const { DYNAMODB_ENDPOINT: endpoint, INSTRUMENTS_DIR: folder, DISCLOSURE_POLICY: stricter } = environment;
  const overrides = Object.fromEntries(Object.entries(stricter).filter(([, value]) => value !== undefined));
  const parts = { ...environment, FILES_BUCKET: environment.PARTS_BUCKET, FILES_DIR: environment.PARTS_DIR };
  const client = new DynamoDBClient({ ...CLIENT_LIMITS, ...(endpoint ? { endpoint } : {}) });
  return {
    instruments: await loadInstruments(folder ? [folder] : []),
    submissions: createSubmissionLog(client, environment.SUBMISSIONS_TABLE),
    releases: createReleaseStore(client, environment.RELEASES_TABLE),
    registry: createRegistryStore(client, environment.REGISTRY_TABLE),
    participation: createParticipationStore(client, environment.RELEASES_TABLE),
    files: filesAt(environment, { mayList: true }),
    ...(parts.FILES_BUCKET || parts.FILES_DIR ? { parts: filesAt(parts, { mayList: true }) } : {}),
    policy: checkedPolicy(overrides),
    isInvented: environment.INVENTED_DATA,
    codeVersion: readProgram(),
    randomBytes,
    now: () => new Date(),
    settleMinutes: SETTLE_MINUTES,
    segments: environment.SEGMENTS,
    facts: {
      publisher: {
        name: environment.PUBLISHER_NAME,
        ...(environment.PUBLISHER_EMAIL ? { email: environment.PUBLISHER_EMAIL } : {}),
      },
      ...(environment.SERVICE_URL ? { serviceUrl: environment.SERVICE_URL } : {}),
    },
    log: (entry) => process.stdout.write(`${JSON.stringify(entry)}\n`),
  };
}
