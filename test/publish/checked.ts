import type { Answer, StoredSubmission } from '#contracts/submission';
import { loadInstruments } from '#instruments/load-instruments';
import { house } from './publishing.ts';

const instrument = (await loadInstruments([])).get('digitalcheck.1')!;

/** A house of the Digitalisierungscheck; all of one level where one is named. */
export function checked(place: number, level?: Answer): StoredSubmission {
  const answers = instrument.items.map(({ id }, item) => [id, level ?? ((place * 7 + item * 3) % 11) % 5] as const);
  const { scores: _, ...rest } = house('h', place, {
    instrument: instrument.id,
    profile: { level: 'facility', sector: 'elder-care', size: '50-249', region: 'de-nw' },
    answers: Object.fromEntries(answers) as Record<string, Answer>,
  });
  // Region by region, so that no five are near-duplicates.
  const regions = instrument.profile.find(({ id }) => id === 'region')!.codes;
  return { ...rest, profile: { ...rest.profile, region: regions[place % regions.length]!.id } };
}
