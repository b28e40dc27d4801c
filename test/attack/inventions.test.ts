import { describe, expect, it } from 'vitest';
import { loadInstruments } from '#functions/instruments';
import { gainIn, WORLDS, type World } from './inventions.ts';

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
