import type { Instrument } from '#contracts/instrument';
import digitalcheck1 from './digitalcheck.1.json' with { type: 'json' };
import { parseInstrument } from './instrument-files.ts';

/**
 * The instruments that the program brings along, checked. A bundle holds what this computed when it was built
 * (functions/service/build.ts): checking them again took a tenth of a function's start.
 */
export const builtInInstruments: [file: string, instrument: Instrument][] = Object.entries({
  'packages/instruments/digitalcheck.1.json': digitalcheck1,
}).map(([file, content]) => [file, parseInstrument(file, content)]);
