import type { Group } from '#contracts/group';
import type { Instrument } from '#contracts/instrument';

/** From so many participations on a standing is told in numbers, and a rung is good enough to stand on by default. */
export const NUMBERS_FROM = 50;

/** Why the group shown is (or is not) the one asked for. */
export type RungReason =
  /** The group asked for is the one shown. */
  | 'as-asked'
  /** No group was asked for: the first rung with at least 50 participations. */
  | 'default-large-enough'
  /** No group was asked for, and no rung has 50: the largest. */
  | 'default-largest'
  /** The group asked for is not published; this is the next rung of its ladder that is. */
  | 'asked-not-published'
  /** The combination asked for is not in the catalogue; this is the first rung of its ladder that is published. */
  | 'asked-not-in-catalogue'
  /** The group asked for belongs to another panel, and panels are never mixed; this is its like in the own panel. */
  | 'asked-other-panel'
  /** No rung is published: to protect those who took part. */
  | 'nothing-published'
  /** There is no release yet. */
  | 'no-release';

/**
 * The rungs below attributes and their codes, narrowest first: every set of the instrument's ladder that they fill.
 *
 * @param chosen attribute id -> code: a whole profile, or what a caller asked for
 */
export function ladderOf(instrument: Instrument, panel: string | undefined, chosen: Record<string, string>): Group[] {
  return instrument.ladder
    .filter((ids) => ids.every((id) => Object.hasOwn(chosen, id)))
    .map((ids) => ({
      ...(panel === undefined ? {} : { panel }),
      where: Object.fromEntries(ids.map((id) => [id, chosen[id]!])),
    }));
}

/**
 * The rung shown to somebody who asked for no group: the first published one with at least 50 participations, else the
 * largest published one (the narrowest of equals).
 *
 * @param rungs narrowest first; `participations` is null where a rung shows nothing
 */
export function defaultRung<Rung extends { participations: number | null }>(rungs: Rung[]): Rung | undefined {
  const published = rungs.filter((rung) => rung.participations !== null);
  return (
    published.find((rung) => rung.participations! >= NUMBERS_FROM) ??
    published.reduce<Rung | undefined>(
      (best, rung) => (best === undefined || rung.participations! > best.participations! ? rung : best),
      undefined,
    )
  );
}
