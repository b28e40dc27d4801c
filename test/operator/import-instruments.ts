import { Instrument } from '#contracts/instrument';

const text = (words: string) => ({ de: words, en: words });
const codes = (...ids: string[]) => ids.map((id) => ({ id, label: text(id) }));
const shared = {
  title: text('Test'),
  description: text('An instrument for the import tests.'),
  organisations: text('organisations'),
  unitTypeAttribute: 'level',
  scoreStep: 1,
  catalogue: [[], [{ attribute: 'sector' }]],
  fallbackOrder: [
    { set: [{ attribute: 'sector' }], fromN: 20 },
    { set: [], fromN: 50 },
  ],
  memberSets: [[]],
  maturityBands: [
    { from: 0, label: text('entry') },
    { from: 50, label: text('leading') },
  ],
};
const attribute = (id: string, required: boolean, ...ids: string[]) => ({
  id,
  title: text(id),
  question: text(id),
  why: text(id),
  required,
  codes: codes(...ids),
});
const profile = [
  attribute('level', true, 'facility', 'carrier'),
  attribute('sector', true, 'elder-care', 'youth'),
  attribute('size', true, '1-9', '10-49'),
  attribute('region', false, 'berlin', 'bayern'),
];

/** Takes two dimension scores a row. */
export const SCORES = Instrument.parse({
  ...shared,
  id: 'scorecheck.1',
  kind: 'scores',
  profile,
  dimensions: ['it', 'culture'].map((id) => ({ id, title: text(id), description: text(id) })),
});

/** Asks three items of one dimension. */
export const QUESTIONNAIRE = Instrument.parse({
  ...shared,
  id: 'itemcheck.1',
  kind: 'questionnaire',
  profile,
  dimensions: [{ id: 'it', title: text('it'), description: text('it') }],
  items: ['it-1', 'it-2', 'it-3'].map((id) => ({
    id,
    dimension: 'it',
    title: text(id),
    question: text(id),
    anchors: [0, 1, 2, 3, 4].map((level) => text(`${id} at ${level}`)),
  })),
});
