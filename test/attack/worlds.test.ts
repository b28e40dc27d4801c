import { describe, expect, it } from 'vitest';
import { checkWorlds, firstBreak, type World } from './worlds.ts';

describe('random worlds', () => {
  it('hold the invariant in every release', async () => {
    await checkWorlds(25, 20260630);
  });

  it('would not hold it without rule 6c', async () => {
    // Ten of sector a correct what they sent, and one house outside it leaves, which cannot wait.
    const join = (count: number, sector: number, by: 'trusted' | 'open') =>
      ({ kind: 'join', count, sector, size: 0, by, cohorts: 0, isAlike: false }) as const;
    const world: World = [
      [join(45, 0, 'trusted'), join(24, 1, 'open'), join(24, 2, 'open')],
      [
        { kind: 'correct', count: 10, from: 0 },
        { kind: 'withdraw', count: 1, from: 50 },
      ],
    ];
    expect(await firstBreak(world)).toBeNull();
    const admitAll = ({ candidates }: { candidates: readonly number[] }) => ({
      admitted: [...candidates],
      refused: [],
      beyondCure: [],
    });
    const report = await firstBreak(world, admitAll);
    expect(report?.breaks.map(({ rule }) => rule)).toContain(6);
  });
});
