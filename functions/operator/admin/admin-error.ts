/** What the operator asked for cannot be done, in one sentence; nothing was changed. */
export class AdminError extends Error {
  override name = 'AdminError';
}
