import type { Instrument } from '#contracts/instrument';
import type { PublishedCell } from '#contracts/release';
import type { Lang } from '#contracts/text';
import type { OwnScores } from './standing-view.ts';
import { dimensionTitle } from './standing-words.ts';

/** How one dimension moved between two own checks, and how much of that the group moved as well. Points. */
export interface ChangeLine {
  dimension: string;
  title: string;
  /** Own scores of the earlier and the later check; null where there is none. */
  from: number | null;
  to: number | null;
  own: number | null;
  /** Change of the group's published median between the releases of the two checks; null where it is not known. */
  field: number | null;
  /** `own` less `field`: what remains when the group's movement is taken out. */
  beyond: number | null;
  sentence: string;
}

export interface ChangeInput {
  instrument: Instrument;
  /** The two checks, each with the same group's cell in the release of its time; null where it showed nothing. */
  earlier: { own: OwnScores; cell: PublishedCell | null };
  later: { own: OwnScores; cell: PublishedCell | null };
  lang: Lang;
}

/**
 * Splits the change between two checks into the field's and the rest. The field's part is the change of the median,
 * which is exact for both releases but describes a group composed anew each time, not the same organisations. One and the
 * same version (carried forward, or both checks in one release) says nothing about a movement: then it is null, not 0.
 */
export function changeLines({ instrument, earlier, later, lang }: ChangeInput): ChangeLine[] {
  const isSameVersion = earlier.cell?.version === later.cell?.version;
  return [...instrument.dimensions.map(({ id }) => id), 'overall'].map((dimension) => {
    const title = dimensionTitle(instrument, dimension, lang);
    const [from, to] = [scoreIn(earlier.own, dimension), scoreIn(later.own, dimension)];
    const [before, after] = [medianIn(earlier.cell, dimension), medianIn(later.cell, dimension)];
    const own = from === null || to === null ? null : to - from;
    const field = isSameVersion || before === null || after === null ? null : after - before;
    const beyond = own === null || field === null ? null : own - field;
    const base = { dimension, title, from, to, own, field, beyond };
    return { ...base, sentence: changeSentence(base, lang) };
  });
}

/** A difference with its sign: +6, −4, ±0. */
export function signed(points: number): string {
  if (points === 0) return '±0';
  return points > 0 ? `+${points}` : `−${-points}`;
}

function changeSentence({ title, from, to, own, field, beyond }: Omit<ChangeLine, 'sentence'>, lang: Lang): string {
  const german = lang === 'de';
  if (own === null) {
    return german
      ? `${title}: In einem der beiden Checks fehlt der Wert.`
      : `${title}: one of the two checks has no score.`;
  }
  const moved = german
    ? own === 0
      ? `${title}: unverändert ${to} Punkte.`
      : `${title}: von ${from} auf ${to} Punkte (${signed(own)}).`
    : own === 0
      ? `${title}: unchanged at ${to} points.`
      : `${title}: from ${from} to ${to} points (${signed(own)}).`;
  if (field === null || beyond === null) {
    return german
      ? `${moved} Wie sich die Mitte der Gruppe in dieser Zeit bewegt hat, ist nicht bekannt.`
      : `${moved} How the middle of the group moved in that time is not known.`;
  }
  const group = german
    ? field === 0
      ? 'Die Mitte der Gruppe blieb gleich'
      : `Die Mitte der Gruppe ist um ${pointsOf(field, lang)} ${field > 0 ? 'gestiegen' : 'gesunken'}`
    : field === 0
      ? 'The middle of the group stayed the same'
      : `The middle of the group has ${field > 0 ? 'risen' : 'fallen'} by ${pointsOf(field, lang)}`;
  return german
    ? `${moved} ${group}; gegenüber der Gruppe sind das ${signed(beyond)} Punkte.`
    : `${moved} ${group}; relative to the group that is ${signed(beyond)} points.`;
}

/** So many points, without a sign. */
function pointsOf(points: number, lang: Lang): string {
  const count = Math.abs(points);
  if (lang === 'de') return count === 1 ? '1 Punkt' : `${count} Punkte`;
  return count === 1 ? '1 point' : `${count} points`;
}

function scoreIn(own: OwnScores, dimension: string): number | null {
  return dimension === 'overall' ? own.overall : (own.scores[dimension] ?? null);
}

function medianIn(cell: PublishedCell | null, dimension: string): number | null {
  const figures = cell?.dimensions[dimension];
  if (figures?.state !== 'published') return null;
  return figures.cuts.find((cut) => cut.permille === 500)?.value ?? null;
}
