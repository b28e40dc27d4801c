import { beforeAll, describe, expect, it } from 'vitest';
import type { Instrument } from '#contracts/instrument';
import type { Answer } from '#contracts/submission';
import { loadInstruments } from '#instruments/load-instruments';
import {
  compare,
  emptyRound,
  KEPT_ROUND,
  parseTeamFile,
  type TeamMember,
  teamFile,
  withAgreement,
  withMember,
  withMemberAnswer,
  withoutMember,
} from '../../../web/check/team.ts';
import { keep, readKept } from '../../../web/kept.ts';

let check: Instrument;
beforeAll(async () => {
  check = (await loadInstruments([])).get('digitalcheck.1')!;
});

const member = (name: string, answers: Record<string, Answer>): TeamMember => ({ name, answers });

describe('side by side', () => {
  it('puts differences of two levels and more first, the widest on top', () => {
    const items = compare(check, [
      member('Leitung', { workplaces: 3, systems: 4, security: 2, data: 1, 'it-support': 'na' }),
      member('Team', { workplaces: 1, systems: 0, security: 3, data: 1, 'it-support': 2 }),
    ]);
    expect(items.slice(0, 4).map(({ item, kind, spread }) => [item.id, kind, spread])).toEqual([
      ['systems', 'wide', 4],
      ['workplaces', 'wide', 2],
      ['it-support', 'wide', 0],
      ['security', 'near', 1],
    ]);
    expect(items.at(-1)).toMatchObject({ item: { id: 'data' }, kind: 'same', answers: [1, 1] });
    expect(items).toHaveLength(check.items.length);
  });

  it('knows who did not answer, and takes a doubt for a small difference', () => {
    const items = compare(check, [member('A', { data: 'dk' }), member('B', { data: 3 }), member('C', {})]);
    expect(items[0]).toMatchObject({ item: { id: 'data' }, kind: 'near', spread: 0, answers: ['dk', 3, undefined] });
    expect(items[1]!.kind).toBe('open');
  });
});

describe('a round', () => {
  it('agrees at once where all say the same, and only there', () => {
    const one = withMember(emptyRound(check), check, member('A', { data: 1, systems: 2, security: 3 }));
    expect(one.agreed).toEqual({});
    const two = withMember(one, check, member('B', { data: 1, systems: 3 }));
    expect(two.agreed).toEqual({ data: 1 });
  });

  it('keeps what was talked over when another member joins or leaves', () => {
    let round = withMember(emptyRound(check), check, member('A', { data: 1 }));
    round = withMember(round, check, member('B', { data: 3 }));
    round = withAgreement(round, 'data', 2);
    round = withMember(round, check, member('C', { data: 4 }));
    expect(round.agreed).toEqual({ data: 2 });
    expect(withoutMember(round, check, 2)).toMatchObject({
      members: [{ name: 'A' }, { name: 'B' }],
      agreed: { data: 2 },
    });
  });

  it('takes back what only followed from the first two when a third contradicts, and not while the third is silent', () => {
    let round = withMember(emptyRound(check), check, member('A', { data: 1, systems: 2 }));
    round = withMember(round, check, member('B', { data: 1, systems: 2 }));
    round = withMember(round, check, member('C', {}));
    expect(round.agreed).toEqual({ data: 1, systems: 2 });
    expect(withMember(round, check, member('D', { data: 3, systems: 2 })).agreed).toEqual({ systems: 2 });
    expect(withMemberAnswer(round, check, { index: 2, item: 'data', answer: 4 }).agreed).toEqual({ systems: 2 });
  });

  it('looks again at an item whose answer was corrected', () => {
    let round = withMember(emptyRound(check), check, member('A', { data: 1 }));
    round = withMember(round, check, member('B', { data: 1 }));
    round = withMemberAnswer(round, check, { index: 1, item: 'data', answer: 3 });
    expect(round.agreed).toEqual({});
    round = withMemberAnswer(round, check, { index: 0, item: 'data', answer: 3 });
    expect(round.agreed).toEqual({ data: 3 });
  });

  it('has room for six', () => {
    const round = 'ABCDEFG'
      .split('')
      .reduce((sofar, name) => withMember(sofar, check, member(name, {})), emptyRound(check));
    expect(round.members.map(({ name }) => name)).toEqual(['A', 'B', 'C', 'D', 'E', 'F']);
  });

  it('comes back as it was kept, whole or not at all, and for its own check alone', () => {
    const entries: Record<string, string> = {};
    const store = {
      getItem: (key: string) => entries[key] ?? null,
      setItem: (key: string, text: string) => {
        entries[key] = text;
      },
      removeItem: (key: string) => {
        delete entries[key];
      },
    };
    const round = withMember(emptyRound(check), check, member('A', { data: 1 }));
    expect(keep(store, KEPT_ROUND, round)).toBe(true);
    expect(readKept(store, KEPT_ROUND)?.value).toEqual(round);
    expect(KEPT_ROUND.fitted(round, { ...check, id: 'digitalcheck.1.1' })).toEqual(round);
    expect(KEPT_ROUND.fitted(round, { ...check, id: 'digitalcheck.2' })).toBeUndefined();
    const text = JSON.stringify({ ...round, members: [{ name: 'A', answers: { data: 9 } }] });
    entries[KEPT_ROUND.key] = text;
    expect(readKept(store, KEPT_ROUND)).toEqual({ text, value: undefined });
  });
});

describe("a member's file", () => {
  it('brings answers and name, and nothing that the check does not have', () => {
    const text = JSON.stringify(teamFile('digitalcheck.1', ' Leitung ', { data: 1, systems: 'na', gone: 2 }));
    expect(parseTeamFile(text, check)).toEqual({ name: 'Leitung', answers: { data: 1, systems: 'na' } });
  });

  it.each([
    ['no JSON', 'Guten Tag', 'not-a-draft'],
    ['something else', '{"a":1}', 'not-a-draft'],
    ['a level that does not exist', { answers: { data: 7 } }, 'not-a-draft'],
    ['another check', { instrument: 'digitalcheck.2' }, 'other-instrument'],
    ['no answers', { answers: { gone: 1 } }, 'empty'],
    ['far too long', { name: 'x'.repeat(30_000) }, 'not-a-draft'],
  ])('is refused with its reason: %s', (_, change, reason) => {
    const file = teamFile('digitalcheck.1', 'A', { data: 1 });
    const text = typeof change === 'string' ? change : JSON.stringify({ ...file, ...change });
    expect(parseTeamFile(text, check)).toBe(reason);
  });
});
