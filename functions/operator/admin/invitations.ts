import { type FileHandle, open, rm } from 'node:fs/promises';
import { formatInvitationCode, INVITATION_CODE_BYTES } from '#contracts/join-code';
import type { Association, Campaign } from '#contracts/registry';
import type { InvitationStore } from '#store/ports';
import { AdminError } from './admin-error.ts';
import { joinLink } from './join-link.ts';

/** A file for codes that did not exist before; readable by its owner alone. */
export interface CodesFile {
  handle: FileHandle;
  /** Takes the empty file away again. */
  discard: () => Promise<void>;
}

/** @throws AdminError when there is such a file already, or it cannot be written */
export async function reserveCodesFile(path: string): Promise<CodesFile> {
  const handle = await open(path, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
    throw new AdminError(
      error.code === 'EEXIST'
        ? `${path} exists already; name a new file.`
        : `${path} cannot be written (${error.code ?? 'error'}).`,
    );
  });
  return {
    handle,
    discard: async () => {
      await handle.close();
      await rm(path, { force: true });
    },
  };
}

/**
 * Draws a campaign's single-use codes, stores their hashes, and writes the codes as CSV in alphabetical order: nothing in
 * the file or the table says for whom a code is. Codes reach the file last, so every code in it works.
 */
export async function drawInvitations(
  association: Association,
  campaign: Campaign,
  {
    invitations,
    randomBytes,
    file,
    url,
  }: {
    invitations: InvitationStore;
    randomBytes: (length: number) => Uint8Array;
    file: CodesFile;
    url: string;
  },
): Promise<void> {
  const codes = Array.from({ length: campaign.invitations ?? 0 }, () => drawCode(randomBytes)).sort();
  const { opensOn, closesOn } = campaign;
  for (const code of codes)
    await invitations.put({ code: code.replaceAll('-', ''), association: association.id, opensOn, closesOn });
  const lines = codes.map((code) => `${code},${joinLink(url, 'de', { id: association.id, code })}\n`);
  await file.handle.writeFile(['code,link\n', ...lines].join(''));
  await file.handle.close();
}

function drawCode(randomBytes: (length: number) => Uint8Array): string {
  for (;;) {
    const code = formatInvitationCode(randomBytes(INVITATION_CODE_BYTES));
    if (code !== null) return code;
  }
}
