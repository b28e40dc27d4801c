import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AssociationFigures, type AssociationOverview } from '#contracts/answers/association';
import { formatAssociationKey } from '#contracts/association-key';
import { memberGroups } from '#contracts/group';
import type { Campaign } from '#contracts/registry';
import { listedIn } from '#contracts/release';
import { POLICY } from '#disclosure/policy';
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
} from './attacked-service.ts';

/**
 * Two associations of 60 and 14 members, 7 of them in both, and everything they and the public are shown over two releases.
 * What pooled figures tell of one member is in `inventions.ts`.
 */
const A = 'AAAA-1';
const B = 'BBBB-2';
const keyOf = (code: keyof typeof ASSOCIATIONS) => formatAssociationKey(ASSOCIATIONS[code], code[0]!.repeat(43));
const FIRST = '2026-03-31';
const SECOND = '2026-10-31';

const inBoth = field('both', 7, { sector: 'a', associations: [A, B] });
const onlyA = [
  ...field('a-in-a', 18, { sector: 'a', associations: [A] }),
  ...field('a-in-b', 26, { sector: 'b', associations: [A] }),
  // Nine in one field of work: below k.
  ...field('a-in-c', 9, { sector: 'c', associations: [A] }),
];
const onlyB = field('b-in-b', 7, { sector: 'b', associations: [B] });
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
  const releases = listedIn(await from.releases.head('probe.1'));
  const ask = async (path: string, accept = 'application/json') => {
    const { status, text } = await from.get(`/v1/associations/${id}${path}`, { ...headers, Accept: accept });
    seen[`${path} ${accept}`] = `${status} ${text}`;
  };
  await ask('/overview');
  for (const release of releases)
    for (const { key } of memberGroups(attackedInstrument, id))
      for (const view of ['standing', 'progress'])
        for (const accept of ['application/json', 'text/csv'])
          await ask(`/figures?instrument=probe.1&release=${release}&group=${key}&view=${view}`, accept);
  return seen;
}

/** Two releases: after the first twelve of A answer anew, three of B leave, and fifteen of the field change. */
async function twoReleases(from: Service): Promise<void> {
  await from.submitAll(everybody);
  await from.release(FIRST);
  from.clock.now = new Date('2026-08-01T08:00:00.000Z');
  await from.submitAll([...onlyA.slice(0, 12), ...others.slice(0, 15)]);
  await from.submitAll(onlyB.slice(0, 3).map(({ associations: _, ...house }) => house));
  await from.release(SECOND);
}

describe('two associations that pool what they see', () => {
  it('are shown the 60, not the nine in one field of work, and nothing of the 14', async () => {
    await twoReleases(service);
    const [newest] = listedIn(await service.releases.head('probe.1'));
    const shown = async (code: keyof typeof ASSOCIATIONS, sector?: string) =>
      (await service.memberCell(code, sector ? { sector } : {}, newest!))?.state ?? 'suppressed';
    expect(await shown(A)).toBe('published');
    expect(await shown(A, 'c')).toBe('suppressed');
    for (const sector of [undefined, 'a', 'b', 'c', 'd']) expect(await shown(B, sector)).toBe('suppressed');
    const answer = await service.get(`/v1/associations/${ASSOCIATIONS[A]}/figures?instrument=probe.1&group=sector=c`, {
      Authorization: `Bearer ${keyOf(A)}`,
    });
    const figures = AssociationFigures.parse(JSON.parse(answer.text));
    expect(figures.cell.state).toBe('suppressed');
    expect(figures.dimensions.every(({ members, mix, difference }) => !members && !mix && !difference)).toBe(true);
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

  it('is told a campaign in five draws at most, however often it is counted, and each stays as it was', async () => {
    const id = ASSOCIATIONS[A];
    const association = (await service.registry.association(id))!;
    const campaign = {
      id: 'k-00000001',
      instrument: 'probe.1',
      opensOn: '2026-02-01',
      closesOn: '2026-03-31',
      resultsOn: '2026-06-01',
    };
    await service.registry.putCampaigns(association, [campaign]);
    const seen: string[] = [];
    const key = { Authorization: `Bearer ${keyOf(A)}`, 'Content-Type': 'application/json' };
    const put = async (plan: Campaign) => {
      const { id: of, ...body } = plan;
      const path = `/v1/associations/${id}/campaigns/${of}`;
      return (await service.send(path, { method: 'PUT', headers: key, body: JSON.stringify(body) })).status;
    };
    for (let day = 1; day <= 70; day++) {
      // With its own key it asks for further draws of the same checks: a second campaign beside the first, and more days.
      service.clock.now = new Date(Date.UTC(2026, 1, day, 9));
      if (day === 10) expect(await put({ ...campaign, id: 'k-00000002', opensOn: '2026-02-10' })).toBe(422);
      if (day === 30) expect(await put({ ...campaign, closesOn: '2026-04-02' })).toBe(200);
      service.clock.now = new Date(Date.UTC(2026, 1, day, 9));
      if (day <= 16) await service.submit(onlyA[day - 1]!);
      service.clock.now = new Date(Date.UTC(2026, 1, day, 23, 30));
      for (let time = 0; time < 2; time++)
        await countParticipation({
          ...service,
          instruments: new Map([[attackedInstrument.id, attackedInstrument]]),
          policy: POLICY,
          now: () => service.clock.now,
          randomBytes,
          segments: 1,
          log: () => {},
        });
      const { text } = await service.get(`/v1/associations/${id}/overview`, { Authorization: `Bearer ${keyOf(A)}` });
      seen.push(JSON.stringify((JSON.parse(text) as AssociationOverview).participation?.campaigns[campaign.id] ?? []));
    }
    const draws = JSON.parse(seen.at(-1)!) as { countedOn: string; isFinal: boolean }[];
    expect(draws).toHaveLength(5);
    expect(draws.map(({ isFinal }) => isFinal)).toEqual([false, false, false, false, true]);
    for (const text of seen) expect(seen.at(-1)!.startsWith(text.slice(0, -1))).toBe(true);
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
      const { group } = answer.data.cell;
      const released = await service.releases.memberCells(answer.data.release.releaseId, ASSOCIATIONS[A]);
      expect(released?.cells.find((cell) => cell.group.key === group.key)).toEqual(answer.data.cell);
    }
  });

  it('opens nothing of the other association with its key, in any spelling', async () => {
    await twoReleases(service);
    const headers = { Authorization: `Bearer ${keyOf(A)}` };
    for (const path of [
      `/v1/associations/${ASSOCIATIONS[B]}/overview`,
      `/v1/associations/${ASSOCIATIONS[B]}/figures?instrument=probe.1`,
      `/v1/associations/${ASSOCIATIONS[A]}/figures?instrument=probe.1&group=association=${ASSOCIATIONS[B]}`,
      `/v1/associations/${ASSOCIATIONS[A]}/figures?instrument=probe.1&group=sector=a,association=${ASSOCIATIONS[B]}`,
      `/v1/associations/${ASSOCIATIONS[A]}/figures?instrument=probe.1&group=association=${ASSOCIATIONS[A]},association=${ASSOCIATIONS[B]}`,
    ])
      expect([403, 404]).toContain((await service.get(path, headers)).status);
  });
});
