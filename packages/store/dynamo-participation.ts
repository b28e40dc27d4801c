import { type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { Participation } from '#contracts/participation';
import { canonicalJson } from './hashes.ts';
import type { ParticipationStore } from './ports.ts';
import { participationKey } from './tables.ts';

/** Participation of associations, in the table of releases, each under its association. */
export function createParticipationStore(client: DynamoDBClient, tableName: string): ParticipationStore {
  return {
    async participation(associationId) {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: tableName, Key: participationKey(associationId), ConsistentRead: true }),
      );
      return Item?.json?.S === undefined ? undefined : Participation.parse(JSON.parse(Item.json.S));
    },
    async writeParticipation(associationId, participation) {
      const Item = { ...participationKey(associationId), json: { S: canonicalJson(participation) } };
      await client.send(new PutItemCommand({ TableName: tableName, Item }));
    },
  };
}
