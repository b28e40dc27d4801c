import { describe, expect, test } from 'vitest';
import type { ItemFigures, Share } from '#contracts/release';
import type { Answer } from '#contracts/submission';
import { POLICY } from '#disclosure/policy';
import { itemRanges as itemRangesOf, questionRanges } from '#standing/share-ranges';
import { calendarFile } from '../../web/next-step/calendar-file.ts';
import {
  type Experiment,
  missingInPlan,
  newExperiment,
  nextExperiment,
  readExperiment,
  writeExperiment,
} from '../../web/next-step/experiment.ts';
import { currentExperiment, keepSteps, NO_STEPS, readSteps, STEPS_KEY } from '../../web/next-step/kept-steps.ts';
import { attainedIn, type GroupKnown, measuresFor } from '../../web/next-step/measures.ts';
import { CHECK } from '../views/cells.ts';

/** A group of around 100 that shows these items. */
function groupOf(items: Record<string, ItemFigures>): GroupKnown {
  const itemRanges = Object.fromEntries(
    Object.entries(items).map(([id, figures]) => [id, itemRangesOf(figures, 100, POLICY)]),
  );
  return { label: 'Einrichtungen', items, itemRanges, planned: null };
}

/** Shares of a group at level 1, 2, 3, 4 or above. */
function shares(...atLeast: [Share, Share, Share, Share]): ItemFigures {
  return { atLeast, notApplicable: 3, dontKnow: 2 };
}
const everyItem = (level: Answer) => Object.fromEntries(CHECK.items.map(({ id }) => [id, level]));
const measures = (input: Partial<Parameters<typeof measuresFor>[0]>) =>
  measuresFor({ instrument: CHECK, answers: {}, group: null, verdicts: {}, importance: {}, ...input }).map(
    ({ kind, item, level }) => `${kind} ${item.id} ${level}`,
  );

describe('measures', () => {
  test('begin where most of the group stands higher than the house', () => {
    const items = {
      workplaces: shares(98, 90, 66, 10),
      systems: shares(98, 97, 60, 10),
      strategy: shares(90, 66, 20, 2),
      backing: shares(90, 85, 20, 0),
    };
    const answers = { workplaces: 2, systems: 2, strategy: 1, backing: 3, data: 4 } as const;
    // systems: 60 % may be half of them, moved; backing and data: hardly anybody, and nothing, is higher.
    expect(measures({ answers, group: groupOf(items) }).slice(0, 2)).toEqual([
      'group-ahead strategy 1',
      'group-ahead workplaces 2',
    ]);
  });

  test('put what is important first, then leadership, then the larger share', () => {
    const items = {
      workplaces: shares(98, 90, 55, 10),
      systems: shares(98, 75, 50, 10),
      strategy: shares(90, 66, 20, 2),
      trials: shares(90, 68, 20, 0),
    };
    const answers = { workplaces: 1, systems: 1, strategy: 1, trials: 1 } as const;
    const ids = (importance: Parameters<typeof measuresFor>[0]['importance']) =>
      measures({ answers, group: groupOf(items), importance }).map((line) => line.split(' ')[1]);
    expect(ids({})).toEqual(['strategy', 'workplaces', 'systems', 'trials']);
    expect(ids({ innovation: 3, leadership: 1 })).toEqual(['trials', 'workplaces', 'systems', 'strategy']);
  });

  test('without published shares they are the own lowest anchors, leadership first', () => {
    const answers = { ...everyItem(2), workplaces: 1, ownership: 1, backing: 1, trials: 0 } as const;
    expect(measures({ answers })).toEqual(['lowest trials 0', 'lowest backing 1', 'lowest workplaces 1']);
    // What the noise may have lifted above half leads to nothing.
    expect(measures({ answers, group: groupOf({ workplaces: shares(98, 60, 40, 10) }) })).toEqual(
      measures({ answers }),
    );
  });

  test('a goal is what its anchor has attained, in every language and for every item', () => {
    expect(attainedIn('Ziele sind festgehalten; Schritte und Termine dazu fehlen.')).toBe('Ziele sind festgehalten');
    for (const { anchors } of CHECK.items)
      for (const anchor of anchors.slice(2))
        for (const text of [anchor.de, anchor.en]) expect(attainedIn(text)).toMatch(/^\p{Lu}.{14,}[^.;]$/u);
  });

  test('those ahead are told to secure it and pass it on', () => {
    const answers = { ...everyItem(2), security: 4 } as const;
    expect(measures({ answers, verdicts: { it: 'ahead', innovation: 'behind' } })).toContain('secure security 4');
    expect(measures({ answers, verdicts: { it: 'upper-quarter' } })).toContain('secure security 4');
    expect(measures({ answers, verdicts: { it: 'near' } })).not.toContain('secure security 4');
    expect(measures({ answers: everyItem(4) })).toEqual(['secure workplaces 4']);
  });

  test('lead to the next level, and from the lowest to the first that is worth aiming at', () => {
    const goals = measuresFor({
      instrument: CHECK,
      answers: { workplaces: 0, systems: 1, security: 2 },
      group: null,
      verdicts: {},
      importance: {},
    }).map(({ item, goal }) => [item.id, goal]);
    expect(goals).toEqual([
      ['workplaces', 2],
      ['systems', 2],
      ['security', 3],
    ]);
  });

  test('what does not apply, is not known or was not asked leads to nothing', () => {
    expect(measures({ answers: { workplaces: 'na', systems: 'dk' } })).toEqual([]);
    expect(measures({})).toEqual([]);
  });

  test('are few enough to choose from', () => {
    const items = Object.fromEntries(CHECK.items.map(({ id }) => [id, shares(98, 90, 80, 70)]));
    expect(measures({ answers: everyItem(1), group: groupOf(items) })).toHaveLength(5);
    const ahead = { it: 'ahead', processes: 'ahead', leadership: 'ahead' } as const;
    const strong = measures({ answers: everyItem(3), verdicts: ahead });
    expect(strong.filter((line) => line.startsWith('secure'))).toEqual(['secure skills 3', 'secure workplaces 3']);
  });
});

describe('what peers intend next', () => {
  test('stands beside a measure with its range, and nowhere without answers', () => {
    const figures = { base: 60, shares: { strategy: 25, none: 5 } };
    const planned = { label: 'Einrichtungen', figures, ranges: questionRanges(figures, POLICY) };
    const input = { instrument: CHECK, answers: { strategy: 1, backing: 1 } as const, verdicts: {}, importance: {} };
    const [strategy, backing] = measuresFor({ ...input, group: { ...groupOf({}), planned } });
    expect(strategy!.planned).toEqual({ share: 25, ...planned.ranges.strategy });
    expect(strategy!.planned!.lower).toBeGreaterThan(5);
    expect(strategy!.planned!.upper).toBeLessThan(50);
    expect(backing!.planned).toBeNull();
    expect(measuresFor({ ...input, group: groupOf({}) }).map((measure) => measure.planned)).toEqual([null, null]);
  });
});

describe('experiments to begin with', () => {
  const experiments = (level: Answer) =>
    measuresFor({ instrument: CHECK, answers: { strategy: level }, group: null, verdicts: {}, importance: {} })[0]!
      .experiments;

  test('are those that still make sense at the own level, and none where there is nothing left to reach', () => {
    expect(experiments(0)).toEqual(CHECK.firstExperiments.strategy);
    expect(experiments(2)).toEqual(CHECK.firstExperiments.strategy!.slice(1));
    expect(experiments(4)).toEqual([]);
  });
});

const CARD = newExperiment({
  id: 'e-1',
  today: '2026-07-01',
  title: 'Digitale Ziele',
  item: 'strategy',
  dimension: 'leadership',
  expected: { benefit: 3, effort: 1 },
  plan: { what: 'Ziele schriftlich festhalten', until: '2026-09-23' },
});
const decided = (decision: 'end' | 'adapt' | 'extend'): Experiment => ({
  ...CARD,
  plan: { ...CARD.plan, withWhom: 'Team Nord', sponsor: 'Frau Yılmaz' },
  review: { ...CARD.review, on: '2026-09-23', benefit: 2, effort: 2, decision },
});

describe('the card', () => {
  test('survives export and import', () => {
    expect(readExperiment(writeExperiment(decided('adapt')))).toEqual(decided('adapt'));
  });

  test.each([
    ['no JSON', '{'],
    ['another format', writeExperiment(CARD).replace('experiment.1', 'experiment.2')],
    ['an unknown field', writeExperiment(CARD).replace('"notes": ""', '"notes": "", "code": "x"')],
    ['a day that does not exist', writeExperiment(CARD).replace('2026-09-23', '2026-02-30')],
    ['a rating out of range', writeExperiment(CARD).replace('"benefit": 3', '"benefit": 7')],
    ['a text without end', writeExperiment({ ...CARD, notes: 'x'.repeat(2001) })],
  ])('is not read from %s', (_, text) => {
    expect(readExperiment(text)).toBeNull();
  });

  test('says what is missing before it starts', () => {
    expect(missingInPlan(CARD)).toEqual(['withWhom', 'sign', 'sponsor']);
    expect(missingInPlan({ ...CARD, plan: { ...CARD.plan, what: '  ', until: null } })).toContain('what');
  });

  test('goes on after the review unless it has ended', () => {
    const on = { id: 'e-2', today: '2026-09-23', until: '2026-12-16' };
    expect(nextExperiment(decided('end'), on)).toBeNull();
    expect(nextExperiment(CARD, on)).toBeNull();
    expect(nextExperiment(decided('extend'), on)).toMatchObject({
      id: 'e-2',
      follows: 'e-1',
      createdOn: '2026-09-23',
      plan: { what: 'Ziele schriftlich festhalten', withWhom: 'Team Nord', until: '2026-12-16' },
      expected: { benefit: 2, effort: 2 },
      review: { decision: null },
    });
  });
});

/** A store like the browser's. */
function memoryStore(full = false) {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => {
      if (full) throw new Error('QuotaExceededError');
      kept.set(key, text);
    },
    removeItem: (key: string) => void kept.delete(key),
  };
}

describe('what the browser keeps', () => {
  test('comes back as it was', () => {
    const store = memoryStore();
    const steps = { ...NO_STEPS, importance: { it: 3 as const }, experiments: [CARD] };
    expect(keepSteps(store, steps)).toBe(true);
    expect(readSteps(store)).toEqual(steps);
    expect(currentExperiment(readSteps(store))).toEqual(CARD);
    expect(currentExperiment({ ...steps, experiments: [decided('end')] })).toBeUndefined();
  });

  test('is nothing where it cannot be read or kept', () => {
    const store = memoryStore();
    for (const text of ['', '{"format":2}', 'null']) {
      store.setItem(STEPS_KEY, text);
      expect(readSteps(store)).toEqual(NO_STEPS);
    }
    expect(readSteps(undefined)).toEqual(NO_STEPS);
    expect(keepSteps(undefined, NO_STEPS)).toBe(false);
    expect(keepSteps(memoryStore(true), NO_STEPS)).toBe(false);
  });
});

describe('the calendar file', () => {
  const file = calendarFile({
    uid: 'e-1@sektorspiegel',
    on: '2026-12-31',
    madeAt: new Date('2026-07-01T08:15:30.250Z'),
    title: 'Rückblick: Ziele schriftlich festhalten, mit dem Team; für alle Häuser der Altenhilfe und Pflege',
    description: 'Was war zu sehen?\nNutzen gegen Aufwand \\ beenden, anpassen, ausweiten 🌱',
  });
  const unfolded = file.replaceAll('\r\n ', '');

  test('has lines of at most 75 octets with CRLF, cut within no character', () => {
    const lines = file.split('\r\n');
    expect(lines.at(-1)).toBe('');
    expect(file.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    for (const line of lines) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    expect(lines.some((line) => line.startsWith(' '))).toBe(true);
    expect(file).not.toContain('\ufffd');
  });

  test('is one all-day entry that ends on the next day, over the end of a year', () => {
    expect(unfolded).toContain('\r\nDTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101\r\n');
    expect(unfolded).toContain('\r\nDTSTAMP:20260701T081530Z\r\n');
    expect(unfolded).toContain('\r\nTRIGGER:-P1D\r\n');
  });

  test('escapes what has a meaning in the format, and comes back as it was', () => {
    const summary = /\r\nSUMMARY:(.*)\r\n/.exec(unfolded)![1]!;
    expect(summary).toContain('festhalten\\, mit dem Team\\; für');
    const description = /\r\nDESCRIPTION:(.*)\r\nTRANSP/.exec(unfolded)![1]!;
    const read = description.replaceAll(/\\(.)/g, (_, symbol: string) => (symbol === 'n' ? '\n' : symbol));
    expect(read).toBe('Was war zu sehen?\nNutzen gegen Aufwand \\ beenden, anpassen, ausweiten 🌱');
  });

  test('a line break in a text cannot add a property', () => {
    const attack = calendarFile({
      uid: 'a\r\nX:1',
      on: '2026-12-31',
      madeAt: new Date(0),
      title: 'a\rATTACH:b\nBEGIN:VEVENT',
      description: 'c',
    });
    expect(attack.match(/^(ATTACH|X|BEGIN:VEVENT)/gm)).toEqual(['BEGIN:VEVENT']);
  });
});
