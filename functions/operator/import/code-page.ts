/** What Windows-1252 has at 0x80 to 0x9f; a space where it has nothing. */
export const WINDOWS_1252 = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ';

/** Where the code pages of German texts keep the umlauts and ß. */
const UMLAUTS = {
  windows: { 228: 'ä', 246: 'ö', 252: 'ü', 196: 'Ä', 214: 'Ö', 220: 'Ü', 223: 'ß' },
  dos: { 132: 'ä', 148: 'ö', 129: 'ü', 142: 'Ä', 153: 'Ö', 154: 'Ü', 225: 'ß' },
  mac: { 138: 'ä', 154: 'ö', 159: 'ü', 128: 'Ä', 133: 'Ö', 134: 'Ü', 167: 'ß' },
} as const;

type Page = keyof typeof UMLAUTS;

/**
 * Whether bytes that are no UTF-8 may be Windows-1252. They are not if one of them means nothing there, or if as DOS or
 * Macintosh text they would hold more German umlauts where words have them than as Windows text: `M\x9fller` is „MŸller“ in
 * Windows and „Müller“ on a Macintosh.
 */
export async function looksLikeWindows1252(
  chunks: AsyncIterable<Uint8Array>,
): Promise<'yes' | 'dos' | 'mac' | 'other'> {
  const umlauts: Record<Page, number> = { windows: 0, dos: 0, mac: 0 };
  let hasUndefined = false;
  let before = 0;
  let byte = 0;
  const look = (next: number) => {
    if (byte >= 0x80) {
      if (WINDOWS_1252[byte - 0x80] === ' ') hasUndefined = true;
      for (const page of Object.keys(UMLAUTS) as Page[]) if (isUmlaut(page, before, byte, next)) umlauts[page] += 1;
    }
    before = byte;
    byte = next;
  };
  for await (const chunk of chunks) for (const next of chunk) look(next);
  look(0);

  const other = umlauts.mac > umlauts.dos ? 'mac' : 'dos';
  if (umlauts[other] > umlauts.windows) return other;
  return hasUndefined ? 'other' : 'yes';
}

/**
 * A small umlaut within a word, a capital one before a small letter, ß after a vowel: elsewhere the same bytes are the
 * quotation marks and dots of Windows texts, and the á of „Hernández“.
 */
function isUmlaut(page: Page, before: number, byte: number, next: number): boolean {
  const table: Record<number, string> = UMLAUTS[page];
  const sign = table[byte];
  if (sign === undefined) return false;
  if (sign === 'ß') return 'aeiouAEIOU'.includes(String.fromCharCode(before)) || table[before] !== undefined;
  if (sign === sign.toLowerCase()) return isLetter(before) && isLetter(next);
  return isSmall(next) || (isCapital(before) && isCapital(next));
}

const isCapital = (byte: number) => byte >= 0x41 && byte <= 0x5a;
const isSmall = (byte: number) => byte >= 0x61 && byte <= 0x7a;
const isLetter = (byte: number) => isCapital(byte) || isSmall(byte);
