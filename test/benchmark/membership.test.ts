import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { membershipOf, touchedBy } from '#benchmark/membership';

const contribution = fc.record({
  organisation: fc.constantFrom('o1', 'o2', 'o3', 'o4', 'o5', 'o6'),
  submission: fc.constantFrom('s1', 's2'),
});
const row = fc
  .uniqueArray(contribution, { selector: ({ organisation }) => organisation, maxLength: 6 })
  .map((members) => ({
    organisations: members.map(({ organisation }) => organisation),
    submissions: members.map(({ submission }) => submission),
  }));
const rows = fc.array(row, { minLength: 1, maxLength: 5 });

describe('membershipOf', () => {
  it('puts contributions into one atom exactly when they are in the same rows', () => {
    fc.assert(
      fc.property(rows, (given) => {
        const membership = membershipOf(given);
        const signatures = new Map<string, Set<string>>();
        for (const { organisations, submissions } of given)
          organisations.forEach((name, place) => {
            const key = `${name}/${submissions[place]}`;
            const containing = given.flatMap((other, at) =>
              other.organisations.some((o, p) => `${o}/${other.submissions[p]}` === key) ? [at] : [],
            );
            const signature = containing.join();
            signatures.set(signature, (signatures.get(signature) ?? new Set()).add(key));
          });
        expect(membership.atoms).toHaveLength(signatures.size);
        expect(membership.atoms.map((atom) => atom.length).sort()).toEqual(
          [...signatures.values()].map((keys) => keys.size).sort(),
        );
        given.forEach(({ organisations }, at) => {
          const members = membership.rows[at]!.flatMap((atom) => [...membership.atoms[atom]!]);
          expect(members.map((id) => membership.organisations[id]).sort()).toEqual([...organisations].sort());
          expect(membership.rows[at]).toEqual([...membership.rows[at]!].sort((a, b) => a - b));
        });
      }),
    );
  });
});

describe('touchedBy', () => {
  it('counts distinct organisations, a resubmission as no other member', () => {
    fc.assert(
      fc.property(
        rows,
        fc.array(fc.integer({ min: -2, max: 2 }), { minLength: 5, maxLength: 5 }),
        (given, coefficients) => {
          const columns = new Map<string, number>();
          given.forEach(({ organisations, submissions }, at) => {
            organisations.forEach((name, place) => {
              const key = `${name}/${submissions[place]}`;
              columns.set(key, (columns.get(key) ?? 0) + coefficients[at]!);
            });
          });
          const expected = new Set([...columns].filter(([, sum]) => sum !== 0).map(([key]) => key.split('/')[0]));
          const terms = given.map((_, at) => [at, coefficients[at]!] as const);
          expect(touchedBy(membershipOf(given), terms, 100)).toBe(expected.size);
          expect(touchedBy(membershipOf(given), terms, 3)).toBe(Math.min(3, expected.size));
        },
      ),
    );
  });
});
