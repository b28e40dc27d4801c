/** How Node and the database say that nothing more can be written. */
const NO_ROOM = /ENOSPC|EDQUOT|EFBIG|No space left on device|Disk quota exceeded|File too large/;
const READ_ONLY = /EROFS|EACCES|EPERM|Read-only file system|Permission denied/;

/** The words by which an error says that the disk is full; undefined where it says something else. */
function noRoomIn(error: unknown): string | undefined {
  return NO_ROOM.exec(messageOf(error))?.[0];
}

/** What is said where the data folder has no room; undefined where the error says something else. */
export function noRoomForData(error: unknown): string | undefined {
  const said = noRoomIn(error);
  return said === undefined
    ? undefined
    : `There is no room left for the data folder (${said}). Make room and start again; what was acknowledged is kept.`;
}

/** One sentence for an operator whose command could not write, and what to do; undefined where that was not the reason. */
export function unwritableSentence(error: unknown): string | undefined {
  const noRoom = noRoomIn(error);
  if (noRoom !== undefined)
    return `There is no room left on the disk (${noRoom}). Make room and run the command again.`;
  const readOnly = READ_ONLY.exec(messageOf(error))?.[0];
  return readOnly === undefined
    ? undefined
    : `A file or folder cannot be written (${readOnly}). Give this user leave to write and run the command again.`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
