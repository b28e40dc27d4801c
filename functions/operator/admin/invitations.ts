import { open, rm } from 'node:fs/promises';
import type { Association, Campaign } from '#contracts/registry';
import type { Lang } from '#contracts/text';
import { CannotRun } from '#functions/local/cannot-run';
import { invitationHashOf } from '#store/hashes';
import type { InvitationStore } from '#store/ports';
import { joinLink } from '#web/campaign/join-link.ts';
import { spreadsheetCsv } from '../spreadsheet-csv.ts';

/** The codes as CSV that a spreadsheet opens as it is, each with the link that holds it. */
export function codesFileText(
  codes: readonly string[],
  association: Association,
  { url, lang }: { url: string; lang: Lang },
): string {
  const rows = codes.map((code) => [code, joinLink(url, 'de', { id: association.id, code })]);
  return spreadsheetCsv(rows, ['code', 'link'], lang);
}

/** A file that did not exist before, readable by its owner alone, with room for a text on the disk. */
export interface ReservedFile {
  /** Puts the text in. */
  fill: () => Promise<void>;
  /** Takes the file away again. */
  discard: () => Promise<void>;
}

/** @throws CannotRun when there is such a file already, it cannot be written, or there is no room for the text */
export async function reserveFile(path: string, text: string): Promise<ReservedFile> {
  const refuse = (error: NodeJS.ErrnoException) =>
    new CannotRun(
      error.code === 'EEXIST'
        ? `${path} exists already; name a new file.`
        : `${path} cannot be written (${error.code ?? 'error'}).`,
    );
  const handle = await open(path, 'wx', 0o600).catch((error) => {
    throw refuse(error);
  });
  const discard = async () => {
    await handle.close();
    await rm(path, { force: true });
  };
  try {
    await handle.writeFile(' '.repeat(Buffer.byteLength(text)));
    await handle.sync();
  } catch (error) {
    await discard();
    throw refuse(error as NodeJS.ErrnoException);
  }
  return {
    fill: async () => {
      await handle.write(text, 0);
      await handle.close();
    },
    discard,
  };
}

/** Stores the hashes of a campaign's codes: from then on, and once it has begun, they let members in. */
export async function storeInvitations(
  codes: readonly string[],
  association: Association,
  { id, opensOn }: Campaign,
  invitations: InvitationStore,
): Promise<void> {
  for (const code of codes) {
    const codeHash = invitationHashOf(code.replaceAll('-', ''));
    await invitations.put({ codeHash, association: association.id, campaign: id, opensOn });
  }
}
