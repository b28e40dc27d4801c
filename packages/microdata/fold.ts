import type { Instrument } from '#contracts/instrument';
import type { QualityPolicy } from '#contracts/policy';
import type { Review } from '#contracts/review';
import type { LogItem } from '#contracts/submission';
import { type Participations, participationsOf } from './participations.ts';
import { type Reviewed, reviewedIn } from './review.ts';
import { SubmissionTable } from './submission-table.ts';

/** Which submissions count: in the window, accepted in time and not expired. */
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

/** A fold under way. Items may come in any order. */
export interface Fold {
  add(item: LogItem): void;
  participations(): Participations;
  /**
   * Flags submissions (`quality.ts`) once all are added. Participations made afterwards leave out the flagged that are not
   * admitted, and whatever was excluded, though the organisation's former submission counts on.
   *
   * @returns the flagged and the excluded, by organisation and key
   */
  review(quality: QualityPolicy, reviews: readonly Review[]): Reviewed[];
}

/**
 * Folds the log into the participations of a release: each organisation counts once, with the last submission of the window
 * that has a score in every dimension. Pure; memory grows by some 250 bytes for each eligible submission.
 */
export function createFold(window: FoldWindow): Fold {
  const instrument = window.instruments.values().next().value;
  if (!instrument) throw new RangeError('a fold needs at least one instrument');
  const table = new SubmissionTable(instrument);
  const expiredAt = Math.floor(Date.parse(window.acceptedUntil) / 1000);
  let held: ReadonlySet<number> = new Set();
  return {
    add(item) {
      if (item.kind === 'withdrawal') for (const key of item.keys) table.withdraw(item.organisation, key);
      if (item.kind !== 'submission' || !window.instruments.has(item.instrument)) return;
      if (item.conductedOn > window.cutoffOn || item.conductedOn <= window.after) return;
      if (item.acceptedAt > window.acceptedUntil || item.expiresAt <= expiredAt) return;
      table.append(item, window.acceptedAfter === null || item.acceptedAt > window.acceptedAfter);
    },
    participations: () => participationsOf(table, held),
    review(quality, reviews) {
      const found = reviewedIn(table, quality, reviews);
      held = found.held;
      return found.reviewed;
    },
  };
}
