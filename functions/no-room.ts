/** How Node and the database say that nothing more can be written. */
const NO_ROOM = /ENOSPC|EDQUOT|EFBIG|No space left on device|Disk quota exceeded|File too large/;

/** Names what a full disk or a used-up quota said; undefined for every other error. */
export function noRoomIn(error: unknown): string | undefined {
  return NO_ROOM.exec(error instanceof Error ? error.message : String(error))?.[0];
}

/** What an operator command says of it. Each may be run again: what it wrote before is met again or replaced. */
export function noRoomSentence(said: string): string {
  return `There is no room left to write (${said}). Make room and run the same command again.`;
}
