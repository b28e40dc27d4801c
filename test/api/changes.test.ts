import { describe, expect, it } from 'vitest';
import { GroupChange } from '#contracts/answers/group-figures';
import { memoryReleases, problemIn, releaseFixture } from './release-fixtures.ts';
import { testService } from './test-service.ts';

const ELDER_CARE = { sector: 'elder-care' };
const RELEASE = releaseFixture('2026-03-31', [
  { participations: 270, matched: 75 },
  { where: ELDER_CARE, participations: 65 },
  { where: { sector: 'health' }, suppressed: true },
]);
const INSTRUMENT = 'instrument=digitalcheck.1';

async function service(releases = [RELEASE]) {
  const { send } = await testService({ releases: memoryReleases(releases) });
  return send;
}

describe('/v1/changes', () => {
  it("answers a group's matched change as the release holds it", async () => {
    const response = await (await service())(`/v1/changes?${INSTRUMENT}&group=all&lang=en`);
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('public, max-age=60');
    const answer = GroupChange.parse(await response.json());
    expect(answer).toMatchObject({ label: 'facilities', cutoffOn: '2026-03-31', marks: { isInvented: false } });
    expect(answer.change).toEqual(RELEASE.changes.get('level=facility'));
  });

  it('is frozen under the release, at the address that the answer names', async () => {
    const send = await service();
    const { url } = GroupChange.parse(await (await send(`/v1/changes?${INSTRUMENT}&lang=en`)).json());
    const frozen = await send(url);
    expect(frozen.headers.get('cache-control')).toBe('public, max-age=60');
    expect(GroupChange.parse(await frozen.json()).change).toEqual(RELEASE.changes.get('level=facility'));
    const etag = frozen.headers.get('etag')!;
    expect((await send(url, { headers: { 'If-None-Match': etag } })).status).toBe(304);
  });

  it('answers the same whether a change is suppressed or the release holds none', async () => {
    const send = await service();
    const answers = [];
    for (const sector of ['elder-care', 'health', 'daycare']) {
      const response = await send(`/v1/changes?${INSTRUMENT}&group=sector=${sector}&lang=en`);
      expect(response.status).toBe(200);
      const { change } = GroupChange.parse(await response.json());
      answers.push({ ...change, group: null });
    }
    expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(
      new Set([JSON.stringify({ group: null, state: 'suppressed', reason: 'protection' })]),
    );
  });

  it.each([
    [`/v1/changes?${INSTRUMENT}&group=sector=elder-care,size=50-249,region=de-nw`, '/problems/unknown-group'],
    [`/v1/changes?${INSTRUMENT}&group=association=c-0a1b2c3d`, '/problems/unknown-group'],
    [`/v1/changes?${INSTRUMENT}&group=level=facility,association=c-0a1b2c3d`, '/problems/unknown-group'],
    [`/v1/changes?${INSTRUMENT}&group=sector=elder-care,measure=change`, '/problems/unknown-group'],
    ['/v1/changes?instrument=none.1', '/problems/unknown-instrument'],
    ['/v1/releases/digitalcheck.1-2026-03-31-ffffffff/changes', '/problems/unknown-release'],
  ])('refuses %s', async (path, type) => {
    const response = await (await service())(path);
    expect([response.status, (await problemIn(response)).type]).toEqual([404, type]);
  });

  it('has nothing before the first release', async () => {
    const response = await (await service([]))(`/v1/changes?${INSTRUMENT}`);
    expect((await problemIn(response)).type).toBe('/problems/no-release-yet');
  });
});
