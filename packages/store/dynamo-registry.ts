import {
  type AttributeValue,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  paginateQuery,
} from '@aws-sdk/client-dynamodb';
import { plainCode } from '#contracts/plain-code';
import type { Association } from '#contracts/registry';
import { Review } from '#contracts/review';
import { AssociationChangedError } from './association-changed.ts';
import { ifConditionHolds } from './conditional.ts';
import { canonicalJson } from './hashes.ts';
import type { RegistryStore } from './ports.ts';
import {
  ASSOCIATIONS,
  associationKey,
  CAMPAIGNS,
  campaignsKey,
  type ItemKey,
  joinCodeKey,
  REVIEWS,
  reviewKey,
} from './tables.ts';

type Item = Record<string, AttributeValue>;

/** Loaded with the first reading: a start that asks for no association builds none of its schemas. */
const loadSchemas = () => import('#contracts/registry');

/**
 * The registry in DynamoDB: associations under one partition, their campaigns under another, and a pointer from each normalised join code to an id. A
 * pointer counts only while its association has that code, so a changed code needs no second write to be closed.
 */
export function createRegistryStore(client: DynamoDBClient, tableName: string): RegistryStore {
  async function getItem(key: ItemKey) {
    const { Item } = await client.send(new GetItemCommand({ TableName: tableName, Key: key, ConsistentRead: true }));
    return Item;
  }

  async function association(id: string): Promise<Association | undefined> {
    const [item, own, schemas] = await Promise.all([
      getItem(associationKey(id)),
      getItem(campaignsKey(id)),
      loadSchemas(),
    ]);
    if (item?.json?.S === undefined) return undefined;
    return schemas.Association.parse({ ...JSON.parse(item.json.S), ...campaignsIn(own) });
  }

  /** Who holds the pointer of a code, and whether that association still has the code. */
  async function holder(code: string): Promise<{ id: string; association: Association | undefined } | undefined> {
    const id = (await getItem(joinCodeKey(code)))?.id?.S;
    if (id === undefined) return undefined;
    const found = await association(id);
    return { id, association: found && normaliseJoinCode(found.joinCode) === code ? found : undefined };
  }

  async function point(code: string, id: string, formerId: string): Promise<boolean> {
    const command = new PutItemCommand({
      TableName: tableName,
      Item: { ...joinCodeKey(code), id: { S: id } },
      ConditionExpression: 'attribute_not_exists(pk) OR id = :former',
      ExpressionAttributeValues: { ':former': { S: formerId } },
    });
    return (await ifConditionHolds(client.send(command))) !== undefined;
  }

  /** Every item under one partition key, in the order of its sort keys. */
  async function everyItem(partition: string): Promise<Item[]> {
    const found: Item[] = [];
    const pages = paginateQuery(
      { client },
      {
        TableName: tableName,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': { S: partition } },
      },
    );
    for await (const page of pages) found.push(...(page.Items ?? []));
    return found;
  }

  return {
    association,

    async byJoinCode(joinCode) {
      const code = normaliseJoinCode(joinCode);
      return code === '' ? undefined : (await holder(code))?.association;
    },

    async associations() {
      const [items, campaigns, schemas] = await Promise.all([
        everyItem(ASSOCIATIONS),
        everyItem(CAMPAIGNS),
        loadSchemas(),
      ]);
      const own = new Map(campaigns.map((item) => [item.sk!.S, item]));
      return items.map((item) =>
        schemas.Association.parse({ ...JSON.parse(item.json!.S!), ...campaignsIn(own.get(item.sk!.S)) }),
      );
    },

    reviews: async () => (await everyItem(REVIEWS)).map((item) => Review.parse(JSON.parse(item.json!.S!))),

    async putCampaigns({ id, campaigns: former }, campaigns) {
      const json = { S: canonicalJson(campaigns) };
      const command = new PutItemCommand({
        TableName: tableName,
        Item: { ...campaignsKey(id), json },
        ConditionExpression: former ? 'json IN (:former, :json)' : 'attribute_not_exists(pk) OR json = :json',
        ExpressionAttributeValues: { ':json': json, ...(former && { ':former': { S: canonicalJson(former) } }) },
      });
      if (!(await ifConditionHolds(client.send(command)))) throw new AssociationChangedError(id);
    },

    async putReview(review) {
      const Item = { ...reviewKey(review.organisation, review.submission), json: { S: canonicalJson(review) } };
      await client.send(new PutItemCommand({ TableName: tableName, Item }));
    },

    /** Throws a JoinCodeTakenError when another association has the join code. */
    async put(entry, former) {
      const code = normaliseJoinCode(entry.joinCode);
      if (code === '') throw new TypeError('a join code needs letters or digits');
      if (!(await point(code, entry.id, entry.id))) {
        const taken = await holder(code);
        const isFree = taken !== undefined && taken.association === undefined;
        if (!isFree || !(await point(code, entry.id, taken.id))) throw new JoinCodeTakenError(entry.id);
      }
      const json = { S: jsonOf(entry) };
      const command = new PutItemCommand({
        TableName: tableName,
        Item: { ...associationKey(entry.id), json },
        // What is there already is a retry whose first answer was lost.
        ConditionExpression: former ? 'json IN (:former, :json)' : 'attribute_not_exists(pk) OR json = :json',
        ExpressionAttributeValues: { ':json': json, ...(former && { ':former': { S: jsonOf(former) } }) },
      });
      if (!(await ifConditionHolds(client.send(command)))) throw new AssociationChangedError(entry.id);
    },
  };
}

/** Campaigns lie in an item of their own. */
const jsonOf = ({ campaigns: _, ...association }: Association) => canonicalJson(association);
const campaignsIn = (item: Item | undefined) => (item ? { campaigns: JSON.parse(item.json!.S!) as unknown } : {});

export class JoinCodeTakenError extends Error {
  constructor(id: string) {
    super(`the join code of association ${id} belongs to another association`);
    this.name = 'JoinCodeTakenError';
  }
}

/** How join codes are compared: without regard to case, spaces and hyphens. */
function normaliseJoinCode(joinCode: string): string {
  return plainCode(joinCode).toUpperCase().replaceAll('-', '');
}
