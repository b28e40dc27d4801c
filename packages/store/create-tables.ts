import { setTimeout as pause } from 'node:timers/promises';
import {
  CreateTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  ResourceInUseException,
  ResourceNotFoundException,
} from '@aws-sdk/client-dynamodb';
import { createTableInput, type TableNames, tableDefinitions } from './tables.ts';

/**
 * Creates the tables that do not exist yet, all at once, and waits until all can be used; throws when one cannot after a
 * minute. Looks again after 2 ms, which the embedded engine takes, then after twice as long each time, up to a second.
 */
export async function createTables(client: DynamoDBClient, names: TableNames): Promise<void> {
  await Promise.all(
    tableDefinitions(names).map(async (definition) => {
      try {
        await client.send(new CreateTableCommand(createTableInput(definition)));
      } catch (error) {
        if (!(error instanceof ResourceInUseException)) throw error;
      }
      await untilActive(client, definition.name);
    }),
  );
}

/** The SDK's own waiter waits at least a second between two looks, 500 times what the embedded engine takes. */
async function untilActive(client: DynamoDBClient, name: string): Promise<void> {
  let waitedMs = 0;
  for (let delayMs = 2; ; delayMs = Math.min(2 * delayMs, 1_000)) {
    const status = await statusOf(client, name);
    if (status === 'ACTIVE') return;
    waitedMs += delayMs;
    if (waitedMs > 60_000) throw new Error(`The table ${name} is ${status ?? 'missing'} after a minute.`);
    await pause(delayMs);
  }
}

/** A table just created may be unknown for a moment where reads are eventually consistent. */
async function statusOf(client: DynamoDBClient, name: string): Promise<string | undefined> {
  try {
    return (await client.send(new DescribeTableCommand({ TableName: name }))).Table?.TableStatus;
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) throw error;
    return undefined;
  }
}
