import { dayNumber } from '#contracts/calendar';
import type { Instrument } from '#contracts/instrument';
import { seriesOf } from '#contracts/instrument-id';
import type { LogItem, StoredSubmission } from '#contracts/submission';

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

/** "Does not apply", and unanswered or "don't know", beside the levels 0 to 4. */
export const NA = 5;
export const DK = 6;
export const NO_CODE = 255;
const ADMISSIONS = ['open', 'invited', 'single-use', 'trusted'] as const;
export const TRUSTED = ADMISSIONS.indexOf('trusted');
const ROWS_PER_BLOCK = 1 << 14;

interface Block {
  /** Rows x 5: organisation, day, source, list of associations, seconds; -1 for none. */
  whole: Int32Array;
  accepted: Float64Array;
  /** Rows x `width`. */
  bytes: Uint8Array;
}

/**
 * The auditor's own reading of the log, fed by the publisher's scan and sharing no code with its fold. Rows lie in blocks,
 * some 100 bytes a submission, so that nothing is copied while it grows.
 */
export class AuditLog {
  readonly window: AuditWindow;
  readonly instrument: Instrument;
  size = 0;
  readonly organisations: string[] = [];
  readonly associations: string[] = [];
  /** Distinct lists of associations, as places in `associations`. */
  readonly lists: (readonly number[])[] = [];
  /** Submissions of the series whose version of the instrument is not known here. */
  unknownVersions = 0;
  /** Who withdrew after the release's acceptance had ended: they may have counted in it. */
  readonly withdrewLater = new Set<string>();

  readonly #blocks: Block[] = [];
  readonly #keys: string[] = [];
  readonly #withdrawn = new Map<string, Set<string>>();
  readonly #numbers = { organisation: new Map<string, number>(), source: new Map<string, number>() };
  readonly #listNumbers = new Map<string, number>();
  readonly #days = new Map<string, number>();
  readonly #codes: Map<string, number>[];
  readonly #expired: number;
  readonly #width: number;
  /** Where the bytes of a row begin: codes at 0, then these. */
  readonly #at: { admission: number; complete: number; scores: number; answers: number; choices: number };
  /** Where each question's codes begin; after them stands whether any was chosen. */
  readonly choiceStarts: number[] = [];
  /** How many places they take together. */
  readonly choices: number;

  constructor(window: AuditWindow) {
    const instrument = window.instruments.values().next().value;
    if (!instrument) throw new RangeError('an audit needs the instrument');
    this.window = window;
    this.instrument = instrument;
    this.#expired = Math.floor(Date.parse(window.acceptedUntil) / 1000);
    this.#codes = instrument.profile.map(({ codes }) => new Map(codes.map(({ id }, place) => [id, place])));
    const admission = instrument.profile.length;
    const scores = admission + 2;
    const answers = scores + instrument.dimensions.length + 1;
    const choices = answers + instrument.items.length;
    this.#at = { admission, complete: admission + 1, scores, answers, choices };
    let places = 0;
    for (const { codes } of instrument.questions) {
      this.choiceStarts.push(places);
      places += codes.length + 1;
    }
    this.choices = places;
    this.#width = choices + Math.ceil(places / 8);
  }

  add(item: LogItem): void {
    if (item.kind === 'submission') {
      this.#take(item);
      return;
    }
    if (item.withdrawnAt > this.window.acceptedUntil) this.withdrewLater.add(item.organisation);
    const keys = this.#withdrawn.get(item.organisation) ?? new Set();
    for (const key of item.kind === 'withdrawal' ? item.keys : [item.key]) keys.add(key);
    this.#withdrawn.set(item.organisation, keys);
  }

  numberOf = (organisation: string): number | undefined => this.#numbers.organisation.get(organisation);
  organisationOf = (row: number): number => this.#whole(row, 0);
  dayOf = (row: number): number => this.#whole(row, 1);
  sourceOf = (row: number): number => this.#whole(row, 2);
  associationsOf = (row: number): readonly number[] => this.lists[this.#whole(row, 3)] ?? [];
  secondsOf = (row: number): number => this.#whole(row, 4);
  acceptedAt = (row: number): number => this.#blocks[row >>> 14]!.accepted[row & (ROWS_PER_BLOCK - 1)]!;
  keyOf = (row: number): string => this.#keys[row]!;
  admissionOf = (row: number): number => this.#byte(row, this.#at.admission);
  isComplete = (row: number): boolean => this.#byte(row, this.#at.complete) === 1;
  codeOf = (row: number, attribute: number): number => this.#byte(row, attribute);
  /** Exact, 0 to 100; the overall score last. */
  scoreOf = (row: number, dimension: number): number => this.#byte(row, this.#at.scores + dimension);
  answerOf = (row: number, item: number): number => this.#byte(row, this.#at.answers + item);
  codesOf(row: number): Uint8Array {
    const from = (row & (ROWS_PER_BLOCK - 1)) * this.#width;
    return this.#blocks[row >>> 14]!.bytes.subarray(from, from + this.#at.admission);
  }
  answersOf(row: number): Uint8Array {
    const from = (row & (ROWS_PER_BLOCK - 1)) * this.#width;
    return this.#blocks[row >>> 14]!.bytes.subarray(from + this.#at.answers, from + this.#at.choices);
  }
  /** What was chosen: places of codes and, for each question answered, the place after its last code. */
  choicesOf(row: number): number[] {
    const from = (row & (ROWS_PER_BLOCK - 1)) * this.#width + this.#at.choices;
    const { bytes } = this.#blocks[row >>> 14]!;
    const places: number[] = [];
    for (let place = 0; place < this.choices; place++)
      if ((bytes[from + (place >>> 3)]! >>> (place & 7)) & 1) places.push(place);
    return places;
  }
  isWithdrawn(row: number): boolean {
    if (this.#withdrawn.size === 0) return false;
    return this.#withdrawn.get(this.organisations[this.organisationOf(row)]!)?.has(this.keyOf(row)) === true;
  }
  /** Whether one submission comes after another: by the day of the check, then acceptance, then key. */
  isLater(row: number, than: number): boolean {
    const days = this.dayOf(row) - this.dayOf(than);
    const accepted = this.acceptedAt(row) - this.acceptedAt(than);
    return days !== 0 ? days > 0 : accepted !== 0 ? accepted > 0 : this.keyOf(row) > this.keyOf(than);
  }

  #take(item: StoredSubmission): void {
    const { window } = this;
    const version = window.instruments.get(item.instrument);
    if (!version && seriesOf(item.instrument) !== seriesOf(this.instrument.id)) return;
    if (item.conductedOn > window.cutoffOn || item.conductedOn <= window.after) return;
    if (item.acceptedAt > window.acceptedUntil || item.expiresAt <= this.#expired) return;
    if (!version) {
      this.unknownVersions += 1;
      return;
    }
    const row = this.size++;
    if (row % ROWS_PER_BLOCK === 0)
      this.#blocks.push({
        whole: new Int32Array(5 * ROWS_PER_BLOCK),
        accepted: new Float64Array(ROWS_PER_BLOCK),
        bytes: new Uint8Array(this.#width * ROWS_PER_BLOCK),
      });
    const { whole, accepted, bytes } = this.#blocks.at(-1)!;
    const place = row % ROWS_PER_BLOCK;
    this.#keys.push(item.key);
    whole[5 * place] = numberIn(this.#numbers.organisation, item.organisation, this.organisations);
    whole[5 * place + 1] = this.#dayOf(item.conductedOn);
    whole[5 * place + 2] = item.source === undefined ? -1 : numberIn(this.#numbers.source, item.source);
    whole[5 * place + 3] = item.associations?.length ? this.#listOf(item.associations) : -1;
    whole[5 * place + 4] = item.secondsTaken ?? -1;
    accepted[place] = Date.parse(item.acceptedAt);
    this.#write(bytes.subarray(place * this.#width, (place + 1) * this.#width), item, version);
  }

  #write(bytes: Uint8Array, item: StoredSubmission, version: Instrument): void {
    const { profile, dimensions, items, questions } = this.instrument;
    const at = this.#at;
    for (let a = 0; a < profile.length; a++)
      bytes[a] = this.#codes[a]!.get(item.profile[profile[a]!.id] ?? '') ?? NO_CODE;
    bytes[at.admission] = ADMISSIONS.indexOf(item.admission);
    let sum = 0;
    for (let d = 0; d < dimensions.length; d++) {
      const score = scoreIn(version, item, dimensions[d]!.id);
      if (score === undefined) sum = Number.NaN;
      else bytes[at.scores + d] = score;
      sum += score ?? 0;
    }
    bytes[at.complete] = Number.isNaN(sum) ? 0 : 1;
    if (!Number.isNaN(sum)) bytes[at.scores + dimensions.length] = halfUp(sum, dimensions.length);
    for (let i = 0; i < items.length; i++) {
      const answer = item.answers?.[items[i]!.id];
      bytes[at.answers + i] = typeof answer === 'number' ? answer : answer === 'na' ? NA : DK;
    }
    for (let q = 0; q < questions.length; q++) {
      const chosen = item.questions?.[questions[q]!.id];
      if (!chosen) continue;
      const { codes } = questions[q]!;
      for (let code = 0; code < codes.length; code++) {
        if (!chosen.includes(codes[code]!.id)) continue;
        for (const place of [this.choiceStarts[q]! + code, this.choiceStarts[q]! + codes.length])
          bytes[at.choices + (place >>> 3)]! |= 1 << (place & 7);
      }
    }
  }

  #listOf(ids: readonly string[]): number {
    const name = ids.join();
    let number = this.#listNumbers.get(name);
    if (number === undefined) {
      number = this.lists.push([...new Set(ids)].map((id) => this.#associationOf(id))) - 1;
      this.#listNumbers.set(name, number);
    }
    return number;
  }

  #associationOf(id: string): number {
    const place = this.associations.indexOf(id);
    return place === -1 ? this.associations.push(id) - 1 : place;
  }

  #dayOf(date: string): number {
    let day = this.#days.get(date);
    if (day === undefined) {
      day = dayNumber(date);
      this.#days.set(date, day);
    }
    return day;
  }

  #whole(row: number, field: number): number {
    return this.#blocks[row >>> 14]!.whole[5 * (row & (ROWS_PER_BLOCK - 1)) + field]!;
  }
  #byte(row: number, place: number): number {
    return this.#blocks[row >>> 14]!.bytes[(row & (ROWS_PER_BLOCK - 1)) * this.#width + place]!;
  }
}

export const createAuditLog = (window: AuditWindow): AuditLog => new AuditLog(window);

function numberIn(numbers: Map<string, number>, name: string, names?: string[]): number {
  let number = numbers.get(name);
  if (number === undefined) {
    number = numbers.size;
    numbers.set(name, number);
    names?.push(name);
  }
  return number;
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
