import { Level } from 'level';

/** Another live process holds the folder. */
export class FolderHeld extends Error {}

/**
 * Takes a folder for this process by opening a LevelDB in it. The system's own lock on a file tells whether it is held, so
 * it is free the moment its process ends, also by SIGKILL, and holds across the border of a container.
 *
 * @param folder made where it is missing; it stays, because removing it would let two processes in
 * @throws FolderHeld; or the system's error where the folder cannot be written
 */
export async function holdFolder(folder: string): Promise<Level> {
  const held = new Level(folder);
  try {
    await held.open();
    return held;
  } catch (error) {
    const { cause } = error as { cause?: { code?: string } };
    throw cause?.code === 'LEVEL_LOCKED' ? new FolderHeld(folder) : (cause ?? error);
  }
}
