/** A publication that may not or could not take place; the message is one sentence for the operator. */
export class PublishError extends Error {}
