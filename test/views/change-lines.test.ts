import { describe, expect, test } from 'vitest';
import type { PublishedCell } from '#contracts/release';
import { changeLines, signed } from '#views/change-lines';
import { CHECK, cellOf, cutsOf } from './cells.ts';

const scoresOf = (it: number | null) => ({ scores: { it }, overall: null, weakest: [] });
const versionOf = (version: string, median: number): PublishedCell =>
  cellOf(60, { it: cutsOf(500, median, median) }, { version });

/** IT alone: own scores and the group's medians at both times. */
function change(own: [number | null, number | null], medians: [number, number] | null, lang: 'de' | 'en' = 'de') {
  const lines = changeLines({
    instrument: CHECK,
    earlier: { own: scoresOf(own[0]), cell: medians && versionOf('a', medians[0]) },
    later: { own: scoresOf(own[1]), cell: medians && versionOf('b', medians[1]) },
    lang,
  });
  return lines.find(({ dimension }) => dimension === 'it')!;
}

describe('a change is split into the own and the field’s', () => {
  test.each([
    [[52, 62], [40, 44], 10, 4, 6],
    [[52, 52], [40, 44], 0, 4, -4],
    [[60, 50], [44, 40], -10, -4, -6],
    [[50, 55], [40, 40], 5, 0, 5],
  ] as [[number, number], [number, number], number, number, number][])(
    '%j among %j',
    (own, medians, change1, field, beyond) => {
      expect(change(own, medians)).toMatchObject({ own: change1, field, beyond });
    },
  );

  test('one and the same version of the group shows no movement, and is not taken for none', () => {
    const cell = versionOf('same', 40);
    const [line] = changeLines({
      instrument: CHECK,
      earlier: { own: scoresOf(50), cell },
      later: { own: scoresOf(60), cell: { ...cell, isCarriedForward: true } },
      lang: 'de',
    });
    expect(line).toMatchObject({ own: 10, field: null, beyond: null });
    expect(line!.sentence).toBe(
      'IT: von 50 auf 60 Punkte (+10). Wie sich die Mitte der Gruppe in dieser Zeit bewegt hat, ist nicht bekannt.',
    );
  });

  test('a missing score or group is a state, never zero', () => {
    expect(change([null, 60], [40, 44])).toMatchObject({ own: null, field: 4, beyond: null });
    expect(change([null, 60], [40, 44]).sentence).toBe('IT: In einem der beiden Checks fehlt der Wert.');
    expect(change([50, 60], null)).toMatchObject({ own: 10, field: null, beyond: null });
  });

  test('is said in complete sentences', () => {
    expect(change([60, 52], [40, 44]).sentence).toBe(
      'IT: von 60 auf 52 Punkte (−8). Die Mitte der Gruppe ist um 4 Punkte gestiegen; gegenüber der Gruppe sind das −12 Punkte.',
    );
    expect(change([50, 50], [40, 40], 'en').sentence).toBe(
      'IT: unchanged at 50 points. The middle of the group stayed the same; relative to the group that is ±0 points.',
    );
  });

  test('signs are typographic', () => {
    expect([4, 0, -4].map(signed)).toEqual(['+4', '±0', '−4']);
  });
});
