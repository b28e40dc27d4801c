import { createHash } from 'node:crypto';
import { Hono } from 'hono';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type * as z from 'zod';
import { formatAssociationKey } from '#contracts/association-key';
import type { Instrument } from '#contracts/instrument';
import type { Association } from '#contracts/registry';
import { Cell, Change, Head, listedIn, Manifest, MemberCells } from '#contracts/release';
import { fileListPath, filePath, ReleaseFile } from '#contracts/release-file';
import type { StoredSubmission } from '#contracts/submission';
import { POLICY } from '#disclosure/policy';
import type { ApiDependencies } from '#functions/http/dependencies';
import type * as Svg from '#functions/http/svg';
import { writeCumulative } from '#functions/publish/cumulative';
import { publish } from '#functions/publish/publish';
import { writeReleaseFiles } from '#functions/publish/release-files';
import { createApp } from '#functions/service/app';
import { loadInstruments } from '#instruments/load-instruments';
import { sha256Hex } from '#store/hashes';
import { memoryInvitations, memoryRegistry, memorySubmissionLog } from '../api/memory-stores.ts';
import { memoryFiles, memoryPublishing } from '../bench/memory-publishing.ts';
import { syntheticLog } from '../bench/synthetic.ts';
import { organisationHash, receiptOf } from './attacked-service.ts';
import { type Asked, asking, differences, type Known, walkOf } from './egress.ts';

const SERIES = 'digitalcheck.1';
const CUTOFFS = ['2025-06-30', '2026-06-30'] as const;
const PUBLISHED_ON = { '2025-06-30': '2025-07-15', '2026-06-30': '2026-07-15' };
const ASSOCIATION = 'c-0a1b2c3d';
const KEY = formatAssociationKey(ASSOCIATION, 'k'.repeat(43));
const PUBLISHER = { name: 'Egress test' };
const RECEIPT = receiptOf('who asks');
const registered: Association = {
  id: ASSOCIATION,
  name: 'Verband A',
  joinCode: 'ABCD-EFG',
  createdAt: '2025-01-01T00:00:00.000Z',
  keys: [{ hash: sha256Hex(KEY), madeAt: '2025-01-01T00:00:00.000Z' }],
};

// Files before this one in the same worker have loaded the program already, with the real drawing.
vi.hoisted(() => vi.resetModules());
vi.mock('#functions/http/svg', async (original) => {
  const { drawnOnce } = await import('../api/drawn-once.ts');
  return drawnOnce(await original<typeof Svg>());
});

/** The check with a catalogue of everybody and each sector: as many formats and states as the whole, in less time. */
const instrument: Instrument = {
  ...(await loadInstruments([])).get(SERIES)!,
  catalogue: [[], [{ attribute: 'sector', level: 0 }]],
  fallbackOrder: [
    { set: [{ attribute: 'sector', level: 0 }], fromN: 20 },
    { set: [], fromN: 50 },
  ],
};
const instruments = new Map([[SERIES, instrument]]);

/** 437 organisations over two years, 60 of them an association's, with answers, choices and resubmissions. */
function wholeLog(): StoredSubmission[] {
  const log = [
    ...syntheticLog(instrument, {
      submissions: 620,
      organisations: 437,
      lastDay: '2026-07-10',
      days: 640,
      admission: 'invited',
    }),
  ];
  const names = [...new Set(log.map(({ organisation }) => organisation))];
  const members = new Set(names.slice(0, 60));
  return log.map((submission, place) => ({
    ...submission,
    organisation: submission.organisation === names[0] ? organisationHash('who asks') : submission.organisation,
    ...(members.has(submission.organisation) ? { associations: [ASSOCIATION] } : {}),
    questions: Object.fromEntries(
      instrument.questions.map(({ id, codes }, at) => [id, [codes[(place * 7 + at) % codes.length]!.id]]),
    ),
  }));
}

type Stores = Pick<ApiDependencies, 'releases' | 'files' | 'submissions'>;

/** Stores, clock and chance as both services have them: the same bytes for the same requests in the same order. */
function dependencies(stores: Stores): ApiDependencies {
  let drawn = 0;
  return {
    ...stores,
    instruments,
    registry: memoryRegistry([registered]),
    invitations: memoryInvitations(),
    participation: {
      participation: async () => ({
        countedOn: '2026-07-19',
        campaigns: {},
      }),
    },
    sources: [],
    origin: 'https://spiegel.example.org',
    now: () => new Date('2026-07-20T08:00:00.000Z'),
    program: 'egress',
    randomBytes: (length) => createHash('sha512').update(`${drawn++}`).digest().subarray(0, length),
    log: () => {},
  };
}

async function real() {
  const log = wholeLog();
  const publishing = {
    ...memoryPublishing(instruments, log, '2026-07-15T08:00:00.000Z'),
    registry: { reviews: async () => [], associations: async () => [registered] },
  };
  const releases: string[] = [];
  for (const cutoffOn of CUTOFFS) {
    const outcome = await publish(
      {
        ...publishing,
        now: () => new Date(`${PUBLISHED_ON[cutoffOn]}T08:00:00.000Z`),
        facts: { publisher: PUBLISHER },
      },
      { instrument: SERIES, cutoffOn },
    );
    if (outcome.state !== 'published') throw new Error(outcome.state);
    releases.unshift(outcome.manifest.releaseId);
  }
  const submissions = memorySubmissionLog();
  for (const item of log) await submissions.put(item);
  const stores = { releases: publishing.releases, files: publishing.files, submissions };
  return { log, releases, stores, app: createApp(dependencies(stores)) };
}

/**
 * The mirror: what the contract lets a release show (closed schemas, which refuse a field too many), files written anew
 * from it, and of the log what the asking organisation itself sent. No other answer, no count.
 */
async function mirrorOf({ log, releases, stores }: Awaited<ReturnType<typeof real>>): Promise<Stores> {
  const manifests = new Map<string, Manifest>();
  const cells = new Map<string, Cell>();
  const changes = new Map<string, Change>();
  const members = new Map<string, MemberCells>();
  const head = asContract(Head, await stores.releases.head(SERIES));
  const files = memoryFiles();
  for (const releaseId of releases.toReversed()) {
    const manifest = asContract(Manifest, await stores.releases.manifest(releaseId));
    const history = [...manifests.values()].map(({ releaseId, cutoffOn, replaces }) => ({
      releaseId,
      cutoffOn,
      replaces,
    }));
    manifests.set(releaseId, manifest);
    const shown: Cell[] = [];
    for (const { group } of manifest.cells)
      shown.push(asContract(Cell, await stores.releases.cell(releaseId, group.key)));
    const moved: Change[] = [];
    for (const { group } of manifest.changes)
      moved.push(asContract(Change, await stores.releases.change(releaseId, group.key)));
    await writeReleaseFiles(files, { manifest, cells: shown, changes: moved }, instrument, {
      publisher: PUBLISHER,
      publishedOn: PUBLISHED_ON[manifest.cutoffOn as (typeof CUTOFFS)[number]],
      history: history.toReversed(),
    });
    for (const cell of shown) cells.set(`${releaseId} ${cell.group.key}`, cell);
    for (const change of moved) changes.set(`${releaseId} ${change.group.key}`, change);
    members.set(releaseId, asContract(MemberCells, await stores.releases.memberCells(releaseId, ASSOCIATION)));
  }
  const submissions = memorySubmissionLog();
  for (const item of log) if (item.organisation === organisationHash('who asks')) await submissions.put(item);
  const mirrored = {
    ...stores.releases,
    head: async (series: string) => (series === SERIES ? head : undefined),
    manifest: async (id: string) => manifests.get(id),
    cell: async (id: string, key: string) => cells.get(`${id} ${key}`),
    change: async (id: string, key: string) => changes.get(`${id} ${key}`),
    memberCells: async (id: string, association: string) => (association === ASSOCIATION ? members.get(id) : undefined),
  };
  const facts = { publisher: PUBLISHER };
  await writeCumulative({ releases: mirrored, instruments, files, facts }, listedIn(head));
  return { releases: mirrored, files, submissions };
}

/** What a closed schema lets through, in the order in which it came. */
function asContract<T>(schema: z.ZodType<T>, value: unknown): T {
  schema.parse(value);
  return structuredClone(value) as T;
}

let service: Awaited<ReturnType<typeof real>>;
let mirror: Stores;
let known: Known;

beforeAll(async () => {
  service = await real();
  mirror = await mirrorOf(service);
  const [newest] = service.releases;
  const manifest = (await service.stores.releases.manifest(newest!))!;
  /** One published and one suppressed group of each shape. */
  const samples = new Map(
    manifest.cells.map(({ state, group }) => [
      `${group.unitType} ${Object.keys(group.where).join()} ${state}`,
      group.key,
    ]),
  );
  const list = ReleaseFile.array().parse(
    JSON.parse(new TextDecoder().decode(await service.stores.files.get(fileListPath(newest!)))),
  );
  const check = {
    instrument: SERIES,
    profile: service.log[0]!.profile,
    answers: service.log[0]!.answers,
    associations: ['ABCD-EFG'],
  };
  known = {
    instruments: [SERIES],
    releases: service.releases,
    groups: [
      ...samples.values(),
      'all',
      'sector=health,size=50-249,region=de-nw',
      'sector=nothing',
      `association=${ASSOCIATION}`,
    ],
    files: [...new Set(list.map(({ name }) => name))],
    associations: [ASSOCIATION],
    credentials: {
      receipt: [RECEIPT, receiptOf('a stranger'), 'no receipt'],
      associationKey: [KEY, formatAssociationKey(ASSOCIATION, 'x'.repeat(43))],
    },
    bodies: {
      'POST /v1/receipts': [''],
      'POST /v1/submissions': [JSON.stringify(check), JSON.stringify({ ...check, profile: {} }), '{', '[]'],
      'DELETE /v1/submissions': [''],
      'PUT /v1/associations/:id/campaigns/:campaign': [
        JSON.stringify({ instrument: SERIES, opensOn: '2026-08-01', closesOn: '2026-08-31', resultsOn: '2026-10-01' }),
        '{}',
      ],
    },
  };
}, 120_000);

async function leaksOf(leaking: Pick<Hono, 'fetch'>, requests: readonly Asked[]): Promise<string[]> {
  return (await differences(asking(leaking), asking(createApp(dependencies(mirror))), requests)).found;
}

describe('every egress', () => {
  it('has routes that can all be asked', () => {
    const { requests, unknown } = walkOf(service.app, known);
    expect(unknown).toEqual([]);
    expect(requests.length).toBeGreaterThan(1000);
  });

  it('has something to leak: suppressed groups, members of an association, an exact number beside the shown one', async () => {
    const manifest = (await service.stores.releases.manifest(service.releases[0]!))!;
    expect(new Set(manifest.cells.map(({ state }) => state))).toEqual(new Set(['published', 'suppressed']));
    expect(new Set(manifest.changes!.map(({ state }) => state))).toEqual(new Set(['published', 'suppressed']));
    const members = await service.stores.releases.memberCells(service.releases[0]!, ASSOCIATION);
    expect(members!.cells).toContainEqual(expect.objectContaining({ state: 'published' }));
    expect(new Set(service.log.map(({ organisation }) => organisation)).size % POLICY.participationsRoundedTo).not.toBe(
      0,
    );
  });

  it('answers released values alone: byte for byte what a service answers that holds nothing else', {
    timeout: 600_000,
  }, async () => {
    const { requests } = walkOf(service.app, known);
    const { found, answered } = await differences(
      asking(service.app),
      asking(createApp(dependencies(mirror))),
      requests,
    );
    expect(found).toEqual([]);
    for (const status of [200, 304, 400, 401, 404, 405])
      if (status !== 304) expect(answered.get(status), `${status}`).toBeGreaterThan(0);
    expect(answered.get(500)).toBeUndefined();
  });
});

describe('the walk finds what leaks', () => {
  const some: Asked[] = [
    { method: 'GET', path: `/v1/figures?instrument=${SERIES}`, headers: {} },
    { method: 'GET', path: '/v1/nothing', headers: {} },
  ];
  const counted = () => service.log.length;
  const around = (leak: (response: Response, path: string) => Response): Pick<Hono, 'fetch'> => {
    const app = createApp(dependencies(service.stores));
    return {
      fetch: async (request: Request) => leak(await app.fetch(request), new URL(request.url).pathname),
    } as Pick<Hono, 'fetch'>;
  };

  it('in a header, and in an ETag alone', async () => {
    for (const name of ['X-Total', 'ETag']) {
      const leaking = around((response) => {
        const headers = new Headers(response.headers);
        headers.set(name, `"${counted()}"`);
        return new Response(response.body, { status: response.status, headers });
      });
      expect(await leaksOf(leaking, some.slice(0, 1))).toEqual([
        expect.stringContaining(`${name.toLowerCase()}: "620"`),
      ]);
    }
  });

  it('in the body of an error, in the length of an answer, in a status', async () => {
    const changed: ((response: Response) => Response)[] = [
      (response) => new Response(`{"seen":${counted()}}`, response),
      (response) => new Response(' '.repeat(counted()), response),
      (response) => new Response(response.body, { headers: response.headers, status: 418 }),
    ];
    for (const leak of changed)
      expect(
        await leaksOf(
          around((response, path) => (path === '/v1/nothing' ? leak(response) : response)),
          some,
        ),
      ).toEqual([expect.stringContaining('/v1/nothing')]);
  });

  it('in a stored cell with a field too many, and in a file that was not written from the cells', async () => {
    const [releaseId] = service.releases;
    const releases = {
      ...service.stores.releases,
      cell: async (id: string, key: string) => {
        const cell = await service.stores.releases.cell(id, key);
        return cell && (Object.assign(structuredClone(cell), { exact: 437 }) as Cell);
      },
    };
    await expect(
      mirrorOf({ ...service, stores: { ...service.stores, releases } as typeof service.stores }),
    ).rejects.toThrow('exact');
    const path = filePath(releaseId!, 'percentiles.csv');
    const files = {
      ...service.stores.files,
      get: async (asked: string) =>
        asked === path ? new TextEncoder().encode('n\n437\n') : service.stores.files.get(asked),
    };
    const leaking = createApp(dependencies({ ...service.stores, files }));
    const ask = { method: 'GET', path: `/v1/releases/${releaseId}/files/percentiles.csv`, headers: {} };
    expect(await leaksOf(leaking, [ask])).toEqual([expect.stringContaining('the body')]);
  });

  it('in a route, a parameter or a method that nobody has told it about', () => {
    const grown = new Hono().route('/', service.app as unknown as Hono);
    grown
      .get('/v1/statistics/:day', (c) => c.json({ submissions: counted() }))
      .put('/v1/statistics', (c) => c.json({}));
    expect(walkOf(grown, known).unknown).toEqual(['GET /v1/statistics/:day: its path', 'PUT /v1/statistics: its body']);
    const plain = new Hono().get('/v1/statistics', (c) => c.json({ submissions: counted() }));
    expect(walkOf(plain, known).requests).toContainEqual({ method: 'GET', path: '/v1/statistics', headers: {} });
  });
});
