import { type DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { expect, it } from 'vitest';
import { CAMPAIGN_DAYS_AT_MOST } from '#contracts/campaign-length';
import { createInvitationStore } from '#store/dynamo-invitations';
import { invitationHashOf } from '#store/hashes';
import { tableDefinitions, tableNames } from '#store/tables';

it('an invitation is stored by its hash alone, and is gone 400 days after the longest campaign', async () => {
  const sent: UpdateItemCommand[] = [];
  const client = { send: async (command: UpdateItemCommand) => sent.push(command) } as unknown as DynamoDBClient;
  const names = tableNames('test');
  await createInvitationStore(client, names.invitations).put({
    codeHash: invitationHashOf('ABCDEFGHJKMNPQRS'),
    association: 'c-0a1b2c3d',
    campaign: 'k-00000001',
    opensOn: '2026-05-01',
  });
  const { input } = sent[0]!;
  const { timeToLive } = tableDefinitions(names).find(({ name }) => name === names.invitations)!;
  const seconds = Number(input.ExpressionAttributeValues![`:${timeToLive}`]!.N);
  expect((seconds * 1000 - Date.parse('2026-05-01')) / 86_400_000).toBe(CAMPAIGN_DAYS_AT_MOST + 400);
  expect(JSON.stringify(input)).not.toContain('ABCDEFGH');
  expect(sent[0]).toBeInstanceOf(UpdateItemCommand);
});
