import { type DynamoDBClient, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { ifConditionHolds } from './conditional.ts';
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
      const command = new UpdateItemCommand({
        TableName: tableName,
        Key: invitationKey(invitationHashOf(code)),
        UpdateExpression: 'SET claimedBy = :by',
        ConditionExpression:
          'attribute_exists(association) AND (claimedBy = :by OR (attribute_not_exists(claimedBy) AND opensOn <= :today AND closesOn >= :today))',
        ExpressionAttributeValues: { ':by': { B: hashBytes(claimOf(code, organisation)) }, ':today': { S: today } },
        ReturnValues: 'ALL_NEW',
      });
      const claimed = await ifConditionHolds(client.send(command));
      return claimed && { association: claimed.Attributes!.association!.S! };
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
