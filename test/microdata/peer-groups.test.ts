import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupOfProfile, liesWithin, memberGroups, publicGroups } from '#contracts/group';
import type { Instrument } from '#contracts/instrument';
import type { StoredSubmission } from '#contracts/submission';
import { loadInstruments } from '#instruments/load-instruments';
import { createFold } from '#microdata/fold';
import { catalogueOf } from '#microdata/peer-groups';
import { scoresInstrument, submissionOf } from './probe.ts';

const check = (await loadInstruments([])).get('digitalcheck.1')!;

function participationsOf(instrument: Instrument, submissions: StoredSubmission[]) {
  const fold = createFold({
    instruments: new Map([[instrument.id, instrument]]),
    cutoffOn: '2026-03-31',
    after: '2024-03-31',
    acceptedUntil: '2026-04-02T00:00:00.000Z',
    acceptedAfter: null,
  });
  for (const submission of submissions) fold.add(submission);
  return fold.participations();
}

/** Profiles in which any attribute may be missing. */
const profileOf = (instrument: Instrument) =>
  fc.record(
    Object.fromEntries(
      instrument.profile.map(({ id, codes }) => [id, fc.option(fc.constantFrom(...codes.map((code) => code.id)))]),
    ),
  );
const members = fc.subarray(['c-1', 'c-2', 'c-3']);

describe('catalogueOf', () => {
  it.each([
    ['digitalcheck.1', check],
    ['an instrument without unit types', scoresInstrument],
  ])('puts every participation of %s into the groups that its profile belongs to, of any level', (_, instrument) => {
    fc.assert(
      fc.property(fc.array(fc.tuple(profileOf(instrument), members), { minLength: 1, maxLength: 12 }), (houses) => {
        const submissions = houses.map(([codes, associations], place) => {
          const profile = Object.fromEntries(Object.entries(codes).filter(([, code]) => code !== null));
          const answers = Object.fromEntries(instrument.items.map(({ id }) => [id, 2 as const]));
          const { scores, ...rest } = submissionOf(`h${place}`, { instrument: instrument.id, associations });
          return {
            ...rest,
            ...(instrument.kind === 'scores' ? { scores: scores! } : { answers }),
            profile: profile as Record<string, string>,
          };
        });
        const participations = participationsOf(instrument, submissions);
        const catalogue = catalogueOf(instrument, participations);
        const ids = [...new Set(houses.flatMap(([, associations]) => associations))].sort();
        expect(catalogue.groups).toEqual([
          ...publicGroups(instrument),
          ...ids.flatMap((id) => memberGroups(instrument, id)),
        ]);
        submissions.forEach(({ organisation, profile, associations }) => {
          const row = participations.organisations.indexOf(organisation);
          const groupsIn = (sets: Instrument['catalogue']) =>
            sets.flatMap((set) => groupOfProfile(instrument, profile, set) ?? []);
          const expected = [
            ...groupsIn(instrument.catalogue),
            ...associations!.flatMap((association) =>
              groupsIn(instrument.memberSets).map((group) => ({ ...group, association })),
            ),
          ];
          const found = catalogue.groupsOf(row).map((place) => {
            const { key, ...group } = catalogue.groups[place]!;
            return group;
          });
          expect(found).toEqual(expected);
        });
      }),
      { numRuns: 50 },
    );
  });

  it('knows of every group which others it lies within', () => {
    const submissions = ['c-1', 'c-2'].map((association) => submissionOf(association, { associations: [association] }));
    const { groups, containing } = catalogueOf(scoresInstrument, participationsOf(scoresInstrument, submissions));
    groups.forEach((inner, place) => {
      const expected = groups.flatMap((outer, at) =>
        at !== place && liesWithin(scoresInstrument, inner, outer) ? [at] : [],
      );
      expect([inner.key, containing(place).toSorted((a, b) => a - b)]).toEqual([inner.key, expected]);
    });
  });
});
