import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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

/**
 * The attacks of docs/method.md against the running service, each against the strict publisher and, where a rule can be
 * switched off, against one without it: there it must succeed, so that the test is known to bite.
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
const THIRD = '2027-05-31';
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
    for (const format of FORMATS) paths.push(`/v1/benchmarks${format}?instrument=probe.1&group=${group}`);
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
  /** Distinct answers, and how many of them do not follow from the published cuts. */
  async function answersTo(looser: Weakening = {}) {
    const other = await another();
    await other.submitAll(field('a', 24));
    await other.release(FIRST, looser);
    const { cuts } = mustBePublished(await other.cell('all')).dimensions.x as {
      cuts: { permille: number; value: number }[];
    };
    const distinct = new Set<string>();
    for (let score = 0; score <= 100; score++) {
      await other.submitAll([{ name: 'spy', scores: { x: score, y: 50 } }]);
      const answer = await other.standing({ name: 'spy' }, '&group=all');
      const { standing } = answer.dimensions.find(({ dimension }: { dimension: string }) => dimension === 'x');
      const from = Math.max(0, ...cuts.filter(({ value }) => value < score).map(({ permille }) => permille));
      const to = Math.min(1000, ...cuts.filter(({ value }) => value > score).map(({ permille }) => permille));
      expect(standing).toMatchObject({ bandFrom: from, bandTo: to });
      distinct.add(JSON.stringify(standing));
    }
    return { distinct: distinct.size, cuts: cuts.length };
  }

  it('tells no more than the published cuts', async () => {
    const { distinct, cuts } = await answersTo();
    expect(cuts).toBe(3);
    // Between the cuts, and on each of them.
    expect(distinct).toBeLessThanOrEqual(2 * cuts + 1);
  });
  it('would tell nearly every house where the ladder of cuts is off', async () => {
    const { distinct } = await answersTo({ cutLadder: [{ fromN: 10, stepPermille: 10 }] });
    expect(distinct).toBeGreaterThan(20);
  });
});

describe('attack 3: the total less the sectors', () => {
  /** How many houses the total leaves beside the published sectors; the attacker knows who belongs where. */
  async function rest(houses: readonly House[], looser: Weakening = {}) {
    const other = await another();
    await other.submitAll(houses);
    const { releaseId } = await other.release(FIRST, looser);
    const shown = new Set<string>();
    for (const key of GROUPS) if ((await other.cell(key)).state === 'published') shown.add(key);
    const { entries } = await other.ledger.read(releaseId);
    return entries.filter(
      ({ groups }) => groups.includes('all') && !groups.some((key) => /^sector=[a-d]$/.test(key) && shown.has(key)),
    ).length;
  }
  const sectors = [
    ...field('a', 24, { sector: 'a' }),
    ...field('b', 22, { sector: 'b' }),
    ...field('c', 20, { sector: 'c' }),
  ];

  it('leaves at least ten, whatever is missing', async () => {
    for (const few of [1, 5, 9]) {
      const left = await rest([...sectors, ...field('d', few, { sector: 'd', isTrusted: false })]);
      expect(left === 0 || left >= 10).toBe(true);
    }
  });
  it('would leave the one house of a sector that is not shown', async () => {
    const houses = [...sectors, ...field('d', 1, { sector: 'd', isTrusted: false })];
    expect(await rest(houses, { k: 1, withoutRule6c: true })).toBe(1);
  });
});

describe('attack 4: a sector less an association that nearly covers it', () => {
  const members = field('member', 45, { sector: 'a', cohorts: ['AAAA-1'] });
  const outsiders = field('outsider', 3, { sector: 'a', isTrusted: false });
  const others = [...field('b', 30, { sector: 'b' }), ...field('c', 30, { sector: 'c' })];

  /** Whom the sector counts beside the members, if the association and the public are shown both. */
  async function beside(looser: Weakening = {}) {
    const other = await another();
    await other.submitAll([...members, ...outsiders, ...others]);
    const { releaseId } = await other.release(FIRST, looser);
    const cohort = await other.cohortCell('AAAA-1', {}, releaseId);
    const [sector, all] = [await other.cell('sector=a'), await other.cell('all')];
    const { entries } = await other.ledger.read(releaseId);
    return {
      shown: [sector.state, cohort?.state, all.state],
      beside: entries.filter(
        ({ groups }) => groups.includes('sector=a') && !groups.some((key) => key === 'cohort=c-aaaaaaa1'),
      ).length,
      outsiders: entries.filter(({ organisation }) =>
        outsiders.some(({ name }) => organisationHash(name) === organisation),
      ).length,
    };
  }

  it('lets the three wait and keeps the association and the sector', async () => {
    expect(await beside()).toEqual({ shown: ['published', 'published', 'published'], beside: 0, outsiders: 0 });
  });
  it('would leave the three without rule 6', async () => {
    expect(await beside({ k: 1, withoutRule6c: true })).toMatchObject({
      shown: ['published', 'published', 'published'],
      beside: 3,
    });
  });
  it('tells the public nothing of associations: the same bytes with members as without', async () => {
    const houses = [...field('a', 60, { sector: 'a' }), ...field('b', 40, { sector: 'b' })];
    await service.submitAll(houses.map((house, place) => (place < 25 ? { ...house, cohorts: ['AAAA-1'] } : house)));
    const { releaseId } = await service.release(FIRST);
    expect(await service.cohortCell('AAAA-1', { sector: 'a' }, releaseId)).toMatchObject({ participations: 25 });
    const without = await another();
    await without.submitAll(houses);
    await without.release(FIRST);
    const stripped = (seen: Record<string, string>) =>
      Object.entries(seen)
        .filter(([path]) => !/\.(zip|parquet)$/.test(path))
        .map(([path, text]) => [path, text].map((part) => part.replaceAll(/probe\.1-2026-03-31-[0-9a-f]{8}/g, 'ID')))
        .filter(([path]) => /benchmarks|\.csv$|releases\/ID$/.test(path!))
        .map(([path, text]) => [path, text!.replace(/^(\d+) \S+/, '$1')]);
    const seen = stripped(await everythingPublic(service));
    expect(seen.length).toBeGreaterThan(40);
    expect(seen).toEqual(stripped(await everythingPublic(without)));
    expect(JSON.stringify(await everythingPublic(service))).not.toContain('c-aaaaaaa1');
    for (const group of ['cohort=c-aaaaaaa1', 'sector=a,cohort=c-aaaaaaa1'])
      expect((await service.get(`/v1/benchmarks?instrument=probe.1&group=${group}`)).status).toBe(404);
  });
});

describe('attack 5: one release less another', () => {
  /** How many houses tell the versions of a group apart, of those that the public routes show one after the other. */
  async function changed(group: string, changes: number, looser: Weakening = {}) {
    const other = await another();
    await other.submitAll(field('a', 40));
    const first = await other.release(FIRST);
    other.clock.now = new Date('2026-06-01T08:00:00Z');
    await other.submitAll(field('new', changes));
    const second = await other.release(SECOND, looser);
    const [one, two] = [await other.cell(group, first.releaseId), await other.cell(group, second.releaseId)];
    if (one.state !== 'published' || two.state !== 'published') return 0;
    const { isCarriedForward: _, ...former } = one;
    const { isCarriedForward, ...latter } = two;
    if (isCarriedForward) expect(latter).toEqual(former);
    return isCarriedForward ? 0 : changes;
  }

  it.each([1, 5, 9])('shows the former bytes after %i changes', async (changes) => {
    expect(await changed('all', changes)).toBe(0);
  });
  it('shows new figures after ten', async () => {
    expect(await changed('all', 10)).toBe(10);
  });
  it('would show what one newcomer changed without rule 7', async () => {
    expect(await changed('all', 1, { k: 1, withoutRule6c: true })).toBe(1);
  });

  /** X within Y, ten resubmit in X and one in Y - X: is everything of Y2 - X2 - Y1 + X1 shown? */
  async function fourVersions(looser: Weakening = {}) {
    const other = await another();
    await other.submitAll([
      ...field('x', 40, { sector: 'a' }),
      ...field('y', 20, { sector: 'b', isTrusted: false }),
      ...field('z', 20, { sector: 'c', isTrusted: false }),
    ]);
    const first = await other.release(FIRST);
    other.clock.now = new Date('2026-06-01T08:00:00Z');
    await other.submitAll(field('x', 10, { sector: 'a', scores: { x: 90, y: 90 } }));
    await other.submitAll([{ name: 'y0', sector: 'b', isTrusted: false, scores: { x: 1, y: 1 } }]);
    const second = await other.release(SECOND, looser);
    const cells = await Promise.all(
      [first, second].flatMap(({ releaseId }) => ['all', 'sector=a'].map((group) => other.cell(group, releaseId))),
    );
    const versions = new Set(cells.map((cell) => mustBePublished(cell).version));
    const ledger = await other.ledger.read(second.releaseId);
    const counts = (name: string, submission: 'old' | 'new') =>
      ledger.entries.some(
        (entry) =>
          entry.organisation === organisationHash(name) &&
          entry.groups.includes('all') &&
          (submission === 'new') === (entry.submission !== firstSubmissions.get(entry.organisation)),
      );
    const firstSubmissions = new Map(
      (await other.ledger.read(first.releaseId)).entries.map(({ organisation, submission }) => [
        organisation,
        submission,
      ]),
    );
    return { isFourfold: versions.size === 4, countsTheOne: counts('y0', 'new') };
  }

  it('does not show the one house that changed outside the part that changed', async () => {
    const { isFourfold, countsTheOne } = await fourVersions();
    expect(isFourfold && countsTheOne).toBe(false);
  });
  it('would show it without rule 6c', async () => {
    expect(await fourVersions({ withoutRule6c: true })).toEqual({ isFourfold: true, countsTheOne: true });
  });
});

describe('attack 5, with the change between: level now less level before less matched change', () => {
  /** Whether all three are shown by the public routes, and whether they leave the one newcomer alone. */
  async function newcomerLeft(looser: Weakening = {}) {
    const other = await another();
    const before = field('a', 45);
    await other.submitAll(before);
    await other.release(FIRST);
    other.clock.now = new Date('2026-10-01T08:00:00Z');
    await other.submitAll(field('a', 32).map((house) => ({ ...house, scores: scoresOf(`${house.name} again`) })));
    await other.submitAll([{ name: 'new' }]);
    await other.release(SECOND, looser);
    const change = JSON.parse((await other.get('/v1/changes?instrument=probe.1&group=all')).text).change;
    const level = await other.cell('all');
    const { entries } = await other.ledger.read((await other.releases.head('probe.1'))!.releases[0]!);
    return {
      level: level.state === 'published' && !level.isCarriedForward,
      change: change.state === 'published',
      counts: entries.some(
        ({ organisation, groups }) => organisation === organisationHash('new') && groups.includes('all'),
      ),
    };
  }

  it('leaves nobody alone: the newcomer waits', async () => {
    expect(await newcomerLeft()).toEqual({ level: true, change: true, counts: false });
  });
  it('would leave the newcomer without rule 6c', async () => {
    expect(await newcomerLeft({ withoutRule6c: true })).toEqual({ level: true, change: true, counts: true });
  });
});

describe('attack 6: three attributes at once', () => {
  it('answers with a rung of the ladder, the same whether one house is meant or none', async () => {
    await service.submitAll([
      ...field('a', 40, { sector: 'a', size: 's' }),
      { name: 'lonely', sector: 'a', size: 's', region: 'w', scores: { x: 3, y: 97 } },
      ...field('b', 30, { sector: 'b', size: 's' }),
    ]);
    await service.release(FIRST);
    const path = (group: string, format = '') => `/v1/benchmarks${format}?instrument=probe.1&group=${group}`;
    for (const format of FORMATS) {
      const one = await service.get(path('sector=a,size=s,region=w', format));
      const none = await service.get(path('sector=a,size=l,region=w', format));
      const many = await service.get(path('sector=a,size=s,region=n', format));
      expect(one.status).toBe(200);
      expect(one.text.replaceAll(/region(=|%3D)w/g, 'region$1n')).toBe(many.text);
      expect(none.status).toBe(200);
      if (format === '.json') {
        expect(JSON.parse(one.text).rung).toMatchObject({ reason: 'asked-not-in-catalogue' });
        expect(JSON.parse(one.text).cell.group.key).not.toContain('region');
      }
    }
  });
});

describe('attack 7: nine invented houses around one target', () => {
  const target: House = { name: 'target', sector: 'd', isTrusted: false, scores: { x: 37, y: 64 } };
  const invented = [0, 0, 0, 0, 50, 100, 100, 100, 100].map(
    (x, place): House => ({ name: `invented${place}`, sector: 'd', isTrusted: false, scores: { x, y: x } }),
  );

  /** The target's score as the attacker computes it: the median of ten lies half-way between it and the invented 50. */
  async function learn(looser: Weakening = {}) {
    const other = await another();
    await other.submitAll([...field('a', 40), ...invented, target]);
    await other.release(FIRST, looser);
    const cell = await other.cell('sector=d');
    const figures = cell.state === 'published' ? cell.dimensions.x : undefined;
    return figures?.state === 'published' ? 2 * figures.cuts[0]!.value - 50 : null;
  }

  it('shows nothing', async () => {
    expect(await learn()).toBeNull();
  });
  it('would give the score to one point without rule 3', async () => {
    expect(Math.abs((await learn({ minOpenParticipations: 10 }))! - 37)).toBeLessThanOrEqual(1);
  });
});

describe('attack 8: own submissions again and again', () => {
  /** Distinct medians that one house sees while it moves through the scale, release after release. */
  async function medians(looser: Weakening = {}) {
    const other = await another();
    // Far apart in the middle, so that each move of one house moves the median.
    const scores = [
      ...Array.from({ length: 10 }, (_, place) => place),
      ...Array.from({ length: 11 }, (_, place) => 90 + place),
    ];
    await other.submitAll(scores.map((x, place) => ({ name: `a${place}`, scores: { x, y: x } })));
    const seen = new Set<number>();
    for (const [cutoffOn, x] of [
      [FIRST, 100],
      [SECOND, 0],
      [THIRD, 60],
    ] as const) {
      await other.submitAll([{ name: 'spy', scores: { x, y: x } }]);
      await other.release(cutoffOn, looser);
      const figures = mustBePublished(await other.cell('all')).dimensions.x!;
      if (figures.state === 'published') seen.add(figures.cuts.find(({ permille }) => permille === 500)!.value);
      other.clock.now = new Date(other.clock.now.getTime() + 86_400_000);
    }
    return seen.size;
  }

  it('moves nothing, within a release or between two', async () => {
    expect(await medians()).toBe(1);
  });
  it('would read off the neighbours without rule 7', async () => {
    expect(await medians({ k: 1, withoutRule6c: true })).toBeGreaterThan(1);
  });
});

describe('attack 9: a withdrawal, a late retry, and an erratum', () => {
  async function withdrawn(looser: Weakening = {}) {
    const other = await another();
    await other.submitAll(field('a', 39));
    const target: House = { name: 'target', scores: { x: 77, y: 3 } };
    expect((await other.submit(target, 'queued')).status).toBe(201);
    const first = await other.release(FIRST);
    await other.withdraw(target);
    const retry = await other.submit(target, 'queued');
    const second = await other.release(FIRST, looser, first.releaseId);
    const cell = await other.cell('all', second.releaseId);
    const isFresh = cell.state === 'published' && !cell.isCarriedForward;
    const log = [];
    for await (const item of other.submissions.scan(0, 1)) log.push(item);
    return { retry: retry.status, isFresh, hasAnswers: JSON.stringify(log).includes('"x":77') };
  }

  it('brings nothing back, and does not show the same group with the house and without it', async () => {
    expect(await withdrawn()).toEqual({ retry: 410, isFresh: false, hasAnswers: false });
  });
  it('would show both without rule 7', async () => {
    expect(await withdrawn({ k: 1, withoutRule6c: true })).toMatchObject({ isFresh: true });
  });
  it('counts withdrawing and submitting again as one change', async () => {
    const other = await another();
    await other.submitAll(field('a', 40));
    await other.release(FIRST);
    other.clock.now = new Date('2026-06-01T08:00:00Z');
    for (const house of field('a', 9)) {
      await other.withdraw(house);
      await other.submitAll([house]);
    }
    await other.release(SECOND);
    expect(mustBePublished(await other.cell('all')).isCarriedForward).toBe(true);
  });
});

describe('attack 10: what answers tell beside their figures', () => {
  beforeEach(async () => {
    // Sector c holds nine houses, d none; both are suppressed, for different causes.
    await service.submitAll([...field('a', 40), ...field('b', 30, { sector: 'b' }), ...field('c', 9, { sector: 'c' })]);
  });

  it('answers in the same bytes whatever is hidden', async () => {
    const { releaseId } = await service.release(FIRST);
    for (const format of FORMATS) {
      for (const lang of ['de', 'en']) {
        const ask = (sector: string) =>
          service.get(`/v1/releases/${releaseId}/benchmarks${format}?group=sector=${sector}&lang=${lang}`);
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
      manifest.cells.find(({ key }: { key: string }) => key === `sector=${code}`),
    );
    expect({ ...c, key: '', group: '' }).toEqual({ ...d, key: '', group: '' });
  });

  it('has no address for a release before it is in force, and the same error as for one that never was', async () => {
    const crashing = await another();
    await crashing.submitAll(field('a', 40));
    crashing.releases.flip = async () => {
      throw new Error('crash');
    };
    await expect(crashing.release(FIRST)).rejects.toThrow('crash');
    const open = await crashing.releases.openPlan('probe.1');
    const hidden = open!.plan.releaseId;
    const invented = `${hidden.slice(0, -8)}01234567`;
    for (const path of ['', '/benchmarks?group=all', '/files', '/files/percentiles.csv', '/benchmarks.svg']) {
      const one = await crashing.get(`/v1/releases/${hidden}${path}`);
      const other = await crashing.get(`/v1/releases/${invented}${path}`);
      expect(one.status).toBe(404);
      const plain = (body: string, id: string) =>
        body.replaceAll(id, 'ID').replaceAll(/"(instance|requestId)":"[^"]*"/g, '');
      expect(plain(one.text, hidden)).toBe(plain(other.text, invented));
    }
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
});

describe('attack 11: a score left out', () => {
  it('counts in no dimension, so that no two numbers differ', async () => {
    await service.submitAll(field('a', 30));
    const partly = field('partly', 9).map((house) => ({ ...house, scores: { x: scoresOf(house.name).x } }));
    const answers = await Promise.all(partly.map((house) => service.submit(house)));
    const isStored = answers.every(({ status }) => status === 201);
    const { releaseId } = await service.release(FIRST);

    const without = await another();
    await without.submitAll(field('a', 30));
    const reference = await without.release(FIRST);
    const { version: _, ...one } = mustBePublished(await service.cell('all', releaseId));
    const { version: __, ...other } = mustBePublished(await without.cell('all', reference.releaseId));
    expect(one).toEqual(other);
    expect(isStored || answers.every(({ status }) => status === 422)).toBe(true);
  });
});

describe('attack 12: intervals turned back into counts', () => {
  /** All that a spy is told about x in a field of n, over the whole scale. */
  async function told(n: number, looser: Weakening = {}) {
    const other = await another();
    // The same quartiles for every n: a quarter each at 20, 40, 60 and 80, with the cuts inside the runs.
    const quarter = (place: number) => Math.min(3, Math.floor((4 * place) / n));
    await other.submitAll(
      Array.from({ length: n }, (_, place) => ({
        name: `a${place}`,
        scores: { x: 20 + 20 * quarter(place), y: place },
      })),
    );
    await other.release(FIRST, { ...looser });
    const answers: unknown[] = [];
    for (const score of [0, 25, 35, 45, 55, 65, 75, 100]) {
      await other.submitAll([{ name: 'spy', scores: { x: score, y: 1 } }]);
      const { dimensions } = await other.standing({ name: 'spy' }, '&group=all');
      answers.push(dimensions[0].standing, dimensions[0].cuts);
    }
    return JSON.stringify(answers);
  }

  it('are the same for every n of the same shown number', async () => {
    expect(await told(20)).toBe(await told(24));
  });
  it('would give the exact n without its rounding', async () => {
    expect(await told(20, { participationsRoundedTo: 1 })).not.toBe(await told(24, { participationsRoundedTo: 1 }));
  });
});

describe('the gate', () => {
  it('stops a publisher whose rules are off', async () => {
    await service.submitAll([...field('a', 40, { sector: 'a' }), ...field('b', 9, { sector: 'b' })]);
    await expect(service.releaseThroughGate(FIRST, { withoutRule6c: true, k: 5 })).rejects.toThrow(PublishError);
    expect((await service.get('/v1/benchmarks?instrument=probe.1')).status).toBe(404);
  });
});
