import { describe, expect, it } from 'vitest';
import { auditRelease, type GivenFiles } from '#audit/audit-release';
import { reportLines } from '#audit/report';
import type { Cell, PublishedCell } from '#contracts/release';
import type { LogItem } from '#contracts/submission';
import { drawnRelease, filesOf, items, logOf, window } from './drawn-release.ts';
import { entriesOf } from './manifest-of.ts';

type Drawn = ReturnType<typeof drawnRelease>;

const sound = drawnRelease();
const files = filesOf({ 'percentiles.csv': 'a,b\n', 'README.md': 'read' });
const audited = (
  change: (release: Drawn) => void = () => {},
  {
    taken = items,
    given = files,
    auditedOn = '2026-09-01',
  }: Partial<{
    taken: readonly LogItem[];
    given: GivenFiles;
    auditedOn: string;
  }> = {},
) => {
  const release = structuredClone(sound);
  change(release);
  return auditRelease(logOf(taken), { ...release, files: given, auditedOn });
};
const rules = async (...given: Parameters<typeof audited>) => [
  ...new Set((await audited(...given)).breaks.map(({ rule }) => rule)),
];
const published = ({ cells }: Drawn) => cells.filter((cell): cell is PublishedCell => cell.state === 'published');
const large = (release: Drawn) => published(release)[0]!;

/** The log after an organisation withdrew, as it stands from then on: the answers are gone. */
function withoutAnswers(organisations: ReadonlySet<string>): LogItem[] {
  return items.map((item) =>
    item.kind === 'submission' && organisations.has(item.organisation)
      ? {
          kind: 'tombstone',
          organisation: item.organisation,
          key: item.key,
          withdrawnAt: '2026-08-01T00:00:00.000Z',
          expiresAt: item.expiresAt,
        }
      : item,
  );
}
const organisations = [...new Set(items.map(({ organisation }) => organisation))];

describe('auditRelease', () => {
  it('finds nothing in releases drawn by whatever key', async () => {
    for (let key = 0; key < 20; key++) {
      const release = drawnRelease(items, { drawingKey: new Uint8Array(32).fill(key) });
      const report = await auditRelease(logOf(items), { ...release, files, auditedOn: '2026-09-01' });
      expect(report.breaks).toEqual([]);
      expect(report.incomplete).toEqual([]);
      expect(report.checked.figures).toBeGreaterThan(200);
    }
  });

  it('finds nothing after withdrawals and reviews that came later, however many', async () => {
    for (const count of [1, 7, 40]) {
      const gone = new Set(organisations.slice(5, 5 + count));
      expect((await audited(undefined, { taken: withoutAnswers(gone) })).breaks).toEqual([]);
    }
    const later = (release: Drawn) => {
      const [item] = items.filter(({ kind }) => kind === 'submission');
      const { organisation, key } = item as Extract<LogItem, { kind: 'submission' }>;
      const decidedAt = '2026-08-01T00:00:00.000Z';
      const review = {
        organisation: organisation.slice(0, 22),
        submission: key,
        decision: 'exclude',
        decidedAt,
      } as const;
      release.reviews = [...release.reviews, review];
    };
    expect((await audited(later)).breaks).toEqual([]);
  });

  it('finds figures that no draw of the log can have given', async () => {
    const move = (release: Drawn) => {
      const [cut] = large(release).dimensions.it!.slice(-1);
      cut!.value = 0;
      large(release).dimensions.it!.sort((a, b) => a.value - b.value);
      for (const one of large(release).dimensions.it!) one.value = 0;
    };
    expect(await rules(move)).toEqual([5]);
    const [lines] = [reportLines(await audited(move))];
    expect(lines.join('\n')).toMatch(/BREAK \(rule 5\): level of .*: it\|\d+ is 0, and was drawn as something from/);
    const share = (release: Drawn) => {
      const items = Object.values(large(release).items!);
      for (const item of items) item.dontKnow = 100;
    };
    expect(await rules(share)).toEqual([5]);
    expect(await rules(({ manifest }) => (manifest.leftOut[0]!.incomplete = 500))).toEqual([5]);
  });

  it('finds a group that is too small, or shown otherwise than its number allows', async () => {
    const [first] = published(sound);
    const members = new Set(organisations.slice(0, 60));
    const fewer = items.filter(({ organisation }) => members.has(organisation));
    const report = await audited(undefined, { taken: fewer });
    expect(report.breaks.map(({ rule }) => rule)).toContain(2);
    expect(await rules((release) => (large(release).participations += 5))).toEqual([6]);
    const suppress = (release: Drawn) => {
      const place = release.cells.findIndex(({ group }) => group.key === first!.group.key);
      const gone: Cell = { group: first!.group, state: 'suppressed', reason: 'protection' };
      release.cells[place] = gone;
      release.manifest.cells = entriesOf(release.cells);
    };
    expect(await rules(suppress)).toEqual([10]);
    expect(await rules((release) => delete large(release).items)).toEqual([6]);
    const cut = (release: Drawn) => large(release).dimensions.it!.pop();
    expect(await rules(cut)).toEqual([6]);
  });

  it('finds files that are not those of the list', async () => {
    const { listed, read } = files;
    const changed = { listed, read: filesOf({ 'percentiles.csv': 'a,c\n', 'README.md': 'read' }).read };
    expect((await audited(undefined, { given: changed })).breaks).toEqual([
      { rule: 9, detail: 'percentiles.csv is not the file that the list names' },
    ]);
    const missing = { listed, read: async (name: string) => (name === 'README.md' ? undefined : read(name)) };
    expect((await audited(undefined, { given: missing })).breaks).toEqual([
      { rule: 9, detail: 'README.md is missing' },
    ]);
    const { incomplete } = await audited(undefined, { given: { listed: undefined, read } });
    expect(incomplete).toEqual(['There is no list of files.']);
  });

  it('says so when the log is too old to count again', async () => {
    const { incomplete } = await audited(undefined, { auditedOn: '2031-01-01' });
    expect(incomplete).toEqual(['The log may no longer keep every submission of that time.']);
    expect(reportLines(await audited(undefined, { auditedOn: '2031-01-01' })).at(-1)).toContain('not everything');
  });

  it('audits an erratum of words by the draw that it repeats', async () => {
    const erratum = (release: Drawn) => {
      release.manifest.replaces = 'probe.1-2026-06-30-00000004';
      Object.assign(release, { isCopy: true });
    };
    expect(await rules(erratum)).toEqual([]);
    expect(window.cutoffOn).toBe(sound.manifest.cutoffOn);
  });
});
