import * as z from 'zod';

/** The languages every text of the service exists in. German is the users' first language. */
export const Lang = z.enum(['de', 'en']);
export type Lang = z.infer<typeof Lang>;

/** One text in every language of the service. */
export const LocalText = z.strictObject({
  de: z.string().trim().min(1).max(1000),
  en: z.string().trim().min(1).max(1000),
});
export type LocalText = z.infer<typeof LocalText>;

/** A machine-readable code: lower-case words and digits joined by hyphens, e.g. `elder-care`, `50-249`. */
export const Code = z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/, 'code');
export type Code = z.infer<typeof Code>;

/** A calendar date `YYYY-MM-DD`. */
export const IsoDate = z.iso.date();
export type IsoDate = z.infer<typeof IsoDate>;

/** A UTC instant with milliseconds, e.g. `2026-06-30T08:15:00.000Z`. Compares as a string. */
export const Instant = z.iso.datetime({ precision: 3 });
export type Instant = z.infer<typeof Instant>;
