import type { Level } from 'level';
import type { SubmissionBody } from '#contracts/submission';
import type { Reject } from './row.ts';
import type { ImportSummary } from './summary.ts';

/** What was last sent, or was about to be, for one organisation, instrument and day. */
export interface Revision {
  revision: number;
  /** SHA-256 of the canonical body, hex: tells a changed row. */
  rowHash: string;
}

/** One of the partner's keys. */
export interface Organisation {
  /** Canonical, 27 symbols; null until a row of a new organisation is to be sent. */
  receipt: string | null;
  /** `<instrument> <day>` -> what went out. */
  revisions: Record<string, Revision>;
  /** Another spelling of this key, which has the receipt. */
  sameAs?: string;
  /** Whether the file at hand names it. */
  isNamed?: boolean;
}

/** A row of the file at hand, by its organisation and day. */
export interface PlannedRow {
  line: number;
  rowHash: string;
  /** Another row says something else of the same organisation and day: neither goes out. */
  isContradicted?: boolean;
  /** Dimensions without a score. */
  missing: string[];
}

/** What waits to be sent. */
export interface QueuedRow {
  line: number;
  organisation: string;
  conductedOn: string;
  body: SubmissionBody;
  cells: Record<string, string>;
}

/** Of a run whose rows are planned and whose receipts are on the disk. */
export interface RunState {
  /** Of what was asked for: the file's bytes, instrument, address, mapping. */
  fingerprint: string;
  /** The receipts file as the run wrote it. */
  receiptsHash: string;
  summary: ImportSummary;
  /** Lines without a usable answer: they stay queued for a later run. */
  gaveUp: number[];
}

export const RUN = 'state';

type Part<Value> = ReturnType<typeof partOf<Value>>;

const partOf = <Value>(level: Level, name: string) => level.sublevel<string, Value>(name, { valueEncoding: 'json' });

/**
 * What an import knows while it runs, on the disk: a million rows take no more memory than a thousand, and a run that was
 * killed goes on where it was. Keys sort as text, so lines are padded.
 */
export interface PlanStore {
  level: Level;
  organisations: Part<Organisation>;
  /** Comparable form of a key -> the first key with that form. */
  similar: Part<string>;
  /** Receipt -> its organisation. */
  owners: Part<string>;
  rows: Part<PlannedRow>;
  queue: Part<QueuedRow>;
  rejects: Part<Reject>;
  /** How far the run is, under one key. */
  run: Part<RunState>;
}

export function planStore(level: Level): PlanStore {
  return {
    level,
    organisations: partOf(level, 'organisations'),
    similar: partOf(level, 'similar'),
    owners: partOf(level, 'owners'),
    rows: partOf(level, 'rows'),
    queue: partOf(level, 'queue'),
    rejects: partOf(level, 'rejects'),
    run: partOf(level, 'run'),
  };
}

/** Forgets everything, and has the disk forget it: what was deleted would stay in the files for a while. */
export async function clearPlan({ level }: PlanStore): Promise<void> {
  await level.clear();
  // Of LevelDB on a disk; the types know what browsers have as well.
  await (level as Level & { compactRange(start: string, end: string): Promise<void> }).compactRange('\0', '\uffff');
}

export const lineKey = (line: number): string => String(line).padStart(10, '0');
export const rowKey = (organisation: string, conductedOn: string): string => `${organisation}\0${conductedOn}`;
/** Faults of one line stand together, in the order in which they were found. */
export const rejectKey = (line: number, place: number): string => `${lineKey(line)} ${String(place).padStart(4, '0')}`;

/**
 * Many reads and writes as one of each: what is needed is loaded at once, then read and changed in memory, then written in
 * one step.
 */
export class Pending {
  readonly #level: Level;
  /** By part and key; what is undefined is not there. */
  readonly #values = new Map<object, Map<string, unknown>>();
  readonly #changed = new Map<object, Set<string>>();

  constructor({ level }: PlanStore) {
    this.#level = level;
  }

  async load<Value>(part: Part<Value>, keys: Iterable<string>): Promise<void> {
    const known = entryOf(this.#values, part, () => new Map<string, unknown>());
    const wanted = [...new Set(keys)].filter((key) => !known.has(key));
    const values = await part.getMany(wanted);
    for (const [index, key] of wanted.entries()) known.set(key, values[index]);
  }

  /** A value that was loaded, or put before. */
  get<Value>(part: Part<Value>, key: string): Value | undefined {
    return this.#values.get(part)?.get(key) as Value | undefined;
  }

  put<Value>(part: Part<Value>, key: string, value: Value | undefined): void {
    entryOf(this.#values, part, () => new Map<string, unknown>()).set(key, value);
    entryOf(this.#changed, part, () => new Set<string>()).add(key);
  }

  async write(): Promise<void> {
    const operations: Operation[] = [];
    for (const [part, keys] of this.#changed)
      for (const key of keys) {
        const value = this.#values.get(part)?.get(key);
        const sublevel = part as Part<unknown>;
        if (value === undefined) operations.push({ type: 'del', sublevel, key });
        else operations.push({ type: 'put', sublevel, key, value });
      }
    await this.#level.batch<string, unknown>(operations, {});
  }
}

type Operation =
  | { type: 'del'; sublevel: Part<unknown>; key: string }
  | { type: 'put'; sublevel: Part<unknown>; key: string; value: unknown };

function entryOf<Value>(map: Map<object, Value>, key: object, make: () => Value): Value {
  const found = map.get(key) ?? make();
  map.set(key, found);
  return found;
}

/** So many at a time of what comes one by one. */
export async function* inBatches<T>(items: AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
  let batch: T[] = [];
  for await (const item of items) {
    batch.push(item);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
