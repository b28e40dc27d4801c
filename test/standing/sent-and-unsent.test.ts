import { describe, expect, it } from 'vitest';
import { OwnStanding } from '#contracts/answers/own-standing';
import type { Answer } from '#contracts/submission';
import { loadInstruments } from '#instruments/load-instruments';
import { draftSource } from '#web/standing/draft-source.ts';
import { FIRST, memoryReleases, releaseFixture, SECOND } from '../api/release-fixtures.ts';
import { check, newReceipt, PROFILE, testService } from '../api/test-service.ts';

const instrument = (await loadInstruments([])).get('digitalcheck.1')!;
const HIDDEN = releaseFixture('2026-03-31', [{ suppressed: true }]);

/** What a house that has sent its check reads, and one that has not, of the same answers and releases. */
async function bothSides(given: {
  releases: ReturnType<typeof memoryReleases>;
  profile: Record<string, string>;
  level: number;
  group: string | undefined;
  lang: 'de' | 'en';
}) {
  const { releases, profile, level, group, lang } = given;
  const { send, submit } = await testService({ releases });
  const receipt = newReceipt();
  const body = await check(level, { profile });
  const { it: _, ...rest } = Object.fromEntries(
    Object.entries(body.answers).map(([item, answer], place) => [
      item,
      place % 3 === 0 ? Math.max(0, level - 1) : answer,
    ]),
  );
  const answers = rest as Record<string, Answer>;
  expect((await submit(receipt, { ...body, answers })).status).toBe(201);
  const query = new URLSearchParams({ instrument: instrument.id, lang, ...(group === undefined ? {} : { group }) });
  const response = await send(`/v1/standing?${query}`, { headers: { Authorization: `Bearer ${receipt}` } });
  const sent = OwnStanding.parse(await response.json());

  const fetch = (path: string, init?: RequestInit) => send(path, init);
  const read = await draftSource({ fetch, instrument, answers, profile, questions: {}, lang }).read(group);
  if (!read.ok) throw new Error(JSON.stringify(read.failure));
  // Only a check that was sent has a day, a history and associations.
  const { conductedOn, earlier, answers: own, associations, ...unsent } = read.value;
  expect([conductedOn, earlier, own, associations]).toEqual([null, [], answers, []]);
  const told = Object.keys(unsent) as (keyof typeof unsent)[];
  return { sent: Object.fromEntries(told.map((key) => [key, sent[key]])) as typeof unsent, unsent };
}

const WORLDS = {
  'two releases': [FIRST, SECOND],
  'a release that shows nothing': [HIDDEN],
  'no release': [],
};
const HOUSES: Record<string, Record<string, string>> = {
  'of a published field': PROFILE,
  'of a small field': { ...PROFILE, sector: 'daycare' },
  'of a hidden field under a broader one': { ...PROFILE, sector: 'health' },
  'of no broader field': { ...PROFILE, sector: 'several', size: '10-49' },
  'a Träger': { ...PROFILE, level: 'carrier', sector: 'daycare' },
};

describe.each(Object.entries(WORLDS))('with %s', (_, written) => {
  it.each(Object.entries(HOUSES))('a house %s reads the same, sent or not', async (__, profile) => {
    const own = `level=${profile.level}`;
    for (const group of [undefined, own, `${own},sector=elder-care`, `${own},sector=health`, `${own},region=de-nw`])
      for (const lang of ['de', 'en'] as const) {
        const { sent, unsent } = await bothSides({ releases: memoryReleases(written), profile, level: 2, group, lang });
        expect(unsent).toEqual(sent);
      }
  });
});

it('every answer is reached by these: compared with and without a verdict, with a larger group, and none', async () => {
  const releases = memoryReleases([FIRST, SECOND]);
  const seen = new Set<string>();
  for (const profile of Object.values(HOUSES)) {
    const { sent } = await bothSides({ releases, profile, level: 3, group: undefined, lang: 'de' });
    for (const { verdict, inLarger } of sent.dimensions) seen.add(`${verdict !== null} ${inLarger !== null}`);
  }
  expect([...seen].sort()).toEqual(['false false', 'false true', 'true false']);
});
