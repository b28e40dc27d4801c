import {
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  paginateQuery,
  paginateScan,
} from '@aws-sdk/client-dynamodb';
import type { LogItem, StoredSubmission, Withdrawal } from '#contracts/submission';
import { ifConditionHolds } from './conditional.ts';
import type { SubmissionLog } from './ports.ts';
import {
  decodeLogItem,
  encodeSubmission,
  encodeTombstone,
  encodeWithdrawal,
  type Item,
  packHashes,
} from './submission-item.ts';
import { hashBytes, type ItemKey, submissionKey, withdrawalKey } from './tables.ts';

/**
 * The append-only log in DynamoDB. Get, put, list and withdraw need GetItem, PutItem and Query, nothing else; scan
 * needs Scan. All reads are consistent. Retries and throttling are the client's affair.
 */
export function createSubmissionLog(client: DynamoDBClient, tableName: string): SubmissionLog {
  async function read(key: ItemKey): Promise<LogItem | undefined> {
    const { Item } = await client.send(new GetItemCommand({ TableName: tableName, Key: key, ConsistentRead: true }));
    return Item && decodeLogItem(Item);
  }

  async function partition(organisation: string): Promise<Partition> {
    const found: Partition = { submissions: [], withdrawal: undefined };
    const pages = paginateQuery(
      { client },
      {
        TableName: tableName,
        ConsistentRead: true,
        KeyConditionExpression: 'o = :o',
        ExpressionAttributeValues: { ':o': { B: hashBytes(organisation) } },
      },
    );
    for await (const page of pages) {
      for (const item of page.Items ?? []) {
        const entry = decodeLogItem(item);
        if (entry.kind === 'submission') found.submissions.push(entry);
        else if (entry.kind === 'withdrawal') found.withdrawal = entry;
      }
    }
    return found;
  }

  /** Puts unless the condition fails, which it reports. */
  async function putIf(item: Item, condition: string, values?: Item): Promise<boolean> {
    const command = new PutItemCommand({
      TableName: tableName,
      Item: item,
      ConditionExpression: condition,
      ...(values && { ExpressionAttributeValues: values }),
    });
    return (await ifConditionHolds(client.send(command))) !== undefined;
  }

  return {
    async get(organisation, key) {
      const item = await read(submissionKey(organisation, key));
      if (item?.kind !== 'submission') return item;
      // A withdrawal counts from its marker on, also while its tombstones are still being written.
      const marker = await read(withdrawalKey(organisation));
      if (marker?.kind !== 'withdrawal' || !marker.keys.includes(key)) return item;
      const { withdrawnAt, expiresAt } = marker;
      return { kind: 'tombstone', organisation, key, withdrawnAt, expiresAt };
    },

    async put(submission) {
      const isStored = await putIf(encodeSubmission(submission), 'attribute_not_exists(o)');
      return isStored ? 'stored' : 'exists';
    },

    async list(organisation) {
      return live(await partition(organisation));
    },

    async withdraw(organisation, withdrawnAt) {
      const withdrawn = new Set<string>();
      for (;;) {
        const found = await partition(organisation);
        if (found.submissions.length === 0) return withdrawn.size;
        if (live(found).length > 0 && !(await mark(organisation, found, withdrawnAt))) continue;
        // From here on they count as withdrawn for every reader; repeating the call finishes the tombstones.
        for (const { key, expiresAt } of found.submissions) {
          const tombstone = encodeTombstone({ kind: 'tombstone', organisation, key, withdrawnAt, expiresAt });
          await client.send(new PutItemCommand({ TableName: tableName, Item: tombstone }));
          withdrawn.add(key);
        }
      }
    },

    async *scan(segment, segments) {
      const pages = paginateScan(
        { client },
        { TableName: tableName, ConsistentRead: true, Segment: segment, TotalSegments: segments },
      );
      for await (const page of pages) for (const item of page.Items ?? []) yield decodeLogItem(item);
    },
  };

  /** Writes the marker over the one that was read; false when another call wrote one in between. */
  async function mark(organisation: string, found: Partition, withdrawnAt: string): Promise<boolean> {
    const former = found.withdrawal;
    const keys = [...new Set([...(former?.keys ?? []), ...found.submissions.map((entry) => entry.key)])].sort();
    const expiresAt = Math.max(former?.expiresAt ?? 0, ...found.submissions.map((entry) => entry.expiresAt));
    const marker = encodeWithdrawal({ kind: 'withdrawal', organisation, keys, withdrawnAt, expiresAt });
    return former
      ? putIf(marker, 'n = :n', { ':n': { B: packHashes(former.keys) } })
      : putIf(marker, 'attribute_not_exists(o)');
  }
}

interface Partition {
  /** Submissions as they lie there, withdrawn or not. */
  submissions: StoredSubmission[];
  withdrawal: Withdrawal | undefined;
}

function live({ submissions, withdrawal }: Partition): StoredSubmission[] {
  const withdrawn = new Set(withdrawal?.keys);
  return submissions.filter((submission) => !withdrawn.has(submission.key));
}
