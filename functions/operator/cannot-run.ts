/** What was asked for cannot be done, or not to its end: one sentence for the operator, exit code 1. */
export class CannotRun extends Error {
  override readonly name = 'CannotRun';
}
