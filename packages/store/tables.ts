import type { AttributeValue, CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import { WITHDRAWAL_KEY } from '#contracts/submission';

/**
 * Every table and every key, by access pattern. The infrastructure and the local server create the tables from
 * `tableDefinitions`; the stores build their keys with the functions below and nowhere else.
 *
 * | access pattern                                   | table       | partition key         | sort key                    |
 * |--------------------------------------------------|-------------|-----------------------|-----------------------------|
 * | put or get one submission; its tombstone         | submissions | organisation hash     | hash of (instrument, key)   |
 * | the withdrawal of an organisation                | submissions | organisation hash     | `withdrawal`                |
 * | own history; what is left to withdraw            | submissions | organisation hash     | (all)                       |
 * | fold                                             | submissions | (scan by segment)     |                             |
 * | releases, attempt and leftovers of a series      | releases    | `series#<series>`     | `state`                     |
 * | manifest of a release                            | releases    | `release#<id>`        | `manifest`                  |
 * | cell of a public group                           | releases    | `release#<id>`        | `cell#<group>`              |
 * | its matched change                               | releases    | `release#<id>`        | `change#<group>`            |
 * | all cells of an association's members            | releases    | `release#<id>`        | `members#<c-id>`            |
 * | everything below a release, to remove it         | releases    | `release#<id>`        | (all)                       |
 * | participation of an association's members        | releases    | `participation#<c-id>`| `campaigns`                 |
 * | association by id; all associations              | registry    | `associations`        | id                          |
 * | its campaigns; those of all                      | registry    | `campaigns`           | id                          |
 * | association by join code                         | registry    | `join-codes`          | normalised join code        |
 * | decisions on submissions held for review         | registry    | `reviews`             | organisation hash, cut; key |
 * | a single-use code                                | invitations | SHA-256 of the code   |                             |
 */

export interface TableNames {
  submissions: string;
  releases: string;
  registry: string;
  invitations: string;
}

/** A table on demand, with neither index nor stream. */
export interface TableDefinition {
  name: string;
  partitionKey: KeyAttribute;
  sortKey?: KeyAttribute;
  /** Attribute with the epoch second after which DynamoDB may remove the item. */
  timeToLive?: string;
}
export interface KeyAttribute {
  name: string;
  type: 'S' | 'N' | 'B';
}
export type ItemKey = Record<string, AttributeValue>;

/** Names of the four tables, `<prefix>-submissions` and so on. */
export function tableNames(prefix: string): TableNames {
  return {
    submissions: `${prefix}-submissions`,
    releases: `${prefix}-releases`,
    registry: `${prefix}-registry`,
    invitations: `${prefix}-invitations`,
  };
}

export function tableDefinitions(names: TableNames): TableDefinition[] {
  return [
    {
      name: names.submissions,
      partitionKey: { name: 'o', type: 'B' },
      sortKey: { name: 'k', type: 'B' },
      timeToLive: 'expiresAt',
    },
    { name: names.releases, partitionKey: { name: 'pk', type: 'S' }, sortKey: { name: 'sk', type: 'S' } },
    { name: names.registry, partitionKey: { name: 'pk', type: 'S' }, sortKey: { name: 'sk', type: 'S' } },
    { name: names.invitations, partitionKey: { name: 'code', type: 'B' }, timeToLive: 'expiresAt' },
  ];
}

/** The CreateTable call for a definition. Time to live is a call of its own and left to who owns the table. */
export function createTableInput(definition: TableDefinition): CreateTableCommandInput {
  const keys = [definition.partitionKey, ...(definition.sortKey ? [definition.sortKey] : [])];
  return {
    TableName: definition.name,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: keys.map((key) => ({ AttributeName: key.name, AttributeType: key.type })),
    KeySchema: keys.map((key, index) => ({ AttributeName: key.name, KeyType: index === 0 ? 'HASH' : 'RANGE' })),
  };
}

/** A submission or its tombstone. Hashes are stored as their 32 bytes. */
export function submissionKey(organisation: string, key: string): ItemKey {
  return { o: { B: hashBytes(organisation) }, k: { B: hashBytes(key) } };
}
export function withdrawalKey(organisation: string): ItemKey {
  return { o: { B: hashBytes(organisation) }, k: { B: Buffer.from(WITHDRAWAL_KEY) } };
}

const textKey = (pk: string, sk: string): ItemKey => ({ pk: { S: pk }, sk: { S: sk } });

export const seriesKey = (series: string) => textKey(`series#${series}`, 'state');

/** Everything of a release lies in one partition, so that one query finds it all. */
export const releasePartition = (releaseId: string) => `release#${releaseId}`;
export const manifestKey = (releaseId: string) => textKey(releasePartition(releaseId), 'manifest');
export const cellKey = (releaseId: string, group: string) => textKey(releasePartition(releaseId), `cell#${group}`);
export const changeKey = (releaseId: string, group: string) => textKey(releasePartition(releaseId), `change#${group}`);
export const membersKey = (releaseId: string, association: string) =>
  textKey(releasePartition(releaseId), `members#${association}`);

/** The draws of an association's campaigns. */
export const participationKey = (association: string) => textKey(`participation#${association}`, 'campaigns');

export const ASSOCIATIONS = 'associations';
export const associationKey = (id: string) => textKey(ASSOCIATIONS, id);
export const CAMPAIGNS = 'campaigns';
export const campaignsKey = (associationId: string) => textKey(CAMPAIGNS, associationId);
export const REVIEWS = 'reviews';
export const reviewKey = (organisation: string, submission: string) =>
  textKey(REVIEWS, `${organisation}/${submission}`);
export const joinCodeKey = (normalisedJoinCode: string) => textKey('join-codes', normalisedJoinCode);

/** A single-use code by its hash: who reads the table learns no code that still works. */
export function invitationKey(codeHash: string): ItemKey {
  return { code: { B: hashBytes(codeHash) } };
}

/** 43 base64url characters -> 32 bytes. Throws on anything else: a cut or padded hash would be another key. */
export function hashBytes(hash: string): Buffer {
  const bytes = Buffer.from(hash, 'base64url');
  if (bytes.length !== 32 || bytes.toString('base64url') !== hash) throw new TypeError('not a SHA-256 in base64url');
  return bytes;
}
