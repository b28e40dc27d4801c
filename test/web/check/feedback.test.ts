import { beforeAll, describe, expect, it } from 'vitest';
import type { Instrument } from '#contracts/instrument';
import type { Answer } from '#contracts/submission';
import type { AcceptedSubmission } from '#functions/api/own-submission';
import { loadInstruments } from '#instruments/load-instruments';
import { emptyDraft } from '../../../web/check/draft.ts';
import { feedbackOn } from '../../../web/check/feedback.ts';
import {
  firstOpenStep,
  formerStep,
  nextStep,
  openItems,
  progressOf,
  stepFrom,
  stepsOf,
} from '../../../web/check/steps.ts';
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
  it('follow the dimensions of the instrument', () => {
    expect(stepsOf(check)).toEqual([
      ...['start', 'area-it', 'area-processes', 'area-leadership', 'area-innovation'],
      ...['overview', 'profile', 'code', 'more', 'summary'],
    ]);
    expect(nextStep('area-innovation', check)).toBe('overview');
    expect(formerStep('area-it', check)).toBe('start');
    expect(nextStep('summary', check)).toBe('summary');
    expect(formerStep('start', check)).toBe('start');
  });

  it('are named in the address, and nothing else is', () => {
    expect(stepFrom('#area-it', check)).toBe('area-it');
    for (const fragment of ['', '#', '#area-x', '#join=ABCD-EFG', '#constructor'])
      expect(stepFrom(fragment, check)).toBeUndefined();
  });

  it('continue at the first gap', () => {
    const draft = emptyDraft(check);
    expect(firstOpenStep(draft, check)).toBe('area-it');
    const answered = { ...draft, answers: answers(1, 'na', 'dk', 0, 2) };
    expect(openItems(answered, check, 'it')).toEqual([]);
    expect(firstOpenStep(answered, check)).toBe('area-processes');
    const all = { ...draft, answers: Object.fromEntries(check.items.map(({ id }) => [id, 1 as const])) };
    expect(firstOpenStep(all, check)).toBe('profile');
    const profile = { level: 'facility', sector: 'daycare', size: '1-9', region: 'de-be' };
    expect(firstOpenStep({ ...all, profile }, check)).toBe('code');
  });

  it('tell how long the rest takes', () => {
    const draft = emptyDraft(check);
    expect(progressOf(draft, check)).toEqual({ answered: 0, items: 20, minutesLeft: 9 });
    const half = {
      ...draft,
      answers: Object.fromEntries(check.items.slice(0, 10).map(({ id }) => [id, 'dk' as const])),
    };
    expect(progressOf(half, check)).toEqual({ answered: 10, items: 20, minutesLeft: 5 });
    const profile = { level: 'facility', sector: 'daycare', size: '1-9', region: 'de-be' };
    const all = { ...draft, profile, answers: Object.fromEntries(check.items.map(({ id }) => [id, 1 as const])) };
    expect(progressOf(all, check)).toEqual({ answered: 20, items: 20, minutesLeft: 0 });
  });
});
