import type { Instrument } from '#contracts/instrument';
import type { StoredSubmission } from '#contracts/submission';

const text = (word: string) => ({ de: word, en: word });
const codes = (...ids: string[]) => ids.map((id) => ({ id, label: text(id) }));

/** A small instrument of kind "scores": two dimensions, sectors a and b under ab, c and d under cd, sizes s and l. */
export const scoresInstrument: Instrument = {
  id: 'probe.1',
  kind: 'scores',
  title: text('Probe'),
  description: text('Probe'),
  organisations: text('houses'),
  dimensions: [
    { id: 'x', title: text('x'), description: text('x') },
    { id: 'y', title: text('y'), description: text('y') },
  ],
  items: [],
  questions: [],
  firstExperiments: {},
  profile: [
    {
      id: 'sector',
      title: text('sector'),
      question: text('sector'),
      why: text('why'),
      required: true,
      codes: codes('a', 'b', 'c', 'd').map((code) => ({ ...code, broader: 'ab'.includes(code.id) ? 'ab' : 'cd' })),
      broaderCodes: codes('ab', 'cd'),
    },
    {
      id: 'size',
      title: text('size'),
      question: text('size'),
      why: text('why'),
      required: true,
      codes: codes('s', 'l'),
      broaderCodes: [],
    },
  ],
  scoreStep: 1,
  catalogue: [
    [],
    [{ attribute: 'size', level: 0 }],
    [{ attribute: 'sector', level: 1 }],
    [{ attribute: 'sector', level: 0 }],
    [
      { attribute: 'sector', level: 0 },
      { attribute: 'size', level: 0 },
    ],
  ],
  fallbackOrder: [
    { set: [{ attribute: 'sector', level: 0 }], fromN: 20 },
    { set: [], fromN: 50 },
  ],
  memberSets: [[], [{ attribute: 'sector', level: 0 }]],
  windowMonths: 24,
  maturityBands: [
    { from: 0, label: text('low') },
    { from: 50, label: text('high') },
  ],
};

/** A submission of the probe instrument; `house` stands for the receipt's hash. */
export function submissionOf(house: string, changed: Partial<StoredSubmission> = {}): StoredSubmission {
  return {
    kind: 'submission',
    organisation: house.padEnd(43, '_'),
    key: `${house}-1`.padEnd(43, '_'),
    instrument: 'probe.1',
    conductedOn: '2026-01-15',
    acceptedAt: '2026-01-15T10:00:00.000Z',
    admission: 'open',
    profile: { sector: 'a', size: 's' },
    scores: { x: 50, y: 60 },
    bodyHash: 'h',
    expiresAt: Date.parse('2031-01-15T10:00:00Z') / 1000,
    ...changed,
  };
}
