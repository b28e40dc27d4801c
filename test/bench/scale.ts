import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { isUnder } from '#contracts/code-list';
import type { Instrument } from '#contracts/instrument';
import { scoredIds } from '#contracts/scored-ids';
import type { Answer, StoredSubmission, Withdrawal } from '#contracts/submission';
import { loadInstruments } from '#instruments/load-instruments';
import { createFold } from '#microdata/fold';
import { catalogueOf } from '#microdata/peer-groups';
import { SCORES_AND_ITEMS, tallyLevels } from '#microdata/tally';
import { encodeSubmission, encodeWithdrawal } from '#store/submission-item';
import { say, timed } from './measure.ts';
import { randomFrom, syntheticLog } from './synthetic.ts';

const CUTOFF = '2026-06-30';
const AFTER = '2025-06-30';
const UNTIL = '2026-07-15T00:00:00.000Z';

/** (h) The tallies of a release in SQL over an export of the log, against the program's own. */
export async function scale(): Promise<void> {
  await tallyTwice(5_000_000);
}

/**
 * Generates a log, counts it with the program and with DuckDB from a file as DynamoDB exports it, and compares every count.
 *
 * @returns how many counts there are
 * @throws Error where a single one differs
 */
export async function tallyTwice(submissions: number): Promise<number> {
  const instrument = (await loadInstruments([])).get('digitalcheck.1')!;
  const folder = await mkdtemp(join(tmpdir(), 'scale-'));
  try {
    const file = join(folder, 'export.json');
    const log = () =>
      withGaps(
        syntheticLog(instrument, {
          submissions,
          organisations: Math.ceil(submissions * 0.7),
          lastDay: CUTOFF,
          days: 500,
        }),
      );
    const ours = await timed(() => ownTallies(instrument, log()));
    await writeExport(file, log());
    const sql = await timed(() => sqlTallies(instrument, file));
    const differing = [...new Set([...ours.result.keys(), ...sql.result.keys()])].filter(
      (key) => ours.result.get(key) !== sql.result.get(key),
    );
    if (differing.length > 0)
      throw new Error(
        `${differing.length} counts differ, such as ${differing[0]}: ${ours.result.get(differing[0]!)} here, ${sql.result.get(differing[0]!)} in SQL`,
      );
    say(`${submissions.toLocaleString('en')} submissions, ${ours.result.size.toLocaleString('en')} counts, all equal`);
    say(`processor: program with generation ${seconds(ours.cpuMs)}, DuckDB ${seconds(sql.cpuMs)}`);
    return ours.result.size;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

/** Now and then an answer is "does not apply", "don't know" or left out, a check breaks off, or an organisation withdraws. */
function* withGaps(log: ReturnType<typeof syntheticLog>): Generator<StoredSubmission | Withdrawal> {
  const random = randomFrom(7);
  for (const submission of log) {
    const stopsAt = random() < 0.05 ? 12 : Infinity;
    const answers = Object.entries(submission.answers!).flatMap(([id, level], place): [string, Answer][] => {
      const draw = random();
      if (place >= stopsAt || draw < 0.02) return [];
      return [[id, draw < 0.05 ? 'na' : draw < 0.08 ? 'dk' : level]];
    });
    yield { ...submission, answers: Object.fromEntries(answers) };
    if (random() < 0.02)
      yield {
        kind: 'withdrawal',
        organisation: submission.organisation,
        keys: [submission.key],
        withdrawnAt: UNTIL,
        expiresAt: submission.expiresAt,
      };
  }
}

type Log = ReturnType<typeof withGaps>;
type Tallies = Map<string, number>;

function ownTallies(instrument: Instrument, log: Log): Tallies {
  const fold = createFold({
    instruments: new Map([[instrument.id, instrument]]),
    cutoffOn: CUTOFF,
    after: AFTER,
    acceptedUntil: UNTIL,
    acceptedAfter: null,
  });
  for (const item of log) fold.add(item);
  const participations = fold.participations();
  const { groups, groupsOf } = catalogueOf(instrument, participations);
  const tallied = tallyLevels(
    instrument,
    participations,
    groupsOf,
    new Uint8Array(groups.length).fill(SCORES_AND_ITEMS),
  );
  const counts: Tallies = new Map();
  for (const place of groups.keys()) {
    const { scores, items } = tallied(place);
    const add = (name: string, of: Int32Array) =>
      of.forEach((count, at) => {
        if (count > 0) counts.set(`${place} ${name} ${at}`, count);
      });
    for (const [at, id] of scoredIds(instrument).entries()) add(id, scores[at]!);
    for (const [at, { id }] of instrument.items.entries()) add(`item ${id}`, items![at]!);
  }
  return counts;
}

/** DynamoDB's export to S3: one item a line, bytes in base64. */
async function writeExport(file: string, log: Log): Promise<void> {
  const stream = createWriteStream(file);
  for (const one of log) {
    const item =
      one.kind === 'withdrawal' ? encodeWithdrawal(one) : encodeSubmission({ ...one, bodyHash: 'A'.repeat(43) });
    const text = JSON.stringify({ Item: item }, (key, value) =>
      key === 'B' ? Buffer.from(value).toString('base64') : value,
    );
    if (!stream.write(`${text}\n`)) await once(stream, 'drain');
  }
  stream.end();
  await once(stream, 'finish');
}

async function sqlTallies(instrument: Instrument, file: string): Promise<Tallies> {
  const connection = await (await DuckDBInstance.create()).connect();
  const S = 'STRUCT(S VARCHAR)';
  const N = 'STRUCT(N VARCHAR)';
  const B = 'STRUCT(B VARCHAR)';
  await connection.run(`
    CREATE TABLE log AS
    SELECT Item.o.B AS o, Item.k.B AS k, Item.i.S AS i, Item.d.N::INTEGER AS d, Item.t.N::BIGINT AS t, Item.p.S AS p,
      Item.r.S AS r, Item.w.N::BIGINT AS w, Item.n.B AS n, Item.expiresAt.N::BIGINT AS expires_at
    FROM read_json('${file}', format = 'newline_delimited', columns = {Item:
      'STRUCT(o ${B}, k ${B}, i ${S}, d ${N}, t ${N}, p ${S}, r ${S}, w ${N}, n ${B}, expiresAt ${N})'});
    CREATE TABLE item_of(item VARCHAR, dimension VARCHAR);
    INSERT INTO item_of VALUES ${instrument.items.map(({ id, dimension }) => `('${id}', '${dimension}')`).join()};
    CREATE TABLE group_code(place INTEGER, attribute VARCHAR, code VARCHAR, attributes INTEGER);
    INSERT INTO group_code VALUES ${groupCodes(instrument).join()};`);
  const statements = (await readFile(new URL('scale.sql', import.meta.url), 'utf8'))
    .replaceAll('$cutoff', CUTOFF.replaceAll('-', ''))
    .replaceAll('$after', AFTER.replaceAll('-', ''))
    .replaceAll('$until_ms', String(Date.parse(UNTIL)))
    .replaceAll('$step', String(instrument.scoreStep));
  await connection.run(statements);
  const rows = (await connection.runAndReadAll('SELECT place, dimension, steps, n FROM tally')).getRows();
  connection.closeSync();
  return new Map(rows.map(([place, dimension, steps, n]) => [`${place} ${dimension} ${steps}`, Number(n)]));
}

/** The public groups, spelled out in the codes that are answered. */
function groupCodes(instrument: Instrument): string[] {
  const nobody = { size: 0, organisations: [], associations: [], codes: new Uint8Array() } as never;
  const { unitTypeAttribute } = instrument;
  return catalogueOf(instrument, nobody).groups.flatMap(({ unitType, where }, place) => {
    const named = {
      ...where,
      ...(unitType !== undefined && unitTypeAttribute ? { [unitTypeAttribute]: unitType } : {}),
    };
    const attributes = Object.keys(named).length;
    return Object.entries(named).flatMap(([attribute, group]) => {
      const list = instrument.profile.find(({ id }) => id === attribute)!;
      return list.codes
        .filter(({ id }) => isUnder(list, id, group))
        .map(({ id }) => `(${place}, '${attribute}', '${id}', ${attributes})`);
    });
  });
}
