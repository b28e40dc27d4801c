/** A program cannot start, or not do what was asked for to its end: one sentence for the operator, exit code 1. */
export class CannotRun extends Error {
  override readonly name = 'CannotRun';
}
