/**
 * Paths of a file store are segments of letters, digits and `=,._-` joined by `/`, none beginning with a dot, 500
 * characters at most. Throws a TypeError for anything else, so that no path leads out of the store.
 */
export function checkFilePath(path: string): void {
  if (path.length > 500 || !path.split('/').every((segment) => FILE_NAME.test(segment)))
    throw new TypeError('not a path of this store');
}

export const FILE_NAME = /^[A-Za-z0-9=,_-][A-Za-z0-9=,._-]*$/;

/** Checks the folder of a prefix, which may end in the middle of a name. Throws a TypeError. */
export function checkPrefix(prefix: string): void {
  const folder = prefix.slice(0, prefix.lastIndexOf('/') + 1);
  if (folder !== '') checkFilePath(folder.slice(0, -1));
}
