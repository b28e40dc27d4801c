import { DeleteItemCommand, type DynamoDBClient, paginateQuery } from '@aws-sdk/client-dynamodb';
import type { Head } from '#contracts/release';
import { type ReleaseId, seriesOfRelease } from '#contracts/release-id';
import { changeJson, putJson, readJson } from './json-item.ts';
import type { ReleaseStore, SeriesState } from './ports.ts';
import type { Step } from './series-state.ts';
import { cellKey, changeKey, type ItemKey, manifestKey, membersKey, releasePartition, seriesKey } from './tables.ts';

/** How long a release that was found listed counts as listed: a warm function notices a taken-down one within it. */
const LISTED_FOR_MS = 45_000;
const PARALLEL_REMOVALS = 16;

/** Loaded with the first reading: many schemas, which a start that reads no release need not build. */
const loadSchemas = () => import('#contracts/release');
const loadSteps = () => import('./series-state.ts');
type Schemas = Awaited<ReturnType<typeof loadSchemas>>;
type Steps = Awaited<ReturnType<typeof loadSteps>>;

/**
 * Releases in DynamoDB. One item per series holds its releases, the attempt under way and the abandoned ones; each step is
 * one conditional put of it. All items are canonical JSON texts, so what is read is byte for byte what was written.
 *
 * @param clock milliseconds, never going back
 */
export function createReleaseStore(
  client: DynamoDBClient,
  tableName: string,
  // biome-ignore lint/style/noRestrictedGlobals: the age of a remembered listing; no date follows from it
  clock: () => number = () => performance.now(),
): ReleaseStore {
  /** Series -> its listed releases, and when they were read. */
  const known = new Map<string, { at: number; listed: ReadonlySet<ReleaseId> }>();

  async function seriesState(series: string): Promise<SeriesState> {
    const at = clock();
    const text = await readJson(client, tableName, seriesKey(series));
    const state = stateOf(series, text === undefined ? undefined : JSON.parse(text), await loadSteps());
    remember(at, state.head);
    return state;
  }

  function remember(at: number, { series, releases }: Head): void {
    const listed = releases.filter(({ state }) => state === 'listed').map(({ releaseId }) => releaseId);
    known.set(series, { at, listed: new Set(listed) });
  }

  async function isListed(releaseId: ReleaseId): Promise<boolean> {
    const series = seriesOfRelease(releaseId);
    if (series === undefined) return false;
    const former = known.get(series);
    if (former?.listed.has(releaseId) && clock() - former.at < LISTED_FOR_MS) return true;
    const { head } = await seriesState(series);
    return head.releases.some((entry) => entry.releaseId === releaseId && entry.state === 'listed');
  }

  /** What lies at a key as `read` takes it, unless the release is not listed; all is asked for at once. */
  async function published<Content>(
    releaseId: ReleaseId,
    key: ItemKey,
    read: (schemas: Schemas, json: unknown) => Content,
  ): Promise<Content | undefined> {
    const [text, isVisible, schemas] = await Promise.all([
      readJson(client, tableName, key),
      isListed(releaseId),
      loadSchemas(),
    ]);
    return isVisible && text !== undefined ? read(schemas, JSON.parse(text)) : undefined;
  }

  async function change<Result>(
    series: string,
    step: (steps: Steps, state: SeriesState) => Step<Result>,
  ): Promise<Result> {
    const steps = await loadSteps();
    const at = clock();
    let after: Head | undefined;
    const result = await changeJson(client, tableName, seriesKey(series), (former) => {
      const { next, ...rest } = step(steps, stateOf(series, former, steps));
      after = next?.head;
      if (next === undefined) return rest;
      const { head, attempt, abandoned } = next;
      return { next: { releases: head.releases, attempt, abandoned }, ...rest };
    });
    if (after) remember(at, after);
    return result;
  }

  return {
    async head(series) {
      const { head } = await seriesState(series);
      return head.releases.length === 0 ? undefined : head;
    },
    manifest: (releaseId) => published(releaseId, manifestKey(releaseId), ({ Manifest }, json) => Manifest.parse(json)),
    cell: (releaseId, groupKey) =>
      published(releaseId, cellKey(releaseId, groupKey), ({ Cell }, json) => Cell.parse(json)),
    change: (releaseId, groupKey) =>
      published(releaseId, changeKey(releaseId, groupKey), ({ Change }, json) => Change.parse(json)),
    memberCells: (releaseId, association) =>
      published(releaseId, membersKey(releaseId, association), ({ MemberCells }, json) => MemberCells.parse(json)),

    seriesState,
    begin: (attempt, now) => change(attempt.series, ({ begun }, state) => begun(state, attempt, now)),
    renew: (attempt, heldUntil) => change(attempt.series, ({ renewed }, state) => renewed(state, attempt, heldUntil)),
    abandon: (attempt) => change(attempt.series, ({ abandonedBy }, state) => abandonedBy(state, attempt)),
    putInForce: (attempt, entry) => change(attempt.series, ({ inForce }, state) => inForce(state, attempt, entry)),
    async takeDown(releaseId) {
      const series = seriesOfRelease(releaseId);
      return series === undefined ? undefined : change(series, ({ takenDown }, state) => takenDown(state, releaseId));
    },

    writeManifest: (manifest) => putJson(client, tableName, manifestKey(manifest.releaseId), manifest),
    writeCell: (releaseId, cell) => putJson(client, tableName, cellKey(releaseId, cell.group.key), cell),
    writeChange: (releaseId, moved) => putJson(client, tableName, changeKey(releaseId, moved.group.key), moved),
    writeMemberCells: (releaseId, cells) => putJson(client, tableName, membersKey(releaseId, cells.association), cells),

    async removeAbandoned(series, releaseId) {
      const { head, attempt } = await seriesState(series);
      if (attempt?.releaseId === releaseId || head.releases.some((entry) => entry.releaseId === releaseId))
        throw new Error(`${releaseId} is not abandoned`);
      const pages = paginateQuery(
        { client },
        {
          TableName: tableName,
          ConsistentRead: true,
          KeyConditionExpression: 'pk = :release',
          ExpressionAttributeValues: { ':release': { S: releasePartition(releaseId) } },
          ProjectionExpression: 'pk, sk',
        },
      );
      for await (const { Items = [] } of pages)
        for (let first = 0; first < Items.length; first += PARALLEL_REMOVALS)
          await Promise.all(
            Items.slice(first, first + PARALLEL_REMOVALS).map((key) =>
              client.send(new DeleteItemCommand({ TableName: tableName, Key: key })),
            ),
          );
      await change(series, ({ struck }, state) => struck(state, releaseId));
    },
  };
}

function stateOf(series: string, stored: unknown, { StoredSeries }: Steps): SeriesState {
  if (stored === undefined) return { head: { series, releases: [] }, abandoned: [] };
  const { releases, attempt, abandoned } = StoredSeries.parse(stored);
  return { head: { series, releases }, ...(attempt ? { attempt } : {}), abandoned };
}
