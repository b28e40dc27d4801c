import { drawInvitationCodes } from '#contracts/join-code';

/** Single-use codes, and what the service is told of them. */
export interface DrawnCodes {
  codes: string[];
  /** Of each, in the same order, what `invitationHashOf` answers on the server: base64url, 43 symbols. */
  hashes: string[];
}

/** Draws codes in the browser: the service knows none of them before it is used. */
export async function drawCodes(count: number): Promise<DrawnCodes> {
  const codes = drawInvitationCodes(count, (length) => crypto.getRandomValues(new Uint8Array(length)));
  return { codes, hashes: await Promise.all(codes.map(hashOf)) };
}

async function hashOf(code: string): Promise<string> {
  const text = new TextEncoder().encode(`invitation\n${code.replaceAll('-', '')}`);
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', text));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace('=', '');
}

/** `k-` and eight hex digits. */
export function drawCampaignId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(4));
  return `k-${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
