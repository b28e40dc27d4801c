import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Instrument } from '#contracts/instrument';
import type { Answer } from '#contracts/submission';
import { missingFor, overallOf, scoreAnswers, scoresOf, weakestOf } from '#microdata/score';

const text = (word: string) => ({ de: word, en: word });
const dimension = (id: string) => ({ id, title: text(id), description: text(id) });
const item = (id: string, of: string) => ({
  id,
  dimension: of,
  title: text(id),
  question: text(id),
  anchors: ['0', '1', '2', '3', '4'].map(text),
});
const common = {
  title: text('Probe'),
  description: text('Probe'),
  organisations: text('Organisationen'),
  dimensions: [dimension('it'), dimension('processes')],
  profile: [
    {
      id: 'sector',
      title: text('Feld'),
      question: text('Feld?'),
      why: text('Vergleich'),
      codes: [
        { id: 'a', label: text('A') },
        { id: 'b', label: text('B') },
      ],
    },
  ],
  catalogue: [[]],
  scoreStep: 5,
  fallbackOrder: [{ set: [], fromN: 50 }],
  memberSets: [[]],
  maturityBands: [
    { from: 0, label: text('Einstieg') },
    { from: 50, label: text('Etabliert') },
  ],
};
/** Five items i1..i5 of dimension it, three items p1..p3 of dimension processes. */
const questionnaire = Instrument.parse({
  ...common,
  id: 'probe.1',
  kind: 'questionnaire',
  items: [
    ...[1, 2, 3, 4, 5].map((number) => item(`i${number}`, 'it')),
    ...[1, 2, 3].map((number) => item(`p${number}`, 'processes')),
  ],
});
const partnerTool = Instrument.parse({ ...common, id: 'tool.1', kind: 'scores' });

const it5 = (...answers: (Answer | undefined)[]): Record<string, Answer> =>
  Object.fromEntries(
    answers.flatMap((answer, index) => (answer === undefined ? [] : [[`i${index + 1}`, answer] as const])),
  );
const answersOf = fc
  .array(fc.option(fc.constantFrom<Answer>(0, 1, 2, 3, 4, 'na', 'dk'), { nil: undefined }), {
    minLength: 5,
    maxLength: 5,
  })
  .map((answers) => it5(...answers));

describe('scoreAnswers', () => {
  it.each([
    { name: 'the mean times 25', answers: it5(0, 1, 2, 3, 4), score: 50 },
    { name: 'all at the bottom', answers: it5(0, 0, 0, 0, 0), score: 0 },
    { name: 'all at the top', answers: it5(4, 4, 4, 4, 4), score: 100 },
    { name: '43.75 up', answers: it5(1, 2, 2, 2, 'na'), score: 44 },
    { name: '12.5 half up', answers: it5(0, 0, 0, 2, 'na'), score: 13 },
    { name: '37.5 half up', answers: it5(1, 1, 2, 2, 'dk'), score: 38 },
    { name: '33.3 down', answers: it5(1, 1, 2, 'na', 'na'), score: 33 },
    { name: 'four of five answered', answers: it5(3, 3, 3, 3), score: 75 },
    { name: 'three of five answered', answers: it5(3, 3, 3), score: null },
    { name: 'don’t know counts as unanswered', answers: it5(3, 3, 3, 'dk', 'dk'), score: null },
    { name: 'three of four applicable', answers: it5(3, 3, 3, 'dk', 'na'), score: null },
    { name: 'three of three applicable', answers: it5(3, 3, 3, 'na', 'na'), score: 75 },
    { name: 'fewer than three apply', answers: it5(3, 3, 'na', 'na', 'na'), score: null },
    { name: 'nothing answered', answers: {}, score: null },
  ])('$name: $score', ({ answers, score }) => {
    expect(scoreAnswers(questionnaire, answers)).toEqual({ it: score, processes: null });
  });

  it('scores each dimension from its own items', () => {
    expect(scoreAnswers(questionnaire, { ...it5(4, 4, 4, 4, 4), p1: 0, p2: 1, p3: 1 })).toEqual({
      it: 100,
      processes: 17,
    });
  });

  it('ignores ids of no item', () => {
    expect(scoreAnswers(questionnaire, { ...it5(1, 1, 1, 1, 1), other: 4 })).toEqual({ it: 25, processes: null });
  });

  it('never falls when an answer rises a level, and lies in 0..100', () => {
    fc.assert(
      fc.property(answersOf, fc.integer({ min: 1, max: 5 }), (answers, number) => {
        const before = scoreAnswers(questionnaire, answers).it;
        const level = answers[`i${number}`];
        if (before === null || before === undefined || typeof level !== 'number' || level === 4) return;
        const after = scoreAnswers(questionnaire, { ...answers, [`i${number}`]: (level + 1) as Answer }).it;
        expect(after).toBeGreaterThan(before);
        expect(after).toBeLessThanOrEqual(100);
        expect(Number.isInteger(after)).toBe(true);
      }),
    );
  });

  it('moves by 5 points for one level of one of five items', () => {
    expect(scoreAnswers(questionnaire, it5(2, 2, 2, 2, 3)).it).toBe(55);
  });
});

describe('scoresOf', () => {
  it('scores answers of a questionnaire, never takes its scores', () => {
    expect(scoresOf(questionnaire, { answers: it5(1, 1, 1, 1, 1), scores: { it: 99 } })).toEqual({
      it: 25,
      processes: null,
    });
    expect(scoresOf(questionnaire, {})).toEqual({ it: null, processes: null });
  });

  it("takes a partner tool's scores, null where there is none", () => {
    expect(scoresOf(partnerTool, { scores: { processes: 0 } })).toEqual({ it: null, processes: 0 });
    expect(scoresOf(partnerTool, {})).toEqual({ it: null, processes: null });
  });
});

describe('overallOf', () => {
  it('is the mean of all dimension scores, half up', () => {
    expect(overallOf({ it: 50, processes: 55 })).toBe(53);
    expect(overallOf({ a: 0, b: 0, c: 1 })).toBe(0);
    expect(overallOf({ a: 33 })).toBe(33);
  });

  it('needs every dimension', () => {
    expect(overallOf({ it: 50, processes: null })).toBeNull();
    expect(overallOf({})).toBeNull();
  });
});

describe('weakestOf', () => {
  it('names the lowest, all of them when tied', () => {
    expect(weakestOf({ it: 50, processes: 20, leadership: 20, innovation: null })).toEqual(['processes', 'leadership']);
    expect(weakestOf({ it: 0 })).toEqual(['it']);
    expect(weakestOf({ it: null })).toEqual([]);
  });
});

describe('missingFor', () => {
  it('says what is missing, dimension by dimension', () => {
    expect(missingFor(questionnaire, { ...it5(1, 2, 'dk', 'na'), p1: 1, p2: 1, p3: 1 })).toEqual([
      { dimension: 'it', answered: 2, applicable: 4, needed: 4, unanswered: ['i3', 'i5'] },
    ]);
  });

  it('shows when too many items do not apply', () => {
    const [missing] = missingFor(questionnaire, it5('na', 'na', 'na', 4, 4));
    expect(missing).toEqual({ dimension: 'it', answered: 2, applicable: 2, needed: 3, unanswered: [] });
  });

  it('is empty for a dimension exactly when it has a score', () => {
    fc.assert(
      fc.property(answersOf, (answers) => {
        const scores = scoreAnswers(questionnaire, answers);
        const without = Object.keys(scores).filter((id) => scores[id] === null);
        expect(missingFor(questionnaire, answers).map((missing) => missing.dimension)).toEqual(without);
      }),
    );
  });

  it('asks nothing of a partner tool', () => {
    expect(missingFor(partnerTool, {})).toEqual([]);
  });
});
