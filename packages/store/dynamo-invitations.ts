import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { claimOf, invitationHashOf } from './hashes.ts';
import type { InvitationStore } from './ports.ts';
import { hashBytes, invitationKey } from './tables.ts';

/**
 * Single-use codes in DynamoDB, by hash. `claim` needs UpdateItem and nothing else: the condition decides, so an unknown
 * code, a used one and one out of time take the same way and give the same answer.
 */
export function createInvitationStore(client: DynamoDBClient, tableName: string): InvitationStore {
  return {
    async claim(code, organisation, today) {
      try {
        const { Attributes } = await client.send(
          new UpdateItemCommand({
            TableName: tableName,
            Key: invitationKey(invitationHashOf(code)),
            UpdateExpression: 'SET #by = :by',
            ConditionExpression:
              'attribute_exists(#association) AND (#by = :by OR (attribute_not_exists(#by) AND #opensOn <= :today AND #closesOn >= :today))',
            ExpressionAttributeNames: {
              '#by': 'claimedBy',
              '#association': 'association',
              '#opensOn': 'opensOn',
              '#closesOn': 'closesOn',
            },
            ExpressionAttributeValues: {
              ':by': { B: hashBytes(claimOf(code, organisation)) },
              ':today': { S: today },
            },
            ReturnValues: 'ALL_NEW',
          }),
        );
        return { association: Attributes!.association!.S! };
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return undefined;
        throw error;
      }
    },

    async put({ code, association, opensOn, closesOn }) {
      await client.send(
        new PutItemCommand({
          TableName: tableName,
          Item: {
            ...invitationKey(invitationHashOf(code)),
            association: { S: association },
            opensOn: { S: opensOn },
            closesOn: { S: closesOn },
            expiresAt: { N: String(expiryOf(closesOn)) },
          },
          ConditionExpression: 'attribute_not_exists(#code)',
          ExpressionAttributeNames: { '#code': 'code' },
        }),
      );
    },
  };
}

const KEPT_DAYS = 400;

/** Epoch seconds until which a member may correct under its code: beyond that nothing is left of it. */
function expiryOf(closesOn: string): number {
  return Math.floor(Date.parse(`${closesOn}T00:00:00Z`) / 1000) + KEPT_DAYS * 86_400;
}
