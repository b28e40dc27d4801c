import { dayNumber } from '#contracts/calendar';
import type { Instrument } from '#contracts/instrument';
import type { Admission, StoredSubmission } from '#contracts/submission';
import { overallOf, scoresOf } from './score.ts';

/** No code. */
export const NONE = 255;
/** Places of an item's tally: levels 0 to 4, then these two; unanswered is counted as "don't know". */
export const NOT_APPLICABLE = 5;
export const DONT_KNOW = 6;

/**
 * Eligible submissions in columns, one row each: an object for each would take several times the memory. Codes are places in
 * the instrument's lists.
 */
export class SubmissionTable {
  size = 0;
  readonly instrument: Instrument;
  /** Organisations by number, in the order in which they first appeared. */
  readonly names: string[] = [];
  readonly organisation: number[] = [];
  readonly key: string[] = [];
  readonly day: number[] = [];
  /** Milliseconds since 1970. */
  readonly acceptedAt: number[] = [];
  readonly admission: Admission[] = [];
  /** It has a score in every dimension. */
  readonly isComplete: boolean[] = [];
  /** It was accepted late enough to count. */
  readonly mayCount: boolean[] = [];
  readonly secondsTaken: (number | undefined)[] = [];
  readonly source: (string | undefined)[] = [];
  readonly associations: (readonly string[])[] = [];
  readonly questions: Readonly<Record<string, readonly string[]>>[] = [];
  readonly codes: ByteRows;
  /** By dimension; the overall score last. */
  readonly scores: ByteRows;
  /** By item: 0 to 4, NOT_APPLICABLE or DONT_KNOW. */
  readonly answers: ByteRows;

  readonly #withdrawn = new Map<string, Set<string>>();
  readonly #numbers = new Map<string, number>();
  readonly #days = new Map<string, number>();
  readonly #places: Map<string, number>[];
  readonly #kept = new Map<string, unknown>();

  constructor(instrument: Instrument) {
    this.instrument = instrument;
    this.#places = instrument.profile.map(({ codes }) => new Map(codes.map(({ id }, place) => [id, place])));
    this.codes = new ByteRows(instrument.profile.length);
    this.scores = new ByteRows(instrument.dimensions.length + 1);
    this.answers = new ByteRows(instrument.items.length);
  }

  withdraw(organisation: string, key: string): void {
    const keys = this.#withdrawn.get(organisation);
    if (keys) keys.add(key);
    else this.#withdrawn.set(organisation, new Set([key]));
  }

  append(submission: StoredSubmission, mayCount: boolean): void {
    const scores = scoresOf(this.instrument, submission);
    const overall = overallOf(scores);
    // An incomplete one is only ever counted as left out.
    if (overall === null && !mayCount) return;
    const row = this.size++;
    this.organisation.push(this.#numberOf(submission.organisation));
    this.key.push(submission.key);
    this.day.push(this.#dayOf(submission.conductedOn));
    this.acceptedAt.push(Date.parse(submission.acceptedAt));
    this.admission.push(submission.admission);
    this.isComplete.push(overall !== null);
    this.mayCount.push(mayCount);
    this.secondsTaken.push(submission.secondsTaken);
    this.source.push(this.#once(submission.source));
    this.associations.push(this.#once(submission.associations) ?? NOTHING_NAMED);
    this.questions.push(this.#once(submission.questions) ?? NOTHING_CHOSEN);

    const { profile, dimensions, items } = this.instrument;
    const codes = this.codes.room(row);
    for (let a = 0; a < profile.length; a++)
      codes[a] = this.#places[a]!.get(submission.profile[profile[a]!.id] ?? '') ?? NONE;
    const points = this.scores.room(row);
    for (let d = 0; d < dimensions.length; d++) points[d] = scores[dimensions[d]!.id] ?? 0;
    points[dimensions.length] = overall ?? 0;
    const answers = this.answers.room(row);
    for (let i = 0; i < items.length; i++) {
      const answer = submission.answers?.[items[i]!.id];
      answers[i] = typeof answer === 'number' ? answer : answer === 'na' ? NOT_APPLICABLE : DONT_KNOW;
    }
  }

  nameOf(row: number): string {
    return this.names[this.organisation[row]!]!;
  }

  isWithdrawn(row: number): boolean {
    return this.#withdrawn.size > 0 && this.#withdrawn.get(this.nameOf(row))?.has(this.key[row]!) === true;
  }

  isUsable(row: number): boolean {
    return this.isComplete[row]! && !this.isWithdrawn(row);
  }

  /** By the day of the check, then acceptance, then key. */
  isLater(row: number, than: number): boolean {
    const days = this.day[row]! - this.day[than]!;
    const accepted = this.acceptedAt[row]! - this.acceptedAt[than]!;
    return days !== 0 ? days > 0 : accepted !== 0 ? accepted > 0 : this.key[row]! > this.key[than]!;
  }

  #numberOf(name: string): number {
    let number = this.#numbers.get(name);
    if (number === undefined) {
      number = this.names.push(name) - 1;
      this.#numbers.set(name, number);
    }
    return number;
  }

  /** Few days, many submissions: each date is read once. */
  #dayOf(date: string): number {
    let day = this.#days.get(date);
    if (day === undefined) {
      day = dayNumber(date);
      this.#days.set(date, day);
    }
    return day;
  }

  /** Equal values as one: most organisations share source, associations and choices with many. */
  #once<Value>(value: Value): Value {
    if (value === undefined) return value;
    const text = JSON.stringify(value);
    const kept = this.#kept.get(text);
    if (kept !== undefined) return kept as Value;
    this.#kept.set(text, value);
    return value;
  }
}

const NOTHING_NAMED: readonly string[] = [];
const NOTHING_CHOSEN = {};

/** Rows of bytes of one width, in one array that doubles when it is full. */
export class ByteRows {
  readonly width: number;
  #bytes: Uint8Array;

  constructor(width: number) {
    this.width = width;
    this.#bytes = new Uint8Array(1024 * width);
  }

  /** A row to be filled; made if there is none yet. */
  room(row: number): Uint8Array {
    if ((row + 1) * this.width > this.#bytes.length) {
      const larger = new Uint8Array(2 * this.#bytes.length);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    return this.of(row);
  }

  of(row: number): Uint8Array {
    return this.#bytes.subarray(row * this.width, (row + 1) * this.width);
  }
}
