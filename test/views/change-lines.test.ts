import { describe, expect, test } from 'vitest';
import type { GroupChange, OwnChange } from '#standing/compare-change';
import { CHANGE_CAVEAT, changeLines, groupChangeSentence, groupChangeWords } from '#views/change-lines';
import { CHECK } from './cells.ts';

const GROUP: GroupChange = {
  participations: 60,
  median: 5,
  interval: { lower: 1.2, upper: 9.4 },
  quartiles: { lower: 0, upper: 10 },
  verdict: 'rose',
  smallestSeen: 5,
  moved: 5,
  shares: { rose: 61, same: 20, fell: 22 },
};
const STILL: GroupChange = { ...GROUP, median: 5, verdict: 'no-difference', smallestSeen: 8 };

/** IT alone. */
function sentence(from: number | null, to: number | null, group: GroupChange | null, lang: 'de' | 'en' = 'de') {
  const own = from === null || to === null ? null : to - from;
  const beyond = own === null || group === null ? null : own - group.median;
  const change: OwnChange = { dimension: 'it', from, to, own, group, beyond };
  return changeLines(CHECK, [change], lang)[0]!.sentence;
}

describe('an own change beside the group’s', () => {
  test('is said in a short sentence', () => {
    expect(sentence(50, 60, GROUP)).toBe('IT: von 50 auf 60 Punkte (+10); die Gruppe +5.');
    expect(sentence(50, 50, { ...GROUP, median: -1, verdict: 'fell' }, 'en')).toBe(
      'IT: unchanged at 50 points; the group −1.',
    );
  });

  test('whether the group changed is told once for all; beside "no change" which one would have been seen', () => {
    const told = (...groups: (GroupChange | null)[]) =>
      groupChangeSentence(
        CHECK,
        groups.map((group, index) => ({
          ...{ dimension: CHECK.dimensions[index]!.id, from: 1, to: 2, own: 1, group, beyond: null },
        })),
        'de',
      );
    expect(told(GROUP, STILL, { ...GROUP, verdict: 'fell' })).toBe(
      'Die Mitte der Gruppe ist gestiegen: IT. Die Mitte der Gruppe ist gesunken: Führung. Sonst ist keine Veränderung zu erkennen; ab etwa 8 Punkten wäre sie es.',
    );
    expect(told(STILL, null)).toBe('Bei der Gruppe ist keine Veränderung zu erkennen; ab etwa 8 Punkten wäre sie es.');
    expect(told({ ...GROUP, verdict: null, smallestSeen: null })).toBe(
      'Ob sich die Gruppe mehr als zufällig verändert hat, lässt sich nicht sagen.',
    );
    expect(told(null, null)).toBe('');
    expect(groupChangeWords({ ...GROUP, median: 0, verdict: null, smallestSeen: null }, 'de')).toBe(
      'Mitte ±0; ob das mehr als Zufall ist, lässt sich nicht sagen',
    );
  });

  test('a missing score or group is a state, never zero', () => {
    expect(sentence(null, 60, GROUP)).toBe('IT: In einem der beiden Checks fehlt der Wert.');
    expect(sentence(50, 60, null)).toBe('IT: von 50 auf 60 Punkte (+10).');
  });

  test('carries its figures, and never a causal word', () => {
    const change: OwnChange = { dimension: 'it', from: 1, to: 2, own: 1, group: STILL, beyond: -4 };
    expect(changeLines(CHECK, [change], 'de')[0]).toMatchObject({ ...change, title: 'IT' });
    for (const lang of ['de', 'en'] as const) {
      const told = [CHANGE_CAVEAT[lang], sentence(1, 2, STILL, lang), sentence(9, 2, GROUP, lang)].join(' ');
      expect(told).not.toMatch(/durch den|dank|verbessert|gewonnen|verloren|because|thanks to|improved|gained|lost/i);
    }
    expect(CHANGE_CAVEAT.de).toContain('Rückkehr zur Mitte');
    expect(CHANGE_CAVEAT.en).toContain('regression to the mean');
  });
});
