import { beforeAll, describe, expect, it } from 'vitest';
import type { Instrument } from '#contracts/instrument';
import type { OwnSubmission } from '#contracts/submission';
import { loadInstruments } from '#instruments/load-instruments';
import {
  adapted,
  afterSending,
  Draft,
  emptyDraft,
  missingProfile,
  questionsToAsk,
  readyToSend,
  secondsTaken,
  submissionOf,
  toggledCodes,
  withAnswer,
  withJoinCode,
  withParticipation,
  withProfile,
  withQuestion,
  withSeconds,
} from '../../../web/check/draft.ts';
import { DRAFT_KEY, forgetDraft, KEPT_DRAFT, readDraft } from '../../../web/check/kept-draft.ts';
import { keep, readKept } from '../../../web/kept.ts';
import { check as submission, testService } from '../../api/test-service.ts';

let check: Instrument;
beforeAll(async () => {
  check = (await loadInstruments([])).get('digitalcheck.1')!;
});

function memoryStore(entries: Record<string, string> = {}) {
  return {
    entries,
    getItem: (key: string) => entries[key] ?? null,
    setItem: (key: string, text: string) => {
      entries[key] = text;
    },
    removeItem: (key: string) => {
      delete entries[key];
    },
  };
}
const refusingStore = {
  getItem: () => {
    throw new DOMException('denied', 'SecurityError');
  },
  setItem: () => {
    throw new DOMException('full', 'QuotaExceededError');
  },
  removeItem: () => {
    throw new DOMException('denied', 'SecurityError');
  },
};

const keys = () => {
  let count = 0;
  return () => `key-${++count}`;
};

/** A draft with everything a visitor can enter. */
async function filledDraft(): Promise<Draft> {
  const { answers, profile } = await submission(2);
  const draft = { ...emptyDraft(check), answers, profile } as Draft;
  const asked = withParticipation(withQuestion(draft, 'role', ['board']), check, 'lost-code');
  return withJoinCode({ ...asked, conductedOn: '2026-06-01', receiptMark: '00ff' }, 'ABCD-EFG');
}

describe('a kept draft', () => {
  it('comes back as it was', async () => {
    const store = memoryStore();
    const draft = readyToSend(await filledDraft(), keys());
    expect(keep(store, KEPT_DRAFT, draft)).toBe(true);
    expect(readDraft(store)).toEqual(draft);
    forgetDraft(store);
    expect(store.entries).toEqual({});
    expect(readDraft(store)).toBeUndefined();
  });

  it('is missing, not a crash, where the browser keeps nothing', () => {
    for (const store of [undefined, refusingStore]) {
      expect(readDraft(store)).toBeUndefined();
      expect(keep(store, KEPT_DRAFT, emptyDraft(check))).toBe(false);
      expect(() => forgetDraft(store)).not.toThrow();
    }
  });

  it('comes back with what the service answered', () => {
    const sent = {
      ...{
        conductedOn: '2026-06-01',
        acceptedAt: '2026-06-01T08:00:00.000Z',
        isComplete: true,
        isReviewedFirst: false,
      },
      ...{ scores: { it: 50, processes: null }, maturity: { it: { de: 'Aufbau', en: 'Developing' }, processes: null } },
    };
    const draft = afterSending(check, sent);
    expect(draft).toEqual({ ...emptyDraft(check), sent });
    const store = memoryStore();
    keep(store, KEPT_DRAFT, draft);
    expect(readDraft(store)).toEqual(draft);
  });

  it.each([
    ['no JSON', '{'],
    ['another format', '{"format":2}'],
    ['null', 'null'],
    ['a level that does not exist', { answers: { workplaces: 5 } }],
    ['a level as text', { answers: { workplaces: '3' } }],
    ['answers as a list', { answers: [1, 2] }],
    ['questions that are no lists', { questions: { role: 'board' } }],
    ['a code that is no text', { joinCodes: [1] }],
    ['more codes than are taken', { joinCodes: ['a', 'b', 'c', 'd'] }],
    ['a day that does not exist', { conductedOn: '2026-02-30' }],
    ['a sending without a key', { sending: { body: { instrument: 'digitalcheck.1' } } }],
    [
      'a sending whose body is no submission',
      { sending: { idempotencyKey: 'a', body: { instrument: 'digitalcheck.1' } } },
    ],
    ['an answer of the service without its day', { sent: { scores: {}, maturity: {} } }],
    ['an unknown participation', { participation: 'perhaps' }],
    ['time that ran backwards', { secondsAnswering: -1 }],
    ['time as text', { secondsAnswering: '12' }],
    ['time that is null', { secondsAnswering: null }],
    ['a field of somebody else', { colour: 'red' }],
  ])('is set aside as the text it is when it is damaged: %s', (_, change) => {
    const text = typeof change === 'string' ? change : JSON.stringify({ ...emptyDraft(check), ...change });
    const store = memoryStore({ [DRAFT_KEY]: text });
    expect(readKept(store, KEPT_DRAFT)).toEqual({ text, value: undefined });
    expect(readDraft(store)).toBeUndefined();
  });
});

describe('a draft meets the instrument of today', () => {
  const corrected = () => ({ ...check, id: 'digitalcheck.1.1' });
  const other = () => ({ ...check, id: 'digitalcheck.2' });

  it('keeps everything when nothing has changed', async () => {
    const draft = await filledDraft();
    expect(adapted(draft, check)).toEqual(draft);
  });

  it('keeps the answers when words were corrected, and a submission under way as it is', async () => {
    const draft = readyToSend(await filledDraft(), keys());
    const result = adapted(draft, corrected());
    expect(result).toEqual({ ...draft, instrument: 'digitalcheck.1.1' });
    expect(result?.sending?.body.instrument).toBe('digitalcheck.1');
  });

  it('has no place for the answers to another check', async () => {
    expect(adapted(await filledDraft(), other())).toBeUndefined();
  });

  it('leaves out what the instrument does not have', async () => {
    const draft = await filledDraft();
    const strange: Draft = {
      ...draft,
      answers: { ...draft.answers, gone: 3 },
      profile: { ...draft.profile, size: 'gigantic' },
      questions: { ...draft.questions, obstacle: ['moon'] },
    };
    const { size: _, ...profile } = draft.profile;
    expect(adapted(strange, check)).toEqual({ ...draft, profile });
  });
});

describe('what is sent', () => {
  it('is taken by the service as it is', async () => {
    const service = await testService();
    const draft = await filledDraft();
    const response = await service.submit('000-000-000-000-000-000-000-000-000', submissionOf(draft));
    expect(await response.text()).toContain('"isComplete":true');
    expect(response.status).toBe(201);
    const own = await service.own('000-000-000-000-000-000-000-000-000');
    const { submissions } = (await own.json()) as { submissions: OwnSubmission[] };
    expect(submissions[0]).toMatchObject({
      conductedOn: '2026-06-01',
      associations: ['c-0a1b2c3d'],
      questions: { role: ['board'], 'lost-code': ['yes'] },
    });
  });

  it('leaves out empty parts', () => {
    expect(submissionOf(withAnswer(emptyDraft(check), 'workplaces', 'dk'))).toEqual({
      instrument: 'digitalcheck.1',
      profile: {},
      secondsTaken: 0,
      answers: { workplaces: 'dk' },
    });
  });

  it('keeps its key for the same body, in whatever order it was answered, and for nothing else', async () => {
    const newKey = keys();
    const first = readyToSend(await filledDraft(), newKey);
    expect(first.sending.idempotencyKey).toBe('key-1');
    expect(readyToSend(first, newKey).sending).toBe(first.sending);
    const kept = Draft.parse(JSON.parse(JSON.stringify(first)));
    const { workplaces, ...others } = kept.answers;
    const again = { ...kept, answers: { ...others, workplaces: workplaces! } };
    expect(readyToSend(again, newKey).sending.idempotencyKey).toBe('key-1');
    const corrected = readyToSend(withAnswer(kept, 'workplaces', 4), newKey);
    expect(corrected.sending.idempotencyKey).toBe('key-2');
    expect(corrected.sending.body.answers.workplaces).toBe(4);
  });
});

describe('the time with the questions in view', () => {
  const answered = (seconds: number[]) => seconds.reduce(withSeconds, withAnswer(emptyDraft(check), 'data', 2));

  it('adds up, is sent in whole seconds, and at most a day', () => {
    expect(submissionOf(answered([30.26, 61.4])).secondsTaken).toBe(92);
    expect(secondsTaken(answered([86_300, 200]))).toBe(86_400);
  });

  it('keeps nothing before the first answer', () => {
    const empty = emptyDraft(check);
    expect(withSeconds(empty, 12)).toBe(empty);
    expect(answered([20, -5]).secondsAnswering).toBe(20);
  });

  it('is not sent for paper, for another day, or where nobody measured', () => {
    const { secondsAnswering: _, ...round } = answered([300]);
    for (const draft of [
      { ...answered([300]), isFromPaper: true },
      { ...answered([300]), conductedOn: '2026-06-01' },
      withSeconds(round, 20),
    ])
      expect(submissionOf(draft)).not.toHaveProperty('secondsTaken');
    expect(submissionOf({ ...answered([300]), isFromPaper: false }).secondsTaken).toBe(300);
  });

  it('makes no other submission of one that may be under way', () => {
    const newKey = keys();
    const first = readyToSend(answered([300]), newKey);
    const again = readyToSend(withSeconds(first, 60), newKey);
    expect(again.sending).toBe(first.sending);
    expect(readyToSend(withAnswer(again, 'data', 3), newKey).sending).toMatchObject({
      idempotencyKey: 'key-2',
      body: { secondsTaken: 360 },
    });
  });
});

describe('earlier participation', () => {
  it('counts a lost code and a first time, and neither for those who have their code', () => {
    const counted = (participation: 'first' | 'has-code' | 'lost-code') =>
      withParticipation(emptyDraft(check), check, participation).questions['lost-code'];
    expect([counted('first'), counted('lost-code'), counted('has-code')]).toEqual([['no'], ['yes'], undefined]);
  });

  it('asks those who return what they tried, and takes it back from those who do not', () => {
    const returning = withParticipation(emptyDraft(check), check, 'has-code');
    expect(questionsToAsk(returning, check).map(({ id }) => id)).toEqual([
      'role',
      'answered-by',
      'obstacle',
      'support',
      'tried',
      'tried-outcome',
    ]);
    const tried = withQuestion(returning, 'tried', ['data']);
    const first = withParticipation(tried, check, 'first');
    expect(first.questions).toEqual({ 'lost-code': ['no'] });
    expect(questionsToAsk(first, check)).toHaveLength(4);
  });

  it('sends nothing that an instrument does not ask', () => {
    const without = { ...check, questions: check.questions.filter(({ id }) => id !== 'lost-code') };
    expect(withParticipation(emptyDraft(without), without, 'lost-code').questions).toEqual({});
  });
});

describe('codes of a question', () => {
  const question = { maxChoices: 3, exclusive: 'none' };
  it('are ticked and cleared', () => {
    expect(toggledCodes(question, [], 'a')).toEqual(['a']);
    expect(toggledCodes(question, ['a', 'b'], 'a')).toEqual(['b']);
  });
  it('stop at the number allowed', () => expect(toggledCodes(question, ['a', 'b', 'c'], 'd')).toEqual(['a', 'b', 'c']));
  it('exclude each other', () => {
    expect(toggledCodes(question, ['a', 'b'], 'none')).toEqual(['none']);
    expect(toggledCodes(question, ['none'], 'a')).toEqual(['a']);
  });
  it('replace each other where one is allowed', () =>
    expect(toggledCodes({ maxChoices: 1 }, ['a'], 'b')).toEqual(['b']));
});

describe('profile and association codes', () => {
  it('names what is missing', () => {
    const draft = withProfile(emptyDraft(check), 'sector', 'daycare');
    expect(missingProfile(draft, check)).toEqual(['level', 'size', 'region']);
  });

  it('takes three codes, each once', () => {
    const codes = ['ABCD-EFG', ' abcd efg ', '', 'HJKM-NPQ', 'RSTV-WXY', 'TOO-MANY'];
    expect(codes.reduce(withJoinCode, emptyDraft(check)).joinCodes).toEqual(['ABCD-EFG', 'HJKM-NPQ', 'RSTV-WXY']);
  });
});
