import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { changeKey } from '#contracts/group';
import type { ReleaseId } from '#contracts/release-id';
import { canonicalJson } from './hashes.ts';
import type { ReleaseStore } from './ports.ts';
import { cellKey, type ItemKey, manifestKey, panelKey } from './tables.ts';

/** Loaded with the first reading: many schemas, which a start that reads no release need not build. */
const loadSchemas = () => import('#contracts/release');
type Schemas = Awaited<ReturnType<typeof loadSchemas>>;

/**
 * Releases in DynamoDB. One item per panel holds `releases` (the head, newest first), `plan` (canonical JSON) with its
 * `planId`, and `fold`; each step is one conditional update of it. Manifests and cells are canonical JSON texts, so
 * what is read is byte for byte what was written.
 */
export function createReleaseStore(client: DynamoDBClient, tableName: string): ReleaseStore {
  // A listed release stays listed, so each needs to be looked up in its head only until it was found there once.
  const listed = new Set<ReleaseId>();

  async function panelState(panel: string): Promise<PanelState> {
    const item = await getItem(panelKey(panel));
    return {
      releases: item?.releases?.L?.map((entry) => entry.S!) ?? [],
      plan: item?.plan?.S,
      fold: item?.fold?.S,
    };
  }

  async function getItem(key: ItemKey): Promise<Record<string, AttributeValue> | undefined> {
    const { Item } = await client.send(new GetItemCommand({ TableName: tableName, Key: key, ConsistentRead: true }));
    return Item;
  }

  async function isListed(releaseId: ReleaseId): Promise<boolean> {
    if (listed.has(releaseId)) return true;
    const panel = panelOf(releaseId);
    if (panel === undefined) return false;
    for (const id of (await panelState(panel)).releases) listed.add(id);
    return listed.has(releaseId);
  }

  /** What lies at a key as `read` takes it, unless the release is not listed; all is asked for at once. */
  async function published<Content>(
    releaseId: ReleaseId,
    key: ItemKey,
    read: (schemas: Schemas, json: unknown) => Content,
  ): Promise<Content | undefined> {
    const [item, isVisible, schemas] = await Promise.all([getItem(key), isListed(releaseId), loadSchemas()]);
    return isVisible && item?.json?.S !== undefined ? read(schemas, JSON.parse(item.json.S)) : undefined;
  }

  async function putJson(key: ItemKey, value: unknown): Promise<void> {
    const Item = { ...key, json: { S: canonicalJson(value) } };
    await client.send(new PutItemCommand({ TableName: tableName, Item }));
  }

  /** One conditional update of the panel's item; undefined when the condition fails. */
  async function updatePanel(panel: string, update: string, condition: string, values: Record<string, AttributeValue>) {
    // `plan` and `releases` may be or become reserved words.
    const used = `${update} ${condition}`;
    const names = Object.entries(ATTRIBUTES).filter(([name]) => used.includes(name));
    try {
      const { Attributes } = await client.send(
        new UpdateItemCommand({
          TableName: tableName,
          Key: panelKey(panel),
          UpdateExpression: update,
          ConditionExpression: condition,
          ExpressionAttributeNames: Object.fromEntries(names),
          ExpressionAttributeValues: values,
          ReturnValues: 'ALL_NEW',
        }),
      );
      return Attributes ?? {};
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return undefined;
      throw error;
    }
  }

  return {
    async head(panel) {
      const { releases } = await panelState(panel);
      return releases.length === 0 ? undefined : { panel, releases };
    },

    manifest: (releaseId) => published(releaseId, manifestKey(releaseId), ({ Manifest }, json) => Manifest.parse(json)),

    cell: (releaseId, groupKey) =>
      published(releaseId, cellKey(releaseId, groupKey), ({ Cell }, json) => Cell.parse(json)),

    change: (releaseId, groupKey) =>
      published(releaseId, cellKey(releaseId, changeKey(groupKey)), ({ Change }, json) => Change.parse(json)),

    async openPlan(panel) {
      const { plan, fold } = await panelState(panel);
      if (plan === undefined) return undefined;
      const { Plan } = await loadSchemas();
      return { plan: Plan.parse(JSON.parse(plan)), ...(fold === undefined ? {} : { fold }) };
    },

    async begin(plan, replacing) {
      const text = canonicalJson(plan);
      if (replacing !== plan.releaseId) {
        const begun = await updatePanel(
          plan.panel,
          'SET #plan = :plan, #planId = :id REMOVE #fold',
          [
            plan.follows === null ? 'attribute_not_exists(#releases)' : '#releases[0] = :follows',
            replacing === null ? 'attribute_not_exists(#planId)' : '#planId = :replacing',
          ].join(' AND '),
          {
            ':plan': { S: text },
            ':id': { S: plan.releaseId },
            ...(plan.follows === null ? {} : { ':follows': { S: plan.follows } }),
            ...(replacing === null ? {} : { ':replacing': { S: replacing } }),
          },
        );
        if (begun) return 'begun';
      }
      // The very same plan is open already: a retry, or a second publisher of it. Its bound fold stays.
      return (await panelState(plan.panel)).plan === text ? 'begun' : 'conflict';
    },

    async bindFold(plan, fold) {
      const bound = await updatePanel(plan.panel, 'SET #fold = if_not_exists(#fold, :fold)', '#plan = :plan', {
        ':plan': { S: canonicalJson(plan) },
        ':fold': { S: fold },
      });
      if (!bound) throw new PlanClosedError(plan.releaseId);
      return bound.fold!.S!;
    },

    async writeManifest(manifest) {
      await putJson(manifestKey(manifest.releaseId), manifest);
    },

    async writeCell(releaseId, cell) {
      await putJson(cellKey(releaseId, cell.group.key), cell);
    },

    async writeChange(releaseId, change) {
      await putJson(cellKey(releaseId, changeKey(change.group.key)), change);
    },

    async flip(plan) {
      const flipped = await updatePanel(
        plan.panel,
        'SET #releases = list_append(:new, if_not_exists(#releases, :none)) REMOVE #plan, #planId, #fold',
        [
          '#plan = :plan',
          'attribute_exists(#fold)',
          plan.follows === null ? 'attribute_not_exists(#releases)' : '#releases[0] = :follows',
        ].join(' AND '),
        {
          ':plan': { S: canonicalJson(plan) },
          ':new': { L: [{ S: plan.releaseId }] },
          ':none': { L: [] },
          ...(plan.follows === null ? {} : { ':follows': { S: plan.follows } }),
        },
      );
      if (flipped) return 'flipped';
      return (await panelState(plan.panel)).releases.includes(plan.releaseId) ? 'flipped' : 'conflict';
    },
  };
}

/** The plan was replaced or put in force by another publisher. */
export class PlanClosedError extends Error {
  constructor(releaseId: ReleaseId) {
    super(`the plan of ${releaseId} is no longer open`);
    this.name = 'PlanClosedError';
  }
}

interface PanelState {
  releases: ReleaseId[];
  plan: string | undefined;
  fold: string | undefined;
}

const ATTRIBUTES = { '#plan': 'plan', '#planId': 'planId', '#fold': 'fold', '#releases': 'releases' };

/** `digitalcheck.1-2026-06-30-3f9a2c1b` -> `digitalcheck.1`. */
function panelOf(releaseId: ReleaseId): string | undefined {
  return /^(.+)-\d{4}-\d{2}-\d{2}-[0-9a-f]{8}$/.exec(releaseId)?.[1];
}
