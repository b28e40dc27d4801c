import { createHash } from 'node:crypto';
import type { Instrument } from '#contracts/instrument';
import type { Answer, StoredSubmission } from '#contracts/submission';

/** Repeatable random numbers in [0, 1): mulberry32 (public domain, Tommy Ettinger). */
export function randomFrom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export interface SyntheticLog {
  submissions: number;
  /** At most `submissions`; each has at least one. */
  organisations: number;
  /** Days of `conductedOn`, back from `lastDay`. */
  lastDay: string;
  days: number;
  admission?: StoredSubmission['admission'];
  seed?: number;
}

/**
 * A log as the store would give it: hashes for names, each organisation with its own profile and level, the profile
 * unevenly spread (the k-th code of a list is 1/(k+1) as frequent as the first), submissions in no order.
 */
export function* syntheticLog(instrument: Instrument, log: SyntheticLog): Generator<StoredSubmission> {
  const random = randomFrom(log.seed ?? 1);
  const organisations = Array.from({ length: log.organisations }, (_, index) => ({
    name: createHash('sha256')
      .update(`${log.seed ?? 1}/${index}`)
      .digest('base64url'),
    profile: Object.fromEntries(
      instrument.profile.map((attribute) => [
        attribute.id,
        attribute.codes[attribute.id === instrument.unitTypeAttribute ? 0 : skewed(attribute.codes.length, random())]!
          .id,
      ]),
    ),
    level: 0.15 + 0.7 * random(),
  }));
  const lastMs = Date.parse(log.lastDay);
  const isTrusted = (log.admission ?? 'trusted') === 'trusted';
  for (let index = 0; index < log.submissions; index++) {
    const who = organisations[index < log.organisations ? index : Math.floor(random() * log.organisations)]!;
    const conducted = new Date(lastMs - Math.floor(random() * log.days) * 86_400_000);
    const near = () => Math.min(1, Math.max(0, who.level + (random() + random() - 1) * 0.4));
    yield {
      kind: 'submission',
      organisation: who.name,
      key: createHash('sha256')
        .update(`key/${log.seed ?? 1}/${index}`)
        .digest('base64url'),
      instrument: instrument.id,
      conductedOn: conducted.toISOString().slice(0, 10),
      acceptedAt: new Date(conducted.getTime() + index).toISOString(),
      admission: log.admission ?? 'trusted',
      ...(isTrusted ? { source: 'import:bench' } : {}),
      profile: who.profile,
      ...(instrument.kind === 'scores'
        ? { scores: Object.fromEntries(instrument.dimensions.map(({ id }) => [id, Math.round(near() * 100)])) }
        : { answers: Object.fromEntries(instrument.items.map(({ id }) => [id, Math.round(near() * 4) as Answer])) }),
      bodyHash: '',
      expiresAt: Math.floor(lastMs / 1000) + 5 * 365 * 86_400,
    };
  }
}

function skewed(length: number, random: number): number {
  let total = 0;
  for (let k = 0; k < length; k++) total += 1 / (k + 1);
  let rest = random * total;
  for (let k = 0; k < length; k++) {
    rest -= 1 / (k + 1);
    if (rest < 0) return k;
  }
  return length - 1;
}
