import type { Lang } from '#contracts/text';

/** The language of the caller: as given, else of the environment (`LC_ALL`, `LC_MESSAGES`, `LANG`), else of the system. */
export function languageOf(given: string | undefined, env: Record<string, string | undefined>): Lang {
  const system = Intl.DateTimeFormat().resolvedOptions().locale;
  return (given || env.LC_ALL || env.LC_MESSAGES || env.LANG || system).toLowerCase().startsWith('de') ? 'de' : 'en';
}
