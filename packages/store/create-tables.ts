import {
  CreateTableCommand,
  type DynamoDBClient,
  ResourceInUseException,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { createTableInput, type TableNames, tableDefinitions } from './tables.ts';

/** Creates the tables that do not exist yet, all at once, and waits until all can be used, for a minute at most. */
export async function createTables(client: DynamoDBClient, names: TableNames): Promise<void> {
  await Promise.all(
    tableDefinitions(names).map(async (definition) => {
      try {
        await client.send(new CreateTableCommand(createTableInput(definition)));
      } catch (error) {
        if (!(error instanceof ResourceInUseException)) throw error;
      }
      await waitUntilTableExists({ client, ...LOOKING_S }, { TableName: definition.name });
    }),
  );
}

/** In seconds. The embedded engine takes two milliseconds; by itself the SDK looks again after 20 s. */
const LOOKING_S = { minDelay: 0.002, maxDelay: 1, maxWaitTime: 60 };
