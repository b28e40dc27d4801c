import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Cell } from '#contracts/release';
import { cutsOf, medianOf } from '#contracts/released-cell';
import { POLICY } from '#disclosure/policy';
import { PublishError } from '#functions/publish/publish-error';
import {
  attackedService,
  field,
  type House,
  mustBePublished,
  organisationHash,
  receiptOf,
  scoresOf,
  type Weakening,
} from './attacked-service.ts';
import { UNPROTECTED } from './inventions.ts';

/**
 * The attacks of docs/method.md against the running service, each against the strict publisher and, where a rule can be
 * loosened, against one without it: there it must succeed, so that the test is known to bite. The attack by inventions, which
 * needs many worlds, is in `inventions.test.ts`.
 */
let service: Awaited<ReturnType<typeof attackedService>>;
const services: (typeof service)[] = [];
async function another() {
  const made = await attackedService();
  services.push(made);
  return made;
}
beforeEach(async () => {
  service = await another();
});
afterEach(async () => {
  for (const made of services.splice(0)) await made.close();
});

const FIRST = '2026-03-31';
const SECOND = '2026-10-31';
const SECTORS = ['a', 'b', 'c', 'd'] as const;
const GROUPS = ['all', ...SECTORS.map((sector) => `sector=${sector}`), 'size=s', 'size=l', 'sector=a,size=s'];
const FORMATS = ['', '.json', '.vl.json', '.vg.json', '.svg', '.csv'];

/** Everything public that has an address, with its ETag. */
async function everythingPublic(from: typeof service): Promise<Record<string, string>> {
  const paths = [
    '/de/',
    '/de/feld',
    '/de/daten',
    '/de/beispiel.svg',
    '/v1/releases',
    '/v1/instruments',
    '/v1/openapi.json',
  ];
  const { releases } = JSON.parse((await from.get('/v1/releases')).text) as { releases: { releaseId: string }[] };
  for (const { releaseId } of releases) {
    paths.push(`/v1/releases/${releaseId}`, `/v1/releases/${releaseId}/files`);
    const { files = [] } = JSON.parse((await from.get(`/v1/releases/${releaseId}/files`)).text);
    paths.push(...files.map(({ url }: { url: string }) => url));
  }
  for (const group of GROUPS)
    for (const format of FORMATS) paths.push(`/v1/figures${format}?instrument=probe.1&group=${group}`);
  const seen: Record<string, string> = {};
  for (const path of paths) {
    const { status, etag, text } = await from.get(path);
    seen[path] = `${status} ${etag} ${text}`;
  }
  return seen;
}

describe('attack 1: ask, submit, ask again', () => {
  it('gives the same bytes until a release', async () => {
    await service.submitAll([...field('a', 40), ...field('b', 30, { sector: 'b' })]);
    await service.release(FIRST);
    const before = await everythingPublic(service);
    expect(Object.keys(before).length).toBeGreaterThan(50);
    await service.submitAll(field('new', 12, { scores: { x: 0, y: 100 } }));
    await service.withdraw({ name: 'b3' });
    expect(await everythingPublic(service)).toEqual(before);
    // The same look shows a release at once.
    await service.release(SECOND);
    expect(await everythingPublic(service)).not.toEqual(before);
  });
});

describe('attack 2: ask for every score from 0 to 100', () => {
  /** Distinct answers, and how many cuts are published. */
  async function answersTo(looser: Weakening = {}) {
    const other = await another();
    await other.submitAll(field('a', 64));
    await other.release(FIRST, looser);
    const cuts = cutsOf(mustBePublished(await other.cell('all')), 'x');
    const distinct = new Set<string>();
    for (let score = 0; score <= 100; score++) {
      await other.submitAll([{ name: 'spy', scores: { x: score, y: 50 } }]);
      const answer = await other.standing({ name: 'spy' }, '&group=all');
      const { range, verdict } = answer.dimensions.find(({ dimension }: { dimension: string }) => dimension === 'x');
      distinct.add(JSON.stringify([range, verdict]));
    }
    return { distinct: distinct.size, cuts: new Set(cuts.map(({ value }) => value)).size };
  }

  it('tells no more than the published cuts', async () => {
    const { distinct, cuts } = await answersTo();
    expect(cuts).toBeGreaterThan(5);
    // Between the cuts, and on each of them.
    expect(distinct).toBeLessThanOrEqual(2 * cuts + 1);
  });
  it('would tell nearly every house where every per cent is a cut and nothing is moved', async () => {
    const { distinct } = await answersTo({ cutLadder: UNPROTECTED.cutLadder, epsilon: UNPROTECTED.epsilon });
    expect(distinct).toBeGreaterThan(40);
  });
});

describe('attack 4: nested groups and sums that leave a few', () => {
  const others = [...field('b', 30, { sector: 'b' }), ...field('c', 30, { sector: 'c' })];

  /** Which of the sector and the association that nearly fills it are shown, to the association and the public. */
  async function shown(members: number, outsiders: number, looser: Weakening = {}) {
    const other = await another();
    await other.submitAll([
      ...field('member', members, { sector: 'a', associations: ['AAAA-1'] }),
      ...field('elsewhere', 10, { sector: 'b', associations: ['AAAA-1'] }),
      ...field('outsider', outsiders, { sector: 'a', isTrusted: false }),
      ...others,
    ]);
    const { releaseId } = await other.release(FIRST, looser);
    return [await other.cell('sector=a'), await other.memberCell('AAAA-1', { sector: 'a' }, releaseId)].map(
      (cell) => cell?.state,
    );
  }

  it('keeps the larger of the sector of 48 and the 45 of its members in it', async () => {
    expect(await shown(45, 3)).toEqual(['published', 'suppressed']);
  });
  it('shows both when ten are between them', async () => {
    expect(await shown(45, 10)).toEqual(['published', 'published']);
  });
  it('would show the three without the rule', async () => {
    expect(await shown(45, 3, { minNestedDifference: 0 })).toEqual(['published', 'published']);
  });
  it('tells the public nothing of associations', async () => {
    const houses = [...field('a', 60, { sector: 'a' }), ...field('b', 40, { sector: 'b' })];
    await service.submitAll(
      houses.map((house, place) => (place < 25 ? { ...house, associations: ['AAAA-1'] } : house)),
    );
    const { releaseId } = await service.release(FIRST);
    expect(await service.memberCell('AAAA-1', { sector: 'a' }, releaseId)).toMatchObject({ state: 'suppressed' });
    expect(await service.memberCell('AAAA-1', {}, releaseId)).toMatchObject({ participations: 25 });
    expect(JSON.stringify(await everythingPublic(service))).not.toContain('c-aaaaaaa1');
    for (const group of ['association=c-aaaaaaa1', 'sector=a,association=c-aaaaaaa1'])
      expect((await service.get(`/v1/figures?instrument=probe.1&group=${group}`)).status).toBe(404);
  });
});

describe('attack 5: the same set under several names', () => {
  it('gives equal figures, so that asking twice draws once', async () => {
    await service.submitAll([
      ...field('both', 30, { sector: 'a', associations: ['AAAA-1', 'BBBB-2'] }),
      ...field('a', 30, { sector: 'a' }),
      ...field('b', 40, { sector: 'b', size: 'l' }),
    ]);
    const { releaseId } = await service.release(FIRST);
    const figures = (cell: Cell | undefined) => ({ ...mustBePublished(cell!), group: null });
    const [one, two] = [
      await service.memberCell('AAAA-1', {}, releaseId),
      await service.memberCell('BBBB-2', {}, releaseId),
    ];
    expect(figures(one)).toEqual(figures(two));
    // Sector a is size s and the other way round: neither lies within the other by definition.
    expect(figures(await service.cell('sector=a'))).toEqual(figures(await service.cell('size=s')));
  });
});

describe('attack 6: three attributes at once', () => {
  it('answers with a group of the fallback order, the same whether one house is meant or none', async () => {
    await service.submitAll([
      ...field('a', 40, { sector: 'a', size: 's' }),
      { name: 'lonely', sector: 'a', size: 's', region: 'w', scores: { x: 3, y: 97 } },
      ...field('b', 30, { sector: 'b', size: 's' }),
    ]);
    await service.release(FIRST);
    const path = (group: string, format = '') => `/v1/figures${format}?instrument=probe.1&group=${group}`;
    for (const format of FORMATS) {
      const one = await service.get(path('sector=a,size=s,region=w', format));
      const none = await service.get(path('sector=a,size=l,region=w', format));
      const many = await service.get(path('sector=a,size=s,region=n', format));
      expect(one.status).toBe(200);
      expect(one.text.replaceAll(/region(=|%3D)w/g, 'region$1n')).toBe(many.text);
      expect(none.status).toBe(200);
      if (format === '.json') {
        expect(JSON.parse(one.text).group).toMatchObject({ reason: 'asked-not-in-catalogue' });
        expect(JSON.parse(one.text).cell.group.key).not.toContain('region');
      }
    }
  });
});

describe('attack 7: own submissions again and again', () => {
  it('move nothing before a release, and the last one alone counts in it', async () => {
    const honest = field('a', 39);
    await service.submitAll(honest);
    await service.release(FIRST);
    const before = await everythingPublic(service);
    for (const x of [0, 25, 50, 75, 100]) await service.submitAll([{ name: 'spy', scores: { x, y: x } }]);
    expect(await everythingPublic(service)).toEqual(before);
    service.clock.now = new Date('2026-06-01T08:00:00Z');
    for (const x of [0, 100, 50]) await service.submitAll([{ name: 'spy', scores: { x, y: x } }]);
    await service.release(SECOND);
    expect(mustBePublished(await service.cell('all')).participations).toBe(40);
  });
  it('count in two releases and in no third', async () => {
    await service.submitAll(field('a', 40));
    await service.release('2026-01-31');
    await service.release('2026-08-31');
    await expect(service.release('2027-03-31')).rejects.toThrow(PublishError);
  });
});

describe('attack 8: a withdrawal, a late retry, and an erratum', () => {
  it('brings nothing back, and figures drawn anew count without the house', async () => {
    await service.submitAll(field('a', 39));
    const target: House = { name: 'target', scores: { x: 77, y: 3 } };
    expect((await service.submit(target, 'queued')).status).toBe(201);
    const first = await service.release(FIRST);
    expect(mustBePublished(await service.cell('all')).participations).toBe(40);
    await service.withdraw(target);
    expect((await service.submit(target, 'queued')).status).toBe(410);
    await service.release(FIRST, {}, first.releaseId);
    expect(mustBePublished(await service.cell('all')).participations).toBe(35);
    service.clock.now = new Date(service.clock.now.getTime() + 61_000);
    expect((await service.get(`/v1/releases/${first.releaseId}`)).status).toBe(410);
    const log = [];
    for await (const item of service.submissions.scan(0, 1)) log.push(item);
    expect(JSON.stringify(log)).not.toContain('"x":77');
  });
});

describe('attack 9: what answers tell beside their figures', () => {
  beforeEach(async () => {
    // Sector c holds nine houses, d none; both are suppressed.
    await service.submitAll([...field('a', 40), ...field('b', 30, { sector: 'b' }), ...field('c', 9, { sector: 'c' })]);
  });

  it('answers in the same bytes whatever is hidden', async () => {
    const { releaseId } = await service.release(FIRST);
    for (const format of FORMATS) {
      for (const lang of ['de', 'en']) {
        const ask = (sector: string) =>
          service.get(`/v1/releases/${releaseId}/figures${format}?group=sector=${sector}&lang=${lang}`);
        const [nine, none] = [await ask('c'), await ask('d')];
        expect(nine.status).toBe(none.status);
        expect(nine.text.length).toBe(none.text.length);
        const asD = nine.text
          .replaceAll(/sector(=|%3D)c/g, 'sector$1d')
          .replaceAll(/"sector":"c"/g, '"sector":"d"')
          .replaceAll(/(?<![\w-])c(?![\w-])/g, 'd');
        expect(asD).toBe(none.text.replaceAll(/(?<![\w-])c(?![\w-])/g, 'd'));
      }
    }
    const manifest = JSON.parse((await service.get(`/v1/releases/${releaseId}`)).text);
    const [c, d] = ['c', 'd'].map((code) =>
      manifest.cells.find(({ group }: { group: { key: string } }) => group.key === `sector=${code}`),
    );
    expect({ ...c, group: '' }).toEqual({ ...d, group: '' });
  });

  it('has no address for a release before it is in force, and the same error as for one that never was', async () => {
    const crashing = await another();
    await crashing.submitAll(field('a', 40));
    let hidden = '';
    crashing.releases.putInForce = async ({ releaseId }) => {
      hidden = releaseId;
      const invented = `${hidden.slice(0, -8)}01234567`;
      for (const path of ['', '/figures?group=all', '/files', '/files/percentiles.csv', '/figures.svg']) {
        const one = await crashing.get(`/v1/releases/${hidden}${path}`);
        const other = await crashing.get(`/v1/releases/${invented}${path}`);
        expect(one.status).toBe(404);
        const plain = (body: string, id: string) =>
          body.replaceAll(id, 'ID').replaceAll(/"(instance|requestId)":"[^"]*"/g, '');
        expect(plain(one.text, hidden)).toBe(plain(other.text, invented));
      }
      throw new Error('crash');
    };
    await expect(crashing.release(FIRST)).rejects.toThrow('crash');
    expect((await crashing.get(`/v1/releases/${hidden}`)).status).toBe(404);
  });

  it('writes no house, receipt or small number into a log', async () => {
    await service.release(FIRST);
    await service.standing({ name: 'c1' });
    const lines = JSON.stringify(service.logged);
    expect(service.logged.length).toBeGreaterThan(50);
    for (const name of ['a0', 'c1', 'c8']) {
      expect(lines).not.toContain(receiptOf(name));
      expect(lines).not.toContain(receiptOf(name).replaceAll('-', ''));
      expect(lines).not.toContain(organisationHash(name));
    }
    expect(lines).not.toContain('sector=');
  });

  it('holds no value in the files for what is suppressed', async () => {
    const { releaseId } = await service.release(FIRST);
    const { files } = JSON.parse((await service.get(`/v1/releases/${releaseId}/files`)).text);
    const csv = files.filter(({ name }: { name: string }) => name.endsWith('.csv'));
    expect(csv.length).toBeGreaterThan(0);
    const ofC: string[] = [];
    const ofD: string[] = [];
    for (const { url } of csv) {
      for (const line of (await service.get(url)).text.split('\r\n')) {
        if (/sector=c\b/.test(line)) ofC.push(line.replaceAll(/\bc\b/g, '?'));
        if (/sector=d\b/.test(line)) ofD.push(line.replaceAll(/\bd\b/g, '?'));
      }
    }
    expect(ofC).toEqual(ofD);
  });

  it('tells nothing finer of n than its band', async () => {
    const told = async (n: number, looser: Weakening = {}) => {
      const other = await another();
      await other.submitAll(field('a', n));
      await other.release(FIRST, looser);
      return mustBePublished(await other.cell('all')).participations;
    };
    expect(await told(40)).toBe(await told(44));
    expect(await told(40, { participationsRoundedTo: 1 })).not.toBe(await told(44, { participationsRoundedTo: 1 }));
  });
});

describe('a score left out', () => {
  it('counts in no dimension, so that no two numbers differ', async () => {
    await service.submitAll(field('a', 30));
    const partly = field('partly', 9).map((house) => ({ ...house, scores: { x: scoresOf(house.name).x } }));
    for (const { status } of await Promise.all(partly.map((house) => service.submit(house))))
      expect([201, 422]).toContain(status);
    await service.release(FIRST);
    expect(mustBePublished(await service.cell('all')).participations).toBe(30);
  });
});

describe('the gate', () => {
  it.each<[string, Weakening]>([
    ['smaller groups', { minParticipations: 5, minIndependent: 0, cutLadder: [{ fromN: 5, permilles: [500] }] }],
    ['no distance between nested groups', { minNestedDifference: 0 }],
    ['less noise', { epsilon: { ...POLICY.epsilon, cut: 5 } }],
    ['an exact n', { participationsRoundedTo: 1 }],
  ])('stops a publisher whose policy was loosened behind its back: %s', async (_, weakening) => {
    await service.submitAll([...field('a', 40, { sector: 'a' }), ...field('b', 9, { sector: 'b' })]);
    await expect(service.releaseThroughGate(FIRST, weakening)).rejects.toThrow(PublishError);
    expect((await service.get('/v1/figures?instrument=probe.1')).status).toBe(404);
  });
});

describe('noise', () => {
  /** The attacker knows all but one of forty and puts them at both ends: the exact median would be the one's score. */
  async function medians(looser: Weakening = {}) {
    const found = new Set<number>();
    for (let trial = 0; trial < 4; trial++) {
      const other = await another();
      const ends = Array.from(
        { length: 40 },
        (_, place): House => ({
          name: `known${place}`,
          scores: { x: place < 20 ? 0 : 100, y: 50 },
        }),
      );
      await other.submitAll([...ends, { name: 'target', scores: { x: 37, y: 64 } }]);
      await other.release(FIRST, looser);
      found.add(medianOf(mustBePublished(await other.cell('all')), 'x'));
    }
    return found;
  }

  it('moves a median that would be one house alone', async () => {
    expect((await medians()).size).toBeGreaterThan(1);
  });
  it('would give it exactly without', async () => {
    expect(await medians({ epsilon: UNPROTECTED.epsilon })).toEqual(new Set([37]));
  });
});
