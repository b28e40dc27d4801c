import { describe, expect, it } from 'vitest';
import type { CampaignDraw, Participation } from '#contracts/participation';
import type { Association, Campaign } from '#contracts/registry';
import type { Review } from '#contracts/review';
import type { StoredSubmission } from '#contracts/submission';
import { POLICY } from '#disclosure/policy';
import { countParticipation, isDue } from '#functions/publish/participation';
import { loadInstruments } from '#instruments/load-instruments';
import { memorySubmissionLog } from '../api/memory-stores.ts';
import { again, houses } from './publishing.ts';

const CAMPAIGN: Campaign = {
  id: 'k-00000001',
  instrument: 'egovernment.1',
  opensOn: '2026-05-01',
  closesOn: '2026-06-29',
  resultsOn: '2026-09-01',
};
const ASSOCIATION: Association = {
  id: 'c-0a1b2c3d',
  name: 'Verband A',
  joinCode: 'ABCD-EFG',
  createdAt: '2026-01-01T00:00:00.000Z',
  campaigns: [CAMPAIGN],
};
const PROFILE = { sector: 'europe', size: 'high', region: 'western-europe' };
const SCORES = { participation: 50, services: 50, infrastructure: 50, humancapital: 50 };

/** Checks of `count` organisations on a day, with the association's code unless told otherwise. */
function checks(name: string, count: number, day: string, changed: Partial<StoredSubmission> = {}): StoredSubmission[] {
  return houses(name, count, {
    profile: PROFILE,
    instrument: 'egovernment.1',
    conductedOn: day,
    acceptedAt: `${day}T10:00:00.000Z`,
    scores: SCORES,
    associations: [ASSOCIATION.id],
    ...changed,
  });
}

async function counting(submissions: StoredSubmission[], reviews: Review[] = []) {
  const log = memorySubmissionLog();
  for (const submission of submissions) await log.put(submission);
  const campaigns: Record<string, CampaignDraw[]> = {};
  const clock = { now: new Date('2026-05-10T01:00:00.000Z') };
  const instruments = await loadInstruments(['test/fixtures/instruments']);
  const keys: string[] = [];
  let scans = 0;
  const run = () =>
    countParticipation({
      instruments,
      submissions: {
        scan: (segment) => {
          scans += 1;
          return segment === 0 ? log.scan(0, 1) : none();
        },
      },
      registry: { associations: async () => [ASSOCIATION], reviews: async () => reviews },
      participation: {
        participation: async (): Promise<Participation> => ({ campaigns: { ...campaigns } }),
        addDraw: async (_, id, draw) => {
          campaigns[id] = [...(campaigns[id] ?? []), draw];
          return 'stored';
        },
      },
      policy: POLICY,
      randomBytes: (length) => {
        const key = crypto.getRandomValues(new Uint8Array(length));
        keys.push(Buffer.from(key).toString('hex'));
        return key;
      },
      now: () => clock.now,
      segments: 2,
      log: () => {},
    });
  async function nights(from: string, to: string) {
    for (let day = Date.parse(from); day <= Date.parse(to); day += 86_400_000) {
      clock.now = new Date(day + 3_600_000);
      await run();
    }
    return campaigns[CAMPAIGN.id] ?? [];
  }
  return { log, run, nights, draws: () => campaigns[CAMPAIGN.id] ?? [], keys, scans: () => scans };
}
async function* none() {}

const days = (draws: readonly CampaignDraw[]) => draws.map(({ countedOn, isFinal }) => [countedOn, isFinal]);
const about = ({ count }: CampaignDraw) => (count.state === 'counted' ? count.about : 0);

describe('countParticipation', () => {
  it('draws four times, spread over a campaign, and once after its end, with a key for each run', async () => {
    const { nights, keys, scans } = await counting(checks('a', 100, '2026-05-02'));
    const draws = await nights('2026-04-20', '2026-09-30');
    expect(days(draws)).toEqual([
      ['2026-05-13', false],
      ['2026-05-25', false],
      ['2026-06-06', false],
      ['2026-06-18', false],
      ['2026-06-30', true],
    ]);
    expect([new Set(keys).size, scans()]).toEqual([5, 10]);
    // 100 with noise of 2.8 organisations, in fives: never exact, never far.
    for (const draw of draws) expect(Math.abs(about(draw) - 100)).toBeLessThanOrEqual(40);
    for (const draw of draws) expect(about(draw) % 5).toBe(0);
  });

  it('moves counts at random: 47 are told as more than one number, and fewer than 10 not at all', async () => {
    const shown = new Set<number>();
    for (let time = 0; time < 25; time += 1) {
      const { nights } = await counting(checks('a', 47, '2026-05-02'));
      shown.add(about((await nights('2026-05-13', '2026-05-13'))[0]!));
    }
    expect(shown.size).toBeGreaterThan(1);
    const { nights } = await counting([]);
    const [draw] = await nights('2026-05-13', '2026-05-13');
    // Nobody, moved by ten or more: once in four hundred.
    expect(about(draw!)).toBeLessThanOrEqual(25);
  });

  it('counts each organisation once, by a complete check with the code on a day of the campaign', async () => {
    const { log, nights } = await counting([
      ...checks('a', 200, '2026-05-20'),
      ...again(checks('a', 70, '2026-05-20'), { conductedOn: '2026-05-21', acceptedAt: '2026-05-21T10:00:00.000Z' }),
      ...checks('incomplete', 100, '2026-05-20', { scores: { services: 50 } }),
      ...checks('early', 100, '2026-04-30'),
      ...checks('others', 100, '2026-05-20', { associations: ['c-11111111'] }),
    ]);
    for (const { organisation } of checks('a', 50, '2026-05-20'))
      await log.withdraw(organisation, '2026-05-22T12:00:00.000Z');
    const [draw] = await nights('2026-05-25', '2026-05-25');
    expect(about(draw!)).toBeGreaterThanOrEqual(110);
    expect(about(draw!)).toBeLessThanOrEqual(190);
  });

  it('is never live: what comes in today is counted another day, and a day is drawn once', async () => {
    const { log, run, nights, draws } = await counting([]);
    await nights('2026-05-12', '2026-05-12');
    for (const submission of checks('b', 200, '2026-05-12', { acceptedAt: '2026-05-13T00:30:00.000Z' }))
      await log.put(submission);
    await nights('2026-05-13', '2026-05-13');
    expect(about(draws()[0]!)).toBeLessThan(60);
    for (let time = 0; time < 3; time += 1) await run();
    expect(draws()).toHaveLength(1);
  });

  it('leaves out what the operator excluded', async () => {
    const all = checks('a', 200, '2026-05-02');
    const reviews = all.slice(0, 150).map(
      ({ organisation, key }): Review => ({
        organisation: organisation.slice(0, 22),
        submission: key,
        decision: 'exclude',
        decidedAt: '2026-05-03T00:00:00.000Z',
      }),
    );
    const { nights } = await counting(all, reviews);
    expect(about((await nights('2026-05-13', '2026-05-13'))[0]!)).toBeLessThan(100);
  });
});

describe('isDue', () => {
  const drawn = (countedOn: string, isFinal = false): CampaignDraw => ({
    countedOn,
    count: { state: 'not-enough' },
    isFinal,
  });

  it('makes a missed draw late, at least a week after the one before, and skips it when the next is due', () => {
    expect(isDue(CAMPAIGN, [], '2026-05-12', 4)).toBe(false);
    expect(isDue(CAMPAIGN, [], '2026-05-20', 4)).toBe(true);
    expect(isDue(CAMPAIGN, [drawn('2026-05-20')], '2026-05-25', 4)).toBe(false);
    expect(isDue(CAMPAIGN, [drawn('2026-05-20')], '2026-05-27', 4)).toBe(true);
    // Never looked at before the third is due: one draw, not three.
    expect(isDue(CAMPAIGN, [drawn('2026-06-10')], '2026-06-17', 4)).toBe(false);
  });

  it('makes one final draw after the last day, a week after the last at the earliest, and none after it', () => {
    expect(isDue(CAMPAIGN, [], '2026-06-30', 4)).toBe(true);
    expect(isDue(CAMPAIGN, [drawn('2026-06-26')], '2026-06-30', 4)).toBe(false);
    expect(isDue(CAMPAIGN, [drawn('2026-06-26')], '2026-07-03', 4)).toBe(true);
    expect(isDue(CAMPAIGN, [drawn('2026-07-03', true)], '2027-07-03', 4)).toBe(false);
  });

  it('never draws more often than the policy says, whatever the campaign’s length', () => {
    for (const closesOn of ['2026-05-05', '2026-05-14', '2026-06-01', '2026-12-31'])
      for (const most of [1, 4]) {
        const draws: CampaignDraw[] = [];
        for (let day = Date.parse('2026-05-01'); day <= Date.parse('2027-02-01'); day += 86_400_000) {
          const today = new Date(day).toISOString().slice(0, 10);
          if (isDue({ ...CAMPAIGN, closesOn }, draws, today, most)) draws.push(drawn(today, today > closesOn));
        }
        expect(draws.filter(({ isFinal }) => isFinal)).toHaveLength(1);
        expect(draws.length - 1).toBeLessThanOrEqual(most);
        draws.slice(1).forEach((draw, place) => {
          const apart = Date.parse(draw.countedOn) - Date.parse(draws[place]!.countedOn);
          expect(apart).toBeGreaterThanOrEqual(7 * 86_400_000);
        });
      }
  });

  it('nor when its last day is put off week after week', () => {
    const draws: CampaignDraw[] = [];
    let closesOn = '2026-05-28';
    for (let day = Date.parse('2026-05-01'); day <= Date.parse('2027-02-01'); day += 86_400_000) {
      const today = new Date(day).toISOString().slice(0, 10);
      if (today < '2026-12-01') closesOn = new Date(day + 14 * 86_400_000).toISOString().slice(0, 10);
      if (isDue({ ...CAMPAIGN, closesOn }, draws, today, 4)) draws.push(drawn(today, today > closesOn));
    }
    expect(draws.map(({ isFinal }) => isFinal)).toEqual([false, false, false, false, true]);
  });
});
