import type { Instrument } from '#contracts/instrument';
import type { Policy } from '#contracts/policy';
import { changeOf } from './change.ts';
import { type Candidate, type FormerVersion, largestFirst, type Space } from './compose.ts';
import { cutsOf } from './figures.ts';
import type { Roster } from './fold.ts';
import type { Membership } from './membership.ts';
import { PRIMES, RowSpan } from './row-span.ts';
import { changeTallyOf, tallyOf } from './tally.ts';

export interface Withholding {
  instrument: Instrument;
  policy: Policy;
  roster: Roster;
  candidates: readonly Candidate[];
  former: readonly FormerVersion[];
  spaces: readonly Space[];
}

/**
 * Rules 5 and 6c, dimension by dimension: which dimensions a fresh cell does not show, because nearly all of its members
 * have one value, or because a dimension that another cell withholds would be a combination of the cells that show it.
 * Of these the last gives way, the smallest in the order in which cells are kept. Versions of former releases count as
 * showing what they showed; what they alone give away, nothing can take back. Levels and changes are looked at apart.
 *
 * @returns fresh candidates with at least one such dimension
 */
export function withheldDimensions(input: Withholding): Map<Candidate, string[]> {
  const { instrument, former } = input;
  const fresh = largestFirst(input.candidates.filter(({ cause }) => cause === null));
  const homogeneous = new Map(fresh.map((candidate) => [candidate, new Set(homogeneousIn(input, candidate))]));
  const withheld = new Map<Candidate, string[]>();
  for (const { membership, rowsOf, formerRows, isSecret } of input.spaces) {
    const own = fresh.filter(isSecret);
    const before = former.flatMap((version, place) =>
      // A level is secret to levels, a change to changes, whatever else their space holds.
      formerRows[place]!.length === 1 ? [{ dimensions: version.cell.dimensions, row: formerRows[place]![0]! }] : [],
    );
    for (const id of [...instrument.dimensions.map((dimension) => dimension.id), 'overall']) {
      const inState = (state: string) =>
        before.flatMap(({ dimensions, row }) => (dimensions[id]?.state === state ? [row] : []));
      const shown = own.filter((candidate) => !homogeneous.get(candidate)!.has(id));
      const silent = own.filter((candidate) => homogeneous.get(candidate)!.has(id));
      const secrets = [...inState('suppressed'), ...silent.flatMap(rowsOf)];
      const given = givenAway(membership, inState('published'), shown.flatMap(rowsOf), secrets);
      for (const candidate of [...silent, ...shown.filter((one) => given.has(rowsOf(one)[0]!))])
        withheld.set(candidate, [...(withheld.get(candidate) ?? []), id]);
    }
  }
  return withheld;
}

function homogeneousIn({ instrument, roster, policy }: Withholding, { members, isChange }: Candidate): string[] {
  const { histograms } = isChange
    ? changeTallyOf(instrument, roster, members)
    : tallyOf({ ...instrument, items: [], questions: [] }, roster, members);
  const figuresOf = isChange ? changeOf : cutsOf;
  return Object.entries(histograms).flatMap(([id, counts]) =>
    figuresOf(counts, members.length, policy).state === 'suppressed' ? [id] : [],
  );
}

/**
 * The rows that have to fall silent so that no secret row is a combination of what is shown.
 *
 * @param fixed rows that stay shown, whatever they tell
 * @param shown rows that may fall silent, the ones to keep first in front
 */
function givenAway(
  { rows, atoms }: Membership,
  fixed: readonly number[],
  shown: readonly number[],
  secrets: readonly number[],
): Set<number> {
  const silent = new Set<number>();
  const open = new Set(secrets);
  if (open.size === 0) return silent;
  for (const prime of PRIMES) {
    for (let again = true; again; ) {
      again = false;
      const order = [...fixed, ...shown.filter((row) => !silent.has(row))];
      const span = new RowSpan(
        order.map((row) => rows[row]!),
        new Uint8Array(atoms.length),
        prime,
      );
      for (const secret of open) {
        const coefficients = span.represent(rows[secret]!);
        const last = coefficients?.findLastIndex((coefficient) => coefficient !== 0) ?? -1;
        if (last === -1) continue;
        // Former releases alone tell it.
        if (last < fixed.length) open.delete(secret);
        else {
          silent.add(order[last]!);
          open.add(order[last]!);
          again = true;
          break;
        }
      }
    }
  }
  return silent;
}
