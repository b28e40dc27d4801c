import { DuckDBInstance } from '@duckdb/node-api';
import { quantileSorted } from 'simple-statistics';
import { catalogueOf } from '#microdata/peer-groups';
import { cutsOf } from '#disclosure/figures';
import { createFold, type Roster } from '#microdata/fold';
import { POLICY, shownCuts } from '#disclosure/policy';
import { histogramsOf } from '#microdata/tally';
import type { Instrument } from '#contracts/instrument';
import type { StoredSubmission } from '#contracts/submission';
import { loadInstruments } from '#functions/instruments';
import { collectGarbage, peakAbove, say, sayRatio, Timings } from './measure.ts';
import { syntheticLog } from './synthetic.ts';

const SUBMISSIONS = 1_000_000;
const ORGANISATIONS = 400_000;
const CUTOFF = '2026-06-30';
const AFTER = '2023-06-30'; // the panel window of 36 months, exclusive
const ROUNDS = 5;

type Cuts = Map<string, number[]>;

/**
 * (b) Fold and all cuts of a million submissions, against DuckDB on one thread and simple-statistics. The input is an
 * array of the store's own objects; DuckDB has the same rows in an in-memory table. All three must agree in every cut.
 */
export async function foldMillion(): Promise<void> {
  const instruments = await loadInstruments(['test/fixtures/instruments']);
  const instrument = instruments.get('egovernment.1')!;
  const input = inColumns(
    syntheticLog(instrument, {
      submissions: SUBMISSIONS,
      organisations: ORGANISATIONS,
      lastDay: CUTOFF,
      days: 1200, // a tenth lies before the window
    }),
  );
  say(`${SUBMISSIONS.toLocaleString('en')} submissions of ${ORGANISATIONS.toLocaleString('en')} organisations`);
  collectGarbage();

  // Memory first, before anything else of the run has been allocated and given back.
  const first = await peakAbove(() => foldAndCut(instrument, input));
  const groups = first.result.cuts.size / (instrument.dimensions.length + 1);
  say(`cells: ${groups}, cuts: ${[...first.result.cuts.values()].flat().length}`);
  say(`memory above the input: ${first.mb.toFixed(0)} MB`);

  const duck = await loadDuck(instrument, input);
  const runs = {
    ours: new Timings('fold and all cuts'),
    text: new Timings('DuckDB, 1 thread, names as text'),
    number: new Timings('DuckDB, 1 thread, names numbered'),
    cuts: new Timings('cuts alone'),
    simple: new Timings('simple-statistics, cuts alone'),
  };
  for (let round = 0; round < ROUNDS; round++) {
    collectGarbage();
    const folded = await runs.ours.time(() => foldAndCut(instrument, input));
    collectGarbage();
    const text = await runs.text.time(() => duck.cuts('text'));
    const number = await runs.number.time(() => duck.cuts('number'));
    await runs.cuts.time(() => cutsOfRoster(instrument, folded.roster));
    const simple = await runs.simple.time(() => cutsBySimpleStatistics(instrument, folded.roster));
    if (round > 0) continue;
    assertSame(folded.cuts, text, 'DuckDB (text)');
    assertSame(folded.cuts, number, 'DuckDB (numbered)');
    assertSame(folded.cuts, simple, 'simple-statistics');
  }
  for (const timings of Object.values(runs)) timings.say();
  sayRatio(runs.text, runs.ours);
  sayRatio(runs.number, runs.ours);
  sayRatio(runs.simple, runs.cuts);
}

function foldAndCut(instrument: Instrument, input: Iterable<StoredSubmission>): { cuts: Cuts; roster: Roster } {
  const fold = createFold({
    instruments: new Map([[instrument.id, instrument]]),
    cutoffOn: CUTOFF,
    after: AFTER,
    acceptedUntil: '2026-07-15T00:00:00.000Z',
  });
  for (const submission of input) fold.add(submission);
  const roster = fold.roster();
  return { cuts: cutsOfRoster(instrument, roster), roster };
}

function cutsOfRoster(instrument: Instrument, roster: Roster): Cuts {
  const cuts: Cuts = new Map();
  for (const [key, rows] of rowsByGroup(instrument, roster)) {
    for (const [dimension, histogram] of Object.entries(histogramsOf(instrument, roster, rows))) {
      const figures = cutsOf(histogram, rows.length, POLICY);
      if (figures.state !== 'published') continue;
      const values = figures.cuts.map((cut) => cut.value);
      cuts.set(`${key}/${dimension}`, values);
    }
  }
  return cuts;
}

function rowsByGroup(instrument: Instrument, roster: Roster): Map<string, number[]> {
  const catalogue = catalogueOf(instrument);
  const rows = new Map<string, number[]>(catalogue.groups.map((group) => [group.key, []]));
  const lists = [...rows.values()];
  for (let row = 0; row < roster.size; row++)
    for (const group of catalogue.groupsOf(roster, row)) lists[group]!.push(row);
  return rows;
}

/**
 * The log as it is kept for the benchmark: columns in memory. Iterated, it gives a fresh object for every row, as a scan
 * does; an array of a million objects would measure the cache misses of reading them.
 */
function inColumns(log: Iterable<StoredSubmission>): Iterable<StoredSubmission> {
  const first: StoredSubmission[] = [];
  const organisations: string[] = [];
  const profiles: Record<string, string>[] = [];
  const placeOf = new Map<string, number>();
  const organisation = new Int32Array(SUBMISSIONS);
  const keys: string[] = [];
  const conductedOn: string[] = [];
  const acceptedAt: string[] = [];
  const expiresAt: number[] = [];
  const scores = new Uint8Array(SUBMISSIONS * 4);
  const days = new Map<string, string>();
  for (const submission of log) {
    first[0] ??= submission;
    let place = placeOf.get(submission.organisation);
    if (place === undefined) {
      place = organisations.push(submission.organisation) - 1;
      placeOf.set(submission.organisation, place);
      profiles.push(submission.profile);
    }
    const row = keys.push(submission.key) - 1;
    organisation[row] = place;
    if (!days.has(submission.conductedOn)) days.set(submission.conductedOn, submission.conductedOn);
    conductedOn.push(days.get(submission.conductedOn)!);
    acceptedAt.push(submission.acceptedAt);
    expiresAt.push(submission.expiresAt);
    const { participation, services, infrastructure, humancapital } = submission.scores!;
    scores.set([participation!, services!, infrastructure!, humancapital!], row * 4);
  }
  const { instrument, admission, source, bodyHash } = first[0]!;
  const at = (row: number): StoredSubmission => {
    const place = organisation[row]!;
    return {
      kind: 'submission',
      organisation: organisations[place]!,
      key: keys[row]!,
      instrument,
      conductedOn: conductedOn[row]!,
      acceptedAt: acceptedAt[row]!,
      admission,
      source: source!,
      profile: profiles[place]!,
      scores: {
        participation: scores[row * 4]!,
        services: scores[row * 4 + 1]!,
        infrastructure: scores[row * 4 + 2]!,
        humancapital: scores[row * 4 + 3]!,
      },
      bodyHash,
      expiresAt: expiresAt[row]!,
    };
  };
  return {
    // By hand: a generator's own work would be counted as the fold's.
    [Symbol.iterator]() {
      let row = 0;
      return {
        next: () => (row < keys.length ? { done: false, value: at(row++) } : { done: true, value: undefined }),
      };
    },
  };
}

/** Sorted copies of every cell's scores, then the library's own type 7. */
function cutsBySimpleStatistics(instrument: Instrument, roster: Roster): Cuts {
  const cuts: Cuts = new Map();
  const names = [...instrument.dimensions.map(({ id }) => id), 'overall'];
  for (const [key, rows] of rowsByGroup(instrument, roster)) {
    const permilles = shownCuts(rows.length, POLICY);
    names.forEach((name, place) => {
      const sorted = Uint8Array.from(rows, (row) => roster.scores[row * names.length + place]!).sort();
      const values = permilles.map((permille) => quantileSorted(sorted as never, permille / 1000));
      if (values.length > 0) cuts.set(`${key}/${name}`, values.map(halfUp));
    });
  }
  return cuts;
}

/** Floating p leaves 77.49999999999999 where 77.5 is due. */
const halfUp = (value: number) => Math.floor(value + 0.5 + 1e-9);

/** The same rows in two in-memory tables: names and keys as the store has them, and as plain numbers, DuckDB's best. */
async function loadDuck(instrument: Instrument, input: Iterable<StoredSubmission>) {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  await connection.run('SET threads=1');
  const dimensions = instrument.dimensions.map(({ id }) => id);
  const attributes = instrument.profile.map(({ id }) => id);
  const columns = (name: string, key: string) =>
    `organisation ${name}, key ${key}, conducted VARCHAR, accepted VARCHAR, ${attributes.map((id) => `"${id}" VARCHAR`).join(', ')}, ${dimensions.map((id) => `"${id}" UTINYINT`).join(', ')}`;
  await connection.run(`CREATE TABLE loaded (${columns('VARCHAR', 'VARCHAR')})`);
  const appender = await connection.createAppender('loaded');
  for (const submission of input) {
    appender.appendVarchar(submission.organisation);
    appender.appendVarchar(submission.key);
    appender.appendVarchar(submission.conductedOn);
    appender.appendVarchar(submission.acceptedAt);
    for (const id of attributes) appender.appendVarchar(submission.profile[id] ?? '');
    for (const id of dimensions) appender.appendUTinyInt(submission.scores?.[id] ?? 0);
    appender.endRow();
  }
  appender.closeSync();
  const rest = `${attributes.map((id) => `"${id}"`).join(', ')}, ${dimensions.map((id) => `"${id}"`).join(', ')}`;
  const typed = 'conducted::DATE AS conducted, accepted::TIMESTAMP AS accepted';
  await connection.run(`CREATE TABLE log_text AS SELECT organisation, key, ${typed}, ${rest} FROM loaded`);
  await connection.run(
    `CREATE TABLE log_number AS SELECT (dense_rank() OVER (ORDER BY organisation))::INTEGER AS organisation,
       (row_number() OVER (ORDER BY key))::INTEGER AS key, ${typed}, ${rest} FROM loaded`,
  );
  await connection.run('DROP TABLE loaded');

  const permilles = shownCuts(Number.MAX_SAFE_INTEGER, POLICY);
  const list = `[${permilles.map((permille) => permille / 1000).join(', ')}]`;
  const sets = instrument.catalogue.map((set) => `(${set.map((id) => `"${id}"`).join(', ')})`).join(', ');
  const overall = `((${dimensions.map((id) => `"${id}"::INTEGER`).join(' + ')}) * 2 + ${dimensions.length}) // ${2 * dimensions.length}`;
  const cell = [...dimensions, 'overall'];
  const query = (table: string) => `
    WITH last AS (
      SELECT max_by(struct_pack(${[...attributes, ...dimensions].map((id) => `"${id}"`).join(', ')}), (conducted, accepted, key)) AS one
      FROM ${table} WHERE conducted > DATE '${AFTER}' AND conducted <= DATE '${CUTOFF}' GROUP BY organisation
    ), roster AS (SELECT unnest(one) FROM last),
    scored AS (SELECT *, ${overall} AS overall FROM roster)
    SELECT ${attributes.map((id) => `"${id}"`).join(', ')}, count(*) AS n,
      ${cell.map((id) => `quantile_cont("${id}", ${list}) AS "${id}"`).join(', ')}
    FROM scored GROUP BY GROUPING SETS (${sets})`;

  return {
    async cuts(kind: 'text' | 'number'): Promise<Cuts> {
      const rows = (await connection.runAndReadAll(query(`log_${kind}`))).getRowObjectsJS();
      const cuts: Cuts = new Map();
      for (const row of rows) {
        const pairs = attributes.filter((id) => row[id] !== null).map((id) => `${id}=${row[id]}`);
        const shown = shownCuts(Number(row.n), POLICY);
        for (const id of cell) {
          const values = row[id] as number[];
          const picked = shown.map((permille) => halfUp(values[permilles.indexOf(permille)]!));
          if (picked.length > 0) cuts.set(`${pairs.join(',') || 'all'}/${id}`, picked);
        }
      }
      return cuts;
    },
  };
}

/** Throws unless every cut we publish is the same there. */
function assertSame(ours: Cuts, theirs: Cuts, name: string): void {
  for (const [cell, values] of ours) {
    const others = theirs.get(cell);
    if (values.length !== others?.length || values.some((value, index) => value !== others[index]))
      throw new Error(`${name} disagrees on ${cell}: ${values} / ${others}`);
  }
}
