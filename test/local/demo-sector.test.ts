import { beforeAll, describe, expect, it } from 'vitest';
import type { Instrument } from '#contracts/instrument';
import { DEMO_HOUSE, DEMO_MEMBERS, DEMO_ORGANISATIONS, DEMO_UMBRELLA_MEMBERS } from '#functions/local/demo';
import { createDraws } from '#functions/local/seeded-draws';
import { type SyntheticSubmission, syntheticSector, WAVE_DAYS } from '#functions/local/synthetic-sector';
import { loadInstruments } from '#instruments/load-instruments';
import { overallOf, scoresOf } from '#microdata/score';

let check: Instrument;
let sector: SyntheticSubmission[];
const OPTIONS = {
  organisations: DEMO_ORGANISATIONS,
  members: DEMO_MEMBERS,
  umbrellaMembers: DEMO_UMBRELLA_MEMBERS,
  seed: 'sektorspiegel demo',
  firstProfile: DEMO_HOUSE,
};
beforeAll(async () => {
  check = (await loadInstruments([])).get('digitalcheck.1')!;
  sector = syntheticSector(check, OPTIONS);
});

const overall = (submission: SyntheticSubmission) => overallOf(scoresOf(check, { answers: submission.answers }));
const organisationsOf = (list: SyntheticSubmission[]) => new Set(list.map((submission) => submission.organisation));
const inWave = (list: SyntheticSubmission[], wave: number) => list.filter((submission) => submission.wave === wave);

describe('the synthetic sector', () => {
  it('is the same from the same seed and another from another', () => {
    expect(syntheticSector(check, OPTIONS)).toEqual(sector);
    expect(syntheticSector(check, { ...OPTIONS, seed: 'other' })).not.toEqual(sector);
  });

  it('grows without changing the organisations it had', () => {
    const plain = { members: 0, seed: 's' };
    const small = syntheticSector(check, { ...plain, organisations: 50 });
    const large = syntheticSector(check, { ...plain, organisations: 200 });
    expect(large.filter((submission) => submission.organisation < 50)).toEqual(small);
  });

  it('answers only what the instrument asks, in codes it knows', () => {
    const items = check.items.map((item) => item.id);
    const questions = new Map(check.questions.map((question) => [question.id, question]));
    for (const submission of sector) {
      expect(Object.keys(submission.profile).sort()).toEqual(check.profile.map((attribute) => attribute.id).sort());
      for (const attribute of check.profile)
        expect(attribute.codes.map((code) => code.id)).toContain(submission.profile[attribute.id]);
      for (const [id, answer] of Object.entries(submission.answers)) {
        expect(items).toContain(id);
        expect([0, 1, 2, 3, 4, 'na', 'dk']).toContain(answer);
      }
      for (const [id, chosen] of Object.entries(submission.questions)) {
        const question = questions.get(id)!;
        expect(chosen.length).toBeGreaterThan(0);
        expect(chosen.length).toBeLessThanOrEqual(question.maxChoices);
        expect(new Set(chosen).size).toBe(chosen.length);
        for (const code of chosen) expect(question.codes.map((entry) => entry.id)).toContain(code);
        if (question.exclusive && chosen.includes(question.exclusive)) expect(chosen).toHaveLength(1);
      }
    }
  });

  it.each([
    ['isMember', 45],
    ['isUmbrellaMember', 120],
  ] as const)(
    'has 270 organisations; %s holds for %d of them, in every wave they take part in',
    (membership, count) => {
      expect(organisationsOf(sector).size).toBe(270);
      const members = organisationsOf(sector.filter((submission) => submission[membership]));
      expect(members.size).toBe(count);
      for (const submission of sector) expect(submission[membership]).toBe(members.has(submission.organisation));
    },
  );

  it('has houses in both associations, and the same members whether or not there is a second one', () => {
    const inBoth = sector.filter(({ isMember, isUmbrellaMember }) => isMember && isUmbrellaMember);
    expect(organisationsOf(inBoth).size).toBeGreaterThan(10);
    const { umbrellaMembers: _, ...alone } = OPTIONS;
    const without = syntheticSector(check, alone);
    expect(without).toEqual(sector.map((submission) => ({ ...submission, isUmbrellaMember: false })));
  });

  it('has each organisation at most once a wave, within the days of the wave', () => {
    expect(new Set(sector.map(({ organisation, wave }) => `${organisation} ${wave}`)).size).toBe(sector.length);
    for (const { wave, daysBefore } of sector) {
      expect(daysBefore).toBeLessThanOrEqual(WAVE_DAYS[wave][0]);
      expect(daysBefore).toBeGreaterThanOrEqual(WAVE_DAYS[wave][1]);
    }
  });

  it('holds the elder-care house of the demo: complete, a member, there in waves 1 and 2', () => {
    const house = sector.filter((submission) => submission.organisation === 0);
    expect(house.map((submission) => submission.wave)).toEqual([1, 2]);
    for (const submission of house) {
      expect(submission.profile).toEqual(DEMO_HOUSE);
      expect(submission).toMatchObject({ isMember: true, isUmbrellaMember: false });
      expect(Object.keys(submission.answers)).toHaveLength(20);
      const score = overall(submission)!;
      expect(score).toBeGreaterThan(25);
      expect(score).toBeLessThan(75);
    }
  });

  it('is large enough where the demo looks, and too small in most other places', () => {
    const facilities = (wave: number, code: string) =>
      inWave(sector, wave).filter(
        ({ profile, ...submission }) =>
          profile.level === 'facility' && profile.sector === code && overall({ profile, ...submission }) !== null,
      ).length;
    expect(facilities(1, 'elder-care')).toBeGreaterThanOrEqual(30);
    const small = check.profile[1]!.codes.filter((code) => facilities(1, code.id) < 30);
    expect(small.length).toBeGreaterThanOrEqual(6);
  });
});

describe('a large sector', () => {
  let large: SyntheticSubmission[];
  beforeAll(() => {
    large = syntheticSector(check, { organisations: 10_000, members: 45, seed: 'large' });
  });
  const shareOf = (list: SyntheticSubmission[], holds: (submission: SyntheticSubmission) => boolean) =>
    list.filter(holds).length / list.length;

  it('leaves about 8 % incomplete', () => {
    const share = shareOf(large, (submission) => overall(submission) === null);
    expect(share).toBeGreaterThan(0.06);
    expect(share).toBeLessThan(0.1);
  });

  it('sees about 70 % of the first wave again a year later, with newcomers beside them', () => {
    const first = organisationsOf(inWave(large, 1));
    const second = organisationsOf(inWave(large, 2));
    const returned = [...first].filter((organisation) => second.has(organisation)).length;
    expect(returned / first.size).toBeCloseTo(0.7, 1);
    expect(second.size - returned).toBeGreaterThan(1000);
    expect(inWave(large, 3).length).toBeLessThan(first.size / 3);
  });

  it('changes little in a year, and a little upwards', () => {
    const before = new Map(inWave(large, 1).map((submission) => [submission.organisation, overall(submission)]));
    const changes = inWave(large, 2).flatMap((submission) => {
      const [from, to] = [before.get(submission.organisation), overall(submission)];
      return typeof from === 'number' && to !== null ? [to - from] : [];
    });
    const mean = changes.reduce((sum, change) => sum + change, 0) / changes.length;
    expect(mean).toBeGreaterThan(1);
    expect(mean).toBeLessThan(6);
    expect(changes.filter((change) => change < 0).length / changes.length).toBeGreaterThan(0.15);
    expect(changes.filter((change) => Math.abs(change) > 20).length / changes.length).toBeLessThan(0.02);
  });

  it('does not flatter: the middle lies below 50, innovation lowest, all levels occur', () => {
    const first = inWave(large, 1);
    const medianOf = (dimension: string) => {
      const scores = first
        .map((submission) => scoresOf(check, { answers: submission.answers })[dimension])
        .filter((score) => typeof score === 'number')
        .sort((a, b) => a - b);
      return scores[Math.floor(scores.length / 2)]!;
    };
    const medians = check.dimensions.map((dimension) => medianOf(dimension.id));
    expect(Math.min(...medians)).toBe(medianOf('innovation'));
    expect(medians.reduce((sum, median) => sum + median, 0) / 4).toBeLessThan(50);
    for (const item of check.items)
      expect(new Set(first.map((submission) => submission.answers[item.id])).size).toBeGreaterThanOrEqual(7);
  });

  it('has houses whose dimensions belong together', () => {
    const pairs = inWave(large, 1).flatMap((submission) => {
      const { it: technology, leadership } = scoresOf(check, { answers: submission.answers });
      return typeof technology === 'number' && typeof leadership === 'number'
        ? [[technology, leadership] as const]
        : [];
    });
    const mean = (at: 0 | 1) => pairs.reduce((sum, pair) => sum + pair[at], 0) / pairs.length;
    const [mx, my] = [mean(0), mean(1)];
    const sum = (f: (x: number, y: number) => number) => pairs.reduce((total, [x, y]) => total + f(x - mx, y - my), 0);
    const correlation = sum((x, y) => x * y) / Math.sqrt(sum((x) => x * x) * sum((_, y) => y * y));
    expect(correlation).toBeGreaterThan(0.4);
    expect(correlation).toBeLessThan(0.85);
  });

  it('is uneven in field and size', () => {
    expect(shareOf(large, ({ profile }) => profile.sector === 'daycare')).toBeGreaterThan(0.15);
    expect(shareOf(large, ({ profile }) => profile.sector === 'other')).toBeLessThan(0.04);
    expect(shareOf(large, ({ profile }) => profile.level === 'carrier')).toBeCloseTo(0.26, 1);
    const daycare = large.filter(({ profile }) => profile.level === 'facility' && profile.sector === 'daycare');
    expect(shareOf(daycare, ({ profile }) => profile.size === '250-999')).toBe(0);
  });
});

describe('refusing', () => {
  it('more members than organisations', () => {
    expect(() => syntheticSector(check, { organisations: 3, members: 4, seed: 's' })).toThrow(RangeError);
  });

  it('a code or an instrument that does not fit', () => {
    const options = { organisations: 3, members: 0, seed: 's' };
    expect(() => syntheticSector(check, { ...options, firstProfile: { ...DEMO_HOUSE, sector: 'mining' } })).toThrow(
      /no sector "mining"/,
    );
    const bare = { ...check, profile: check.profile.slice(0, 1) };
    expect(() => syntheticSector(bare, options)).toThrow(/does not ask "sector"/);
  });
});

describe('seeded draws', () => {
  it('are uniform, normal and weighted as they say', () => {
    const draws = createDraws('statistics');
    const uniform = Array.from({ length: 20_000 }, () => draws.uniform());
    expect(Math.min(...uniform)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...uniform)).toBeLessThan(1);
    for (let tenth = 0; tenth < 10; tenth++)
      expect(uniform.filter((value) => Math.floor(value * 10) === tenth).length / 20_000).toBeCloseTo(0.1, 1);
    const normal = Array.from({ length: 20_000 }, () => draws.normal());
    const mean = normal.reduce((sum, value) => sum + value, 0) / normal.length;
    const variance = normal.reduce((sum, value) => sum + (value - mean) ** 2, 0) / normal.length;
    expect(Math.abs(mean)).toBeLessThan(0.03);
    expect(Math.abs(variance - 1)).toBeLessThan(0.05);
    const codes = Array.from({ length: 10_000 }, () => draws.weighted({ a: 1, b: 3, c: 0 }));
    expect(codes.filter((code) => code === 'b').length / 10_000).toBeCloseTo(0.75, 1);
    expect(codes).not.toContain('c');
    expect(new Set(Array.from({ length: 200 }, () => draws.between(2, 4)))).toEqual(new Set([2, 3, 4]));
    expect(() => draws.weighted({ a: 0 })).toThrow(RangeError);
  });
});
