import type { Instrument } from '#contracts/instrument';
import type { QualityPolicy } from '#contracts/policy';
import type { StoredSubmission } from '#contracts/submission';

/** What makes a submission wait for the operator's review. */
export type QualityFlag = 'straight-lining' | 'too-fast' | 'near-duplicate';

const HIGHEST_LEVEL = 4;

/**
 * What can be seen in one submission by itself. Straight-lining: one level throughout (long-string index, Meade & Craig
 * 2012, Psychological Methods 17, 437-455). Too fast: fewer seconds for each item answered with a level than reading takes.
 *
 * @param answers levels 0 to 4; anything else is no level
 * @param secondsTaken undefined where nobody measured it: unknown is no flag
 */
export function ownFlags(
  answers: Iterable<unknown>,
  secondsTaken: number | undefined,
  quality: QualityPolicy,
): QualityFlag[] {
  let levels = 0;
  let first: number | undefined;
  let isStraight = true;
  for (const answer of answers) {
    if (!isLevel(answer)) continue;
    levels += 1;
    first ??= answer;
    if (answer !== first) isStraight = false;
  }
  const flags: QualityFlag[] = [];
  if (isStraight && levels >= quality.straightLineFromItems) flags.push('straight-lining');
  if (secondsTaken !== undefined && secondsTaken < levels * quality.minSecondsPerItem) flags.push('too-fast');
  return flags;
}

/**
 * The own flags of a submission as the log holds it. A trusted one, or one with a code that is nobody else's, has none, nor
 * has one of scores; a code that many know proves nothing. Near-duplicates show only beside all others, when a release is
 * made.
 */
export function flagsOf(
  instrument: Pick<Instrument, 'kind'>,
  submission: Pick<StoredSubmission, 'admission' | 'answers' | 'secondsTaken'>,
  quality: QualityPolicy | undefined,
): QualityFlag[] {
  if (!quality || instrument.kind !== 'questionnaire') return [];
  if (submission.admission === 'trusted' || submission.admission === 'single-use') return [];
  return ownFlags(Object.values(submission.answers ?? {}), submission.secondsTaken, quality);
}

/** Answer sheets in columns, one row each. */
export interface AnswerSheets {
  /** The rows to compare. */
  rows: Int32Array;
  /** Row -> number of its organisation. */
  organisations: Int32Array;
  /** rows x attributes. */
  codes: Uint8Array;
  attributes: number;
  /** rows x items; 0 to 4 are levels. */
  answers: Uint8Array;
  /** Item -> place of its dimension. */
  dimensions: ArrayLike<number>;
}

/** A row is kept in mind by so many counters of one byte for each dimension, so that few rows meet by chance. */
const SLOTS_PER_ROW = 2;

/**
 * Near-duplicates: submissions of different organisations with the same profile and the same answers to all items outside
 * one dimension (all items, where there is only one), of which at least `duplicateFromItems` are levels.
 *
 * A first pass counts hashes in bytes, some ten bytes of memory a row; only rows whose counter fills up are compared byte
 * by byte, so no two submissions are ever taken for equal because their hashes are.
 *
 * @returns place in `rows` -> organisations in its largest cluster, 0 where none reaches `duplicateCluster`
 */
export function duplicateClusters(sheets: AnswerSheets, quality: QualityPolicy): Uint32Array {
  const { rows } = sheets;
  const found = new Uint32Array(rows.length);
  const count = new Set(Array.from(sheets.dimensions)).size;
  const leftOut = count > 1 ? Array.from({ length: count }, (_, place) => place) : [-1];
  if (rows.length < quality.duplicateCluster || count === 0) return found;

  const slots = 2 ** Math.ceil(Math.log2(rows.length * SLOTS_PER_ROW));
  const hashes = hashParts(sheets, count);
  for (const dimension of leftOut) {
    const counters = new Uint8Array(slots);
    const slotOf = (place: number) => (hashWithout(hashes, place, count, dimension) & (slots - 1)) >>> 0;
    for (let place = 0; place < rows.length; place++) {
      const slot = slotOf(place);
      if (counters[slot]! < 255) counters[slot]! += 1;
    }
    const clusters = new Map<string, number[]>();
    for (let place = 0; place < rows.length; place++) {
      if (counters[slotOf(place)]! < Math.min(quality.duplicateCluster, 255)) continue;
      const shared = sharedText(sheets, rows[place]!, dimension, quality);
      if (shared === undefined) continue;
      const cluster = clusters.get(shared);
      if (cluster) cluster.push(place);
      else clusters.set(shared, [place]);
    }
    for (const cluster of clusters.values()) {
      const organisations = new Set(cluster.map((place) => sheets.organisations[rows[place]!]!)).size;
      if (organisations < quality.duplicateCluster) continue;
      for (const place of cluster) found[place] = Math.max(found[place]!, organisations);
    }
  }
  return found;
}

/** For each row the hash of its profile, then of its answers by dimension. FNV-1a, 32 bits. */
function hashParts({ rows, codes, attributes, answers, dimensions }: AnswerSheets, count: number): Int32Array {
  const hashes = new Int32Array(rows.length * (count + 1)).fill(0x811c9dc5);
  const mix = (at: number, byte: number) => {
    hashes[at] = Math.imul(hashes[at]! ^ byte, 0x01000193);
  };
  for (let place = 0; place < rows.length; place++) {
    const row = rows[place]!;
    const start = place * (count + 1);
    for (let a = 0; a < attributes; a++) mix(start, codes[row * attributes + a]!);
    for (let i = 0; i < dimensions.length; i++)
      mix(start + 1 + dimensions[i]!, answers[row * dimensions.length + i]! + 1);
  }
  return hashes;
}

function hashWithout(hashes: Int32Array, place: number, count: number, dimension: number): number {
  const start = place * (count + 1);
  let hash = hashes[start]!;
  for (let d = 0; d < count; d++)
    if (d !== dimension) hash = Math.imul(hash ^ hashes[start + 1 + d]!, 0x85ebca6b) ^ (hash >>> 13);
  return hash ^ (hash >>> 16);
}

/** What near-duplicates have in common, or undefined where too few items of it are answered with a level. */
function sharedText(
  { codes, attributes, answers, dimensions }: AnswerSheets,
  row: number,
  dimension: number,
  { duplicateFromItems }: QualityPolicy,
): string | undefined {
  let levels = 0;
  let text = String.fromCharCode(...codes.subarray(row * attributes, (row + 1) * attributes));
  for (let i = 0; i < dimensions.length; i++) {
    if (dimensions[i] === dimension) continue;
    const answer = answers[row * dimensions.length + i]!;
    if (isLevel(answer)) levels += 1;
    text += String.fromCharCode(answer);
  }
  return levels >= duplicateFromItems ? text : undefined;
}

const isLevel = (answer: unknown): answer is number => typeof answer === 'number' && answer <= HIGHEST_LEVEL;
