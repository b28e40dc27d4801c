import { addDays, dayNumber, monthsBefore } from '#contracts/calendar';
import { unitTypesOf } from '#contracts/group';
import type { Instrument } from '#contracts/instrument';
import type { QualityPolicy } from '#contracts/policy';
import { REVIEWED_HASH_LENGTH, type Review } from '#contracts/review';
import type { LogItem, StoredSubmission } from '#contracts/submission';
import { NameTable } from './name-table.ts';
import { duplicateClusters, ownFlags, type QualityFlag } from './quality.ts';
import { roundedRatio, scoreOf } from './score.ts';

/** Which submissions count: those of the window that were accepted in time and are not expired. */
export interface FoldWindow {
  /** Every version of the series' instrument, by full id; the first one defines the order of dimensions, items, codes. */
  instruments: ReadonlyMap<string, Instrument>;
  /** The cut-off, inclusive; compared with `conductedOn`. */
  cutoffOn: string;
  /** Exclusive lower end of the window. */
  after: string;
  /** Inclusive; compared with `acceptedAt`, and with `expiresAt`. */
  acceptedUntil: string;
  /**
   * Exclusive lower bound on `acceptedAt` of what may count (a participation counts in two releases); null: none. What was
   * accepted before serves as the first of a matched pair alone.
   */
  acceptedAfter: string | null;
}

/** No code, no answer. */
export const NONE = 255;
/** Places of an item's tally: levels 0 to 4, then these two; unanswered is counted as "don't know". */
export const NOT_APPLICABLE = 5;
export const DONT_KNOW = 6;

/**
 * The unit records of a release: one row per organisation that counts, in columns, ordered by organisation hash. Codes are
 * places in the instrument's lists. Scores hold every dimension and, last, the overall score.
 */
export interface Participations {
  size: number;
  organisations: string[];
  submissions: string[];
  /** size x attributes. */
  codes: Uint8Array;
  isTrusted: Uint8Array;
  sources: (string | undefined)[];
  associations: (readonly string[])[];
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
  /** One entry for each unit type. */
  leftOut: LeftOutOrganisations[];
}

/** Organisations of one unit type without a participation, told by the last of their submissions that might have counted. */
export interface LeftOutOrganisations {
  unitType?: string;
  /** It has no score in some dimension. */
  incomplete: string[];
  /** It waits for the operator's review, or was excluded. */
  underReview: string[];
}

/** Two submissions of an organisation at least so many months apart make it a matched one. */
const MATCHED_MONTHS = 6;

/** A fold under way. Items may come in any order. */
export interface Fold {
  add(item: LogItem): void;
  /**
   * One row per organisation: its greatest (conductedOn, acceptedAt, key) that is complete, not withdrawn, not held for
   * review and accepted late enough.
   */
  participations(): Participations;
  /**
   * Flags submissions (`quality.ts`) once all are added. Participations made afterwards leave out the flagged that are not
   * admitted, and whatever was excluded, though the organisation's former submission counts on.
   *
   * @param quality undefined flags nothing
   * @returns the flagged and the excluded, by organisation and key
   */
  review(quality: QualityPolicy | undefined, reviews: readonly Review[]): Reviewed[];
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

/**
 * Folds the log into the participations of a release: each organisation counts once, with the last submission of the window
 * that has a score in every dimension. Pure; memory grows by some 60 bytes for each eligible submission.
 */
export function createFold(window: FoldWindow): Fold {
  const rows = new Rows(firstInstrument(window));
  const expiredAt = Math.floor(Date.parse(window.acceptedUntil) / 1000);
  return {
    add(item) {
      if (item.kind === 'withdrawal') {
        for (const key of item.keys) rows.withdraw(item.organisation, key);
        return;
      }
      if (item.kind !== 'submission') return;
      if (!window.instruments.has(item.instrument)) return;
      if (item.conductedOn > window.cutoffOn || item.conductedOn <= window.after) return;
      if (item.acceptedAt > window.acceptedUntil || item.expiresAt <= expiredAt) return;
      rows.append(item, window.acceptedAfter === null || item.acceptedAt > window.acceptedAfter);
    },
    participations: () => rows.participations(),
    review: (quality, reviews) => rows.review(quality, reviews),
  };
}

/** The version that gives the order of dimensions, items and codes. */
function firstInstrument({ instruments }: FoldWindow): Instrument {
  const first = instruments.values().next().value;
  if (!first) throw new RangeError('a fold needs at least one instrument');
  return first;
}

/** What is told of a row in one byte. */
const IS_TRUSTED = 1;
/** Its code is nobody else's, or its source is trusted: no flags are looked for. */
const IS_VOUCHED = 2;
/** It has a score in every dimension. */
const IS_COMPLETE = 4;
/** It was accepted late enough to count. */
const MAY_COUNT = 8;

/** Eligible submissions in columns that double when full. */
class Rows {
  size = 0;
  readonly #instrument: Instrument;
  /** Place of the unit type attribute in the profile; -1 without one. */
  readonly #unitType: number;
  /** Item -> place of its dimension. */
  readonly #dimensionOf: Int32Array;
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
  readonly #associations = new Distinct<readonly string[]>([]);
  readonly #questions = new Distinct<Readonly<Record<string, readonly string[]>>>({});
  #source = new Int32Array(INITIAL_CAPACITY);
  #association = new Int32Array(INITIAL_CAPACITY);
  #choices = new Int32Array(INITIAL_CAPACITY);

  constructor(instrument: Instrument) {
    this.#instrument = instrument;
    this.#dimensionOf = Int32Array.from(instrument.items, ({ dimension }) =>
      instrument.dimensions.findIndex(({ id }) => id === dimension),
    );
    this.#unitType = instrument.profile.findIndex(({ id }) => id === instrument.unitTypeAttribute);
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

  append(submission: StoredSubmission, mayCount: boolean): void {
    if (this.size === this.#day.length) this.#grow();
    const row = this.size;
    const { items } = this.#instrument;
    for (let i = 0; i < items.length; i++) {
      const answer = submission.answers?.[items[i]!.id];
      this.#answers[row * items.length + i] =
        typeof answer === 'number' ? answer : answer === 'na' ? NOT_APPLICABLE : DONT_KNOW;
    }
    const isComplete = this.#writeScores(row, submission.scores);
    // An incomplete one is only ever counted as left out.
    if (!isComplete && !mayCount) return;
    this.size += 1;
    const { admission } = submission;
    this.#keys.push(submission.key);
    this.#day[row] = this.#dayOf(submission.conductedOn);
    this.#acceptedAt[row] = orderOf(submission.acceptedAt);
    this.#flags[row] =
      (admission === 'trusted' ? IS_TRUSTED : 0) |
      (admission === 'trusted' || admission === 'single-use' ? IS_VOUCHED : 0) |
      (isComplete ? IS_COMPLETE : 0) |
      (mayCount ? MAY_COUNT : 0);
    this.#seconds[row] = submission.secondsTaken === undefined ? 0 : submission.secondsTaken + 1;
    this.#source[row] = this.#sources.placeOf(submission.source);
    this.#association[row] = this.#associations.placeOf(submission.associations);
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

  participations(): Participations {
    this.#finishRows();
    const { rows, leftOut } = this.#lastRows();
    const size = rows.length;
    const { profile, dimensions, items } = this.#instrument;
    // Arrays of the right length from the start: growing ones leave more behind than they hold.
    const participations: Participations = {
      size,
      organisations: new Array(size),
      submissions: new Array(size),
      codes: rowsOf(this.#codes, profile.length, rows),
      isTrusted: new Uint8Array(size),
      sources: new Array(size),
      associations: new Array(size),
      scores: rowsOf(this.#scores, dimensions.length + 1, rows),
      answers: rowsOf(this.#answers, items.length, rows),
      questions: new Array(size),
      firsts: new Array(size),
      firstScores: new Uint8Array(size * (dimensions.length + 1)),
      leftOut,
    };
    const firsts = this.#firstRows(rows);
    for (let place = 0; place < size; place++) {
      const row = rows[place]!;
      participations.organisations[place] = this.#nameOf(row);
      participations.submissions[place] = this.#keys[row]!;
      participations.isTrusted[place] = this.#flags[row]! & IS_TRUSTED;
      participations.sources[place] = this.#sources.at(this.#source[row]!);
      participations.associations[place] = this.#associations.at(this.#association[row]!);
      participations.questions[place] = this.#questions.at(this.#choices[row]!);
      const first = firsts[place]!;
      participations.firsts[place] = first === -1 ? null : this.#keys[first]!;
      if (first !== -1) copyRow(this.#scores, first, participations.firstScores, place, dimensions.length + 1);
    }
    return participations;
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
      if ((flags.length === 0 && decision !== 'exclude') || !this.#isUsable(row)) continue;
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
    if (!quality || kind !== 'questionnaire' || (this.#flags[row]! & IS_VOUCHED) !== 0) return [];
    const answers = this.#answers.subarray(row * items.length, (row + 1) * items.length);
    const seconds = this.#seconds[row]!;
    const own = ownFlags(answers, seconds === 0 ? undefined : seconds - 1, quality);
    return cluster === undefined ? own : [...own, 'near-duplicate'];
  }

  /** Row -> organisations in its cluster of near-duplicates, over the rows that nobody vouches for. */
  #clusters(quality: QualityPolicy | undefined): Map<number, number> {
    const { kind, profile } = this.#instrument;
    const clusters = new Map<number, number>();
    if (!quality || kind !== 'questionnaire') return clusters;
    const rows = new Int32Array(this.size);
    let open = 0;
    for (let row = 0; row < this.size; row++)
      if ((this.#flags[row]! & IS_VOUCHED) === 0 && this.#isUsable(row)) rows[open++] = row;
    const sheets = {
      rows: rows.subarray(0, open),
      organisations: this.#organisation,
      codes: this.#codes,
      attributes: profile.length,
      answers: this.#answers,
      dimensions: this.#dimensionOf,
    };
    duplicateClusters(sheets, quality).forEach((organisations, place) => {
      if (organisations > 0) clusters.set(rows[place]!, organisations);
    });
    return clusters;
  }

  #nameOf(row: number): string {
    return this.#organisations.at(this.#organisation[row]!);
  }

  /**
   * The last row of each organisation that counts, by the organisations' names; and the organisations that have none, by
   * the last row that might have counted.
   */
  #lastRows(): { rows: Int32Array; leftOut: LeftOutOrganisations[] } {
    const counted = new Int32Array(this.#organisations.size).fill(-1);
    const last = new Int32Array(this.#organisations.size).fill(-1);
    for (let row = 0; row < this.size; row++) {
      if ((this.#flags[row]! & MAY_COUNT) === 0 || this.#isWithdrawn(row)) continue;
      const organisation = this.#organisation[row]!;
      this.#keepLater(last, organisation, row);
      if ((this.#flags[row]! & IS_COMPLETE) !== 0 && this.#held?.[row] !== 1)
        this.#keepLater(counted, organisation, row);
    }
    const unitTypes = unitTypesOf(this.#instrument);
    const leftOut = unitTypes.map(
      (unitType): LeftOutOrganisations => ({
        ...(unitType === undefined ? {} : { unitType }),
        incomplete: [],
        underReview: [],
      }),
    );
    const inOrder = this.#organisations.inOrder();
    let count = 0;
    for (let place = 0; place < inOrder.length; place++) {
      const organisation = inOrder[place]!;
      const row = counted[organisation]!;
      const other = last[organisation]!;
      if (row !== -1) inOrder[count++] = row;
      else if (other !== -1)
        leftOut[unitTypes.length === 1 ? 0 : this.#unitTypeOf(other)]?.[
          this.#held?.[other] === 1 ? 'underReview' : 'incomplete'
        ].push(this.#nameOf(other));
    }
    return { rows: inOrder.subarray(0, count), leftOut };
  }

  #keepLater(rows: Int32Array, organisation: number, row: number): void {
    const best = rows[organisation]!;
    if (best === -1 || this.#isLater(row, best)) rows[organisation] = row;
  }

  /** Place in `rows` -> the organisation's earliest row half a year or more before, in the same unit type; -1 without one. */
  #firstRows(rows: Int32Array): Int32Array {
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
      if (this.#unitTypeOf(row) !== this.#unitTypeOf(last) || !this.#isUsable(row)) continue;
      const best = firsts[place]!;
      if (best === -1 || this.#isLater(best, row)) firsts[place] = row;
    }
    // Another first in place of one that is held would measure another change: such an organisation is not matched.
    for (let place = 0; place < firsts.length; place++)
      if (firsts[place] !== -1 && this.#held?.[firsts[place]!] === 1) firsts[place] = -1;
    return firsts;
  }

  /** Place of the unit-type attribute's code; NONE without one, or without the attribute. */
  #unitTypeOf(row: number): number {
    const { profile } = this.#instrument;
    return this.#unitType === -1 ? NONE : this.#codes[row * profile.length + this.#unitType]!;
  }

  #isUsable(row: number): boolean {
    return (this.#flags[row]! & IS_COMPLETE) !== 0 && !this.#isWithdrawn(row);
  }

  #isWithdrawn(row: number): boolean {
    if (this.#withdrawn.size === 0) return false;
    return this.#withdrawn.get(this.#nameOf(row))?.has(this.#keys[row]!) === true;
  }

  /** The scores of every dimension and the overall one; false if one is missing. */
  #writeScores(row: number, given: StoredSubmission['scores']): boolean {
    const { kind, dimensions } = this.#instrument;
    const start = row * (dimensions.length + 1);
    let total = 0;
    for (let d = 0; d < dimensions.length; d++) {
      const score = kind === 'scores' ? given?.[dimensions[d]!.id] : this.#scoreOf(row, d);
      if (typeof score !== 'number') return false;
      this.#scores[start + d] = score;
      total += score;
    }
    this.#scores[start + dimensions.length] = roundedRatio(total, dimensions.length);
    return true;
  }

  /** A dimension's score of the answers that are in the row already. */
  #scoreOf(row: number, dimension: number): number | null {
    const items = this.#dimensionOf.length;
    let total = 0;
    let answered = 0;
    let applicable = 0;
    for (let i = 0; i < items; i++) {
      if (this.#dimensionOf[i] !== dimension) continue;
      const answer = this.#answers[row * items + i]!;
      if (answer !== NOT_APPLICABLE) applicable += 1;
      if (answer >= NOT_APPLICABLE) continue;
      answered += 1;
      total += answer;
    }
    return scoreOf(total, answered, applicable);
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
    this.#association = double(this.#association);
    this.#choices = double(this.#choices);
    this.#codes = double(this.#codes);
    this.#scores = double(this.#scores);
    this.#answers = double(this.#answers);
  }
}

/** Different values by number, each kept once: most organisations share source, associations and choices with many. */
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
