import { type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { expect, it } from 'vitest';
import { createInvitationStore } from '#store/dynamo-invitations';
import { tableDefinitions, tableNames } from '#store/tables';

it('an invitation is stored by its hash alone, and is gone 400 days after the campaign', async () => {
  const sent: PutItemCommand[] = [];
  const client = { send: async (command: PutItemCommand) => void sent.push(command) } as unknown as DynamoDBClient;
  const names = tableNames('test');
  await createInvitationStore(client, names.invitations).put({
    code: 'ABCDEFGHJKMNPQRS',
    association: 'c-0a1b2c3d',
    opensOn: '2026-05-01',
    closesOn: '2026-05-31',
  });
  const { Item } = sent[0]!.input;
  const { timeToLive } = tableDefinitions(names).find(({ name }) => name === names.invitations)!;
  const seconds = Number(Item![timeToLive!]!.N);
  expect((seconds * 1000 - Date.parse('2026-05-31')) / 86_400_000).toBe(400);
  expect(JSON.stringify(Item)).not.toContain('ABCDEFGH');
  expect(sent[0]).toBeInstanceOf(PutItemCommand);
});
