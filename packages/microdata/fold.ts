import type { Instrument } from '#contracts/instrument';
import type { QualityPolicy } from '#contracts/policy';
import { REVIEWED_HASH_LENGTH, type Review } from '#contracts/review';
import type { LogItem, StoredSubmission } from '#contracts/submission';
import { addDays, dayNumber, monthsBefore } from '#contracts/calendar';
import { NameTable } from './name-table.ts';
import { duplicateClusters, ownFlags, type QualityFlag } from './quality.ts';
import { roundedRatio, scoresOf } from './score.ts';

/** Which submissions count: those of the panel window that were accepted in time and are not expired. */
export interface FoldWindow {
  /** Every version of the panel's instrument, by full id; the first one defines the order of dimensions, items, codes. */
  instruments: ReadonlyMap<string, Instrument>;
  /** The cut-off, inclusive; compared with `conductedOn`. */
  cutoffOn: string;
  /** Exclusive lower end of the panel window. */
  after: string;
  /** Inclusive; compared with `acceptedAt`, and with `expiresAt`. */
  acceptedUntil: string;
}

/** No code, no answer. */
export const NONE = 255;
/** Places of an item's tally: levels 0 to 4, then these two; unanswered is counted as "don't know". */
export const NOT_APPLICABLE = 5;
export const DONT_KNOW = 6;

/**
 * One row per contributing organisation, in columns, ordered by organisation hash. Codes are places in the
 * instrument's lists. Scores hold every dimension and, last, the overall score.
 */
export interface Roster {
  size: number;
  organisations: string[];
  submissions: string[];
  /** size x attributes. */
  codes: Uint8Array;
  isInvited: Uint8Array;
  isTrusted: Uint8Array;
  sources: (string | undefined)[];
  cohorts: (readonly string[])[];
  /** size x (dimensions + 1). */
  scores: Uint8Array;
  /** size x items: 0 to 4, NOT_APPLICABLE or DONT_KNOW. */
  answers: Uint8Array;
  /** Question id -> chosen codes. */
  questions: Readonly<Record<string, readonly string[]>>[];
  /** Of matched organisations the submission that change is measured from; null of all others. */
  firsts: (string | null)[];
  /** size x (dimensions + 1): the scores of `firsts`, 0 where there is none. */
  firstScores: Uint8Array;
}

/** Two submissions of an organisation at least so many months apart make it a matched one. */
const MATCHED_MONTHS = 6;

/** A fold under way. Items may come in any order and segmentation; folds of disjoint parts merge. */
export interface Fold {
  add(item: LogItem): void;
  /** Takes over everything the other fold holds. */
  merge(other: Fold): void;
  /**
   * One row per organisation: its greatest (conductedOn, acceptedAt, key) that is complete, not withdrawn and not among
   * the contributions (see `contributionKey`) that wait for the next release.
   */
  roster(deferred?: ReadonlySet<string>): Roster;
  /**
   * Flags open submissions (`quality.ts`) once all are added and merged. Rosters made afterwards leave out the flagged that
   * are not admitted, and whatever was excluded, though the organisation's former submission counts on.
   *
   * @param quality undefined flags nothing
   * @returns the flagged and the excluded, by organisation and key
   */
  review(quality: QualityPolicy | undefined, reviews: readonly Review[]): Reviewed[];
  /** Rows held, for the merge. */
  readonly rows: Rows;
}

/** A submission that waits for the operator's decision, or has one. No answers. */
export interface Reviewed {
  organisation: string;
  submission: string;
  conductedOn: string;
  flags: QualityFlag[];
  /** Organisations in its cluster of near-duplicates, itself among them; 0 without one. */
  cluster: number;
  decision: Review['decision'] | null;
}

/** Names one submission of one organisation; a submission's key alone is shared by all who chose the same Idempotency-Key. */
export function contributionKey(organisation: string, submission: string): string {
  return `${organisation}/${submission}`;
}

const INITIAL_CAPACITY = 1024;
const FINISHED_AT_ONCE = 256;
const NOTHING_DEFERRED: ReadonlySet<string> = new Set();

/**
 * Folds the log into the roster of a release: each organisation counts once, with the last submission of the window
 * that has a score in every dimension. Pure; memory grows by some 60 bytes for each eligible submission.
 *
 * @param rows what it holds from the start, as `foldFromBytes` reads it
 */
export function createFold(window: FoldWindow, rows = new Rows(firstInstrument(window))): Fold {
  const expiredAt = Math.floor(Date.parse(window.acceptedUntil) / 1000);

  return {
    rows,
    add(item) {
      if (item.kind === 'withdrawal') {
        for (const key of item.keys) rows.withdraw(item.organisation, key);
        return;
      }
      if (item.kind !== 'submission') return;
      const instrument = window.instruments.get(item.instrument);
      if (!instrument || item.conductedOn > window.cutoffOn || item.conductedOn <= window.after) return;
      if (item.acceptedAt > window.acceptedUntil || item.expiresAt <= expiredAt) return;
      rows.append(item, instrument);
    },
    merge: (other) => rows.take(other.rows),
    roster: (deferred = NOTHING_DEFERRED) => rows.roster(deferred),
    review: (quality, reviews) => rows.review(quality, reviews),
  };
}

/** The version that gives the order of dimensions, items and codes. */
export function firstInstrument({ instruments }: FoldWindow): Instrument {
  const first = instruments.values().next().value;
  if (!first) throw new RangeError('a fold needs at least one instrument');
  return first;
}

/** All that `Rows` hold, by row: what is many in columns, what is shared as a list and a column of places in it. */
export interface RowsContent {
  columns: Columns;
  lists: {
    /** Submissions' keys, one a row. */
    keys: string[];
    organisations: string[];
    sources: string[];
    cohorts: (readonly string[])[];
    questions: Readonly<Record<string, readonly string[]>>[];
    withdrawn: [organisation: string, keys: string[]][];
  };
}

export interface Columns {
  organisation: Int32Array;
  day: Int32Array;
  acceptedAt: Float64Array;
  flags: Uint8Array;
  seconds: Int32Array;
  source: Int32Array;
  cohort: Int32Array;
  choices: Int32Array;
  codes: Uint8Array;
  scores: Uint8Array;
  answers: Uint8Array;
}

/** Eligible submissions in columns that double when full. */
export class Rows {
  size = 0;
  readonly #instrument: Instrument;
  readonly #places: Map<string, number>[];
  readonly #organisations = new NameTable();
  /** The submissions of the last rows, whose organisation and codes are not written yet. */
  readonly #unfinished: StoredSubmission[] = [];
  readonly #withdrawn = new Map<string, Set<string>>();
  readonly #days = new Map<string, number>();
  #organisation = new Int32Array(INITIAL_CAPACITY);
  #day = new Int32Array(INITIAL_CAPACITY);
  #acceptedAt = new Float64Array(INITIAL_CAPACITY);
  #flags = new Uint8Array(INITIAL_CAPACITY);
  /** Seconds taken and one more; 0: unknown. */
  #seconds = new Int32Array(INITIAL_CAPACITY);
  /** 1 where a row may not count: flagged and not admitted, or excluded. */
  #held: Uint8Array | undefined;
  #codes: Uint8Array;
  #scores: Uint8Array;
  #answers: Uint8Array;
  readonly #keys: string[] = [];
  readonly #sources = new Distinct<string | undefined>(undefined);
  readonly #cohorts = new Distinct<readonly string[]>([]);
  readonly #questions = new Distinct<Readonly<Record<string, readonly string[]>>>({});
  #source = new Int32Array(INITIAL_CAPACITY);
  #cohort = new Int32Array(INITIAL_CAPACITY);
  #choices = new Int32Array(INITIAL_CAPACITY);

  constructor(instrument: Instrument) {
    this.#instrument = instrument;
    this.#places = instrument.profile.map(({ codes }) => new Map(codes.map((code, place) => [code.id, place])));
    this.#codes = new Uint8Array(INITIAL_CAPACITY * instrument.profile.length);
    this.#scores = new Uint8Array(INITIAL_CAPACITY * (instrument.dimensions.length + 1));
    this.#answers = new Uint8Array(INITIAL_CAPACITY * instrument.items.length);
  }

  withdraw(organisation: string, key: string): void {
    const keys = this.#withdrawn.get(organisation);
    if (keys) keys.add(key);
    else this.#withdrawn.set(organisation, new Set([key]));
  }

  append(submission: StoredSubmission, instrument: Instrument): void {
    if (this.size === this.#day.length) this.#grow();
    const row = this.size;
    if (!this.#writeScores(row, submission, instrument)) return;
    this.size += 1;
    const { items } = this.#instrument;
    this.#keys.push(submission.key);
    this.#day[row] = this.#dayOf(submission.conductedOn);
    this.#acceptedAt[row] = orderOf(submission.acceptedAt);
    this.#flags[row] = submission.admission === 'open' ? 0 : submission.admission === 'invited' ? 1 : 3;
    this.#seconds[row] = submission.secondsTaken === undefined ? 0 : submission.secondsTaken + 1;
    for (let i = 0; i < items.length; i++) {
      const answer = submission.answers?.[items[i]!.id];
      this.#answers[row * items.length + i] =
        typeof answer === 'number' ? answer : answer === 'na' ? NOT_APPLICABLE : DONT_KNOW;
    }
    this.#source[row] = this.#sources.placeOf(submission.source);
    this.#cohort[row] = this.#cohorts.placeOf(submission.cohorts);
    this.#choices[row] = this.#questions.placeOf(submission.questions);
    this.#unfinished.push(submission);
    if (this.#unfinished.length === FINISHED_AT_ONCE) this.#finishRows();
  }

  /**
   * Numbers the organisations of the last rows and reads their codes. Names and profiles lie anywhere in memory; in short
   * loops over many of them the processor fetches several at once, which saves the fold a sixth of its time.
   */
  #finishRows(): void {
    const { profile } = this.#instrument;
    const first = this.size - this.#unfinished.length;
    const names = this.#unfinished.map(({ organisation }) => organisation);
    this.#organisations.numberAll(names, this.#organisation, first);
    for (let a = 0; a < profile.length; a++) {
      const { id } = profile[a]!;
      const places = this.#places[a]!;
      for (let place = 0; place < this.#unfinished.length; place++)
        this.#codes[(first + place) * profile.length + a] =
          places.get(this.#unfinished[place]!.profile[id] ?? '') ?? NONE;
    }
    this.#unfinished.length = 0;
  }

  take(other: Rows): void {
    for (const [organisation, keys] of other.#withdrawn) for (const key of keys) this.withdraw(organisation, key);
    this.#finishRows();
    other.#finishRows();
    const names = Array.from({ length: other.#organisations.size }, (_, number) => other.#organisations.at(number));
    const numbers = new Int32Array(names.length);
    this.#organisations.numberAll(names, numbers, 0);
    for (let from = 0; from < other.size; from++) {
      if (this.size === this.#day.length) this.#grow();
      const row = this.size;
      this.size += 1;
      this.#organisation[row] = numbers[other.#organisation[from]!]!;
      this.#keys.push(other.#keys[from]!);
      this.#day[row] = other.#day[from]!;
      this.#acceptedAt[row] = other.#acceptedAt[from]!;
      this.#flags[row] = other.#flags[from]!;
      this.#seconds[row] = other.#seconds[from]!;
      copyRow(other.#codes, from, this.#codes, row, this.#instrument.profile.length);
      copyRow(other.#scores, from, this.#scores, row, this.#instrument.dimensions.length + 1);
      copyRow(other.#answers, from, this.#answers, row, this.#instrument.items.length);
      this.#source[row] = this.#sources.placeOf(other.#sources.at(other.#source[from]!));
      this.#cohort[row] = this.#cohorts.placeOf(other.#cohorts.at(other.#cohort[from]!));
      this.#choices[row] = this.#questions.placeOf(other.#questions.at(other.#choices[from]!));
    }
  }

  /** What is held, not a copy: for who writes it down. */
  content(): RowsContent {
    this.#finishRows();
    const { profile, dimensions, items } = this.#instrument;
    const { size } = this;
    return {
      columns: {
        organisation: this.#organisation.subarray(0, size),
        day: this.#day.subarray(0, size),
        acceptedAt: this.#acceptedAt.subarray(0, size),
        flags: this.#flags.subarray(0, size),
        seconds: this.#seconds.subarray(0, size),
        source: this.#source.subarray(0, size),
        cohort: this.#cohort.subarray(0, size),
        choices: this.#choices.subarray(0, size),
        codes: this.#codes.subarray(0, size * profile.length),
        scores: this.#scores.subarray(0, size * (dimensions.length + 1)),
        answers: this.#answers.subarray(0, size * items.length),
      },
      lists: {
        keys: this.#keys,
        organisations: Array.from({ length: this.#organisations.size }, (_, number) => this.#organisations.at(number)),
        sources: this.#sources.some() as string[],
        cohorts: this.#cohorts.some(),
        questions: this.#questions.some(),
        withdrawn: Array.from(this.#withdrawn, ([organisation, keys]) => [organisation, [...keys]]),
      },
    };
  }

  /** Rows of the instrument with that content, as `content` gave it. */
  static of(instrument: Instrument, { columns, lists }: RowsContent): Rows {
    const rows = new Rows(instrument);
    while (rows.#day.length < lists.keys.length) rows.#grow();
    rows.size = lists.keys.length;
    rows.#organisation.set(columns.organisation);
    rows.#day.set(columns.day);
    rows.#acceptedAt.set(columns.acceptedAt);
    rows.#flags.set(columns.flags);
    rows.#seconds.set(columns.seconds);
    rows.#source.set(columns.source);
    rows.#cohort.set(columns.cohort);
    rows.#choices.set(columns.choices);
    rows.#codes.set(columns.codes);
    rows.#scores.set(columns.scores);
    rows.#answers.set(columns.answers);
    // Names and values get the numbers they had: both count up in the order in which they first appear.
    for (const key of lists.keys) rows.#keys.push(key);
    rows.#organisations.numberAll(lists.organisations, new Int32Array(lists.organisations.length), 0);
    for (const source of lists.sources) rows.#sources.placeOf(source);
    for (const cohorts of lists.cohorts) rows.#cohorts.placeOf(cohorts);
    for (const choices of lists.questions) rows.#questions.placeOf(choices);
    for (const [organisation, keys] of lists.withdrawn) rows.#withdrawn.set(organisation, new Set(keys));
    return rows;
  }

  roster(deferred: ReadonlySet<string>): Roster {
    this.#finishRows();
    const rows = this.#chosenRows(deferred);
    const size = rows.length;
    const { profile, dimensions, items } = this.#instrument;
    // Arrays of the right length from the start: growing ones leave more behind than they hold.
    const roster: Roster = {
      size,
      organisations: new Array(size),
      submissions: new Array(size),
      codes: rowsOf(this.#codes, profile.length, rows),
      isInvited: new Uint8Array(size),
      isTrusted: new Uint8Array(size),
      sources: new Array(size),
      cohorts: new Array(size),
      scores: rowsOf(this.#scores, dimensions.length + 1, rows),
      answers: rowsOf(this.#answers, items.length, rows),
      questions: new Array(size),
      firsts: new Array(size),
      firstScores: new Uint8Array(size * (dimensions.length + 1)),
    };
    const firsts = this.#firstRows(rows, deferred);
    for (let place = 0; place < size; place++) {
      const row = rows[place]!;
      roster.organisations[place] = this.#organisations.at(this.#organisation[row]!);
      roster.submissions[place] = this.#keys[row]!;
      roster.isInvited[place] = this.#flags[row]! > 0 ? 1 : 0;
      roster.isTrusted[place] = this.#flags[row] === 3 ? 1 : 0;
      roster.sources[place] = this.#sources.at(this.#source[row]!);
      roster.cohorts[place] = this.#cohorts.at(this.#cohort[row]!);
      roster.questions[place] = this.#questions.at(this.#choices[row]!);
      const first = firsts[place]!;
      roster.firsts[place] = first === -1 ? null : this.#keys[first]!;
      if (first !== -1) copyRow(this.#scores, first, roster.firstScores, place, dimensions.length + 1);
    }
    return roster;
  }

  review(quality: QualityPolicy | undefined, reviews: readonly Review[]): Reviewed[] {
    this.#finishRows();
    const decisions = new Map(
      reviews.map((review) => [`${review.organisation}/${review.submission}`, review.decision]),
    );
    const decidedKeys = new Set(reviews.map(({ submission }) => submission));
    const decisionOn = (row: number) =>
      decidedKeys.has(this.#keys[row]!)
        ? (decisions.get(contributionKey(this.#nameOf(row).slice(0, REVIEWED_HASH_LENGTH), this.#keys[row]!)) ?? null)
        : null;
    const held = new Uint8Array(this.size);
    const found: Reviewed[] = [];
    const clusters = this.#clusters(quality);
    for (let row = 0; row < this.size; row++) {
      const flags = this.#flagsOf(row, clusters.get(row), quality);
      const decision = decisionOn(row);
      if ((flags.length === 0 && decision !== 'exclude') || this.#isWithdrawn(row)) continue;
      if (decision !== 'admit') held[row] = 1;
      found.push({
        organisation: this.#nameOf(row),
        submission: this.#keys[row]!,
        conductedOn: addDays('1970-01-01', this.#day[row]!),
        flags,
        cluster: clusters.get(row) ?? 0,
        decision,
      });
    }
    this.#held = held;
    const nameOf = ({ organisation, submission }: Reviewed) => contributionKey(organisation, submission);
    return found.sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  }

  #flagsOf(row: number, cluster: number | undefined, quality: QualityPolicy | undefined): QualityFlag[] {
    const { kind, items } = this.#instrument;
    if (!quality || kind !== 'questionnaire' || this.#flags[row] !== 0) return [];
    const answers = this.#answers.subarray(row * items.length, (row + 1) * items.length);
    const seconds = this.#seconds[row]!;
    const own = ownFlags(answers, seconds === 0 ? undefined : seconds - 1, quality);
    return cluster === undefined ? own : [...own, 'near-duplicate'];
  }

  /** Row -> organisations in its cluster of near-duplicates, over the open rows that are not withdrawn. */
  #clusters(quality: QualityPolicy | undefined): Map<number, number> {
    const { kind, items, dimensions, profile } = this.#instrument;
    const clusters = new Map<number, number>();
    if (!quality || kind !== 'questionnaire') return clusters;
    const rows = new Int32Array(this.size);
    let open = 0;
    for (let row = 0; row < this.size; row++) if (this.#flags[row] === 0 && !this.#isWithdrawn(row)) rows[open++] = row;
    const sheets = {
      rows: rows.subarray(0, open),
      organisations: this.#organisation,
      codes: this.#codes,
      attributes: profile.length,
      answers: this.#answers,
      dimensions: items.map(({ dimension }) => dimensions.findIndex(({ id }) => id === dimension)),
    };
    duplicateClusters(sheets, quality).forEach((organisations, place) => {
      if (organisations > 0) clusters.set(rows[place]!, organisations);
    });
    return clusters;
  }

  #nameOf(row: number): string {
    return this.#organisations.at(this.#organisation[row]!);
  }

  /** The last row of each organisation that counts, by the organisations' names. */
  #chosenRows(deferred: ReadonlySet<string>): Int32Array {
    const last = new Int32Array(this.#organisations.size).fill(-1);
    for (let row = 0; row < this.size; row++) {
      const organisation = this.#organisation[row]!;
      if (!this.#isCounted(row, deferred)) continue;
      const best = last[organisation]!;
      if (best === -1 || this.#isLater(row, best)) last[organisation] = row;
    }
    const inOrder = this.#organisations.inOrder();
    let count = 0;
    for (let place = 0; place < inOrder.length; place++) {
      const row = last[inOrder[place]!]!;
      if (row !== -1) inOrder[count++] = row;
    }
    return inOrder.subarray(0, count);
  }

  /** Place in `rows` -> the organisation's earliest row half a year or more before, in the same panel; -1 without one. */
  #firstRows(rows: Int32Array, deferred: ReadonlySet<string>): Int32Array {
    const { profile, panelAttribute } = this.#instrument;
    const panel = profile.findIndex(({ id }) => id === panelAttribute);
    const panelOf = (row: number) => (panel === -1 ? NONE : this.#codes[row * profile.length + panel]!);
    const latest = new Map<number, number>();
    const latestFirst = (day: number) => {
      let found = latest.get(day);
      if (found === undefined) {
        found = dayNumber(monthsBefore(addDays('1970-01-01', day), MATCHED_MONTHS));
        latest.set(day, found);
      }
      return found;
    };
    const placeOf = new Int32Array(this.#organisations.size).fill(-1);
    for (let place = 0; place < rows.length; place++) placeOf[this.#organisation[rows[place]!]!] = place;
    const firsts = new Int32Array(rows.length).fill(-1);
    for (let row = 0; row < this.size; row++) {
      const place = placeOf[this.#organisation[row]!]!;
      const last = rows[place];
      if (last === undefined || last === row || this.#day[row]! > latestFirst(this.#day[last]!)) continue;
      if (panelOf(row) !== panelOf(last) || !this.#isThere(row, deferred)) continue;
      const best = firsts[place]!;
      if (best === -1 || this.#isLater(best, row)) firsts[place] = row;
    }
    // Another first in place of one that is held would measure another change: such an organisation is not matched.
    for (let place = 0; place < firsts.length; place++)
      if (firsts[place] !== -1 && this.#held?.[firsts[place]!] === 1) firsts[place] = -1;
    return firsts;
  }

  #isCounted(row: number, deferred: ReadonlySet<string>): boolean {
    return this.#held?.[row] !== 1 && this.#isThere(row, deferred);
  }

  #isThere(row: number, deferred: ReadonlySet<string>): boolean {
    return !this.#isWithdrawn(row) && !(deferred.size > 0 && deferred.has(this.#contributionOf(row)));
  }

  #isWithdrawn(row: number): boolean {
    if (this.#withdrawn.size === 0) return false;
    return this.#withdrawn.get(this.#organisations.at(this.#organisation[row]!))?.has(this.#keys[row]!) === true;
  }

  #contributionOf(row: number): string {
    return contributionKey(this.#organisations.at(this.#organisation[row]!), this.#keys[row]!);
  }

  /** The scores of every dimension and the overall one; false if one is missing, and the row is not to be used. */
  #writeScores(row: number, submission: StoredSubmission, instrument: Instrument): boolean {
    const { dimensions } = this.#instrument;
    const scores = instrument.kind === 'scores' ? submission.scores : scoresOf(instrument, submission);
    if (!scores) return false;
    const start = row * (dimensions.length + 1);
    let total = 0;
    for (let d = 0; d < dimensions.length; d++) {
      const score = scores[dimensions[d]!.id];
      if (score === undefined || score === null) return false;
      this.#scores[start + d] = score;
      total += score;
    }
    this.#scores[start + dimensions.length] = roundedRatio(total, dimensions.length);
    return true;
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

  #isLater(row: number, than: number): boolean {
    if (this.#day[row] !== this.#day[than]) return this.#day[row]! > this.#day[than]!;
    if (this.#acceptedAt[row] !== this.#acceptedAt[than]) return this.#acceptedAt[row]! > this.#acceptedAt[than]!;
    return this.#keys[row]! > this.#keys[than]!;
  }

  #grow(): void {
    const double = <T extends Int32Array | Float64Array | Uint8Array>(column: T): T => {
      const larger = new (column.constructor as new (length: number) => T)(column.length * 2);
      larger.set(column as never);
      return larger;
    };
    this.#organisation = double(this.#organisation);
    this.#day = double(this.#day);
    this.#acceptedAt = double(this.#acceptedAt);
    this.#flags = double(this.#flags);
    this.#seconds = double(this.#seconds);
    this.#source = double(this.#source);
    this.#cohort = double(this.#cohort);
    this.#choices = double(this.#choices);
    this.#codes = double(this.#codes);
    this.#scores = double(this.#scores);
    this.#answers = double(this.#answers);
  }
}

/** Different values by number, each kept once: most organisations share source, cohorts and choices with many. */
class Distinct<T> {
  readonly #values: T[];
  readonly #places = new Map<string, number>();

  /** @param nothing what is meant by undefined; has place 0 */
  constructor(nothing: T) {
    this.#values = [nothing];
  }

  placeOf(value: T | undefined): number {
    if (value === undefined || value === this.#values[0]) return 0;
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    let place = this.#places.get(text);
    if (place === undefined) {
      place = this.#values.push(value) - 1;
      this.#places.set(text, place);
    }
    return place;
  }

  at(place: number): T {
    return this.#values[place]!;
  }

  /** The values from place 1 on. */
  some(): T[] {
    return this.#values.slice(1);
  }
}

/** A number that orders instants of one form (`2026-06-30T08:15:00.000Z`) as the texts do, without parsing a date. */
function orderOf(instant: string): number {
  const day = (pairAt(instant, 0) * 100 + pairAt(instant, 2)) * 372 + pairAt(instant, 5) * 31 + pairAt(instant, 8);
  const seconds = (pairAt(instant, 11) * 60 + pairAt(instant, 14)) * 60 + pairAt(instant, 17);
  return day * 86_400_000 + seconds * 1000 + pairAt(instant, 20) * 10 + instant.charCodeAt(22) - 48;
}

/** Two digits of a text as a number. */
function pairAt(text: string, place: number): number {
  return (text.charCodeAt(place) - 48) * 10 + text.charCodeAt(place + 1) - 48;
}

/** The given rows of a table, in that order. */
function rowsOf(table: Uint8Array, width: number, rows: Int32Array): Uint8Array {
  const picked = new Uint8Array(rows.length * width);
  for (let place = 0; place < rows.length; place++) copyRow(table, rows[place]!, picked, place, width);
  return picked;
}

function copyRow(from: Uint8Array, fromRow: number, to: Uint8Array, toRow: number, width: number): void {
  for (let column = 0; column < width; column++) to[toRow * width + column] = from[fromRow * width + column]!;
}
