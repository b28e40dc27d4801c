/** The import could not run, or could not go on: one plain sentence for the operator, exit code 1. */
export class CannotRun extends Error {
  override readonly name = 'CannotRun';
}
