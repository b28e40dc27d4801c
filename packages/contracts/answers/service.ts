import * as z from 'zod';

export const Health = z.strictObject({
  status: z.literal('ok'),
  version: z.string().meta({ description: 'Of the program, by semver.' }),
  commit: z.string().nullable().meta({ description: 'It was made from; null where unknown.' }),
});
export type Health = z.infer<typeof Health>;

export const Readiness = z.strictObject({ status: z.literal('ready') });
export type Readiness = z.infer<typeof Readiness>;

export const OpenApiDocument = z.looseObject({ openapi: z.string() });
