import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { Participation } from '#contracts/participation';
import { changeJson, readJson } from './json-item.ts';
import type { ParticipationStore } from './ports.ts';
import { participationKey } from './tables.ts';

/** The draws of campaigns, in the table of releases: one item an association. */
export function createParticipationStore(client: DynamoDBClient, tableName: string): ParticipationStore {
  return {
    async participation(associationId) {
      const text = await readJson(client, tableName, participationKey(associationId));
      return text === undefined ? undefined : Participation.parse(JSON.parse(text));
    },
    addDraw: (associationId, campaignId, draw) =>
      changeJson(client, tableName, participationKey(associationId), (former) => {
        const { campaigns } = former === undefined ? { campaigns: {} } : Participation.parse(former);
        const draws = campaigns[campaignId] ?? [];
        if (draws.some(({ countedOn, isFinal }) => isFinal || countedOn >= draw.countedOn)) return { result: 'exists' };
        return { next: { campaigns: { ...campaigns, [campaignId]: [...draws, draw] } }, result: 'stored' };
      }),
  };
}
