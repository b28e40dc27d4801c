import type { ShownRelease } from './audit-release.ts';
import { isPartOf, type PublishedRow, touchedByDifference, touchedBySum } from './published-rows.ts';
import type { Findings } from './report.ts';

/** Steps of pairs of nested groups over pairs of releases; beyond it the attempt ends and says so. */
const MAX_STEPS = 200_000;

/** Any version less any other, of whatever groups and releases. Those that differ by k or more in size cannot break. */
export function trySubtraction(rows: readonly PublishedRow[], k: number, findings: Findings): void {
  const name = 'subtraction of any two versions';
  const bySize = [...rows].sort((a, b) => a.members.size - b.members.size);
  let near = 0;
  bySize.forEach((a, place) => {
    for (let other = place + 1; other < bySize.length; other++) {
      const b = bySize[other]!;
      if (b.members.size - a.members.size >= k) break;
      near += 1;
      const touched = touchedByDifference(a.members, b.members);
      if (touched > 0 && touched < k)
        findings.break(
          name,
          a.group.key === b.group.key && a.part === b.part ? 7 : 6,
          `${b.version} less ${a.version} isolates ${touched}`,
        );
    }
  });
  const all = (rows.length * (rows.length - 1)) / 2;
  findings.attempt(name, `${all} pairs of ${rows.length} versions, ${near} of them of nearly equal size`);
}

/** In each release as it was shown: a group less its narrower groups of one kind, such as a sector less its sizes. */
export function tryRests(
  releases: readonly ShownRelease[],
  rows: ReadonlyMap<string, PublishedRow>,
  k: number,
  findings: Findings,
): void {
  const name = 'parents less children';
  let tried = 0;
  for (const release of releases) {
    const shown = shownRows(release, rows);
    for (const parent of shown) {
      for (const children of kindsOfChildren(parent, shown)) {
        tried += 1;
        const touched = touchedBySum([{ row: parent, factor: 1 }, ...children.map((row) => ({ row, factor: -1 }))]);
        if (touched > 0 && touched < k)
          findings.break(
            name,
            6,
            `in ${release.manifest.releaseId}, ${parent.group.key} less ${children.map(({ group }) => group.key).join(', ')} leaves ${touched}`,
          );
      }
    }
  }
  findings.attempt(name, `${tried} rests in ${releases.length} releases`);
}

/** Y2 - X2 - Y1 + X1 for X within Y: what changed outside X. */
export function trySecondDifferences(rows: readonly PublishedRow[], k: number, findings: Findings): void {
  const name = 'change of a group less change of a part of it';
  const byKey = new Map<string, PublishedRow[]>();
  for (const row of rows) {
    const key = `${row.part} ${row.group.key}`;
    byKey.set(key, [...(byKey.get(key) ?? []), row]);
  }
  const often = [...byKey.values()].filter((versions) => versions.length > 1);
  let tried = 0;
  for (const outer of often) {
    for (const inner of often) {
      if (!isPartOf(inner[0]!, outer[0]!)) continue;
      for (const [y1, y2] of pairsOf(outer)) {
        for (const [x1, x2] of pairsOf(inner)) {
          if (tried >= MAX_STEPS) {
            findings.attempt(name, `${tried} combinations`, `no more than ${MAX_STEPS} are tried`);
            return;
          }
          tried += 1;
          const touched = touchedBySum([
            { row: y2, factor: 1 },
            { row: x2, factor: -1 },
            { row: y1, factor: -1 },
            { row: x1, factor: 1 },
          ]);
          if (touched > 0 && touched < k)
            findings.break(
              name,
              6,
              `${y2.version} - ${x2.version} - ${y1.version} + ${x1.version} isolates ${touched}`,
            );
        }
      }
    }
  }
  findings.attempt(name, `${tried} combinations of four versions`);
}

export function shownRows(
  { cells, changes = [] }: ShownRelease,
  rows: ReadonlyMap<string, PublishedRow>,
): PublishedRow[] {
  const versions = new Set([...cells, ...changes].flatMap((one) => (one.state === 'published' ? [one.version] : [])));
  return [...rows.values()].filter(({ cellVersion }) => versions.has(cellVersion));
}

/** The narrower rows of a parent, by the attributes that narrow them. */
export function kindsOfChildren(parent: PublishedRow, shown: readonly PublishedRow[]): PublishedRow[][] {
  const kinds = new Map<string, PublishedRow[]>();
  for (const row of shown) {
    if (!isPartOf(row, parent)) continue;
    const kind = `${Object.keys(row.group.where).sort().join()}|${row.group.cohort ?? ''}`;
    kinds.set(kind, [...(kinds.get(kind) ?? []), row]);
  }
  return [...kinds.values()];
}

function pairsOf<T>(list: readonly T[]): [T, T][] {
  return list.flatMap((first, place) => list.slice(place + 1).map((second): [T, T] => [first, second]));
}
