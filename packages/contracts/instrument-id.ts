import * as z from 'zod';

export const InstrumentId = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]{0,30}\.[1-9]\d{0,2}(\.[1-9]\d{0,2})?$/,
    'an instrument id is name.major or name.major.minor, e.g. digitalcheck.1',
  );
export type InstrumentId = z.infer<typeof InstrumentId>;
