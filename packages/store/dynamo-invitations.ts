import { type DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { CAMPAIGN_DAYS_AT_MOST } from '#contracts/campaign-length';
import { ifConditionHolds } from './conditional.ts';
import { claimOf, invitationHashOf } from './hashes.ts';
import type { InvitationStore } from './ports.ts';
import { hashBytes, invitationKey } from './tables.ts';

/**
 * Single-use codes in DynamoDB, by hash. Everything is one conditional UpdateItem: an unknown code
 * and a used one take the same way and give the same answer.
 */
export function createInvitationStore(client: DynamoDBClient, tableName: string): InvitationStore {
  return {
    async claim(code, organisation) {
      const command = new UpdateItemCommand({
        TableName: tableName,
        Key: invitationKey(invitationHashOf(code)),
        UpdateExpression: 'SET claimedBy = :by',
        ConditionExpression: 'attribute_exists(association) AND (claimedBy = :by OR attribute_not_exists(claimedBy))',
        ExpressionAttributeValues: { ':by': { B: hashBytes(claimOf(code, organisation)) } },
        ReturnValues: 'ALL_OLD',
      });
      const { Attributes: former } = (await ifConditionHolds(client.send(command))) ?? {};
      if (!former) return undefined;
      const { association, campaign, claimedBy } = former;
      return { association: association!.S!, campaign: campaign!.S!, isNew: claimedBy === undefined };
    },

    async release(code, organisation) {
      const command = new UpdateItemCommand({
        TableName: tableName,
        Key: invitationKey(invitationHashOf(code)),
        UpdateExpression: 'REMOVE claimedBy',
        ConditionExpression: 'claimedBy = :by',
        ExpressionAttributeValues: { ':by': { B: hashBytes(claimOf(code, organisation)) } },
      });
      await ifConditionHolds(client.send(command));
    },

    async put({ codeHash, association, campaign, opensOn }) {
      const command = new UpdateItemCommand({
        TableName: tableName,
        Key: invitationKey(codeHash),
        UpdateExpression: 'SET association = :association, campaign = :campaign, expiresAt = :expiresAt',
        ConditionExpression: 'attribute_not_exists(campaign) OR (association = :association AND campaign = :campaign)',
        ExpressionAttributeValues: {
          ':association': { S: association },
          ':campaign': { S: campaign },
          ':expiresAt': { N: String(expiryOf(opensOn)) },
        },
      });
      if (!(await ifConditionHolds(client.send(command)))) throw new InvitationTakenError();
    },
  };
}

/** A code that another campaign has. Of those that are drawn at random none ever meet. */
export class InvitationTakenError extends Error {
  constructor() {
    super('a single-use code belongs to another campaign');
    this.name = 'InvitationTakenError';
  }
}

/** After the longest campaign's last day. */
const KEPT_DAYS = 400;

/** Epoch seconds until which a member may correct under its code: beyond that nothing is left of it. */
function expiryOf(opensOn: string): number {
  return Math.floor(Date.parse(`${opensOn}T00:00:00Z`) / 1000) + (CAMPAIGN_DAYS_AT_MOST + KEPT_DAYS) * 86_400;
}
