import { type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { ifConditionHolds } from './conditional.ts';
import { canonicalJson } from './hashes.ts';
import type { ItemKey } from './tables.ts';

/** The text of an item that holds one JSON value; consistent. Undefined where there is no item. */
export async function readJson(client: DynamoDBClient, table: string, key: ItemKey): Promise<string | undefined> {
  const { Item } = await client.send(new GetItemCommand({ TableName: table, Key: key, ConsistentRead: true }));
  if (Item && Item.json?.S === undefined)
    throw new Error(`An item of the table ${table} is of another edition of the program; see docs/operations.md.`);
  return Item?.json?.S;
}

/** Puts a value as canonical JSON: equal values give equal bytes. */
export async function putJson(client: DynamoDBClient, table: string, key: ItemKey, value: unknown): Promise<void> {
  const Item = { ...key, json: { S: canonicalJson(value) } };
  await client.send(new PutItemCommand({ TableName: table, Item }));
}

/**
 * Changes an item in one conditional put, again from the start when somebody else changed it meanwhile. A put whose answer
 * was lost is found done, so `change` must answer the same for a value that already is as it wants it.
 *
 * @param change pure: the next value, or no `next` to leave it as it is; and the result
 */
export async function changeJson<Result>(
  client: DynamoDBClient,
  table: string,
  key: ItemKey,
  change: (former: unknown) => { next?: unknown; result: Result },
): Promise<Result> {
  for (;;) {
    const former = await readJson(client, table, key);
    const { next, result } = change(former === undefined ? undefined : JSON.parse(former));
    if (next === undefined) return result;
    const command = new PutItemCommand({
      TableName: table,
      Item: { ...key, json: { S: canonicalJson(next) } },
      ...(former === undefined
        ? { ConditionExpression: 'attribute_not_exists(pk)' }
        : { ConditionExpression: 'json = :former', ExpressionAttributeValues: { ':former': { S: former } } }),
    });
    if (await ifConditionHolds(client.send(command))) return result;
  }
}
