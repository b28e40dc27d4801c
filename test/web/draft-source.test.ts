import { describe, expect, test } from 'vitest';
import { Instrument } from '#contracts/instrument';
import type { StoredSubmission } from '#contracts/submission';
import { draftSource } from '../../web/standing/draft-source.ts';
import { codeSource } from '../../web/standing/standing-source.ts';
import { type GroupFixture, memoryReleases, releaseFixture } from '../api/release-fixtures.ts';
import { check, newReceipt, testService } from '../api/test-service.ts';

const ELDER_CARE: GroupFixture = { where: { sector: 'elder-care' }, participations: 35 };
const BROADER: GroupFixture = { where: { sector: 'care-disability-health' }, participations: 135, low: 20 };
const SECTOR_AND_SIZE: GroupFixture = { where: { sector: 'elder-care', size: '50-249' }, participations: 20 };

/** The same check, sent and not sent, over one release. */
async function both(groups: GroupFixture[] | null, level: number) {
  const releases = memoryReleases(groups ? [releaseFixture('2026-03-31', groups)] : []);
  const service = await testService({ releases });
  const fetch = (path: string, init: RequestInit) => service.send(path, init);
  const body = (await check(level)) as Pick<StoredSubmission, 'profile'> & { answers: StoredSubmission['answers'] };
  const receipt = newReceipt();
  expect((await service.submit(receipt, body)).status).toBe(201);
  const instrument = Instrument.parse(await (await service.send('/v1/instruments/digitalcheck.1')).json());
  const lang = 'de' as const;
  return {
    sent: codeSource({ fetch, code: receipt, instrument: 'digitalcheck.1', lang }),
    unsent: draftSource({ fetch, instrument, answers: body.answers ?? {}, profile: body.profile, lang }),
    fetch,
    instrument,
    body,
  };
}

async function read(source: Awaited<ReturnType<typeof both>>['sent'], group?: string) {
  const asked = await source.read(group);
  if (!asked.ok) throw new Error(JSON.stringify(asked.failure));
  return asked.value;
}

describe('a check that is not sent', () => {
  test.each([
    ['before the first release', null],
    ['with its own field', [{}, BROADER, ELDER_CARE]],
    ['with a group too small for a verdict', [ELDER_CARE, BROADER]],
    ['with a broader group and how many of it are of the own field', [{}, BROADER, SECTOR_AND_SIZE]],
    ['where nothing of it is published', [{ where: { sector: 'daycare' } }]],
  ] as [string, GroupFixture[] | null][])('is told the same as one that is: %s', async (_, groups) => {
    for (const level of [1, 2, 4]) {
      const { sent, unsent } = await both(groups, level);
      const [one, other] = [await read(sent), await read(unsent)];
      // The day of the check and the history are those of what was sent.
      const told = ({ conductedOn: _, change: __, earlier: ___, cohorts: ____, ...same }: typeof one) => {
        const {
          instrument: _____,
          panel: ______,
          lang: _______,
          maturity: ________,
          view: _________,
          spec: __________,
          ...rest
        } = same as typeof same & Record<string, unknown>;
        return rest;
      };
      expect(told(other)).toEqual(told(one));
      const [csv, otherCsv] = [await sent.csv(undefined), await unsent.csv(undefined)];
      expect(otherCsv.ok && otherCsv.value).toBe(csv.ok && csv.value);
    }
  });

  test.each(['level=facility,sector=care-disability-health', 'level=facility,sector=health', 'level=carrier'])(
    'is told the same of the group it asks for: %s',
    async (group) => {
      const { sent, unsent } = await both([{}, BROADER, ELDER_CARE, { panel: 'carrier' }], 3);
      const [one, other] = [await read(sent, group), await read(unsent, group)];
      expect(other.group).toEqual(one.group);
      expect(other.dimensions).toEqual(one.dimensions);
    },
  );

  test('asks for public figures alone and gives away no answer', async () => {
    const { instrument, body, fetch } = await both([{}, BROADER], 2);
    const asked: string[] = [];
    const source = draftSource({
      fetch: (path, init) => {
        asked.push(`${path} ${JSON.stringify(init)}`);
        return fetch(path, init);
      },
      instrument,
      answers: body.answers ?? {},
      profile: body.profile,
      lang: 'de',
    });
    await read(source);
    for (const request of asked) {
      expect(request).toMatch(/^\/v1\/(benchmarks\?|releases\/)/);
      expect(request).not.toMatch(/Bearer|workplaces/);
    }
  });

  test('without a profile stands beside everybody of the first unit type', async () => {
    const { instrument, body, fetch } = await both([{}, BROADER], 2);
    const source = draftSource({ fetch, instrument, answers: body.answers ?? {}, profile: {}, lang: 'de' });
    expect(source.hasProfile).toBe(false);
    expect((await read(source)).group.shown).toBe('level=facility');
  });
});
