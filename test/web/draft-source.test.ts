import { describe, expect, test } from 'vitest';
import { Instrument } from '#contracts/instrument';
import type { Answer } from '#contracts/submission';
import { draftSource } from '../../web/standing/draft-source.ts';
import { type GroupFixture, memoryReleases, releaseFixture } from '../api/release-fixtures.ts';
import { check, testService } from '../api/test-service.ts';

const BROADER: GroupFixture = { where: { sector: 'care-disability-health' }, participations: 135, low: 20 };
/** A service with one release, and a check that is not sent. */
async function unsent() {
  const releases = memoryReleases([releaseFixture('2026-03-31', [{}, BROADER])]);
  const service = await testService({ releases });
  const instrument = Instrument.parse(await (await service.send('/v1/instruments/digitalcheck.1')).json());
  const { answers, profile } = (await check(2)) as { answers: Record<string, Answer>; profile: Record<string, string> };
  const fetch = (path: string, init: RequestInit) => service.send(path, init);
  return { fetch, given: { instrument, answers, profile, questions: {}, lang: 'de' as const } };
}

async function read(source: ReturnType<typeof draftSource>) {
  const asked = await source.read(undefined);
  if (!asked.ok) throw new Error(JSON.stringify(asked.failure));
  return asked.value;
}

describe('a check that is not sent', () => {
  // That it is told the same as one that is: test/standing/sent-and-unsent.test.ts.
  test('asks for public figures alone and gives away no answer', async () => {
    const { fetch, given } = await unsent();
    const asked: string[] = [];
    const source = draftSource({
      ...given,
      fetch: (path, init) => {
        asked.push(`${path} ${JSON.stringify(init)}`);
        return fetch(path, init);
      },
    });
    expect((await read(source)).state).toBe('compared');
    expect(asked.length).toBeGreaterThan(1);
    for (const request of asked) {
      expect(request).toMatch(/^\/v1\/(figures\?|releases\/)/);
      expect(request).not.toMatch(/Bearer|workplaces/);
    }
  });

  test('without a profile stands beside everybody of the first unit type', async () => {
    const { fetch, given } = await unsent();
    const source = draftSource({ ...given, fetch, profile: {} });
    expect(source.hasProfile).toBe(false);
    expect((await read(source)).group.shown).toBe('level=facility');
  });
});
