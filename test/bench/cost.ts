import { randomBytes } from 'node:crypto';
import { parseReceipt } from '#contracts/receipt';
import { publish } from '#functions/publish/publish';
import { createApp } from '#functions/service/app';
import { loadInstruments } from '#instruments/load-instruments';
import { createFold } from '#microdata/fold';
import { canonicalJson, organisationOf } from '#store/hashes';
import type { ReleaseReader } from '#store/ports';
import { encodeSubmission } from '#store/submission-item';
import { check, newReceipt } from '../api/test-service.ts';
import { resourcesOf, synthesize } from '../infra/synthesized.ts';
import { say } from './measure.ts';
import { memoryPublishing } from './memory-publishing.ts';
import { syntheticLog } from './synthetic.ts';

/**
 * List prices in US dollars, eu-central-1 and Europe's edge, without free tiers; written down from memory of AWS's price
 * pages, to be checked against them before anybody relies on the sums.
 */
const PRICES = {
  writeUnits: 0.7625 / 1e6,
  readUnits: 0.1525 / 1e6,
  tableGb: 0.306,
  backupGb: 0.2448,
  lambdaRequest: 0.2 / 1e6,
  lambdaGbSecond: 0.0000133334,
  gatewayRequest: 1.2 / 1e6,
  edgeRequest: 1.2 / 1e6,
  edgeGb: 0.085,
  firewallRequest: 0.6 / 1e6,
  logGb: 0.63,
  alarm: 0.1,
  /** Firewall 5 + 2 rules, key 1, two secrets 0.80, dashboard 3. */
  otherFixed: 5 + 2 + 1 + 0.8 + 3,
  /** A virtual server with 2 cores and 4 GB, a small managed Postgres and 50 GB of disk, day and night. */
  server: 31 + 15 + 6,
};
/** Scans of the log in a month: the draws of a campaign (four and the last), and a release in every sixth month. */
const DRAWS = 5;
const RELEASES = 1 / 6;
/** Bytes of a request's log line with what CloudWatch and the gateway add to it. */
const LOG_BYTES = 900;
/** How many views the edge answers by itself; private ones never. */
const CACHED = 0.5;
/** A function of 1,769 MB has one processor; one with less has its share. */
const MB_OF_A_PROCESSOR = 1769;

/**
 * (g) What a month costs, from units, milliseconds and bytes measured here: as many submissions as views, half of the
 * views private, a release of so many submissions in every sixth month, and five draws of a campaign. Memory and alarms are
 * those of the template.
 */
export async function cost(): Promise<void> {
  const unit = await measured();
  const template = deployed();
  say(JSON.stringify({ ...unit, ...template }));
  say('| a month | 1,000 submissions and views | 1,000,000 |\n|---|---|---|');
  const columns = [1_000, 1_000_000].map((count) => monthOf(count, unit, template));
  const line = (name: string, values: number[]) =>
    say(`| ${name} | ${values.map((value) => `${value.toFixed(2)} USD`).join(' | ')} |`);
  for (const name of Object.keys(columns[0]!))
    line(
      name,
      columns.map((column) => column[name]!),
    );
  line(
    '**together**',
    columns.map((column) => Object.values(column).reduce((sum, value) => sum + value, 0)),
  );
  line(
    'a server with Postgres, always on',
    columns.map(() => PRICES.server),
  );
}

type Measured = Awaited<ReturnType<typeof measured>>;

function monthOf(count: number, unit: Measured, template: Deployed): Record<string, number> {
  const fromApi = count + count * (1 - CACHED);
  const stored = count * 12;
  const scanUnits = (stored * unit.itemBytes) / 4096;
  const gbSeconds = (processorMs: number, mb: number) =>
    (processorMs / 1000 / Math.min(1, mb / MB_OF_A_PROCESSOR)) * (mb / 1024);
  const apiMs = count * unit.submitMs + count * (1 - CACHED) * unit.viewMs;
  // A release is folded by the publisher and by the auditor, in one scan.
  const foldMs = (DRAWS + 2 * RELEASES) * stored * unit.foldMs;
  const gb = (bytes: number) => bytes / 1e9;
  return {
    'DynamoDB, writes': count * unit.writeUnits * PRICES.writeUnits,
    'DynamoDB, reads for views': count * (1 - CACHED) * unit.readUnits * PRICES.readUnits,
    'DynamoDB, scans (five draws, a sixth of a release)': scanUnits * (DRAWS + RELEASES) * PRICES.readUnits,
    'DynamoDB, storage and backup of a year': gb(stored * (unit.itemBytes + 100)) * (PRICES.tableGb + PRICES.backupGb),
    Lambda:
      fromApi * PRICES.lambdaRequest +
      (gbSeconds(apiMs, template.api) + gbSeconds(foldMs, template.publish)) * PRICES.lambdaGbSecond,
    'HTTP API': fromApi * PRICES.gatewayRequest,
    'CloudFront and firewall':
      2 * count * (PRICES.edgeRequest + PRICES.firewallRequest) + gb(count * unit.viewBytes) * PRICES.edgeGb,
    logs: gb(fromApi * LOG_BYTES) * PRICES.logGb,
    [`fixed: firewall, key, secrets, ${template.alarms} alarms, dashboard`]:
      PRICES.otherFixed + template.alarms * PRICES.alarm,
  };
}

/** What the template of a deployment says: memory of the functions in MB, and how many alarms watch. */
function deployed() {
  const templates = synthesize('prod');
  const all = (type: string) => Object.values(templates).flatMap((template) => resourcesOf(template, type));
  const memoryOf = (name: string): number =>
    all('AWS::Lambda::Function').find(
      ([, { Properties }]) => Properties.FunctionName === `sektorspiegel-prod-${name}`,
    )![1].Properties.MemorySize;
  return { api: memoryOf('api'), publish: memoryOf('publish'), alarms: all('AWS::CloudWatch::Alarm').length };
}
type Deployed = ReturnType<typeof deployed>;

async function measured() {
  const instruments = await loadInstruments([]);
  const instrument = instruments.get('digitalcheck.1')!;
  const parsed = parseReceipt(newReceipt());
  if (!parsed.ok) throw new Error('a new receipt is not well formed');
  const { receipt } = parsed;
  const [first, ...others] = syntheticLog(instrument, {
    submissions: 340,
    organisations: 270,
    lastDay: '2026-06-30',
    days: 400,
    admission: 'invited',
  });
  const log = [{ ...first!, organisation: organisationOf(receipt) }, ...others];
  const deps = memoryPublishing(instruments, log, '2026-07-15T08:00:00.000Z');
  await publish(deps, { instrument: instrument.id, cutoffOn: '2026-06-30' });

  const itemBytes = sizeOfItem(encodeSubmission({ ...first!, bodyHash: first!.key }));
  let readUnits = 0;
  const counted = async <T>(value: Promise<T>): Promise<T> => {
    const read = await value;
    readUnits += Math.max(1, Math.ceil(Buffer.byteLength(canonicalJson(read ?? null)) / 4096));
    return read;
  };
  const releases: ReleaseReader = {
    ...deps.releases,
    head: (series) => counted(deps.releases.head(series)),
    manifest: (id) => counted(deps.releases.manifest(id)),
    cell: (id, key) => counted(deps.releases.cell(id, key)),
  };
  const appOver = (reader: ReleaseReader) =>
    createApp({
      ...deps,
      releases: reader,
      submissions: { ...deps.submissions, put: async () => 'stored' },
      registry: { association: async () => undefined, byJoinCode: async () => undefined, associations: async () => [] },
      invitations: { claim: async () => undefined, release: async () => {} },
      participation: { participation: async () => undefined },
      sources: [],
      program: 'test',
      randomBytes,
    });
  const view = (app: ReturnType<typeof createApp>) =>
    app.request('/v1/standing?instrument=digitalcheck.1', { headers: { authorization: `Bearer ${receipt}` } });
  // The first view of an environment reads all; later ones remember what cannot change. The first is what is counted.
  const firstView = await view(appOver(releases));
  if (firstView.status !== 200) throw new Error(`a view answers ${firstView.status}`);
  const viewBytes = (await firstView.arrayBuffer()).byteLength;
  const body = JSON.stringify({ ...(await check(2)), conductedOn: '2026-06-30' });
  const app = appOver(deps.releases);
  let key = 0;
  const submit = () =>
    app.request('/v1/submissions', {
      method: 'POST',
      headers: {
        authorization: `Bearer ${receipt}`,
        'idempotency-key': `${key++}`,
        'content-type': 'application/json',
      },
      body,
    });
  const taken = await submit();
  if (taken.status !== 201) throw new Error(`a submission answers ${taken.status}`);
  const fold = createFold({
    instruments: new Map([[instrument.id, instrument]]),
    cutoffOn: '2026-06-30',
    after: '2024-06-30',
    acceptedUntil: '2026-07-15T00:00:00.000Z',
    acceptedAfter: null,
  });
  return {
    itemBytes,
    writeUnits: Math.ceil(itemBytes / 1024),
    readUnits: readUnits + 1,
    viewBytes,
    submitMs: await processorMs(300, submit),
    viewMs: await processorMs(300, () => view(app)),
    foldMs: await processorMs(log.length, async (index) => fold.add(log[index]!)),
  };
}

/** Processor milliseconds of one of many. */
async function processorMs(count: number, run: (index: number) => unknown): Promise<number> {
  const from = process.cpuUsage();
  for (let index = 0; index < count; index++) await run(index);
  const { user, system } = process.cpuUsage(from);
  return (user + system) / 1000 / count;
}

/** Bytes of an item as DynamoDB counts them: names and values; numbers are counted high. */
function sizeOfItem(item: ReturnType<typeof encodeSubmission>): number {
  return Object.entries(item).reduce((sum, [name, value]) => {
    const [[, content]] = Object.entries(value) as [[string, unknown]];
    const size = content instanceof Uint8Array ? content.length : Buffer.byteLength(JSON.stringify(content));
    return sum + Buffer.byteLength(name) + size;
  }, 0);
}
