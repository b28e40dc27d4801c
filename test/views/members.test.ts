import { describe, expect, test } from 'vitest';
import type { Difference } from '#contracts/answers/association';
import type { GroupChange } from '#standing/compare-change';
import type { MembersChange, MembersCompared, MembersDimension } from '#standing/compare-members';
import { comparedLines, membersNotes, PROGRESS_CAVEATS, progressDimensionLines } from '#views/members-comparison';
import { CHECK, spreadCell } from './cells.ts';

const AHEAD: Difference = { value: 15, interval: { lower: 4, upper: 26 }, verdict: 'ahead', smallestSeen: 11 };
const NONE: Difference = { value: 4, interval: { lower: -4, upper: 12 }, verdict: 'no-difference', smallestSeen: 9 };
const middle = (median: number) => ({
  median,
  interval: { lower: median - 5, upper: median + 5 },
  quartiles: null,
  moved: 5,
});
const IT: MembersDimension = {
  dimension: 'it',
  members: middle(60),
  field: middle(45),
  difference: AHEAD,
  mix: null,
  mixDifference: null,
};
const compared = (more: Partial<MembersDimension>, lang: 'de' | 'en' = 'de') =>
  comparedLines(CHECK, [{ ...IT, ...more }], lang)[0]!;

describe('members beside the field', () => {
  test('the verdict and the interval of the difference', () => {
    expect(compared({})).toMatchObject({
      title: 'IT',
      verdict: 'ahead',
      sentence:
        'IT: Die Mitte Ihrer Mitglieder liegt bei 60 Punkten, die des ganzen Feldes bei 45. Ihre Mitglieder sind in der Mitte weiter als das Feld. Der Unterschied liegt zwischen +4 und +26 Punkten.',
    });
  });

  test('beside "no difference" stands which one would have been seen', () => {
    expect(compared({ difference: NONE }).sentence).toContain(
      'Ein Unterschied zum Feld ist nicht zu erkennen. Der Unterschied liegt zwischen −4 und +12 Punkten; erkennbar wäre er ab etwa 9.',
    );
    const withMix = { mix: { median: 52, quartiles: null }, mixDifference: NONE };
    expect(compared(withMix, 'en').sentence).toContain(
      'To the field with the same composition it lies between −4 and +12 points; it would have been seen from about 9 on.',
    );
  });

  test('what is not there is a state of its own', () => {
    const nothing = { members: null, field: null, difference: null };
    expect(compared(nothing)).toMatchObject({ verdict: 'suppressed' });
    expect(compared(nothing).sentence).toBe('IT: Die Werte Ihrer Mitglieder sind zum Schutz nicht veröffentlicht.');
    expect(compared({ field: null, difference: null }).verdict).toBe('no-reference');
    expect(compared({ difference: null })).toMatchObject({ verdict: 'not-determinable' });
  });

  test('the notes say how far moved, and of the overlap and the mix only where there is one', () => {
    const given: MembersCompared = {
      members: spreadCell(60),
      field: spreadCell(250),
      dimensions: [IT],
      mix: [],
      mixCovers: null,
      isLargePart: false,
    };
    const notes = (more: Partial<MembersCompared>) => membersNotes(CHECK, { ...given, ...more }, 'de').join(' ');
    expect(notes({})).toContain('die Mitte bei rund 60 Einrichtungen meist um höchstens 5 Punkte');
    expect(notes({})).not.toMatch(/Fünftel|Näherung|eigener Wert/);
    expect(notes({ isLargePart: true })).toContain('mehr als ein Fünftel des Feldes');
    expect(notes({ mixCovers: 87 })).toContain('für rund 87\u00a0% Ihrer Mitglieder');
  });
});

describe('progress of members beside the field', () => {
  const side = (median: number, rose: number | null): GroupChange => ({
    participations: 40,
    median,
    interval: { lower: median - 4, upper: median + 4 },
    quartiles: null,
    verdict: 'rose',
    smallestSeen: 4,
    moved: 5,
    shares: rose === null ? null : { rose, same: 10, fell: 20 },
  });
  const progress = (more: Partial<MembersChange>) =>
    progressDimensionLines(
      CHECK,
      [{ dimension: 'it', members: side(10, 63), field: side(5, 50), difference: NONE, ...more }],
      'de',
    )[0]!;

  test('is told with shares in steps of five and the interval of the difference', () => {
    expect(progress({}).sentence).toBe(
      'IT: Die mittlere Veränderung Ihrer Mitglieder beträgt +10 Punkte (bei rund 65\u00a0% ist der Wert gestiegen), die des Feldes +5. Ein Unterschied zum Feld ist nicht zu erkennen. Der Unterschied liegt zwischen −4 und +12 Punkten; erkennbar wäre er ab etwa 9.',
    );
    expect(progress({ members: side(10, null) }).sentence).not.toContain('%');
  });

  test('what is not published is said, and regression to the mean with every progress', () => {
    expect(progress({ members: null, difference: null }).verdict).toBe('suppressed');
    expect(progress({ field: null, difference: null }).sentence).toContain(
      'Für das Feld ist keine Veränderung veröffentlicht.',
    );
    expect(PROGRESS_CAVEATS.de).toContain('Rückkehr zur Mitte');
    expect(PROGRESS_CAVEATS.en).toContain('regression to the mean');
  });
});
