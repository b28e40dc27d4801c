import type { Group } from '#contracts/group';
import type { Instrument } from '#contracts/instrument';

/** From so many participations on a standing is told in numbers, and a rung is good enough to stand on by default. */
export const NUMBERS_FROM = 50;

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
