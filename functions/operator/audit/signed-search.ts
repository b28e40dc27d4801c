import loadHighs from 'highs';
import { changeRows, type PublishedRow, touchedBySum } from './published-rows.ts';
import type { Findings } from './report.ts';
import { type Atom, atomsOf, smallSpace, spanOf, touchesOnly } from './row-space.ts';

export interface SearchLimits {
  /** Largest coefficient, either sign, that the solver may give a version. */
  coefficient: number;
  /** Seconds the solver may take in all. */
  seconds: number;
  /** Rows times rows times atoms, beyond which no elimination is tried. */
  eliminationSteps: number;
  /** Pairs of organisations that are proved to be safe one by one. */
  pairs: number;
}

export const SEARCH_LIMITS: SearchLimits = {
  coefficient: 2,
  seconds: 20,
  eliminationSteps: 2e10,
  pairs: 1_000_000,
};

/** A group, or the change of one, that shows nothing, and who belongs to it. */
export interface HiddenGroup {
  key: string;
  isChange: boolean;
  /** Organisation -> column; of a change, the column of the pair of submissions. */
  members: Map<number, number>;
}

/**
 * Signed combinations of any number of versions. First by elimination: whether any combination at all can leave fewer
 * than k, and whether one or two organisations can be left. Then by HiGHS, a mixed-integer solver
 * (https://highs.dev): for each small atom in turn, the combination with small whole coefficients that keeps it and
 * touches the fewest organisations.
 */
export async function trySignedSums(
  rows: readonly PublishedRow[],
  hidden: readonly HiddenGroup[],
  releaseId: string,
  k: number,
  limits: SearchLimits,
  now: () => number,
  findings: Findings,
): Promise<void> {
  const atoms = atomsOf(rows);
  const steps = rows.length * rows.length * atoms.length;
  const size = `${rows.length} versions over ${atoms.length} kinds of contributions`;
  if (steps > limits.eliminationSteps) {
    findings.attempt('signed combinations', size, `more than ${limits.eliminationSteps} steps would be needed`);
    return;
  }
  const space = smallSpace(rows.length, atoms, k);
  findings.attempt(
    'elimination of all that k or more share',
    `${size}; ${space.basis.length === 0 ? 'nothing is left, so no combination isolates fewer than k' : `${space.basis.length} independent combinations are left`}`,
  );
  tryDerivation(rows, hidden, releaseId, findings);
  if (space.basis.length === 0) return;

  const reachable = space.small.filter((_, column) => space.basis.some((row) => row[column] !== 0));
  tryOneOrTwo(space, reachable, limits, now, findings);
  await trySolver(rows, atoms, reachable, k, limits, now, findings);
}

/** A suppressed group that is a combination of published versions is published after all. */
function tryDerivation(
  rows: readonly PublishedRow[],
  hidden: readonly HiddenGroup[],
  releaseId: string,
  findings: Findings,
): void {
  const name = 'suppressed groups as combinations of published ones';
  const isFormer = ({ version }: PublishedRow) => !version.startsWith(`${releaseId}/`);
  for (const kind of [false, true]) {
    const own = kind ? changeRows(rows) : rows;
    const isTold = spanOf(own);
    const wasTold = spanOf(own.filter(isFormer));
    for (const { key, isChange, members } of hidden) {
      if (isChange !== kind || members.size === 0 || !isTold(members)) continue;
      // What earlier releases gave away no later one can take back; the audit of these had to stop it.
      if (wasTold(members)) findings.notice(name, 6, `${key} is a combination of what former releases published`);
      else findings.break(name, 6, `${key} is shown as suppressed, and is a combination of published versions`);
    }
  }
  findings.attempt(name, `${hidden.length} suppressed groups`);
}

function tryOneOrTwo(
  space: ReturnType<typeof smallSpace>,
  reachable: readonly number[],
  limits: SearchLimits,
  now: () => number,
  findings: Findings,
): void {
  const name = 'any one or two organisations';
  const reached = reachable.map((place) => space.atoms[place]!).filter(({ organisations }) => organisations.size <= 2);
  const singles = new Set(reached.flatMap(({ organisations }) => [...organisations]));
  for (const organisation of singles)
    if (touchesOnly(space, new Set([organisation]))) findings.break(name, 6, 'one organisation can be isolated');
  // Only rows with their pivot in an atom of the two can leave them: without one there is nothing to look at.
  const hasPivot = new Set(space.pivots.flatMap((column) => [...space.atoms[space.small[column]!]!.organisations]));
  const list = [...singles];
  const until = now() + limits.seconds * 1000;
  let tried = 0;
  for (const [place, first] of list.entries()) {
    if (tried >= limits.pairs || now() > until) break;
    for (const second of list.slice(place + 1)) {
      tried += 1;
      if (!hasPivot.has(first) && !hasPivot.has(second)) continue;
      if (touchesOnly(space, new Set([first, second]))) findings.break(name, 6, 'two organisations can be isolated');
    }
  }
  const all = (list.length * (list.length - 1)) / 2;
  findings.attempt(
    name,
    `${singles.size} organisations and ${tried} pairs`,
    tried < all ? `${all} pairs exist` : undefined,
  );
}

/** One hard problem may take this part of the time, so that the others are tried too. */
const SHARES_OF_TIME = 5;

/** Loaded once, 3.5 MB of WebAssembly; each problem is solved by a fresh instance inside. */
let solver: ReturnType<typeof loadHighs> | undefined;

async function trySolver(
  rows: readonly PublishedRow[],
  atoms: readonly Atom[],
  reachable: readonly number[],
  k: number,
  limits: SearchLimits,
  now: () => number,
  findings: Findings,
): Promise<void> {
  const name = 'signed combinations by a solver';
  solver ??= loadHighs();
  const highs = await solver;
  const isReachable = new Set(reachable);
  const cancelled = [...atoms.keys()].filter((place) => !isReachable.has(place));
  const targets = reachable.toSorted((a, b) => atoms[a]!.organisations.size - atoms[b]!.organisations.size);
  const until = now() + limits.seconds * 1000;
  let done = 0;
  let unfinished = 0;
  for (const [place, target] of targets.entries()) {
    const left = (until - now()) / 1000;
    if (left <= 0) break;
    const problem = problemFor(rows.length, atoms, {
      cancelled,
      // What no combination could keep so far cancels in all that follow.
      settled: targets.slice(0, place),
      open: targets.slice(place),
      target,
      k,
      coefficient: limits.coefficient,
    });
    const solution = highs.solve(problem, {
      time_limit: Math.min(left, limits.seconds / SHARES_OF_TIME),
      output_flag: false,
    });
    if (solution.Status === 'Infeasible') {
      done += 1;
      continue;
    }
    if (solution.Status !== 'Optimal' && solution.Status !== 'Target for objective reached') {
      unfinished += 1;
      continue;
    }
    const columns = solution.Columns as Record<string, { Primal?: number }>;
    const terms = rows.flatMap((row, index) => {
      const factor = Math.round(columns[`x${index}`]?.Primal ?? 0);
      return factor === 0 ? [] : [{ row, factor }];
    });
    const touched = touchedBySum(terms);
    if (touched > 0 && touched < k) {
      const sum = terms.map(({ row, factor }) => `${factor > 0 ? '+' : ''}${factor} ${row.version}`).join(' ');
      findings.break(name, 6, `${sum} isolates ${touched}`);
      done += 1;
      break;
    }
    unfinished += 1;
  }
  const open = targets.length - done;
  const found = open > 0 && unfinished === 0 && now() < until;
  findings.attempt(
    name,
    `${done} of ${targets.length} kinds of contributions, whole coefficients of -${limits.coefficient} to ${limits.coefficient}`,
    open === 0
      ? undefined
      : found
        ? 'one break is enough'
        : `${limits.seconds} seconds in all, a fifth of them for each`,
  );
}

/** The problem in CPLEX's LP format. x: coefficients of rows; z: atom does not cancel; y: its organisations. */
function problemFor(
  rowCount: number,
  atoms: readonly Atom[],
  given: {
    cancelled: readonly number[];
    settled: readonly number[];
    open: readonly number[];
    target: number;
    k: number;
    coefficient: number;
  },
): string {
  const { open, target, coefficient } = given;
  const sum = (place: number, sign: '+' | '-') => atoms[place]!.rows.map((row) => `${sign} x${row}`).join(' ');
  const constraints = [...given.cancelled, ...given.settled].map((place) => `${sum(place, '+')} = 0`);
  // Organisations of the same open atoms count as one variable with a weight.
  const weights = new Map<string, { places: number[]; weight: number }>();
  const placesOf = new Map<number, number[]>();
  for (const place of open)
    for (const organisation of atoms[place]!.organisations)
      placesOf.set(organisation, [...(placesOf.get(organisation) ?? []), place]);
  for (const places of placesOf.values()) {
    const entry = weights.get(places.join());
    if (entry) entry.weight += 1;
    else weights.set(places.join(), { places, weight: 1 });
  }
  const kinds = [...weights.values()];
  for (const place of open) {
    const most = coefficient * atoms[place]!.rows.length;
    constraints.push(`${sum(place, '+')} - ${most} z${place} <= 0`, `${sum(place, '-')} - ${most} z${place} <= 0`);
  }
  kinds.forEach(({ places }, kind) => {
    for (const place of places) constraints.push(`y${kind} - z${place} >= 0`);
  });
  const touched = kinds.map(({ weight }, kind) => `+ ${weight} y${kind}`).join(' ');
  constraints.push(`${touched} <= ${given.k - 1}`, `${sum(target, '+')} >= 1`);
  const rows = Array.from({ length: rowCount }, (_, row) => row);
  return [
    'Minimize',
    ` obj: ${touched}`,
    'Subject To',
    ...constraints.map((constraint, place) => ` c${place}: ${constraint}`),
    'Bounds',
    ...rows.map((row) => ` -${coefficient} <= x${row} <= ${coefficient}`),
    'General',
    ...rows.map((row) => ` x${row}`),
    'Binary',
    ...open.map((place) => ` z${place}`),
    ...kinds.map((_, kind) => ` y${kind}`),
    'End',
  ].join('\n');
}
