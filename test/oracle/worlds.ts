import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { Instrument } from '#contracts/instrument';
import type { Cell, Change, LeftOut } from '#contracts/release';
import type { Review } from '#contracts/review';
import type { Admission, Answer, LogItem, StoredSubmission } from '#contracts/submission';

/** A log and what `oracle.py` made of it. */
export interface World {
  instrument: Instrument;
  log: LogItem[];
  releases: AskedRelease[];
}

export interface AskedRelease {
  cutoffOn: string;
  after: string;
  acceptedUntil: string;
  acceptedAfter: string | null;
  /** Hexadecimal, 32 bytes. */
  key: string;
  reviews: Review[];
  expected: { cells: Cell[]; changes: Change[]; leftOut: LeftOut[]; epsilonSum: number };
}

/** Reads a folder beside this file, its rows as `oracle.py` does: by the columns' names. */
export function readWorld(folder: string): World {
  const textOf = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
  const given: { instrument: string; log: string[]; releases: Omit<AskedRelease, 'expected'>[] } = JSON.parse(
    textOf(`${folder}/given.json`),
  );
  const instrument = Instrument.parse(JSON.parse(textOf(`../../${given.instrument}`)));
  const rows = given.log.flatMap((file): Row[] => parse(textOf(`${folder}/${file}`), { columns: true }));
  return {
    instrument,
    log: rows.flatMap((row) => itemsOf(instrument, row)),
    releases: given.releases.map((release) => ({
      ...release,
      expected: JSON.parse(textOf(`${folder}/golden/${release.cutoffOn}.json`)),
    })),
  };
}

type Row = Record<string, string>;

const LONG_AGO = Date.parse('2000-01-01') / 1000;
const FAR_AHEAD = Date.parse('2040-01-01') / 1000;

function itemsOf(instrument: Instrument, row: Row): LogItem[] {
  const conductedOn = row.conductedOn!;
  const filled = (columns: readonly { id: string }[]) =>
    columns.flatMap(({ id }): [string, string][] => (row[id] ? [[id, row[id]]] : []));
  const readEach = <T>(columns: readonly { id: string }[], read: (text: string) => T): Record<string, T> =>
    Object.fromEntries(filled(columns).map(([id, text]) => [id, read(text)]));
  const submission: StoredSubmission = {
    kind: 'submission',
    organisation: row.organisation!,
    key: row.key || conductedOn,
    instrument: instrument.id,
    conductedOn,
    acceptedAt: row.acceptedAt || `${conductedOn}T12:00:00.000Z`,
    admission: (row.admission || 'trusted') as Admission,
    ...(row.source && { source: row.source }),
    profile: readEach(instrument.profile, String),
    answers: readEach(instrument.items, (text) => (/^\d$/.test(text) ? Number(text) : text) as Answer),
    scores: readEach(instrument.dimensions, Number),
    questions: readEach(instrument.questions, (text) => text.split(' ')),
    ...(row.secondsTaken && { secondsTaken: Number(row.secondsTaken) }),
    ...(row.associations && { associations: row.associations.split(' ') }),
    bodyHash: '',
    expiresAt: row.gone === 'expired' ? LONG_AGO : FAR_AHEAD,
  };
  if (row.gone !== 'withdrawn') return [submission];
  const { organisation, key, acceptedAt: withdrawnAt, expiresAt } = submission;
  return [{ kind: 'withdrawal', organisation, keys: [key], withdrawnAt, expiresAt }, submission];
}
