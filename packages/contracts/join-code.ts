import { formatChecked, groupSymbols, parseChecked } from './checked-base32.ts';

/**
 * The two kinds of codes by which a submission joins an association, both copyable from a letter, with a check symbol:
 *
 * - the **join code** of an association: 7 data symbols, `K7M2-P9QX`. No secret; every member uses the same.
 * - an **invitation code**, which works for one organisation: 15 data symbols (75 random bits), `K7M2-P9QX-...`. Long
 *   enough that nobody finds one by trying.
 */
const JOIN = { dataSymbols: 7, bits: 35 };
const INVITATION = { dataSymbols: 15, bits: 75 };
const GROUP_LENGTH = 4;

export const JOIN_CODE_BYTES = 5;
export const INVITATION_CODE_BYTES = 10;

/**
 * Writes 5 random bytes as a join code: two groups of four symbols. Null for the 5 in 37 draws to be drawn again.
 *
 * @example
 * formatJoinCode(new Uint8Array(5)); // => '0000-0000'
 */
export function formatJoinCode(bytes: Uint8Array): string | null {
  const code = formatChecked(bytes, JOIN);
  return code === null ? null : groupSymbols(code, GROUP_LENGTH);
}

/** Writes 10 random bytes as an invitation code: four groups of four symbols. Null for the draws to be drawn again. */
export function formatInvitationCode(bytes: Uint8Array): string | null {
  const code = formatChecked(bytes, INVITATION);
  return code === null ? null : groupSymbols(code, GROUP_LENGTH);
}

/**
 * Single-use codes in alphabetical order: nothing says for whom one is.
 *
 * @param randomBytes cryptographically random
 */
export function drawInvitationCodes(count: number, randomBytes: (length: number) => Uint8Array): string[] {
  const codes = new Set<string>();
  while (codes.size < count) {
    const code = formatInvitationCode(randomBytes(INVITATION_CODE_BYTES));
    if (code !== null) codes.add(code);
  }
  return [...codes].sort();
}

/** A code as its symbols tell it; whether it exists is another question. */
export type CodeReading =
  | { kind: 'invitation'; code: string }
  /** `isMistyped`: as long as a generated code, but its check symbol does not fit. */
  | { kind: 'join'; code: string; isMistyped: boolean };

/**
 * Reads what somebody typed as a code. Join codes need not be generated ones, so text that is neither kind is a join
 * code as it stands.
 *
 * @example
 * readCode('oooo oooo'); // => { kind: 'join', code: '00000000', isMistyped: false }
 */
export function readCode(text: string): CodeReading {
  const invitation = parseChecked(text, INVITATION.dataSymbols);
  if (invitation.ok) return { kind: 'invitation', code: invitation.code };
  const join = parseChecked(text, JOIN.dataSymbols);
  if (join.ok) return { kind: 'join', code: join.code, isMistyped: false };
  return { kind: 'join', code: text, isMistyped: invitation.reason === 'check' || join.reason === 'check' };
}
