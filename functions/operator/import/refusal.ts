import type { LocalText } from '#contracts/text';
import { CannotRun } from '#functions/local/cannot-run';

/** The import cannot run, said in both languages. */
export class Refusal extends CannotRun {
  readonly text: LocalText;
  constructor(text: LocalText) {
    super(text.en);
    this.text = text;
  }

  /** Both, one below the other. */
  and({ text }: Refusal): Refusal {
    return new Refusal({ de: `${this.text.de}\n${text.de}`, en: `${this.text.en}\n${text.en}` });
  }
}

/** Ends a sentence that stops the import before the first request. */
export const NOTHING_SENT: LocalText = { de: 'Es wurde nichts gesendet.', en: 'Nothing was sent.' };

/** A refusal of a file, or of a line in it, before anything was sent. */
export function refuseFile(name: string, what: LocalText, line?: number): Refusal {
  const [de, en] = line === undefined ? [name, name] : [`${name}, Zeile ${line}`, `${name}, line ${line}`];
  return new Refusal({ de: `${de}: ${what.de}. ${NOTHING_SENT.de}`, en: `${en}: ${what.en}. ${NOTHING_SENT.en}` });
}
