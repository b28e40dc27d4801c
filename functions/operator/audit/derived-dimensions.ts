import type { ShownRelease } from './audit-release.ts';
import { changeRows, type PublishedRow } from './published-rows.ts';
import type { Findings } from './report.ts';
import { spanOf } from './row-space.ts';

/** A dimension that one version withholds, as a combination of the versions that show it. */
export function tryDerivedDimensions(
  rows: readonly PublishedRow[],
  releases: readonly ShownRelease[],
  releaseId: string,
  steps: { needed: number; limit: number },
  findings: Findings,
): void {
  const name = 'withheld dimensions as combinations of shown ones';
  const figures = new Map(
    releases.flatMap(({ cells, changes = [] }) =>
      [...cells, ...changes].flatMap((one) =>
        one.state === 'published' ? [[one.version, one.dimensions] as const] : [],
      ),
    ),
  );
  const ids = new Set([...figures.values()].flatMap((dimensions) => Object.keys(dimensions)));
  if (steps.needed > steps.limit) {
    findings.attempt(name, 'nothing', `more than ${steps.limit} steps would be needed`);
    return;
  }
  // Most dimensions are shown by the same versions.
  const spans = new Map<string, ReturnType<typeof spanOf>>();
  const spanOver = (some: readonly PublishedRow[]) => {
    const kind = some.map(({ version }) => version).join();
    const span = spans.get(kind) ?? spanOf(some);
    spans.set(kind, span);
    return span;
  };
  let tried = 0;
  for (const id of ids) {
    for (const kind of [rows.filter(({ part }) => part === 'level'), changeRows(rows)]) {
      const stateOf = ({ cellVersion }: PublishedRow) => figures.get(cellVersion)?.[id]?.state;
      const withheld = kind.filter((row) => stateOf(row) === 'suppressed');
      if (withheld.length === 0) continue;
      const showing = kind.filter((row) => stateOf(row) === 'published');
      const isTold = spanOver(showing);
      const before = showing.filter(({ version }) => !version.startsWith(`${releaseId}/`));
      for (const { members, version } of withheld) {
        tried += 1;
        if (!isTold(members)) continue;
        const detail = `${id} of ${version} is withheld, and is a combination of versions that show it`;
        if (spanOver(before)(members)) findings.notice(name, 6, detail);
        else findings.break(name, 6, detail);
      }
    }
  }
  findings.attempt(name, `${tried} dimensions of ${figures.size} versions`);
}
