import { expect, test } from 'vitest';
import type { Association } from '#contracts/registry';
import { sha256Hex } from '#store/hashes';
import { memoryRegistry } from './memory-stores.ts';
import { FIRST, memoryReleases, releaseFixture, SECOND } from './release-fixtures.ts';
import { associations, check, newReceipt, testService } from './test-service.ts';

/**
 * The pairs of places of one answer that always say the same: in every one of several answers, the same values under the
 * same name. Pictures are left out: they draw what stands beside them.
 */
function saidTwice(answers: readonly object[]): string[] {
  const all = answers.map(valuesByPlace);
  const places = [...all[0]!.keys()].filter((place) => all.every((values) => values.has(place)));
  const nameOf = (place: string) => place.split('/').at(-1);
  const told = (place: string) => all.map((values) => JSON.stringify(values.get(place)));
  const varies = (place: string) => new Set(told(place)).size > 1;
  return places.flatMap((one, index) =>
    places
      .slice(index + 1)
      .filter((other) => nameOf(one) === nameOf(other) && varies(one) && told(one).join() === told(other).join())
      .map((other) => `${one} = ${other}`),
  );
}

/** What an answer says, by where it says it; all entries of a list, or of a map by ids, are one place. */
function valuesByPlace(answer: object): Map<string, unknown[]> {
  const values = new Map<string, unknown[]>();
  const walk = (value: unknown, place: string): void => {
    if (typeof value !== 'object' || value === null) {
      if (value !== null && value !== '' && typeof value !== 'boolean')
        values.set(place, [...(values.get(place) ?? []), value]);
      return;
    }
    for (const [name, inner] of Object.entries(value)) {
      if (name === 'spec') continue;
      walk(inner, Array.isArray(value) ? `${place}[]` : `${place}/${IDS.has(name) ? '*' : name}`);
    }
  };
  walk(answer, '');
  return values;
}
const IDS = new Set(['it', 'processes', 'leadership', 'innovation', 'overall']);

test('the walk finds what is said twice, and no more', () => {
  const answer = (n: number) => ({ group: { n, label: 'x' }, cell: { n, m: n + 1 }, list: [{ m: n }, { m: 7 }] });
  expect(saidTwice([answer(1), answer(2)])).toEqual(['/group/n = /cell/n']);
});

test('a house reads every figure of its standing in one place', async () => {
  const service = await testService({ releases: memoryReleases([FIRST, SECOND]) });
  const answers = [];
  for (const [level, daysAgo] of [
    [1, '2025-03-01'],
    [3, '2025-06-30'],
  ] as const) {
    const receipt = newReceipt();
    const { answers: all, ...body } = await check(level);
    // Not all alike: one dimension stands elsewhere.
    const mixed = Object.fromEntries(Object.entries(all).map(([id, given], index) => [id, index < 5 ? 2 : given]));
    await service.submit(receipt, { ...body, answers: mixed, conductedOn: daysAgo }, { key: 'a' });
    await service.submit(receipt, { ...body, answers: all, conductedOn: '2026-06-01' }, { key: 'b' });
    const response = await service.send('/v1/standing?instrument=digitalcheck.1', {
      headers: { Authorization: `Bearer ${receipt}` },
    });
    answers.push((await response.json()) as object);
  }
  expect(saidTwice(answers)).toEqual([]);
});

test.each(['figures', 'changes'])('everybody reads public %s in one place', async (what) => {
  const { send } = await testService({ releases: memoryReleases([FIRST, SECOND]) });
  const groups = ['all', 'sector=elder-care', 'sector=daycare', 'level=carrier'];
  const answers = groups.map(async (group) => {
    const response = await send(`/v1/${what}?instrument=digitalcheck.1&group=${group}`);
    return (await response.json()) as object;
  });
  expect(saidTwice(await Promise.all(answers))).toEqual([]);
});

test.each(['overview', 'figures', 'progress'])('an association reads its %s in one place', async (what) => {
  const key = `${associations[0]!.id}.${'k'.repeat(43)}`;
  const registered: Association = {
    ...associations[0]!,
    keys: [{ hash: sha256Hex(key), madeAt: '2026-01-01T00:00:00.000Z' }],
  };
  const of = { association: registered.id };
  const sizes = [
    { all: 270, members: 120, elderly: 60, high: 90 },
    { all: 250, members: 100, elderly: 45, high: 75 },
  ];
  const answers = sizes.map(async ({ all, members, elderly, high }) => {
    const sector = { where: { sector: 'elder-care' } };
    const release = releaseFixture('2026-05-31', [
      { participations: all, low: 10, high, matched: all / 2 },
      { ...sector, participations: 65, low: 30, high: 100 },
      { ...of, participations: members, low: 20, high: high + 5, matched: members / 2 },
      { ...of, ...sector, participations: elderly, low: 20, high: 80 },
    ]);
    const { send } = await testService({
      registry: memoryRegistry([registered]),
      releases: memoryReleases([release]),
    });
    const response = await send(`/v1/associations/${registered.id}/${what}?instrument=digitalcheck.1`, {
      headers: { Authorization: `Bearer ${key}` },
    });
    expect(response.status).toBe(200);
    return (await response.json()) as object;
  });
  expect(saidTwice(await Promise.all(answers))).toEqual([]);
});
