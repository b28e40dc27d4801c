import { describe, expect, it } from 'vitest';
import { POLICY } from '#disclosure/policy';
import { loadInstruments } from '#instruments/load-instruments';
import { differenceRead, gainIn, UNPROTECTED, WORLDS, type World } from './inventions.ts';

/** A few trials of what `npm run attacks` does a hundred times; its table stands in docs/method.md. */
const instrument = (await loadInstruments([])).get('digitalcheck.1')!;
const world = (name: string): World => WORLDS.find((one) => one.name === name)!;

describe('attack 3: all others invented', () => {
  it('breaks an unprotected release, or it would prove nothing', () => {
    const gain = gainIn(instrument, WORLDS.at(-1)!, 3, 'test');
    expect(gain.items).toBeGreaterThanOrEqual(0.95);
    expect(gain.scores).toBeGreaterThanOrEqual(0.95);
    expect(gain.sure).toBeGreaterThanOrEqual(0.95);
  });
  it.each([
    '20 invented to read answers',
    '120 invented to read answers',
    '120 invented to read scores',
    'an association that knows its 19 other members',
  ])('gains little: %s', (name) => {
    const gain = gainIn(instrument, world(name), 8, 'test');
    expect(gain.items).toBeLessThanOrEqual(0.6);
    expect(gain.scores).toBeLessThanOrEqual(0.33);
    expect(gain.sure).toBeLessThanOrEqual(0.01);
  });
});

describe('attack 4: a sector of 48 less an association of 45 in it', () => {
  it('reads the three out of an unprotected release', () => {
    expect(differenceRead(instrument, UNPROTECTED, 2, 'difference')).toBeGreaterThanOrEqual(0.95);
  });
  it('reads little more than a guess out of a release', () => {
    expect(differenceRead(instrument, POLICY, 10, 'difference')).toBeLessThanOrEqual(0.45);
  });
});
