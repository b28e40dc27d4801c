/** An instrument file that must not be used. The message is one sentence naming file, place and rule. */
export class InstrumentFileError extends Error {
  override name = 'InstrumentFileError';
}
