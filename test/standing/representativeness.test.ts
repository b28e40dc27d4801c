import { describe, expect, it } from 'vitest';
import type { Cell } from '#contracts/release';
import { SUPPRESSED } from '#contracts/suppressed';
import { frameCellsNeeded, representativeness } from '#standing/representativeness';
import { CHECK } from '../datasets/a-release.ts';

const frame = CHECK.frame!;
const cuts = (at: number) =>
  [100, 250, 500, 750, 900].map((permille) => ({ permille, value: at + permille / 20 - 25 }));
const IDS = [...CHECK.dimensions.map(({ id }) => id), 'overall'];
function cell(code: string | undefined, participations: number, at = 50): [string, Cell] {
  const key = code === undefined ? 'level=facility' : `level=facility,sector=${code}`;
  const group = { key, unitType: 'facility', where: code === undefined ? {} : { sector: code } };
  return [
    key,
    { group, state: 'published', participations, dimensions: Object.fromEntries(IDS.map((id) => [id, cuts(at)])) },
  ];
}
const hidden = (code: string): [string, Cell] => {
  const key = `level=facility,sector=${code}`;
  return [key, { group: { key, unitType: 'facility', where: { sector: code } }, ...SUPPRESSED }];
};
const CODES = [
  'daycare',
  'youth-family',
  'elder-care',
  'disability',
  'health',
  'special-situations',
  'education',
  'several',
  'other',
];

describe('who took part beside the field', () => {
  it('carries the frame with its total, and reads its cells alone', () => {
    expect(frame.parts.reduce((sum, { count }) => sum + count, 0)).toBe(125_370);
    expect(frameCellsNeeded(CHECK, frame)).toContain('level=facility,sector=care-disability-health');
  });

  it('tells the share of the field, of participants, and what that means', () => {
    const cells = new Map([cell(undefined, 1000), ...CODES.map((code) => cell(code, code === 'daycare' ? 140 : 105))]);
    const { parts } = representativeness(CHECK, frame, cells)!;
    expect(parts[0]).toMatchObject({ fieldShare: 22, participantShare: 14, coverage: 5, reading: 'under' });
    expect(parts.at(-1)).toMatchObject({
      codes: ['health', 'education', 'several', 'other'],
      fieldShare: 19,
      reading: 'over',
    });
  });

  it('standardises over single codes where all are published, else over broader ones, else not', () => {
    // Daycare is 22 % of the field and far ahead; among participants it is a fifth of that.
    const apart = CODES.map((code) => cell(code, 100, code === 'daycare' ? 70 : 50));
    const all = new Map([cell(undefined, 900), ...apart]);
    const finest = representativeness(CHECK, frame, all)!.standardised!;
    expect(finest).toMatchObject({ level: 'finest', covers: 100 });
    expect(finest.medians[0]).toMatchObject({ dimension: 'it', released: 50 });
    expect(finest.medians[0]!.standardised).toBeGreaterThan(50);
    expect(finest.medians[0]!.standardised).toBeLessThan(60);

    const broader = [
      cell('children-youth-families', 200, 60),
      cell('care-disability-health', 300),
      cell('support-advice-education', 200),
    ];
    const some = new Map([...all, hidden('several'), ...broader]);
    expect(representativeness(CHECK, frame, some)!.standardised).toMatchObject({ level: 'broader', covers: 81 });
    expect(representativeness(CHECK, frame, some)!.parts.at(-1)).toMatchObject({
      participantShare: null,
      reading: 'unknown',
    });

    const none = new Map([...some, hidden('support-advice-education')]);
    expect(representativeness(CHECK, frame, none)!.standardised).toBeNull();
    expect(representativeness(CHECK, frame, new Map())).toBeNull();
  });
});
