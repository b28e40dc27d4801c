import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AdmissionRequest, admit, type Isolation, inRowSpan, isolates } from '#benchmark/isolation';

type Rows = number[][];
type Atoms = number[][];

const people = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);

/** Rows by name from contributions `organisation/submission`; columns of equal membership are merged. */
function membershipOf(cells: Record<string, string[]>): { rows: Rows; atoms: Atoms; names: string[] } {
  const names = Object.keys(cells);
  const signatures = new Map<string, number[]>();
  names.forEach((name, row) => {
    for (const contribution of cells[name]!) {
      signatures.set(contribution, [...(signatures.get(contribution) ?? []), row]);
    }
  });
  const merged = new Map<string, { rows: number[]; organisations: number[] }>();
  for (const [contribution, rows] of signatures) {
    const atom = merged.get(rows.join()) ?? { rows, organisations: [] };
    atom.organisations.push(Number(contribution.split('/')[0]));
    merged.set(rows.join(), atom);
  }
  const rows: Rows = names.map(() => []);
  const atoms = [...merged.values()].map(({ organisations, rows: containing }, atom) => {
    for (const row of containing) rows[row]!.push(atom);
    return organisations;
  });
  return { rows, atoms, names };
}

/** What a combination of rows touches, added up in whole numbers. */
function touched(rows: Rows, atoms: Atoms, terms: { row: number; coefficient: number }[]) {
  const sums = new Map<number, number>();
  for (const { row, coefficient } of terms) {
    for (const atom of rows[row]!) sums.set(atom, (sums.get(atom) ?? 0) + coefficient);
  }
  const left = [...sums].filter(([, sum]) => sum !== 0).map(([atom]) => atom);
  return {
    atoms: left.sort((a, b) => a - b),
    organisations: [...new Set(left.flatMap((atom) => atoms[atom]!))].sort((a, b) => a - b),
  };
}

function expectTrue(isolation: Isolation, rows: Rows, atoms: Atoms, k: number): void {
  expect(isolation.weight).toBeGreaterThan(0);
  expect(isolation.weight).toBeLessThan(k);
  expect(isolation.organisations).toHaveLength(isolation.weight);
  expect(isolation.isExact).toBe(true);
  expect(touched(rows, atoms, isolation.certificate)).toEqual({
    atoms: isolation.atoms,
    organisations: isolation.organisations,
  });
}

/** Fewest organisations touched by any combination with coefficients from -2 to 2; Infinity if all cancel. */
function fewestByBruteForce(rows: Rows, atoms: Atoms): number {
  let fewest = Number.POSITIVE_INFINITY;
  for (let code = 0; code < 5 ** rows.length; code++) {
    const terms = rows.map((_, row) => ({ row, coefficient: (Math.floor(code / 5 ** row) % 5) - 2 }));
    const { length } = touched(rows, atoms, terms).organisations;
    if (length > 0) fewest = Math.min(fewest, length);
  }
  return fewest;
}

/** A small world: some organisations in several atoms (they submitted again), some atoms of many organisations. */
const worlds = fc
  .record({
    rowCount: fc.integer({ min: 1, max: 5 }),
    atoms: fc.array(
      fc.oneof(
        { weight: 5, arbitrary: fc.uniqueArray(fc.nat(7), { minLength: 1, maxLength: 3 }) },
        { weight: 2, arbitrary: fc.uniqueArray(fc.integer({ min: 8, max: 40 }), { minLength: 4, maxLength: 12 }) },
      ),
      { minLength: 1, maxLength: 10 },
    ),
    bits: fc.infiniteStream(fc.boolean()),
  })
  .map(({ rowCount, atoms, bits }) => ({
    atoms,
    rows: Array.from({ length: rowCount }, () => [...atoms.keys()].filter(() => bits.next().value)),
  }));

describe('isolates', () => {
  it('sees three houses between a sector and an association that nearly fills it', () => {
    const isolation = isolates([[0, 1], [0]], [people(0, 45), people(45, 48)], { k: 10 })!;
    expect(isolation).toEqual({
      weight: 3,
      organisations: [45, 46, 47],
      atoms: [1],
      certificate: [
        { row: 0, coefficient: 1 },
        { row: 1, coefficient: -1 },
      ],
      isExact: true,
      foundBy: 'search',
    });
    expect(isolates([[0, 1], [0]], [people(0, 45), people(45, 55)], { k: 10 })).toBeNull();
    expect(isolates([[0, 1], [0]], [people(0, 45), people(45, 48)], { k: 3 })).toBeNull();
  });

  it('sees the one who resubmitted outside a group of which ten did: Y2 - X2 - Y1 + X1', () => {
    // X: 0..19 within Y: 0..59. Then 0..9 of X and 30 of Y - X submit again. No two cells differ by 1 to 9.
    const first = (organisation: number) => `${organisation}/1`;
    const second = (organisation: number) => `${organisation}/${organisation < 10 || organisation === 30 ? 2 : 1}`;
    const { rows, atoms } = membershipOf({
      Y1: people(0, 60).map(first),
      X1: people(0, 20).map(first),
      Y2: people(0, 60).map(second),
      X2: people(0, 20).map(second),
    });
    const isolation = isolates(rows, atoms, { k: 10 })!;
    expect(isolation).toMatchObject({ weight: 1, organisations: [30], foundBy: 'proof', isExact: true });
    expectTrue(isolation, rows, atoms, 10);
    // Both submissions of the one house remain, with opposite signs: two columns, one organisation.
    expect(isolation.atoms).toHaveLength(2);
    for (let left = 0; left < rows.length; left++) {
      expect(
        isolates(
          rows.filter((_, row) => row !== left),
          atoms,
          { k: 10 },
        ),
      ).toBeNull();
    }
  });

  it('sees what parents leave beside their children, two by two', () => {
    // Two sectors by two sizes; three inner cells are shown, the fourth holds 4.
    const { rows, atoms } = membershipOf({
      all: people(0, 74).map(String),
      sectorA: people(0, 40).map(String),
      sectorB: people(40, 74).map(String),
      smallA: people(0, 20).map(String),
      bigA: people(20, 40).map(String),
      smallB: people(40, 70).map(String),
    });
    const isolation = isolates(rows, atoms, { k: 10 })!;
    expect(isolation.organisations).toEqual(people(70, 74));
    expectTrue(isolation, rows, atoms, 10);
    expect(isolates(rows.slice(0, 5), atoms, { k: 10 })).toBeNull();
  });

  it('needs coefficients beyond one where nothing less isolates', () => {
    // 2 * (a + b + c) - (a + b) - (b + c) - (a + c) is 0; with one more in the first row it is twice that one.
    const cells = { a: people(0, 20), b: people(20, 40), c: people(40, 60) };
    const { rows, atoms } = membershipOf({
      abcAndOne: [...cells.a, ...cells.b, ...cells.c, 99].map(String),
      ab: [...cells.a, ...cells.b].map(String),
      bc: [...cells.b, ...cells.c].map(String),
      ac: [...cells.a, ...cells.c].map(String),
    });
    const isolation = isolates(rows, atoms, { k: 10 })!;
    expect(isolation.organisations).toEqual([99]);
    expect(isolation.certificate.map(({ coefficient }) => Math.abs(coefficient))).toEqual([2, 1, 1, 1]);
  });

  it('counts organisations, not columns', () => {
    // Ten columns of two organisations; and ten columns that ten share in pairs.
    expect(
      isolates(
        [people(0, 10)],
        people(0, 10).map((column) => [column % 2]),
        { k: 10 },
      )?.weight,
    ).toBe(2);
    const pairs = people(0, 10).map((column) => [column, (column + 1) % 10]);
    expect(isolates([people(0, 10)], pairs, { k: 10 })).toBeNull();
    expect(isolates([people(0, 9)], pairs.slice(0, 8).concat([[8, 0]]), { k: 10 })?.weight).toBe(9);
  });

  it('finds nothing in nothing', () => {
    expect(isolates([], [], { k: 10 })).toBeNull();
    expect(isolates([[]], [[1]], { k: 10 })).toBeNull();
    expect(isolates([[0]], [[1]], { k: 1 })).toBeNull();
    expect(isolates([[0], [0]], [people(0, 10)], { k: 10 })).toBeNull();
  });

  it('refuses rows and atoms that make no sense', () => {
    expect(() => isolates([[1]], [[1]], { k: 10 })).toThrow(RangeError);
    expect(() => isolates([[0, 0]], [[1]], { k: 10 })).toThrow(RangeError);
    expect(() => isolates([[0]], [[]], { k: 10 })).toThrow(RangeError);
  });

  it('misses no one or two organisations that trying out finds, and tells nothing untrue', () => {
    const found: Record<number, [number, number]> = {};
    fc.assert(
      fc.property(worlds, fc.constantFrom(3, 5, 10), ({ rows, atoms }, k) => {
        const fewest = fewestByBruteForce(rows, atoms);
        const isolation = isolates(rows, atoms, { k });
        if (isolation) expectTrue(isolation, rows, atoms, k);
        if (fewest <= 2) expect(isolation).toMatchObject({ foundBy: 'proof' });
        if (fewest >= 3 && fewest < k) {
          const [hits, all] = found[fewest] ?? [0, 0];
          found[fewest] = [hits + (isolation ? 1 : 0), all + 1];
        }
      }),
      { numRuns: 1500 },
    );
    console.log(
      'isolated sets of 3 to k-1 found by the search:',
      Object.entries(found)
        .map(([weight, [hits, all]]) => `${weight}: ${hits}/${all}`)
        .join(', '),
    );
    for (const [hits, all] of Object.values(found)) expect(hits / all).toBeGreaterThanOrEqual(0.99);
  });

  it('finds planted sets in worlds too large to try out', () => {
    let [hits, all] = [0, 0];
    for (let seed = 1; seed <= 30; seed++) {
      const { rows, atoms, planted } = plantedWorld(seed);
      const isolation = isolates(rows, atoms, { k: 10, bases: 200, seed });
      all += 1;
      if (!isolation) continue;
      hits += 1;
      expectTrue(isolation, rows, atoms, 10);
      expect(isolation.weight).toBeLessThanOrEqual(Math.max(planted, 9));
    }
    console.log(`planted sets of 3 to 9 found: ${hits}/${all}`);
    expect(hits).toBe(all);
  });

  it('gives the same answer to the same seed', () => {
    const { rows, atoms } = plantedWorld(7);
    expect(isolates(rows, atoms, { k: 10, seed: 5 })).toEqual(isolates(rows, atoms, { k: 10, seed: 5 }));
  });
});

/** A fixed stream of whole numbers. */
function drawing(seed: number): (below: number) => number {
  let state = BigInt(seed) * 0x9e3779b97f4a7c15n + 1n;
  return (below) => {
    state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn;
    return Number((state >> 33n) % BigInt(below));
  };
}

/**
 * 40 random rows over 200 atoms of one or two organisations, and one more row that is a signed sum of four of them but for
 * 3 to 9 organisations.
 */
function plantedWorld(seed: number): { rows: Rows; atoms: Atoms; planted: number } {
  const draw = drawing(seed);
  const atoms: Atoms = Array.from({ length: 200 }, (_, atom) => (draw(4) === 0 ? [atom, 1000 + draw(50)] : [atom]));
  const planted = 3 + draw(7);
  // Two disjoint rows, and their union but for some single organisations: a cell less its siblings.
  const half = (from: number, to: number) => people(from, to).filter(() => draw(3) > 0);
  const [left, right] = [half(0, 90), half(90, 170)];
  const rest = people(170, 200)
    .filter((atom) => atoms[atom]!.length === 1)
    .slice(0, planted);
  const rows: Rows = Array.from({ length: 40 }, () => people(0, 200).filter(() => draw(2) === 0));
  rows.push(
    left,
    right,
    [...left, ...right, ...rest].sort((a, b) => a - b),
  );
  return { rows, atoms, planted };
}

describe('inRowSpan', () => {
  it('knows sums and differences of rows from others', () => {
    const rows = [
      [0, 1, 2, 3],
      [0, 1],
      [1, 2],
    ];
    expect(inRowSpan(rows, 4, [2, 3])).toBe(true);
    expect(inRowSpan(rows, 4, [0, 1])).toBe(true);
    expect(inRowSpan(rows, 4, [])).toBe(true);
    expect(inRowSpan(rows, 4, [0])).toBe(false);
    expect(inRowSpan(rows, 4, [0, 3])).toBe(true);
    expect(inRowSpan([], 4, [0])).toBe(false);
  });

  it('agrees with trying out where trying out finds something', () => {
    fc.assert(
      fc.property(worlds, ({ rows, atoms }) => {
        const candidate = rows[0]!;
        const others = rows.slice(1);
        let isMade = false;
        for (let code = 0; code < 5 ** others.length && !isMade; code++) {
          const terms = [
            { row: 0, coefficient: 1 },
            ...others.map((_, row) => ({ row: row + 1, coefficient: (Math.floor(code / 5 ** row) % 5) - 2 })),
          ];
          isMade = touched(rows, atoms, terms).atoms.length === 0;
        }
        if (isMade) expect(inRowSpan(others, atoms.length, candidate)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('says no to rows that reach outside', () => {
    fc.assert(
      fc.property(worlds, ({ rows, atoms }) => {
        expect(inRowSpan(rows, atoms.length + 1, [...rows[0]!, atoms.length])).toBe(false);
      }),
    );
  });
});

describe('admit', () => {
  const { rows, atoms, names } = membershipOf({
    sector: people(0, 48).map(String),
    cohort: people(0, 45).map(String),
    other: people(60, 90).map(String),
    all: people(0, 90).map(String),
  });
  const request = (change: Partial<AdmissionRequest>): AdmissionRequest => ({
    rows,
    atoms,
    fixed: [],
    candidates: [],
    hidden: [],
    ...change,
  });
  const at = (name: string) => names.indexOf(name);

  it('keeps what comes first', () => {
    const { admitted, refused } = admit(request({ candidates: [at('sector'), at('cohort')] }), { k: 10 });
    expect(admitted).toEqual([at('sector')]);
    expect(refused).toMatchObject([
      { row: at('cohort'), because: { isolation: { organisations: [45, 46, 47], isExact: true } } },
    ]);
    expect(admit(request({ candidates: [at('cohort'), at('sector')] }), { k: 10 }).admitted).toEqual([at('cohort')]);
  });

  it('never refuses what is published, and says when it isolates', () => {
    const decision = admit(request({ fixed: [at('sector'), at('cohort')], candidates: [at('other')] }), { k: 10 });
    expect(decision).toMatchObject({ admitted: [at('other')], refused: [] });
    expect(decision.beyondCure.map(({ organisations }) => organisations)).toEqual([[45, 46, 47]]);
  });

  it('lets no hidden row be computed', () => {
    const cells = membershipOf({
      all: people(0, 60).map(String),
      a: people(0, 20).map(String),
      b: people(20, 40).map(String),
      c: people(40, 60).map(String),
    });
    const decision = admit({ ...cells, fixed: [], candidates: [0, 1, 2], hidden: [3] }, { k: 10 });
    expect(decision.admitted).toEqual([0, 1]);
    expect(decision.refused).toEqual([{ row: 2, because: { hidden: 3 } }]);
  });

  it('lets no hidden difference be computed: a change that is too small, from the figures of two dates', () => {
    // Two sectors, of which only their sum is published at both dates; ten of the one and seven of the other answer anew.
    const twice = (from: number, to: number) => people(from, to).map((house) => `${house}/new`);
    const changed = [...people(0, 10), ...people(30, 37)];
    const now = (from: number, to: number) =>
      people(from, to).map((house) => (changed.includes(house) ? `${house}/new` : String(house)));
    const cells = membershipOf({
      both1: people(0, 60).map(String),
      one1: people(0, 30).map(String),
      both2: now(0, 60),
      one2: now(0, 30),
      last: twice(30, 37),
      first: people(30, 37).map(String),
    });
    const given = { ...cells, fixed: [0, 1], candidates: [2, 3], hidden: [] };
    // The search is off: nothing but the difference itself stands in the way.
    const settings = { k: 10, bases: 0 };
    expect(admit(given, settings).refused).toEqual([]);
    expect(admit({ ...given, hiddenDifferences: [[4, 5]] }, settings)).toMatchObject({
      admitted: [2],
      refused: [{ row: 3, because: { hidden: 4 } }],
    });
    // The search finds the same seven houses, as one of many sets it looks for.
    expect(admit(given, { k: 10 }).refused).toMatchObject([
      { row: 3, because: { isolation: { organisations: people(30, 37) } } },
    ]);
  });

  it('hides what it refuses, unless an older version is shown', () => {
    // x and y differ by three. y is all - rest: once y is refused, rest would give it away.
    const cells = membershipOf({
      all: people(0, 90).map(String),
      x: people(0, 43).map(String),
      y: people(0, 40).map(String),
      rest: people(40, 90).map(String),
    });
    const decision = admit({ ...cells, fixed: [], candidates: [0, 1, 2, 3], hidden: [] }, { k: 10 });
    expect(decision.admitted).toEqual([0, 1]);
    expect(decision.refused.map(({ row }) => row)).toEqual([2, 3]);
  });

  it('leaves nothing isolated and nothing hidden in reach; every reason given is true', () => {
    let [kept, keptOneByOne] = [0, 0];
    fc.assert(
      fc.property(worlds, fc.constantFrom(3, 10), fc.nat(2), (world, k, hiddenCount) => {
        const hidden = people(0, Math.min(hiddenCount, world.rows.length - 1));
        const candidates = people(hidden.length, world.rows.length);
        const { admitted, refused, beyondCure } = admit({ ...world, fixed: [], candidates, hidden }, { k, bases: 20 });
        expect([...admitted, ...refused.map(({ row }) => row)].sort((a, b) => a - b)).toEqual(candidates);
        expect(beyondCure).toEqual([]);
        const shown = admitted.map((row) => world.rows[row]!);
        expect(isolates(shown, world.atoms, { k })).toBeNull();
        const isSafe = (row: number, others: Rows) =>
          world.rows[row]!.length === 0 || !inRowSpan(others, world.atoms.length, world.rows[row]!);
        for (const row of [...hidden, ...refused.map((refusal) => refusal.row)]) expect(isSafe(row, shown)).toBe(true);
        for (const { row, because } of refused) {
          if (!('isolation' in because)) continue;
          expectTrue(because.isolation, world.rows, world.atoms, k);
          expect(because.isolation.certificate.at(-1)!.row).toBe(row);
        }
        // The same asked one candidate after the other.
        const accepted: number[] = [];
        const secret = [...hidden];
        for (const row of candidates) {
          const trial = [...accepted, row].map((one) => world.rows[one]!);
          if (!isolates(trial, world.atoms, { k, bases: 20 }) && secret.every((one) => isSafe(one, trial)))
            accepted.push(row);
          else secret.push(row);
        }
        kept += admitted.length;
        keptOneByOne += accepted.length;
      }),
      { numRuns: 400 },
    );
    console.log(`rows admitted: ${kept} together, ${keptOneByOne} one by one`);
    expect(kept).toBeGreaterThanOrEqual(0.98 * keptOneByOne);
  });

  it('decides the same for the same seed', () => {
    const world = plantedWorld(3);
    const decide = () => admit({ ...world, fixed: [], candidates: people(0, 43), hidden: [] }, { k: 10, seed: 9 });
    expect(decide()).toEqual(decide());
  });
});

/** The last rows of fourteen releases of a field in which a third submits again each time. */
function releasedWorld(houseCount: number, rowCount: number, atomCount: number): { rows: Rows; atoms: Atoms } {
  const draw = drawing(11);
  const houses = Array.from({ length: houseCount }, () => ({
    sector: draw(3) * draw(4),
    size: draw(6),
    region: Math.min(draw(17), draw(17)),
    cohorts: draw(2) === 0 ? [Math.min(draw(25), draw(25))] : [],
    from: draw(14) - 4,
    submission: 0,
  }));
  const cells: Record<string, string[]> = {};
  for (let release = 0; release < 14; release++) {
    const groups = new Map<string, string[]>();
    houses.forEach((house, organisation) => {
      if (release < house.from || release > house.from + 9) return;
      if (draw(3) === 0) house.submission += 1;
      if (draw(60) === 0) house.size = draw(6);
      const names = [
        'all',
        `sector=${house.sector}`,
        `size=${house.size}`,
        `region=${house.region}`,
        `sector=${house.sector},size=${house.size}`,
        ...house.cohorts.flatMap((cohort) => [`cohort=${cohort}`, `cohort=${cohort},sector=${house.sector}`]),
      ];
      for (const name of names) {
        const group = groups.get(name) ?? [];
        group.push(`${organisation}/${house.submission}`);
        groups.set(name, group);
      }
    });
    for (const [name, members] of groups) {
      if (members.length >= (name.startsWith('cohort') ? 10 : 30)) cells[`${release} ${name}`] = members;
    }
  }
  const { rows, atoms } = membershipOf(cells);
  return {
    rows: rows.slice(-rowCount).map((row) => row.filter((atom) => atom < atomCount)),
    atoms: atoms.slice(0, atomCount),
  };
}

describe('over many releases', () => {
  // The limit itself takes a minute of one core: ISOLATION_LIMIT=1 npx vitest run test/benchmark/isolation.test.ts
  const isFull = process.env.ISOLATION_LIMIT === '1';
  const [houses, rowCount, atomCount] = isFull ? [7500, 2000, 20_000] : [1900, 500, 5000];

  it(`decides over ${rowCount} rows and ${atomCount} atoms; time and memory are printed`, { timeout: 600_000 }, () => {
    const world = releasedWorld(houses, rowCount, atomCount);
    expect([world.rows.length, world.atoms.length]).toEqual([rowCount, atomCount]);
    const started = process.cpuUsage();
    const decision = admit({ ...world, fixed: [], candidates: people(0, rowCount), hidden: [] }, { k: 10 });
    const { user, system } = process.cpuUsage(started);
    console.log(
      `${rowCount} rows x ${atomCount} atoms, 200 bases: ${((user + system) / 1e6).toFixed(1)} s of processor time, ` +
        `${Math.round(process.memoryUsage().rss / 2 ** 20)} MB; ` +
        `${decision.admitted.length} rows admitted, ${decision.refused.length} refused`,
    );
    expect(decision.beyondCure).toEqual([]);
    expect(decision.admitted.length + decision.refused.length).toBe(rowCount);
    // Another search, from another beginning, finds nothing more.
    const shown = decision.admitted.map((row) => world.rows[row]!);
    if (!isFull) expect(isolates(shown, world.atoms, { k: 10, bases: 50, seed: 2 })).toBeNull();
  });
});
