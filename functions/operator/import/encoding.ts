import { createReadStream } from 'node:fs';
import type { LocalText } from '#contracts/text';
import { looksLikeWindows1252, WINDOWS_1252 } from './code-page.ts';
import { type Refusal, refuseFile } from './refusal.ts';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

export interface FoundEncoding {
  encoding: Encoding;
  /** Why the file cannot be taken all the same; what else is wrong with it can still be told. */
  fault?: Refusal;
}

/** What lies on one line is refused while it is read: parsing it would take six times its size. */
const LINE_LIMIT_MB = 1;

/**
 * Tells how the bytes of a text file are meant: UTF-8 and UTF-16 with and without a mark, else Windows-1252 (what Excel
 * writes as plain "CSV" on a German Windows), if nothing in the file is UTF-8 and it is no other code page. Reads the file
 * as a stream.
 *
 * @param name how the file is called in messages
 * @returns with a fault that names the line where the file is UTF-8 in other places
 * @throws Refusal with what to do where it is something else
 */
export async function detectEncoding(file: string, name: string): Promise<FoundEncoding> {
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  let isUtf8 = true;
  let isFirst = true;
  let sinceLineEnd = 0;
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    if (isFirst) {
      const wide = utf16Of(chunk, name);
      if (wide) return { encoding: wide };
    }
    isFirst = false;
    if (chunk.includes(0)) throw refuseFile(name, NOT_TEXT);
    const lineEnd = Math.max(chunk.lastIndexOf(0x0a), chunk.lastIndexOf(0x0d));
    sinceLineEnd = lineEnd < 0 ? sinceLineEnd + chunk.length : chunk.length - 1 - lineEnd;
    if (sinceLineEnd > LINE_LIMIT_MB * 2 ** 20) throw refuseFile(name, TOO_LONG);
    if (isUtf8) isUtf8 = decodes(utf8, chunk, { stream: true });
  }
  if (isUtf8 && decodes(utf8, new Uint8Array(), {})) return { encoding: 'utf-8' };

  const { signs, badLine, badByte } = await countUtf8(file);
  if (signs > 0) return { encoding: 'utf-8', fault: refuseFile(name, notUtf8Here(badByte), badLine) };
  const verdict = await looksLikeWindows1252(createReadStream(file) as AsyncIterable<Buffer>);
  if (verdict === 'yes') return { encoding: 'windows-1252' };
  throw refuseFile(name, NOT_WINDOWS[verdict]);
}

/** The text of a file, piece by piece, without its mark. What is no UTF-8 in a UTF-8 file becomes U+FFFD. */
export async function* textOf(file: string, encoding: Encoding, name: string): AsyncGenerator<string> {
  const decoder = encoding === 'windows-1252' ? null : new TextDecoder(encoding, { fatal: encoding !== 'utf-8' });
  const bytes = createReadStream(file) as AsyncIterable<Buffer>;
  try {
    for await (const chunk of bytes) yield decoder ? decoder.decode(chunk, { stream: true }) : fromWindows1252(chunk);
    if (decoder) yield decoder.decode();
  } catch (error) {
    if (error instanceof TypeError) throw refuseFile(name, BROKEN_UTF16);
    throw error;
  }
}

/** By hand: TextDecoder('windows-1252') of Node 20 decodes Latin-1 instead. */
function fromWindows1252(bytes: Buffer): string {
  return bytes
    .toString('latin1')
    .replace(/[\u0080-\u009f]/g, (sign) => WINDOWS_1252[sign.charCodeAt(0) - 0x80] ?? sign);
}

/** UTF-16 by its mark, or by the zero bytes that every second byte of Latin text then is. */
function utf16Of(start: Buffer, name: string): Encoding | undefined {
  if (start.subarray(0, 4).equals(Buffer.from([0xff, 0xfe, 0, 0]))) throw refuseFile(name, NOT_TEXT);
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be';
  const zeros = [0, 0];
  const length = start.length - (start.length % 2);
  for (let at = 0; at < length; at++) if (start[at] === 0) zeros[at % 2]! += 1;
  const isMostly = (count: number) => count > length / 4;
  if (zeros[0] === 0 && isMostly(zeros[1]!)) return 'utf-16le';
  if (zeros[1] === 0 && isMostly(zeros[0]!)) return 'utf-16be';
  return undefined;
}

function decodes(decoder: TextDecoder, bytes: Uint8Array, options: TextDecodeOptions): boolean {
  try {
    decoder.decode(bytes, options);
    return true;
  } catch {
    return false;
  }
}

/** How many signs of several bytes are valid UTF-8, and where the first byte stands that is not. */
async function countUtf8(file: string): Promise<{ signs: number; badLine: number; badByte: number }> {
  let line = 1;
  let previous = 0;
  let missing = 0;
  let lead = 0;
  const found = { signs: 0, badLine: 0, badByte: 0 };
  const blame = (byte: number) => {
    if (found.badLine === 0) Object.assign(found, { badLine: line, badByte: byte });
  };
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>)
    for (const byte of chunk) {
      if (missing > 0 && byte >= 0x80 && byte <= 0xbf) {
        missing -= 1;
        if (missing === 0) found.signs += 1;
        continue;
      }
      if (missing > 0) blame(lead);
      missing =
        byte >= 0xc2 && byte <= 0xdf ? 1 : byte >= 0xe0 && byte <= 0xef ? 2 : byte >= 0xf0 && byte <= 0xf4 ? 3 : 0;
      lead = byte;
      if (byte >= 0x80 && missing === 0) blame(byte);
      if (byte === 0x0d || (byte === 0x0a && previous !== 0x0d)) line += 1;
      previous = byte;
    }
  if (missing > 0) blame(lead);
  return found;
}

const NOT_TEXT: LocalText = {
  de: 'das ist keine Textdatei; speichern Sie sie als „CSV UTF-8“ oder als .xlsx',
  en: 'this is not a text file: save it as "CSV UTF-8" or as .xlsx',
};

const TOO_LONG: LocalText = {
  de: `eine Zeile hat mehr als ${LINE_LIMIT_MB} MB; das ist keine Tabelle von Checks`,
  en: `it has a line of more than ${LINE_LIMIT_MB} MB, so it is no table of checks`,
};

const BROKEN_UTF16: LocalText = {
  de: 'als UTF-16 ist die Datei beschädigt (ein halbes Zeichen); speichern Sie sie als „CSV UTF-8“',
  en: 'the file is damaged UTF-16 (half a character): save it as "CSV UTF-8"',
};

const notUtf8Here = (byte: number): LocalText => ({
  de: `die Datei ist UTF-8, diese Zeile aber nicht (Byte 0x${byte.toString(16)}); sie wurde wohl aus einer anderen Datei eingefügt. Berichtigen Sie die Zeile und speichern Sie als „CSV UTF-8“`,
  en: `the file is UTF-8, but this line is not (byte 0x${byte.toString(16)}); it was probably pasted from another file. Correct the line and save as "CSV UTF-8"`,
});

const NOT_WINDOWS: Record<'dos' | 'mac' | 'other', LocalText> = {
  dos: {
    de: 'die Datei ist weder UTF-8 noch Windows-1252, sondern wohl eine DOS-Codepage (850, 437; in Excel „CSV (MS-DOS)“); speichern Sie sie als „CSV UTF-8“',
    en: 'this is neither UTF-8 nor Windows-1252 but probably a DOS code page (850, 437; "CSV (MS-DOS)" in Excel): save it as "CSV UTF-8"',
  },
  mac: {
    de: 'die Datei ist weder UTF-8 noch Windows-1252, sondern wohl Mac Roman (in Excel „CSV (Macintosh)“); speichern Sie sie als „CSV UTF-8“',
    en: 'this is neither UTF-8 nor Windows-1252 but probably Mac Roman ("CSV (Macintosh)" in Excel): save it as "CSV UTF-8"',
  },
  other: {
    de: 'die Datei ist weder UTF-8 noch Windows-1252; speichern Sie sie als „CSV UTF-8“',
    en: 'this is neither UTF-8 nor Windows-1252: save it as "CSV UTF-8"',
  },
};
