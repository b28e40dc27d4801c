import { createHash } from 'node:crypto';
import { addDays } from '#contracts/calendar';
import type { Instrument } from '#contracts/instrument';
import { makeReceipt } from '#contracts/receipt';

/** One house of the field: what it does, and whose member it is. */
export interface House {
  name: string;
  sector: 'elder-care' | 'youth-family' | 'daycare' | 'health';
  isOfA: boolean;
  /** Place of its single-use code of B in the list; absent for who is no member. */
  codeOfB?: number;
}

const houses = (prefix: string, count: number, house: Omit<House, 'name'>): House[] =>
  Array.from({ length: count }, (_, place) => ({ name: `${prefix} ${place}`, ...house }));

/**
 * Two overlapping associations in a field of 167 houses. A has 60 members: 45 of the 48 houses in elder care, nine in youth
 * services and six in day care. B has 14: seven of A's in elder care and seven in day care.
 */
export const FIELD: House[] = [
  ...houses('a elder', 45, { sector: 'elder-care', isOfA: true }).map((house, place) =>
    place < 7 ? { ...house, codeOfB: place } : house,
  ),
  ...houses('a youth', 9, { sector: 'youth-family', isOfA: true }),
  ...houses('a daycare', 6, { sector: 'daycare', isOfA: true }),
  ...houses('b daycare', 7, { sector: 'daycare', isOfA: false }).map((house, place) => ({
    ...house,
    codeOfB: 7 + place,
  })),
  ...houses('other elder', 3, { sector: 'elder-care', isOfA: false }),
  ...houses('other youth', 30, { sector: 'youth-family', isOfA: false }),
  ...houses('other daycare', 32, { sector: 'daycare', isOfA: false }),
  ...houses('other health', 35, { sector: 'health', isOfA: false }),
];

const bytesOf = (text: string) => createHash('sha256').update(text).digest();

export function receiptOf(name: string): string {
  let attempt = 0;
  return makeReceipt((length) => bytesOf(`${name} ${attempt++}`).subarray(0, length));
}

/** Levels that follow from the name alone; in the second wave most answers are as before, and some a level up. */
export function answersOf(instrument: Instrument, { name }: House, wave: 1 | 2): Record<string, number> {
  const maturity = bytesOf(name)[0]! / 256;
  return Object.fromEntries(
    instrument.items.map(({ id }) => {
      const [chance = 0, rise = 0] = bytesOf(`${name} ${id}`);
      const level = Math.min(4, Math.floor(maturity * 3 + chance / 110));
      return [id, wave === 2 && rise < 60 ? Math.min(4, level + 1) : level];
    }),
  );
}

/**
 * Who takes part in a wave. A's members all do, both times. Of the others a few come first with the second wave, and every
 * eighth does not come back: among them one of B's own.
 */
export function takesPart(house: House, wave: 1 | 2): boolean {
  if (house.isOfA) return true;
  const place = FIELD.indexOf(house);
  return wave === 1 ? place % 24 !== 5 : place % 8 !== 4;
}

/** How many days ago the waves were. */
export const WAVE_DAYS = { 1: 400, 2: 40 } as const;

/** One check as it is sent. */
export function bodyOf(
  instrument: Instrument,
  house: House,
  { wave, today, associations }: { wave: 1 | 2; today: string; associations: string[] },
) {
  return {
    instrument: instrument.id,
    profile: { level: 'facility', sector: house.sector, size: '50-249', region: 'de-nw' },
    conductedOn: addDays(today, -WAVE_DAYS[wave]),
    answers: answersOf(instrument, house, wave),
    ...(associations.length > 0 ? { associations } : {}),
  };
}
