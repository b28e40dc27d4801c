/** A publication that may not be, in one sentence for the operator. Trying again does not help, so the state machine does not. */
export class PublishError extends Error {
  override name = 'PublishError';
}

/** Somebody else is at work on it: what a schedule asks for may be asked again. */
export class AttemptHeld extends PublishError {}
