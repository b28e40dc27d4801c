import type { Instrument } from '#contracts/instrument';
import type { Policy } from '#contracts/policy';
import type { PublishedCell } from '#contracts/release';
import type { Participation } from './log-roster.ts';
import type { Findings } from './report.ts';

const NAME = 'reliabilities and correlations';

export { NAME as COEFFICIENTS_ATTEMPT };

/** Coefficients join answers: only from enough participations on, in steps of 0.1, of dimensions that are shown. */
export function tryCoefficients(cell: PublishedCell, n: number, policy: Policy, findings: Findings): void {
  const shown = shownCoefficients(cell);
  if (shown.length > 0 && n < policy.coefficientsFromN)
    findings.break(NAME, 4, `${cell.version} shows coefficients of ${n} participations`);
  for (const { name, dimensions, value } of shown) {
    const tenths = Math.round(value * 10);
    if (tenths / 10 !== value || Math.abs(tenths) > 9)
      findings.break(NAME, 4, `${cell.version} shows ${value} as ${name}`);
    if (dimensions.some((id) => cell.dimensions[id]?.state !== 'published'))
      findings.break(NAME, 5, `${cell.version} shows ${name}, though a dimension of it is suppressed`);
  }
}

/** The coefficients of a fresh cell against the log, by other ways of computing them. */
export function tryCoefficientsAgain(
  cell: PublishedCell,
  members: readonly Participation[],
  instrument: Instrument,
  policy: Policy,
  findings: Findings,
): void {
  for (const [id, figure] of Object.entries(cell.reliability ?? {})) {
    if (figure.state !== 'published') continue;
    const items = instrument.items.filter(({ dimension }) => dimension === id);
    const complete = members
      .map(({ answers }) => items.map((item) => answers?.[item.id]).filter((level) => typeof level === 'number'))
      .filter((levels) => levels.length === items.length);
    const name = `${cell.version} reliability of ${id}`;
    if (complete.length < policy.coefficientsFromN)
      findings.break(NAME, 4, `${name} rests on ${complete.length} complete answers`);
    else compare(name, figure.value, factorOmega(complete), findings);
  }
  for (const { first, second, figure } of cell.correlations ?? []) {
    if (figure.state !== 'published') continue;
    const value = pearson(
      sortedRanks(members.map(({ scores }) => scores[first]!)),
      sortedRanks(members.map(({ scores }) => scores[second]!)),
    );
    compare(`${cell.version} correlation of ${first} and ${second}`, figure.value, value, findings);
  }
}

function shownCoefficients({ reliability = {}, correlations = [] }: PublishedCell) {
  return [
    ...Object.entries(reliability).map(([id, figure]) => ({ name: `reliability of ${id}`, dimensions: [id], figure })),
    ...correlations.map(({ first, second, figure }) => ({
      name: `correlation of ${first} and ${second}`,
      dimensions: [first, second],
      figure,
    })),
  ].flatMap(({ figure, ...entry }) => (figure.state === 'published' ? [{ ...entry, value: figure.value }] : []));
}

/** Both ways of computing end within a thousandth; what is shown is rounded to a tenth. */
function compare(name: string, shown: number, exact: number, findings: Findings): void {
  if (!(Math.abs(shown - exact) <= 0.051)) findings.break(NAME, 4, `${name} is not ${shown}`);
}

/** Omega by principal axes: the first eigenvector of the covariances with communalities on the diagonal, until they stay. */
function factorOmega(rows: readonly (readonly number[])[]): number {
  const size = rows[0]!.length;
  const columns = Array.from({ length: size }, (_, item) => rows.map((row) => row[item]!));
  const covariance = columns.map((one) => columns.map((other) => covarianceOf(one, other)));
  let common = covariance.map((row, item) => row[item]! / 2);
  let loadings = common.map(Math.sqrt);
  for (let round = 0, moved = 1; round < 5000 && moved > 1e-9; round++) {
    const reduced = covariance.map((row, item) => row.map((value, other) => (item === other ? common[item]! : value)));
    let vector = loadings.map((loading) => loading || 1);
    let length = 0;
    for (let power = 0; power < 5; power++) {
      const product = reduced.map((row) => row.reduce((sum, value, other) => sum + value * vector[other]!, 0));
      length = Math.hypot(...product);
      vector = product.map((value) => value / length);
    }
    const next = vector.map((value) => value * Math.sqrt(length));
    moved = Math.max(...next.map((loading, item) => Math.abs(loading - loadings[item]!)));
    loadings = next;
    common = loadings.map((loading) => loading ** 2);
  }
  const sum = loadings.reduce((total, loading) => total + loading, 0);
  const unique = covariance.reduce((total, row, item) => total + row[item]! - common[item]!, 0);
  return sum ** 2 / (sum ** 2 + unique);
}

/** Ranks from 1 on; runs of equal values share the mean of theirs. */
function sortedRanks(values: readonly number[]): number[] {
  const order = values.map((_, place) => place).sort((a, b) => values[a]! - values[b]!);
  const ranks = new Array<number>(values.length);
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to + 1 < order.length && values[order[to + 1]!] === values[order[from]!]) to += 1;
    for (let place = from; place <= to; place++) ranks[order[place]!] = (from + to) / 2 + 1;
    from = to + 1;
  }
  return ranks;
}

function pearson(one: readonly number[], other: readonly number[]): number {
  return covarianceOf(one, other) / Math.sqrt(covarianceOf(one, one) * covarianceOf(other, other));
}

function covarianceOf(one: readonly number[], other: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [first, second] = [mean(one), mean(other)];
  return one.reduce((sum, value, place) => sum + (value - first) * (other[place]! - second), 0) / (one.length - 1);
}
