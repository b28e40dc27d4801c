import type { Instrument } from '#contracts/instrument';
import digitalcheck1_1 from './digitalcheck.1.1.json' with { type: 'json' };
import digitalcheck1 from './digitalcheck.1.json' with { type: 'json' };
import { parseInstrument } from './instrument-files.ts';

/**
 * The instruments that the program brings along, checked. A bundle holds what this computed when it was built
 * (functions/service/build.ts): checking them again took a tenth of a function's start.
 */
export const builtInInstruments: [file: string, instrument: Instrument][] = Object.entries({
  'packages/instruments/digitalcheck.1.json': digitalcheck1,
  // Its file holds only what it adds: one more question, and experiments to begin with.
  'packages/instruments/digitalcheck.1.1.json': {
    ...digitalcheck1,
    ...digitalcheck1_1,
    questions: [...digitalcheck1.questions, ...digitalcheck1_1.questions],
  },
}).map(([file, content]) => [file, parseInstrument(file, content)]);
