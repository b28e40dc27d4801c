import { describe, expect, it } from 'vitest';
import { auditDraw } from '#audit/audit-draw';
import { reportLines } from '#audit/report';
import type { Cell, PublishedCell, PublishedChange } from '#contracts/release';
import type { LogItem } from '#contracts/submission';
import { POLICY } from '#disclosure/policy';
import { drawnRelease, instrument, items, logOf, window } from './drawn-release.ts';
import { entriesOf } from './manifest-of.ts';

type Drawn = ReturnType<typeof drawnRelease>;

const log = logOf(items);
const sound = drawnRelease();
const audited = (change: (release: Drawn) => void = () => {}, taken = log) => {
  const release = structuredClone(sound);
  change(release);
  return auditDraw(taken, release);
};
/** Rules broken, each once, ascending. */
const rules = (...given: Parameters<typeof audited>) =>
  [...new Set(audited(...given).breaks.map(({ rule }) => rule))].sort((a, b) => a - b);
const isPublic = ({ group }: Cell) => group.association === undefined;
const published = ({ cells }: Drawn) => cells.filter((cell): cell is PublishedCell => cell.state === 'published');
const publishedChanges = ({ changes }: Drawn) =>
  changes.filter((change): change is PublishedChange => change.state === 'published');
const relist = (release: Drawn) => {
  release.manifest.cells = entriesOf(release.cells);
  release.manifest.changes = entriesOf(release.changes);
};

/** Every place at which a release holds a number. */
function placesOf(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (typeof value === 'number') return path.at(-1) === 'permille' ? [] : [path];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, entry]) => placesOf(entry, [...path, name]));
}

describe('auditDraw', () => {
  it('agrees with every figure and every suppression, and says how much it looked at', () => {
    const report = audited();
    expect(report.breaks).toEqual([]);
    expect(report.incomplete).toEqual([]);
    const { cells, changes } = sound;
    const numbers = placesOf([cells, changes]).length;
    const shown = published(sound).length + publishedChanges(sound).length;
    expect(report.checked).toMatchObject({ groups: cells.length + changes.length, figures: numbers - shown });
    expect(report.checked.moved!.mean).toBeLessThan(report.checked.moved!.most);
    const lines = reportLines(report).join('\n');
    expect(lines).toContain(`${numbers - shown} published figures`);
    expect(lines).toContain('No break was found.');
  });

  it.each([
    ['every figure', 5, (path: (string | number)[]) => path.at(-1) !== 'participations'],
    ['every number of participations', 6, (path: (string | number)[]) => path.at(-1) === 'participations'],
  ])('compares %s, wherever it stands', (_, rule, isMeant) => {
    const release = structuredClone(sound);
    const shown = { cells: release.cells, changes: release.changes };
    const places = placesOf(shown).filter(isMeant);
    for (const path of places) {
      const owner = path.slice(0, -1).reduce<unknown>((value, name) => (value as never)[name], shown);
      const numbers = owner as Record<string, number>;
      const name = path.at(-1)!;
      numbers[name] = numbers[name] === 100 ? 99 : numbers[name]! + 1;
    }
    relist(release);
    const { breaks } = auditDraw(log, release);
    expect(places.length).toBeGreaterThan(8);
    expect(breaks.map((found) => found.rule)).toEqual(places.map(() => rule));
    expect(new Set(breaks.map(({ detail }) => detail)).size).toBe(places.length);
  });

  it('finds what is shown and may not be', () => {
    const large = (release: Drawn) => published(release).find(isPublic)!;
    const publish = (release: Drawn) => {
      const place = release.cells.findIndex(({ state }) => state === 'suppressed');
      release.cells[place] = { ...large(release), group: release.cells[place]!.group };
      relist(release);
    };
    expect(rules(publish)).toContain(2);
    const suppress = (release: Drawn) => {
      const place = release.cells.indexOf(large(release));
      release.cells[place] = { group: large(release).group, state: 'suppressed', reason: 'protection' };
      relist(release);
    };
    expect(rules(suppress)).toEqual([10]);
    const lose = (release: Drawn) => {
      release.changes.pop();
    };
    expect(rules(lose)).toEqual([6]);
    const stray = (release: Drawn) => {
      release.cells.push({
        ...large(release),
        group: { key: 'association=c-ffffffff', where: {}, association: 'c-ffffffff' },
      });
    };
    expect(rules(stray)).toEqual([6]);
    const listOtherwise = (release: Drawn) => {
      release.manifest.cells.reverse();
    };
    expect(rules(listOtherwise)).toEqual([6]);
    const cutMore = (release: Drawn) => {
      published(release)
        .find(({ dimensions }) => dimensions.it!.length === 1)!
        .dimensions.it!.unshift({ permille: 250, value: 0 });
    };
    expect(rules(cutMore)).toEqual([6]);
    const hideQuestion = (release: Drawn) => {
      const { questions } = published(release).find((cell) => Object.keys(cell.questions ?? {}).length > 0)!;
      delete questions![Object.keys(questions!)[0]!];
    };
    expect(rules(hideQuestion)).toEqual([5]);
  });

  it('finds another count of those left out', () => {
    expect(rules(({ manifest }) => (manifest.leftOut[0]!.incomplete += 5))).toEqual([5]);
    expect(rules(({ manifest }) => (manifest.leftOut[1]!.underReview += 5))).toEqual([5]);
  });

  it('finds that the publisher counted somebody who may not count, and other reviews', () => {
    const organisations = [...new Set(items.map(({ organisation }) => organisation))].slice(0, 15);
    const counted = organisations.filter((organisation) => {
      const without = items.filter((item) => item.organisation !== organisation);
      return audited(undefined, logOf(without)).breaks.length > 0;
    });
    expect(counted.length).toBeGreaterThan(5);
    expect(rules((release) => (release.reviews = []))).not.toEqual([]);
  });

  it('finds a window in which something counts a third time, and cut-offs too close', () => {
    expect(rules(undefined, logOf(items, { ...window, acceptedAfter: null }))).toContain(7);
    expect(rules(undefined, logOf(items, { ...window, after: '2020-01-01' }))).toContain(7);
    expect(rules(undefined, logOf(items, { ...window, acceptedUntil: '2027-01-01T00:00:00.000Z' }))).toContain(1);
    expect(rules((release) => (release.former[0]!.cutoffOn = '2026-02-01'))).toEqual([7]);
    // A copy is no draw: what it repeats counts once.
    const [newest] = sound.former;
    const copy = { ...newest!, releaseId: 'probe.1-2025-12-31-00000009', copies: newest!.releaseId };
    expect(rules((release) => (release.former = [copy, ...release.former]))).toEqual([]);
    const { copies, ...draw } = copy;
    expect(copies).toBe(newest!.releaseId);
    expect(rules((release) => (release.former = [draw, ...release.former]))).toEqual([7]);
    expect(rules(({ manifest }) => (manifest.replaces = newest!.releaseId))).toEqual([9]);
  });

  it('finds a policy below the floor, whoever let it through', () => {
    const looser = { ...POLICY, minNestedDifference: 5, epsilon: { ...POLICY.epsilon, cut: 2 } };
    const { breaks } = auditDraw(log, drawnRelease(items, { policy: looser }));
    expect(breaks.map(({ detail }) => detail)).toEqual([
      'the release was made under a looser minNestedDifference',
      'the release was made under a larger epsilon.cut',
    ]);
    const cutLadder = [{ fromN: 20, permilles: [250, 500] }];
    expect(auditDraw(log, drawnRelease(items, { policy: { ...POLICY, cutLadder } })).breaks).toEqual([
      { rule: 6, detail: 'cutLadder: the cut at 250 is shown from 20 on' },
    ]);
    const changeCutLadder = POLICY.cutLadder;
    expect(auditDraw(log, drawnRelease(items, { policy: { ...POLICY, changeCutLadder } })).breaks).toContainEqual({
      rule: 6,
      detail: 'changeCutLadder: the cut at 250 is shown from 40 on',
    });
  });

  it('finds another sum of epsilons', () => {
    expect(rules(({ manifest }) => (manifest.epsilonSum -= 0.1))).toEqual([5]);
  });

  it('is not complete where submissions are of a version that is not here', () => {
    const [first] = items.filter((item) => item.kind === 'submission');
    const other = { ...first, organisation: 'other', instrument: `${instrument.id}.7` } as LogItem;
    const { incomplete } = audited(undefined, logOf([...items, other]));
    expect(incomplete).toEqual(['1 submissions are of a version of the check whose instrument is not here.']);
  });

  it('needs the key that the release was drawn with', () => {
    expect(rules((release) => release.key.reverse())).toContain(5);
  });
});
