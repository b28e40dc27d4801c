import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pMap from 'p-map';
import { groupKey } from '#contracts/group';
import type { Instrument } from '#contracts/instrument';
import type { Policy } from '#contracts/policy';
import { makeReceipt, parseReceipt } from '#contracts/receipt';
import type { Cell, Manifest, PublishedCell } from '#contracts/release';
import { isPublished } from '#contracts/released-cell';
import { POLICY } from '#disclosure/policy';
import type { PublishDependencies } from '#functions/publish/dependencies';
import { publish } from '#functions/publish/publish';
import { createApp } from '#functions/service/app';
import { createTables } from '#store/create-tables';
import { createInvitationStore } from '#store/dynamo-invitations';
import { createParticipationStore } from '#store/dynamo-participation';
import { createRegistryStore } from '#store/dynamo-registry';
import { createReleaseStore } from '#store/dynamo-releases';
import { createSubmissionLog } from '#store/dynamo-submission-log';
import { createFolderFiles } from '#store/folder-files';
import { organisationOf, sha256Hex } from '#store/hashes';
import { tableNames } from '#store/tables';
import { scoresInstrument } from '../microdata/probe.ts';
import { memoryClient } from '../store/memory-client.ts';

/** One house of an invented field. Its receipt is derived from its name. */
export interface House {
  name: string;
  sector?: 'a' | 'b' | 'c' | 'd';
  size?: 's' | 'l';
  region?: 'n' | 'w';
  scores?: { x?: number; y?: number };
  /** Comes in by the operator's trusted import; else anonymously. */
  isTrusted?: boolean;
  /** Associations whose code it sends. */
  associations?: (keyof typeof ASSOCIATIONS)[];
}

/** Two associations by their join codes. */
export const ASSOCIATIONS = { 'AAAA-1': 'c-aaaaaaa1', 'BBBB-2': 'c-bbbbbbb2' } as const;

/** Which values of the policy are loosened; values looser than the floor get past no ordinary start. */
export type Weakening = Partial<Policy>;

const TRUSTED_KEY = 'key-of-the-trusted-import';
const text = (word: string) => ({ de: word, en: word });

/** Sectors a to d, sizes s and l, regions n and w; two scores. */
export const attackedInstrument: Instrument = {
  ...scoresInstrument,
  profile: [
    ...scoresInstrument.profile,
    {
      id: 'region',
      title: text('region'),
      question: text('region'),
      why: text('why'),
      required: true,
      codes: [
        { id: 'n', label: text('n') },
        { id: 'w', label: text('w') },
      ],
      broaderCodes: [],
    },
  ],
};

/** The service whole: the app, the real stores on tables in memory, the publisher, a clock to move. */
export async function attackedService(instrument: Instrument = attackedInstrument) {
  const client = memoryClient();
  const names = tableNames('attack-test');
  await createTables(client, names);
  const folder = await mkdtemp(join(tmpdir(), 'attack-'));
  const clock = { now: new Date('2026-01-15T08:00:00.000Z') };
  const logged: Record<string, unknown>[] = [];
  const stores = {
    submissions: createSubmissionLog(client, names.submissions),
    releases: createReleaseStore(client, names.releases),
    registry: createRegistryStore(client, names.registry),
    invitations: createInvitationStore(client, names.invitations),
    participation: createParticipationStore(client, names.releases),
    files: createFolderFiles(folder),
  };
  const instruments = new Map([[instrument.id, instrument]]);
  const common = {
    ...stores,
    instruments,
    now: () => clock.now,
    log: (entry: Record<string, unknown>) => logged.push(entry),
  };
  const app = createApp({
    ...common,
    campaigns: stores,
    sources: [{ id: 'trusted', keyHash: sha256Hex(TRUSTED_KEY), isTrusted: true }],
    program: 'attack',
    randomBytes,
  });
  const send = async (path: string, init: RequestInit) => app.request(`http://127.0.0.1${path}`, init);

  async function get(path: string, headers: Record<string, string> = {}) {
    const response = await send(path, { headers });
    return { status: response.status, etag: response.headers.get('etag'), text: await response.text() };
  }

  for (const [joinCode, id] of Object.entries(ASSOCIATIONS))
    await stores.registry.put({ id, name: joinCode, joinCode, createdAt: clock.now.toISOString() });

  let submitted = 0;
  async function submit(house: House, key = `key-${submitted + 1}`): Promise<Response> {
    submitted += 1;
    clock.now = new Date(clock.now.getTime() + 1);
    const { sector = 'a', size = 's', region = 'n' } = house;
    return send('/v1/submissions', {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${receiptOf(house.name)}`,
        'Idempotency-Key': key,
        'Content-Type': 'application/json',
        ...(house.isTrusted === false ? {} : { 'Source-Key': TRUSTED_KEY }),
      },
      body: JSON.stringify({
        instrument: instrument.id,
        profile: { sector, size, region },
        scores: house.scores ?? scoresOf(house.name),
        ...(house.associations ? { associations: house.associations } : {}),
      }),
    });
  }

  async function publishWith(
    cutoffOn: string,
    looser: Weakening,
    gate: Pick<PublishDependencies, 'audit'>,
    replaces?: string,
  ): Promise<Manifest> {
    clock.now = new Date(`${cutoffOn}T00:00:00.000Z`);
    clock.now.setUTCDate(clock.now.getUTCDate() + 2);
    const deps: PublishDependencies = {
      ...common,
      randomBytes,
      isInvented: true,
      policy: { ...POLICY, ...looser },
      codeVersion: 'attack',
      settleMinutes: 0,
      segments: 2,
      facts: { publisher: { name: 'Test' } },
      ...gate,
    };
    const request = { instrument: instrument.id, cutoffOn, ...(replaces ? { replaces, drawsAnew: true } : {}) };
    const outcome = await publish(deps, request);
    if (outcome.state !== 'published') throw new Error(outcome.state);
    return outcome.manifest;
  }

  return {
    ...stores,
    clock,
    logged,
    get,
    send,
    submit,
    async submitAll(houses: readonly House[]) {
      await pMap(
        houses,
        async (house) => {
          const response = await submit(house);
          if (response.status !== 201) throw new Error(await response.text());
        },
        { concurrency: 8 },
      );
    },
    withdraw: (house: House) =>
      send('/v1/submissions', {
        method: 'DELETE',
        headers: { Authorization: `Bearer ${receiptOf(house.name)}` },
      }),
    /** What the house is told. */
    standing: async (house: House, query = '') =>
      JSON.parse(
        (
          await get(`/v1/standing?instrument=${instrument.id}${query}`, {
            Authorization: `Bearer ${receiptOf(house.name)}`,
          })
        ).text,
      ),
    /** Publishes at a cut-off, by the strict publisher or, past the audit, by one whose policy is looser than the floor. */
    release(cutoffOn: string, weakening: Weakening = {}, replaces?: string): Promise<Manifest> {
      const isWeak = Object.keys(weakening).length > 0;
      return publishWith(cutoffOn, weakening, isWeak ? { audit: passAll } : {}, replaces);
    },

    /** The same with the audit in place, which holds a release to the floor whatever the publisher was told. */
    releaseThroughGate: (cutoffOn: string, weakening: Weakening): Promise<Manifest> =>
      publishWith(cutoffOn, weakening, {}),

    /** A group's cell as the public route shows it, in the release in force or in a given one. */
    async cell(group: string, releaseId?: string): Promise<Cell> {
      const path = releaseId ? `/v1/releases/${releaseId}/figures?` : `/v1/figures?instrument=${instrument.id}&`;
      return JSON.parse((await get(`${path}group=${group}`)).text).cell;
    },
    /** A group of an association's members as the association alone is shown it; undefined where it has none. */
    async memberCell(joinCode: keyof typeof ASSOCIATIONS, where: Record<string, string>, releaseId: string) {
      const association = ASSOCIATIONS[joinCode];
      const key = groupKey({ where, association });
      return (await stores.releases.memberCells(releaseId, association))?.cells.find(({ group }) => group.key === key);
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

const passAll: NonNullable<PublishDependencies['audit']> = () => ({ breaks: [], incomplete: [], checked: [] }) as never;

export function receiptOf(name: string): string {
  let attempt = 0;
  return makeReceipt((length) => createHash('sha256').update(`${name} ${attempt++}`).digest().subarray(0, length));
}

/** The hash by which the stores know a house. */
export function organisationHash(name: string): string {
  const parsed = parseReceipt(receiptOf(name));
  if (!parsed.ok) throw new Error(parsed.reason);
  return organisationOf(parsed.receipt);
}

/** Scores that depend on the name alone, spread over the scale. */
export function scoresOf(name: string): { x: number; y: number } {
  const bytes = createHash('sha256').update(name).digest();
  return { x: bytes.readUInt16BE(0) % 101, y: bytes.readUInt16BE(2) % 101 };
}

export function field(prefix: string, count: number, house: Omit<House, 'name'> = {}): House[] {
  return Array.from({ length: count }, (_, place) => ({ name: `${prefix}${place}`, ...house }));
}

export function mustBePublished(cell: Cell): PublishedCell {
  if (!isPublished(cell)) throw new Error(`${cell.group.key} is suppressed`);
  return cell;
}
