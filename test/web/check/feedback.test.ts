import { beforeAll, describe, expect, it } from 'vitest';
import type { AcceptedSubmission } from '#contracts/answers/submission';
import type { Instrument } from '#contracts/instrument';
import type { Answer } from '#contracts/submission';
import { loadInstruments } from '#instruments/load-instruments';
import { emptyDraft } from '../../../web/check/draft.ts';
import { feedbackOn } from '../../../web/check/feedback.ts';
import { firstOpenStep, openItems, progressOf, stepBeside, stepFrom, stepsOf } from '../../../web/check/steps.ts';
import { newReceipt, check as submission, testService } from '../../api/test-service.ts';

let check: Instrument;
beforeAll(async () => {
  check = (await loadInstruments([])).get('digitalcheck.1')!;
});

const IT = ['workplaces', 'systems', 'security', 'data', 'it-support'];
const answers = (...levels: Answer[]) => Object.fromEntries(levels.map((level, place) => [IT[place]!, level]));

describe('looking without sending', () => {
  it('shows what the service will say', async () => {
    const levels: Answer[] = [0, 1, 'na', 3, 'dk', 4, 2];
    const mixed = Object.fromEntries(check.items.map(({ id }, place) => [id, levels[place % levels.length]!]));
    const service = await testService();
    const response = await service.submit(newReceipt(), await submission(0, { answers: mixed }));
    const accepted = (await response.json()) as AcceptedSubmission;
    const feedback = feedbackOn(check, mixed);
    expect(Object.fromEntries(feedback.dimensions.map((entry) => [entry.dimension.id, entry.score]))).toEqual(
      accepted.scores,
    );
    expect(feedback.dimensions.map(({ word }) => word)).toEqual(
      check.dimensions.map(({ id }) => accepted.maturity[id]),
    );
    expect(feedback.dimensions.flatMap(({ missing }) => missing ?? [])).toEqual(accepted.missing);
    expect(feedback.weakest).toEqual(accepted.weakest);
    expect(feedback.overall?.score ?? null).toBe(accepted.overall);
  });

  it('gives the next level of every item, the lowest first, and none for the highest', () => {
    const [it] = feedbackOn(check, answers(2, 0, 4, 'na', 0)).dimensions;
    expect(it!.next.map(({ item, level }) => [item.id, level])).toEqual([
      ['systems', 0],
      ['it-support', 0],
      ['workplaces', 2],
    ]);
    const systems = check.items.find(({ id }) => id === 'systems')!;
    expect(it!.next[0]!.anchor).toEqual(systems.anchors[1]);
  });

  it('gives a score of 25 the word that begins there, and the lowest step its word', () => {
    const word = (level: Answer) =>
      feedbackOn(check, answers(level, level, level, level, level)).dimensions[0]!.word?.de;
    expect([word(0), word(1), word(4)]).toEqual(['Einstieg', 'Aufbau', 'Prägend']);
  });

  it('says what is missing instead of a score', () => {
    const [it] = feedbackOn(check, answers(1, 2, 'dk')).dimensions;
    expect(it).toMatchObject({ score: null, word: null });
    expect(it!.missing).toMatchObject({ answered: 2, needed: 4, unanswered: ['security', 'data', 'it-support'] });
  });
});

describe('the steps', () => {
  it('are a question each, with what came out of an area before the next', () => {
    const asked = (dimension: string) =>
      check.items.filter((item) => item.dimension === dimension).map(({ id }) => `item-${id}`);
    expect(stepsOf(check)).toEqual([
      'start',
      ...[
        ...asked('it'),
        'area-it',
        ...asked('processes'),
        'area-processes',
        ...asked('leadership'),
        'area-leadership',
      ],
      ...[...asked('innovation'), 'overview', 'profile', 'code', 'more', 'summary'],
    ]);
    expect(stepBeside('item-workplaces', check, 1)).toBe('item-systems');
    expect(stepBeside('item-it-support', check, 1)).toBe('area-it');
    expect(stepBeside('item-workplaces', check, -1)).toBe('start');
    expect(stepBeside('summary', check, 1)).toBe('summary');
    expect(stepBeside('start', check, -1)).toBe('start');
  });

  it('are named in the address, and nothing else is', () => {
    expect(stepFrom('#area-it', check)).toBe('area-it');
    expect(stepFrom('#item-data', check)).toBe('item-data');
    for (const fragment of ['', '#', '#area-x', '#area-innovation', '#item-x', '#join=ABCD-EFG', '#constructor'])
      expect(stepFrom(fragment, check)).toBeUndefined();
  });

  it('continue at the first gap', () => {
    const draft = emptyDraft(check);
    expect(firstOpenStep(draft, check)).toBe('item-workplaces');
    const answered = { ...draft, answers: answers(1, 'na', 'dk', 0, 2) };
    expect(openItems(answered, check, 'it')).toEqual([]);
    expect(firstOpenStep(answered, check)).toBe(`item-${check.items[5]!.id}`);
    const all = { ...draft, answers: Object.fromEntries(check.items.map(({ id }) => [id, 1 as const])) };
    expect(firstOpenStep(all, check)).toBe('profile');
    const profile = { level: 'facility', sector: 'daycare', size: '1-9', region: 'de-be' };
    expect(firstOpenStep({ ...all, profile }, check)).toBe('code');
  });

  it('are all counted, each once, whatever was answered', () => {
    const places = stepsOf(check).map((step) => progressOf(step, emptyDraft(check), check));
    expect(places.map(({ screen }) => screen)).toEqual(places.map((_, place) => place));
    expect(new Set(places.map(({ screens }) => screens))).toEqual(new Set([28]));
    expect(places.at(-1)!.screen).toBe(28);
  });

  it('tell how long the rest takes, with the code and the last look', () => {
    const draft = emptyDraft(check);
    expect(progressOf('item-workplaces', draft, check)).toMatchObject({ openCount: 20, minutesLeft: 10 });
    const half = {
      ...draft,
      answers: Object.fromEntries(check.items.slice(0, 10).map(({ id }) => [id, 'dk' as const])),
    };
    expect(progressOf('area-processes', half, check)).toMatchObject({ openCount: 10, minutesLeft: 6 });
    const profile = { level: 'facility', sector: 'daycare', size: '1-9', region: 'de-be' };
    const all = { ...draft, profile, answers: Object.fromEntries(check.items.map(({ id }) => [id, 1 as const])) };
    expect(progressOf('code', all, check)).toMatchObject({ openCount: 0, minutesLeft: 1 });
    expect(progressOf('summary', all, check)).toMatchObject({ openCount: 0, minutesLeft: 0 });
  });
});
