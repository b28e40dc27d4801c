import { randomBytes } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pMap from 'p-map';
import pRetry from 'p-retry';
import { addDays } from '#contracts/calendar';
import type { Instrument } from '#contracts/instrument';
import { makeReceipt } from '#contracts/receipt';
import type { LogItem, SubmissionBody } from '#contracts/submission';
import { checkedPolicy } from '#disclosure/checked-policy';
import { readPlaces } from '#functions/local/configuration';
import { type LocalContext, openContext } from '#functions/local/context';
import { createClient, startEngine } from '#functions/local/engine';
import { createDraws } from '#functions/local/seeded-draws';
import { syntheticSector } from '#functions/local/synthetic-sector';
import { connect, type Retrying } from '#functions/operator/import/send';
import { removeAllLeftovers } from '#functions/publish/attempt';
import type { PublishDependencies } from '#functions/publish/dependencies';
import { type PublishOutcome, publish } from '#functions/publish/publish';
import { loadInstruments } from '#instruments/load-instruments';
import { createTables } from '#store/create-tables';
import { createRegistryStore } from '#store/dynamo-registry';
import { createReleaseStore } from '#store/dynamo-releases';
import { createSubmissionLog } from '#store/dynamo-submission-log';
import { createFolderFiles } from '#store/folder-files';
import { organisationOf, submissionKeyOf } from '#store/hashes';
import { tableNames } from '#store/tables';
import { freePort } from '../local/free-port.ts';
import { addressOf, type ServerProcess, startServer } from '../local/server-process.ts';
import {
  DATABASE_FAULTS,
  type FaultRates,
  type FaultyProxy,
  NETWORK_FAULTS,
  startFaultyProxy,
} from './faulty-proxy.ts';

export interface CampaignOptions {
  /** About how many submissions are sent. */
  submissions: number;
  /** How often the service is killed with SIGKILL on the way and started again. */
  kills: number;
  /** `embedded` is killed with the service; `elsewhere` it lives on, behind a connection that fails. */
  database: 'embedded' | 'elsewhere';
  seed: string;
  /** Clients at a time. */
  concurrency: number;
  /** The groups that are published, if not all of the instrument's: each is a few writes more. */
  catalogue?: Instrument['catalogue'] | undefined;
}

/** What a campaign found. All lists are empty when nothing went wrong. */
export interface CampaignResult {
  sent: number;
  /** Answered by the service as stored, after however many retries. */
  acknowledged: number;
  /** Without a usable answer after all retries; whether they went in was found out by sending them once more. */
  unacknowledged: number;
  withdrawn: number;
  kills: number;
  faults: { database: FaultyProxy['dealt'] | undefined; network: FaultyProxy['dealt'] };
  /** Acknowledged, but not in the log, or with another content. */
  lost: string[];
  /** In the log, but never sent, or more than once. */
  invented: string[];
  /** Withdrawn, but back in the log as a submission. */
  returned: string[];
  /** Late retries of withdrawn submissions that were not refused as withdrawn. */
  revived: string[];
  /** How often publishing over the faulty connection had to be run again. */
  publishRuns: number;
  /** Whether the released figures equal those of the same, undisturbed submissions, drawn with the same key. */
  isReleaseEqual: boolean;
  /** Whether anything of broken-off publications stayed. */
  hasLeftovers: boolean;
}

export interface Sent {
  receipt: string;
  idempotencyKey: string;
  body: SubmissionBody;
  isAcknowledged: boolean;
  isWithdrawn: boolean;
}

/** Retries as the import's, with shorter pauses: a campaign is over when all have given up or got through. */
const RETRYING: Retrying = { retries: 7, minPauseMs: 100, maxPauseMs: 3_000, timeoutMs: 30_000 };
const INSTRUMENT = 'digitalcheck.1';
const DAY = '2026-06-30';

/**
 * Many clients send, correct and withdraw over a network that loses, repeats and reorders whole requests, to a service
 * that is killed and started again and whose connection to the database fails in every way of `FaultRates`. Afterwards
 * log and release are held against what was acknowledged.
 */
export async function runCampaign(options: CampaignOptions): Promise<CampaignResult> {
  const folder = await mkdtemp(path.join(tmpdir(), 'faults-'));
  const data = path.join(folder, 'data');
  const draws = createDraws(options.seed);
  const elsewhere = options.database === 'elsewhere' ? await faultyDatabase(draws.uniform) : undefined;
  const service = await startRestartable(data, elsewhere?.proxy.endpoint);
  const network = await startFaultyProxy(service.url, NETWORK_FAULTS, draws.uniform, isSubmission);
  try {
    const base = new URL(network.endpoint);
    const aborting = new AbortController();
    setMaxListeners(0, aborting.signal);
    const { send } = connect(base, { sourceKey: undefined, signal: aborting.signal, retrying: RETRYING, lang: 'en' });
    const houses = await housesOf(options);
    const total = houses.reduce((sum, house) => sum + house.length, 0);
    const killAt = Array.from({ length: options.kills }, (_, index) =>
      Math.round((total * (index + 1)) / (options.kills + 1)),
    );
    const revived: string[] = [];
    let done = 0;
    let withdrawn = 0;

    async function submit(sent: Sent): Promise<void> {
      const outcome = await send({ receipt: sent.receipt, idempotencyKey: sent.idempotencyKey, body: sent.body });
      if (outcome.kind === 'refused') throw new Error(`refused: ${outcome.status} ${outcome.problem?.detail}`);
      sent.isAcknowledged = outcome.kind !== 'gave-up';
      done += 1;
      if (killAt.includes(done)) await service.kill();
    }

    await pMap(
      houses,
      async (house, number) => {
        const chance = createDraws(`${options.seed} house ${number}`);
        const kept = house.slice(0, -1);
        for (const sent of kept) await submit(sent);
        // What was never acknowledged may still be under way, and nobody could tell it from a new one.
        if (kept.length > 0 && kept.every((sent) => sent.isAcknowledged) && chance.chance(0.15)) {
          await withdraw(base, house[0]!.receipt);
          withdrawn += 1;
          for (const sent of kept) sent.isWithdrawn = true;
          // A copy that was queued somewhere arrives after the withdrawal.
          const { receipt, idempotencyKey, body } = chance.chance(0.5) ? kept[0]! : kept.at(-1)!;
          const late = await send({ receipt, idempotencyKey, body });
          const isRefused = late.kind === 'refused' && late.status === 410;
          if (!isRefused && late.kind !== 'gave-up') revived.push(`${idempotencyKey}: ${late.kind}`);
        }
        await submit(house.at(-1)!);
      },
      { concurrency: options.concurrency },
    );

    await network.heal();
    await elsewhere?.proxy.heal();
    const all = houses.flat();
    const unacknowledged = all.filter((sent) => !sent.isAcknowledged);
    const context = await openContext(readPlaces({ data }, {}));
    const log = context.stores.submissions;
    const atMostOnce = await compareLog(log, all);
    // What got no answer is sent once more, as an import is run again.
    for (const { receipt, idempotencyKey, body } of unacknowledged) await send({ receipt, idempotencyKey, body });
    const after = await compareLog(
      log,
      all.map((sent) => ({ ...sent, isAcknowledged: true })),
    );

    const release = await comparedRelease(context, all, {
      folder,
      catalogue: options.catalogue,
      random: draws.uniform,
    });
    await context.close();
    return {
      sent: all.length,
      acknowledged: all.length - unacknowledged.length,
      unacknowledged: unacknowledged.length,
      withdrawn,
      kills: service.kills(),
      faults: { database: elsewhere?.proxy.dealt, network: network.dealt },
      lost: [...new Set([...atMostOnce.lost, ...after.lost])],
      invented: [...new Set([...atMostOnce.invented, ...after.invented])],
      returned: [...new Set([...atMostOnce.returned, ...after.returned])],
      revived,
      ...release,
    };
  } finally {
    await network.close();
    await service.end();
    await elsewhere?.proxy.close();
    await elsewhere?.engine.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** A database of its own, behind a connection that fails. */
async function faultyDatabase(random: () => number) {
  const engine = await startEngine(null);
  return { engine, proxy: await startFaultyProxy(engine.endpoint, DATABASE_FAULTS, random) };
}

/** A copy of a withdrawal that arrives late withdraws what was sent in between (decision 0023): no test of order. */
function isSubmission({ method }: { method?: string | undefined }): boolean {
  return method === 'POST';
}

/** Publishing makes far fewer requests than the campaign: each is disturbed more often. */
const PUBLISHING_FAULTS: FaultRates = { ...DATABASE_FAULTS, failed: 0.08, answerLost: 0.08, reset: 0.05 };

/** The houses' submissions in the order they are sent; each house has its receipt, each submission its key. */
async function housesOf({ submissions, seed }: CampaignOptions): Promise<Sent[][]> {
  const instrument = (await loadInstruments([])).get(INSTRUMENT)!;
  const sector = syntheticSector(instrument, { organisations: submissions, members: 0, seed });
  const houses = new Map<number, Sent[]>();
  for (const { organisation, wave, daysBefore, profile, answers, questions } of sector.slice(0, submissions)) {
    const house = houses.get(organisation) ?? [];
    houses.set(organisation, house);
    house.push({
      receipt: receiptFrom(`${seed} ${organisation}`),
      idempotencyKey: `house-${organisation}-wave-${wave}`,
      body: { instrument: INSTRUMENT, profile, conductedOn: addDays(DAY, -daysBefore), answers, questions },
      isAcknowledged: false,
      isWithdrawn: false,
    });
  }
  return [...houses.values()];
}

function receiptFrom(seed: string): string {
  const draws = createDraws(seed);
  const bytes = (length: number) => Uint8Array.from({ length }, () => draws.between(0, 255));
  return makeReceipt(bytes).replaceAll('-', '');
}

/** Withdraws and asks again until it is acknowledged. */
async function withdraw(base: URL, receipt: string): Promise<void> {
  await pRetry(
    async () => {
      const response = await fetch(new URL('v1/submissions', base), {
        method: 'DELETE',
        headers: { authorization: `Bearer ${receipt}` },
        signal: AbortSignal.timeout(RETRYING.timeoutMs),
      });
      await response.text();
      if (!response.ok) throw new Error(`withdrawing: ${response.status}`);
    },
    { retries: 12, minTimeout: RETRYING.minPauseMs, maxTimeout: RETRYING.maxPauseMs, shouldRetry: () => true },
  );
}

/** Holds the log against what was sent. */
export async function compareLog(
  log: Pick<ReturnType<typeof createSubmissionLog>, 'scan'>,
  all: readonly Sent[],
): Promise<Pick<CampaignResult, 'lost' | 'invented' | 'returned'>> {
  const bySlot = new Map(all.map((sent) => [slotOf(sent), sent]));
  const stored = new Map<string, Extract<LogItem, { kind: 'submission' }>>();
  const result = { lost: [] as string[], invented: [] as string[], returned: [] as string[] };
  for await (const item of log.scan(0, 1)) {
    if (item.kind !== 'submission') continue;
    const slot = `${item.organisation}/${item.key}`;
    const sent = bySlot.get(slot);
    if (!sent || stored.has(slot)) result.invented.push(slot);
    else if (sent.isWithdrawn) result.returned.push(sent.idempotencyKey);
    stored.set(slot, item);
  }
  for (const [slot, sent] of bySlot) {
    if (!sent.isAcknowledged || sent.isWithdrawn) continue;
    const item = stored.get(slot);
    const isSame =
      item?.conductedOn === sent.body.conductedOn && sameAnswers(item?.answers ?? {}, sent.body.answers ?? {});
    if (!isSame) result.lost.push(sent.idempotencyKey);
  }
  return result;
}

function slotOf({ receipt, idempotencyKey }: Sent): string {
  return `${organisationOf(receipt)}/${submissionKeyOf(INSTRUMENT, idempotencyKey)}`;
}

function sameAnswers(left: Record<string, unknown>, right: Record<string, unknown>): boolean {
  const names = Object.keys(left);
  return names.length === Object.keys(right).length && names.every((name) => left[name] === right[name]);
}

/**
 * Publishes over a connection that fails, run again until it gets through, and holds the cells against a release of the
 * submissions that count, put into an empty log without any disturbance.
 */
async function comparedRelease(
  { client, endpoint, tables: names, instruments: loaded, stores }: LocalContext,
  all: readonly Sent[],
  { folder, catalogue, random }: Pick<CampaignOptions, 'catalogue'> & { folder: string; random: () => number },
): Promise<Pick<CampaignResult, 'publishRuns' | 'isReleaseEqual' | 'hasLeftovers'>> {
  const instrument = loaded.get(INSTRUMENT)!;
  const instruments = new Map([[INSTRUMENT, { ...instrument, catalogue: catalogue ?? instrument.catalogue }]]);
  const calm = tableNames('calm');
  await createTables(client, calm);
  const counting = new Set(all.filter((sent) => !sent.isWithdrawn).map(slotOf));
  const copy = createSubmissionLog(client, calm.submissions);
  for await (const item of stores.submissions.scan(0, 1))
    if (item.kind === 'submission' && counting.has(`${item.organisation}/${item.key}`)) await copy.put(item);

  let publishRuns = 0;
  const dependencies = (tables: typeof names, through: typeof client, place: string): PublishDependencies => ({
    instruments,
    submissions: createSubmissionLog(through, tables.submissions),
    releases: createReleaseStore(through, tables.releases),
    registry: createRegistryStore(through, tables.registry),
    files: createFolderFiles(path.join(folder, place)),
    policy: checkedPolicy({ isTrial: true, minDaysBetweenReleases: 0 }),
    isInvented: true,
    codeVersion: 'faults',
    // Each run comes after the lease of the one before, which may have been cut off.
    now: () => new Date(started + publishRuns * 600_000),
    randomBytes,
    settleMinutes: 0,
    segments: 4,
    facts: { publisher: { name: 'faults' } },
    log: () => {},
  });
  const started = Date.now();
  // The same draws for the same participations, so that the releases can be compared; as from a schedule, which asks again.
  const request = {
    instrument: INSTRUMENT,
    cutoffOn: DAY,
    scheduledAt: `${DAY}T23:00:00Z`,
    knownKey: new Uint8Array(32),
  };
  const released = (outcome: PublishOutcome) =>
    outcome.state === 'published' ? outcome.manifest.releaseId : (outcome as { releaseId: string }).releaseId;
  const proxy = await startFaultyProxy(endpoint, PUBLISHING_FAULTS, random);
  try {
    const published = await pRetry(
      async () => {
        publishRuns += 1;
        // Each run is a process of its own, with a client of its own.
        const disturbed = createClient(proxy.endpoint, { usesOwnCredentials: false });
        try {
          return released(await publish(dependencies(names, disturbed, 'disturbed'), request));
        } finally {
          disturbed.destroy();
        }
      },
      { retries: 60, minTimeout: 10, maxTimeout: 10, shouldRetry: () => true },
    );
    const undisturbed = dependencies(calm, client, 'calm');
    const expected = released(await publish(undisturbed, request));
    const found = dependencies(names, client, 'disturbed');
    // What was cut off on the way is gone for good.
    await removeAllLeftovers({ ...found, instruments, now: () => new Date(started + 1e9) });
    const { abandoned, attempt } = await found.releases.seriesState(INSTRUMENT);
    const folders = new Set((await found.files.list('releases/')).map((file) => file.split('/')[1]));
    const hasLeftovers = attempt !== undefined || abandoned.length > 0 || folders.size !== 1;
    const isReleaseEqual = (await percentilesOf(found, published)) === (await percentilesOf(undisturbed, expected));
    return { publishRuns, isReleaseEqual, hasLeftovers };
  } finally {
    await proxy.close();
  }
}

/** The released percentiles without the release's own name. */
async function percentilesOf({ files }: PublishDependencies, releaseId: string): Promise<string> {
  const bytes = await files.get(`releases/${releaseId}/percentiles.csv`);
  if (!bytes) throw new Error(`${releaseId} has no percentiles`);
  return new TextDecoder().decode(bytes).replaceAll(releaseId, 'RELEASE');
}

/** The local server, on a port that stays the same over its restarts. */
async function startRestartable(data: string, dynamodbEndpoint: string | undefined) {
  const port = await freePort();
  const env = dynamodbEndpoint === undefined ? {} : { DYNAMODB_ENDPOINT: dynamodbEndpoint };
  let kills = 0;
  let current: ServerProcess;
  const start = () =>
    pRetry(
      async () => {
        current = startServer(['--no-demo', '--limit', '0', '--port', String(port), '--data', data], { env });
        return addressOf(current);
      },
      { retries: 20, minTimeout: 50, shouldRetry: () => true },
    );
  const url = await start();
  return {
    url,
    kills: () => kills,
    async kill() {
      kills += 1;
      await current.stop('SIGKILL');
      await start();
    },
    end: () => current.stop('SIGKILL'),
  };
}
