import { dayNumber } from '#contracts/calendar';
import type { Instrument } from '#contracts/instrument';
import { seriesOf } from '#contracts/series';
import type { Admission, LogItem, StoredSubmission } from '#contracts/submission';

/** Which submissions the auditor takes in, as the publisher states it; `auditDraw` checks the bounds. */
export interface AuditWindow {
  /** Every version of the series' instrument, by full id; the first one gives the order of codes, items and dimensions. */
  instruments: ReadonlyMap<string, Instrument>;
  cutoffOn: string;
  /** Exclusive, compared with `conductedOn`. */
  after: string;
  acceptedUntil: string;
  /** Exclusive: what was accepted up to here has counted often enough (rule 7), and may be the first of a pair only. */
  acceptedAfter: string | null;
}

const NOTHING: readonly never[] = [];

/** "Does not apply", and unanswered or "don't know", beside the levels 0 to 4. */
export const NA = 5;
export const DK = 6;

/**
 * The auditor's own reading of the log, fed by the publisher's scan and sharing no code with its fold. What has the suffix
 * `Of` is by row; profiles, choices and lists of associations that are equal are one array.
 */
export class AuditLog {
  readonly window: AuditWindow;
  readonly instrument: Instrument;
  size = 0;
  /** Their names, by number. */
  readonly organisations: string[] = [];
  readonly organisationOf: number[] = [];
  readonly keyOf: string[] = [];
  readonly dayOf: number[] = [];
  /** Milliseconds since 1970. */
  readonly acceptedOf: number[] = [];
  readonly admissionOf: Admission[] = [];
  readonly sourceOf: (string | undefined)[] = [];
  readonly secondsOf: (number | undefined)[] = [];
  readonly associationsOf: (readonly string[])[] = [];
  /** By attribute the place of the code, -1 without one. */
  readonly codesOf: (readonly number[])[] = [];
  /** Places of the chosen codes and, for each question answered, the place after its last code. */
  readonly choicesOf: (readonly number[])[] = [];
  readonly isCompleteOf: boolean[] = [];
  /** Where each question's codes begin; after them stands whether any was chosen. */
  readonly choiceStarts: number[] = [];
  /** How many places they take together. */
  readonly choices: number;
  /** Submissions of the series whose version of the instrument is not known here. */
  unknownVersions = 0;
  /** Who withdrew after the release's acceptance had ended: they may have counted in it. */
  readonly withdrewLater = new Set<string>();

  readonly #expired: number;
  readonly #numbers = new Map<string, number>();
  readonly #days = new Map<string, number>();
  readonly #sources = new Map<string, string>();
  readonly #lists = new Map<string, readonly string[]>();
  readonly #profiles = new Map<string, readonly number[]>();
  readonly #chosen = new Map<string, readonly number[]>();
  readonly #withdrawn = new Map<string, Set<string>>();
  /** Of each row the scores, the overall one last, and then the answers. */
  #bytes = new Uint8Array(1 << 16);
  readonly #scores: number;
  readonly #width: number;

  constructor(window: AuditWindow) {
    const instrument = window.instruments.values().next().value;
    if (!instrument) throw new RangeError('an audit needs the instrument');
    this.window = window;
    this.instrument = instrument;
    this.#expired = Math.floor(Date.parse(window.acceptedUntil) / 1000);
    this.#scores = instrument.dimensions.length + 1;
    this.#width = this.#scores + instrument.items.length;
    let places = 0;
    for (const { codes } of instrument.questions) {
      this.choiceStarts.push(places);
      places += codes.length + 1;
    }
    this.choices = places;
  }

  add(item: LogItem): void {
    if (item.kind === 'submission') {
      if (this.#isInWindow(item)) this.#take(item);
      return;
    }
    if (item.withdrawnAt > this.window.acceptedUntil) this.withdrewLater.add(item.organisation);
    const keys = this.#withdrawn.get(item.organisation) ?? new Set();
    for (const key of item.kind === 'withdrawal' ? item.keys : [item.key]) keys.add(key);
    this.#withdrawn.set(item.organisation, keys);
  }

  /** Exact, 0 to 100; the overall score last. */
  scoresOf = (row: number): Uint8Array => this.#bytes.subarray(row * this.#width, row * this.#width + this.#scores);
  answersOf = (row: number): Uint8Array =>
    this.#bytes.subarray(row * this.#width + this.#scores, (row + 1) * this.#width);

  isWithdrawn(row: number): boolean {
    if (this.#withdrawn.size === 0) return false;
    return this.#withdrawn.get(this.organisations[this.organisationOf[row]!]!)?.has(this.keyOf[row]!) === true;
  }

  /** Whether one submission comes after another: by the day of the check, then acceptance, then key. */
  isLater(row: number, than: number): boolean {
    const order = this.dayOf[row]! - this.dayOf[than]! || this.acceptedOf[row]! - this.acceptedOf[than]!;
    return order === 0 ? this.keyOf[row]! > this.keyOf[than]! : order > 0;
  }

  #isInWindow(item: StoredSubmission): boolean {
    const { cutoffOn, after, acceptedUntil, instruments } = this.window;
    if (item.conductedOn > cutoffOn || item.conductedOn <= after) return false;
    if (item.acceptedAt > acceptedUntil || item.expiresAt <= this.#expired) return false;
    if (instruments.has(item.instrument)) return true;
    if (seriesOf(item.instrument) === seriesOf(this.instrument.id)) this.unknownVersions += 1;
    return false;
  }

  #take(item: StoredSubmission): void {
    const { profile } = this.instrument;
    const row = this.size++;
    let number = this.#numbers.get(item.organisation);
    if (number === undefined) {
      number = this.organisations.push(item.organisation) - 1;
      this.#numbers.set(item.organisation, number);
    }
    this.organisationOf.push(number);
    this.keyOf.push(item.key);
    this.dayOf.push(once(this.#days, item.conductedOn, () => dayNumber(item.conductedOn)));
    this.acceptedOf.push(Date.parse(item.acceptedAt));
    this.admissionOf.push(item.admission);
    this.sourceOf.push(item.source && once(this.#sources, item.source, () => item.source!));
    this.secondsOf.push(item.secondsTaken);
    const associations = item.associations ?? NOTHING;
    this.associationsOf.push(once(this.#lists, associations.join(), () => [...new Set(associations)]));
    const codes = profile.map(({ id }) => item.profile[id]);
    this.codesOf.push(
      once(this.#profiles, codes.join(), () =>
        codes.map((code, a) => profile[a]!.codes.findIndex(({ id }) => id === code)),
      ),
    );
    const chosen = item.questions;
    this.choicesOf.push(chosen ? once(this.#chosen, JSON.stringify(chosen), () => this.#placesOf(chosen)) : NOTHING);
    this.#write(row, item);
  }

  #placesOf(chosen: Record<string, string[]>): number[] {
    return this.instrument.questions.flatMap(({ id: question, codes }, q) => {
      const start = this.choiceStarts[q]!;
      const places = codes.flatMap(({ id }, place) => (chosen[question]?.includes(id) ? [start + place] : []));
      return places.length === 0 ? [] : [...places, start + codes.length];
    });
  }

  #write(row: number, item: StoredSubmission): void {
    const { dimensions, items } = this.instrument;
    const start = row * this.#width;
    if (start + this.#width > this.#bytes.length) {
      const former = this.#bytes;
      this.#bytes = new Uint8Array(2 * former.length);
      this.#bytes.set(former);
    }
    const bytes = this.#bytes;
    let sum = 0;
    for (let d = 0; d < dimensions.length; d++) {
      const score = scoreIn(this.instrument, item, dimensions[d]!.id);
      sum += score ?? Number.NaN;
      bytes[start + d] = score ?? 0;
    }
    this.isCompleteOf.push(!Number.isNaN(sum));
    bytes[start + dimensions.length] = halfUp(sum, dimensions.length);
    for (let i = 0; i < items.length; i++) {
      const answer = item.answers?.[items[i]!.id];
      bytes[start + this.#scores + i] = typeof answer === 'number' ? answer : answer === 'na' ? NA : DK;
    }
  }
}

/** What is made of a text, made once. */
function once<Made>(known: Map<string, Made>, text: string, make: () => Made): Made {
  let found = known.get(text);
  if (found === undefined) {
    found = make();
    known.set(text, found);
  }
  return found;
}

/** The score of one dimension (docs/method.md, "Score"), or undefined where too little was answered. */
function scoreIn(instrument: Instrument, item: StoredSubmission, dimension: string): number | undefined {
  if (instrument.kind === 'scores') return item.scores?.[dimension];
  let levels = 0;
  let total = 0;
  let applicable = 0;
  for (const { id, dimension: own } of instrument.items) {
    if (own !== dimension) continue;
    const answer = item.answers?.[id];
    if (answer === 'na') continue;
    applicable += 1;
    if (typeof answer !== 'number') continue;
    levels += 1;
    total += answer;
  }
  return levels < 3 || 5 * levels < 4 * applicable ? undefined : halfUp(25 * total, levels);
}

const halfUp = (sum: number, count: number) => Math.floor((2 * sum + count) / (2 * count));
