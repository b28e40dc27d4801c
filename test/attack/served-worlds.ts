import { randomBytes } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import pMap from 'p-map';
import { addDays, berlinDate } from '#contracts/calendar';
import { groupKey, groupOfProfile, liesWithin } from '#contracts/group';
import type { Instrument } from '#contracts/instrument';
import type { Policy } from '#contracts/policy';
import { makeReceipt } from '#contracts/receipt';
import { Cell, Manifest } from '#contracts/release';
import { createDraws, type Draws } from '#functions/local/seeded-draws';
import { main as admin } from '#functions/operator/admin';
import { main as release } from '#functions/operator/release';
import { loadInstruments } from '#instruments/load-instruments';
import { scoreAnswers } from '#microdata/score';
import { addressOf, startServer } from '../local/server-process.ts';
import { ASSOCIATIONS, type attackedService } from './attacked-service.ts';
import { type Answers, type Attack, bestGuess } from './best-guess.ts';
import { completeChecks, groupOf, invention, onGrid, SURE, UNPROTECTED } from './inventions.ts';

/**
 * The attacks that broke the first edition, played against the running server from outside: houses are invented through the
 * public address, the operator's own commands publish, and the attacker reads the api's answers alone.
 */
export const CHECK = (await loadInstruments([])).get('digitalcheck.1')!;
const FIXTURES = 'test/fixtures/instruments';
const yesterday = () => addDays(berlinDate(new Date()), -1);

/** How the attacker invents around a target, and whether his houses come with one public join code. */
export const INVENTORS = {
  'one public join code': { hasCode: true, invent: allLevelsAlike },
  'no code at all': { hasCode: false, invent: extremes },
} as const;
export type Inventor = keyof typeof INVENTORS;

/** Sectors in which nobody is but a target and those invented around it: enough for the figures of items. */
export const TARGETS: readonly [sector: string, inventor: Inventor][] = [
  ['daycare', 'one public join code'],
  ['elder-care', 'one public join code'],
  ['special-situations', 'one public join code'],
  ['youth-family', 'no code at all'],
  ['health', 'no code at all'],
  ['education', 'no code at all'],
];
const INVENTIONS = 45;
/** Honest houses elsewhere. */
const HONEST = 40;
const REFERENCE = 2000;

export type Served = Awaited<ReturnType<typeof servedService>>;

/** What the attacker and the operator do with a service; both reach it by its addresses. */
interface Service {
  /** Has the operator register an association, whose join code soon is on many desks. */
  joinCode: () => Promise<string>;
  /** Sends a check under a receipt of its own, which is returned. */
  submit: (body: Record<string, unknown>) => Promise<string>;
  publish: (instrument: string) => Promise<void>;
  get: (path: string) => Promise<unknown>;
}

/** The server as a process, with a data folder of its own and the policy of a deployment; the operator has commands alone. */
export async function servedService() {
  const data = join(await mkdtemp(join(tmpdir(), 'worlds-')), 'data');
  const server = startServer(['--no-demo', '--limit', '0', '--port', '0', '--data', data, '--instruments', FIXTURES]);
  const url = await addressOf(server);
  const send = (path: string, init?: RequestInit) => fetch(new URL(path, url), init);
  const command = async (main: typeof admin, ...argv: string[]) => {
    const out = new PassThrough();
    let text = '';
    out.on('data', (bytes) => {
      text += bytes;
    });
    const code = await main([...argv, '--data', data, '--instruments', FIXTURES], {}, { out, err: out });
    if (code !== 0) throw new Error(text);
    return text;
  };
  return {
    async joinCode() {
      const created = await command(admin, 'association', 'create', '--name', 'Verband');
      return /join code +(\S+)/.exec(created)![1]!;
    },
    submit: (body: Record<string, unknown>) => submitted(send, body),
    async publish(instrument: string) {
      await command(release, '--instrument', instrument, '--cutoff', yesterday());
    },
    get: async (path: string): Promise<unknown> => (await send(path)).json(),
    withdraw: async (receipt: string) =>
      (await send('/v1/submissions', { method: 'DELETE', headers: { Authorization: `Bearer ${receipt}` } })).status,
    stop: () => server.stop(),
  };
}

/** The control: the same addresses over a release with neither noise nor threshold, which no command makes. */
export function unprotectedService(service: Awaited<ReturnType<typeof attackedService>>): Service {
  service.clock.now = new Date();
  return {
    joinCode: async () => Object.keys(ASSOCIATIONS)[0]!,
    submit: (body) => submitted(service.send, body),
    async publish() {
      await service.release(yesterday(), UNPROTECTED);
    },
    get: async (path) => JSON.parse((await service.get(path)).text),
  };
}

async function submitted(
  send: (path: string, init: RequestInit) => Promise<Response>,
  body: Record<string, unknown>,
): Promise<string> {
  const receipt = makeReceipt(randomBytes);
  const response = await send('/v1/submissions', {
    method: 'POST',
    headers: { Authorization: `Bearer ${receipt}`, 'Idempotency-Key': 'once', 'Content-Type': 'application/json' },
    body: JSON.stringify({ conductedOn: yesterday(), ...body }),
  });
  if (response.status !== 201) throw new Error(await response.text());
  return receipt;
}

interface House {
  profile: Record<string, string>;
  answers: Answers;
  associations?: string[];
}

/** What the attacker made of one target, beside the truth. */
export interface Found {
  inventor: Inventor;
  /** Cells in which he saw the target. */
  cells: number;
  items: boolean[];
  scores: boolean[];
  /** Guesses that he was surer of than 95 %. */
  sure: number;
}

/** Invents around all targets at once, has everything published, and guesses each from the public figures. */
export async function inventAround(service: Service, seed: string, around = TARGETS): Promise<Found[]> {
  const draws = createDraws(`${seed} inventions`);
  const houses = completeChecks(CHECK, seed, REFERENCE + around.length + HONEST);
  const reference = houses.splice(0, REFERENCE).map(({ answers }) => answers);
  const joinCode = await service.joinCode();

  const targets = around.map(([sector, inventor]) => {
    const profile = { level: 'facility', sector, size: '250-999', region: 'de-hb' };
    const { hasCode, invent } = INVENTORS[inventor];
    const invented = invent(draws).map(
      (answers): House => ({
        profile,
        answers,
        ...(hasCode ? { associations: [joinCode] } : {}),
      }),
    );
    return { inventor, profile, answers: houses.pop()!.answers, invented };
  });
  const elsewhere = houses.map(
    ({ answers }): House => ({
      profile: { level: 'facility', sector: 'several', size: '10-49', region: 'de-nw' },
      answers,
    }),
  );
  const all = [...targets, ...targets.flatMap(({ invented }) => invented), ...elsewhere];
  await pMap(
    all,
    ({ profile, answers, ...more }) =>
      service.submit({
        instrument: CHECK.id,
        profile,
        answers,
        ...('associations' in more ? { associations: more.associations } : {}),
      }),
    { concurrency: 8 },
  );
  await service.publish(CHECK.id);
  const known = targets.flatMap(({ invented }) => invented);
  // Everything is asked for first: guessing takes long, and a connection that rests is closed.
  const policy = await policyOf(service);
  const seen = [];
  for (const target of targets) seen.push({ ...target, cells: await cellsWith(service, target.profile) });
  return seen.map(({ inventor, answers, cells }) => ({
    inventor,
    cells: cells.length,
    ...rightOf(answers, {
      instrument: CHECK,
      policy,
      cells,
      reference,
      draws: draws.uniform,
      knownIn: ({ group }) =>
        known
          .filter(({ profile }) => liesWithin(CHECK, groupOf(CHECK, profile, false), group))
          .map((one) => one.answers),
    }),
  }));
}

function allLevelsAlike(draws: Draws): Answers[] {
  return Array.from({ length: INVENTIONS }, (_, place) => invention(CHECK, 'answers', place, draws));
}

/** Nothing or the highest level, so differently that the review takes none for another's double. */
function extremes(draws: Draws): Answers[] {
  return Array.from({ length: INVENTIONS }, () =>
    Object.fromEntries(CHECK.items.map(({ id }): [string, Answers[string]] => [id, draws.chance(0.4) ? 4 : 0])),
  );
}

/** What of one target the best guess from every public cell that counts it has right. */
function rightOf(answers: Answers, attack: Attack): Pick<Found, 'items' | 'scores' | 'sure'> {
  const guess = bestGuess(attack);
  const scores = scoreAnswers(CHECK, answers);
  return {
    items: CHECK.items.map(({ id }) => guess.items[id]!.answer === (answers[id] ?? 'dk')),
    scores: CHECK.dimensions.map(({ id }) => guess.scores[id]!.score === onGrid(CHECK, scores[id]!)),
    sure: [...Object.values(guess.items), ...Object.values(guess.scores)].filter(
      ({ probability }) => probability > SURE,
    ).length,
  };
}

async function policyOf(service: Service): Promise<Policy> {
  const { releases } = (await service.get('/v1/releases')) as { releases: { releaseId: string }[] };
  return Manifest.parse(await service.get(`/v1/releases/${releases[0]!.releaseId}`)).policy;
}

async function cellsWith(service: Service, profile: Record<string, string>): Promise<Cell[]> {
  const keys = CHECK.catalogue.flatMap((set) => {
    const group = groupOfProfile(CHECK, profile, set);
    return group ? [groupKey(group, CHECK.unitTypeAttribute)] : [];
  });
  const cells: Cell[] = [];
  for (const key of new Set(keys)) {
    const answer = await service.get(`/v1/figures?instrument=${CHECK.id}&group=${encodeURIComponent(key)}`);
    const read = Cell.parse((answer as { cell: unknown }).cell);
    if (read.group.key === key && read.state === 'published') cells.push(read);
  }
  return cells;
}

/** Withdraws invented houses, one in so many milliseconds, from before a publication begins until it has ended. */
export async function withdrawDuring(service: Served, houses: number, everyMs: number) {
  const instrument: Instrument = (await loadInstruments([FIXTURES])).get('egovernment.1')!;
  const draws = createDraws('withdrawals');
  const receipts = await pMap(
    Array.from({ length: houses }),
    () =>
      service.submit({
        instrument: instrument.id,
        profile: { sector: 'europe', size: 'high', region: 'western-europe' },
        scores: Object.fromEntries(instrument.dimensions.map(({ id }) => [id, draws.between(0, 100)])),
      }),
    { concurrency: 8 },
  );
  let isOver = false;
  const publication = service.publish(instrument.id).finally(() => {
    isOver = true;
  });
  let withdrawn = 0;
  for (const receipt of receipts) {
    if (isOver) break;
    if ((await service.withdraw(receipt)) === 200) withdrawn += 1;
    await setTimeout(everyMs);
  }
  await publication;
  const { cell } = (await service.get(`/v1/figures?instrument=${instrument.id}&group=all`)) as { cell: unknown };
  return { withdrawn, left: receipts.length - withdrawn, cell: Cell.parse(cell) };
}
