import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { formatAssociationKey } from '#contracts/association-key';
import { cohortGroups } from '#contracts/group';
import { AssociationFigures, type AssociationOverview } from '#functions/api/association-paths';
import { countParticipation } from '#functions/publish/participation';
import { sha256Hex } from '#store/hashes';
import {
  ASSOCIATIONS,
  attackedInstrument,
  attackedService,
  field,
  type House,
  organisationHash,
  receiptOf,
  type Weakening,
} from './attacked-service.ts';

/**
 * Two associations of 60 and 14 members, 7 of them in both, pool everything they and the public are shown over two
 * releases, and try to find one member's score. Each attempt is made with the rules on, and, where a rule can be switched
 * off, shown to succeed without it.
 */
const A = 'AAAA-1';
const B = 'BBBB-2';
const keyOf = (code: keyof typeof ASSOCIATIONS) => formatAssociationKey(ASSOCIATIONS[code], code[0]!.repeat(43));
const FIRST = '2026-03-31';
const SECOND = '2026-10-31';

const inBoth = field('both', 7, { sector: 'a', cohorts: [A, B] });
const onlyA = [
  ...field('a-in-a', 18, { sector: 'a', cohorts: [A] }),
  ...field('a-in-b', 26, { sector: 'b', cohorts: [A] }),
  // Nine in one field of work: below k.
  ...field('a-in-c', 9, { sector: 'c', cohorts: [A] }),
];
const onlyB = field('b-in-b', 7, { sector: 'b', cohorts: [B] });
const others = (['a', 'b', 'c', 'd'] as const).flatMap((sector) => field(`other-${sector}`, 25, { sector }));
const everybody: House[] = [...inBoth, ...onlyA, ...onlyB, ...others];
const target = onlyA.at(-1)!;

type Service = Awaited<ReturnType<typeof attackedService>>;
let service: Service;
const opened: Service[] = [];
async function another(): Promise<Service> {
  const other = await attackedService();
  opened.push(other);
  for (const code of [A, B] as const) {
    const association = (await other.registry.association(ASSOCIATIONS[code]))!;
    const keys = [{ hash: sha256Hex(keyOf(code)), madeAt: association.createdAt }];
    await other.registry.put({ ...association, members: code === A ? 60 : 14, keys }, association);
  }
  return other;
}
beforeEach(async () => {
  service = await another();
});
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

/** Everything an association may ask for, by address. */
async function everythingOf(code: keyof typeof ASSOCIATIONS, from = service): Promise<Record<string, string>> {
  const id = ASSOCIATIONS[code];
  const headers = { Authorization: `Bearer ${keyOf(code)}` };
  const seen: Record<string, string> = {};
  const releases = (await from.releases.head('probe.1'))?.releases ?? [];
  const ask = async (path: string, accept = 'application/json') => {
    const { status, text } = await from.get(`/v1/association/${id}${path}`, { ...headers, Accept: accept });
    seen[`${path} ${accept}`] = `${status} ${text}`;
  };
  await ask('');
  for (const release of releases)
    for (const { key } of cohortGroups(attackedInstrument, id))
      for (const view of ['standing', 'progress'])
        for (const accept of ['application/json', 'text/csv'])
          await ask(`/figures?instrument=probe.1&release=${release}&group=${key}&view=${view}`, accept);
  return seen;
}

/** Two releases: after the first twelve of A answer anew, three of B leave, and fifteen of the field change. */
async function twoReleases(from: Service, looser: Weakening = {}): Promise<void> {
  await from.submitAll(everybody);
  await from.release(FIRST, looser);
  from.clock.now = new Date('2026-08-01T08:00:00.000Z');
  await from.submitAll([...onlyA.slice(0, 12), ...others.slice(0, 15)]);
  await from.submitAll(onlyB.slice(0, 3).map(({ cohorts: _, ...house }) => house));
  await from.release(SECOND, looser);
}

/** Every fresh version that somebody was shown, as the contributions it counts. */
async function shownRows(from: Service): Promise<Set<string>[]> {
  const rows: Set<string>[] = [];
  for (const releaseId of (await from.releases.head('probe.1'))!.releases) {
    const { entries } = await from.ledger.read(releaseId);
    for (const key of new Set(entries.flatMap(({ groups }) => groups)))
      rows.push(
        new Set(
          entries
            .filter(({ groups }) => groups.includes(key))
            .map(({ organisation, submission }) => `${organisation} ${submission}`),
        ),
      );
  }
  return rows;
}

/** The fewest organisations that adding and subtracting up to four shown versions leaves, by trying all of them. */
function fewestLeft(rows: Set<string>[]): number {
  const columns = [...new Set(rows.flatMap((row) => [...row]))];
  const organisations = columns.map((column) => column.split(' ')[0]!);
  const vectors = rows.map((row) => Int8Array.from(columns, (column) => (row.has(column) ? 1 : 0)));
  let fewest = Infinity;
  const look = (sum: Int8Array, from: number, depth: number) => {
    const left = new Set<string>();
    for (let place = 0; place < sum.length && left.size < fewest; place++)
      if (sum[place] !== 0) left.add(organisations[place]!);
    if (left.size > 0 && left.size < fewest) fewest = left.size;
    if (depth === 4) return;
    for (let next = from; next < vectors.length; next++)
      for (const sign of depth === 0 ? [1] : [1, -1])
        look(
          sum.map((value, place) => value + sign * vectors[next]![place]!),
          next + 1,
          depth + 1,
        );
  };
  look(new Int8Array(columns.length), 0, 0);
  return fewest;
}

describe('two associations that pool what they see', () => {
  it('find no fewer than ten in any sum and difference of up to four versions', async () => {
    await twoReleases(service);
    const rows = await shownRows(service);
    expect(rows.length).toBeGreaterThan(6);
    expect(fewestLeft(rows)).toBeGreaterThanOrEqual(10);
  });

  it('would find a few without the rules', async () => {
    await twoReleases(service, { k: 1, minOpenParticipations: 1, withoutRule6c: true });
    expect(fewestLeft(await shownRows(service))).toBeLessThan(10);
  });

  it('are shown the 60, not the nine in one field of work, and of the 14 at most the whole', async () => {
    await twoReleases(service);
    const [release] = (await service.releases.head('probe.1'))!.releases.slice(-1);
    const shown = async (code: keyof typeof ASSOCIATIONS, sector?: string) =>
      (await service.cohortCell(code, sector ? { sector } : {}, release!))?.state ?? 'suppressed';
    expect(await shown(A)).toBe('published');
    expect(await shown(A, 'c')).toBe('suppressed');
    for (const sector of ['a', 'b', 'c', 'd']) expect(await shown(B, sector)).toBe('suppressed');
    const answer = await service.get(`/v1/association/${ASSOCIATIONS[A]}/figures?instrument=probe.1&group=sector=c`, {
      Authorization: `Bearer ${keyOf(A)}`,
    });
    const figures = AssociationFigures.parse(JSON.parse(answer.text));
    expect(figures.state).toBe('suppressed');
    expect(figures.dimensions.every(({ members, composed, difference }) => !members && !composed && !difference)).toBe(
      true,
    );
  });
});

describe('an association that watches', () => {
  it('sees the same bytes before and after a member submits, until a release', async () => {
    await service.submitAll(everybody);
    await service.release(FIRST);
    const before = await everythingOf(A);
    expect(Object.keys(before).length).toBeGreaterThan(15);
    service.clock.now = new Date('2026-06-01T08:00:00.000Z');
    await service.submit({ ...target, scores: { x: 0, y: 100 } }, 'once-more');
    expect(await everythingOf(A)).toEqual(before);
    await service.withdraw(target);
    expect(await everythingOf(A)).toEqual(before);
  });

  it('learns nothing from the nightly count that a step of five does not hide', async () => {
    const members = onlyA.slice(0, 16);
    const counts: (number | null)[] = [];
    let day = 1;
    for (const member of members) {
      service.clock.now = new Date(Date.UTC(2026, 1, day, 9));
      await service.submit(member);
      day += 1;
      service.clock.now = new Date(Date.UTC(2026, 1, day, 1));
      await countParticipation({
        ...service,
        instruments: new Map([[attackedInstrument.id, attackedInstrument]]),
        now: () => service.clock.now,
        segments: 1,
        log: () => {},
      });
      const { text } = await service.get(`/v1/association/${ASSOCIATIONS[A]}`, { Authorization: `Bearer ${keyOf(A)}` });
      const count = (JSON.parse(text) as AssociationOverview).participation!.panels['probe.1']!;
      counts.push(count.state === 'counted' ? count.atLeast : null);
    }
    expect(counts).toEqual([...Array(9).fill(null), 10, 10, 10, 10, 10, 15, 15]);
  });

  it('reads in no answer anything of a member but its part in a released cell', async () => {
    await twoReleases(service);
    const seen = JSON.stringify([await everythingOf(A), await everythingOf(B)]);
    for (const house of [target, ...inBoth]) {
      expect(seen).not.toContain(receiptOf(house.name));
      expect(seen).not.toContain(organisationHash(house.name));
    }
    // Every number of a member cell stands in the cell as released; the answers add medians, differences and mixtures of those.
    for (const text of Object.entries(await everythingOf(A)).filter(([path]) => path.endsWith('application/json'))) {
      const answer = AssociationFigures.safeParse(JSON.parse(text[1].slice(4)));
      if (!answer.success || answer.data.cell.state === 'suppressed') continue;
      const { version, group } = answer.data.cell;
      const released = await service.releases.cell(version.split('/')[0]!, group.key);
      const { isCarriedForward: _, ...shown } = answer.data.cell;
      expect(released).toMatchObject(shown);
    }
  });

  it('opens nothing of the other association with its key, in any spelling', async () => {
    await twoReleases(service);
    const headers = { Authorization: `Bearer ${keyOf(A)}` };
    for (const path of [
      `/v1/association/${ASSOCIATIONS[B]}`,
      `/v1/association/${ASSOCIATIONS[B]}/figures?instrument=probe.1`,
      `/v1/association/${ASSOCIATIONS[A]}/figures?instrument=probe.1&group=cohort=${ASSOCIATIONS[B]}`,
      `/v1/association/${ASSOCIATIONS[A]}/figures?instrument=probe.1&group=sector=a,cohort=${ASSOCIATIONS[B]}`,
      `/v1/association/${ASSOCIATIONS[A]}/figures?instrument=probe.1&group=cohort=${ASSOCIATIONS[A]},cohort=${ASSOCIATIONS[B]}`,
    ])
      expect([403, 404]).toContain((await service.get(path, headers)).status);
  });
});

describe('a campaign that reaches 45 of a field of 48', () => {
  it('is shown its members, and the three beside them wait', async () => {
    const members = field('member', 45, { sector: 'a', cohorts: [A] });
    const outsiders = field('outsider', 3, { sector: 'a', isTrusted: false });
    await service.submitAll([...members, ...outsiders]);
    await service.release(FIRST);
    const { text } = await service.get(`/v1/association/${ASSOCIATIONS[A]}/figures?instrument=probe.1`, {
      Authorization: `Bearer ${keyOf(A)}`,
    });
    const figures = AssociationFigures.parse(JSON.parse(text));
    expect(figures.cell).toMatchObject({ state: 'published', participations: 45 });
    expect(fewestLeft(await shownRows(service))).toBeGreaterThanOrEqual(10);
    const { entries } = await service.ledger.read(figures.release.releaseId);
    expect(entries).toHaveLength(45);
  });
});
