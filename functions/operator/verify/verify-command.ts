import type { Lang } from '#contracts/text';
import { type SumVerdict, verifySums } from '#datasets/verify-sums';
import { CannotRun } from '#functions/local/cannot-run';
import { createCommand, WrongUse } from '../command.ts';
import { Refusal } from '../import/refusal.ts';
import { languageOf } from '../language.ts';
import { openRelease } from './open-release.ts';

const usageOf = (call: string): Record<Lang, string> => ({
  en: `${call} PLACE

Holds the files of a release against their sums (SHA256SUMS): each must be there, byte for byte, and nothing else.

  PLACE         a folder, the release's .zip, or the address of its files, e.g.
                https://example.org/v1/releases/digitalcheck.1-2026-06-30-0a1b2c3d/files
  --lang de|en  the language of messages (default: the system's)

Exit code: 0 every file is as it was published; 2 something was changed, is missing or was added; 1 it could not be told.
`,
  de: `${call} ORT

Vergleicht die Dateien einer Veröffentlichung mit ihren Prüfsummen (SHA256SUMS): jede muss da sein, Byte für Byte, und sonst nichts.

  ORT           ein Ordner, die .zip-Datei der Veröffentlichung oder die Adresse ihrer Dateien, etwa
                https://example.org/v1/releases/digitalcheck.1-2026-06-30-0a1b2c3d/files
  --lang de|en  Sprache der Meldungen (sonst die des Systems)

Rückgabewert: 0 jede Datei ist, wie sie veröffentlicht wurde; 2 etwas wurde geändert, fehlt oder kam hinzu; 1 es war nicht zu klären.
`,
});

/** @param call how the command is called, for its usage */
export const verifyCommand = (call: string) =>
  createCommand({
    usage: (env, argv) => usageOf(call)[languageOf(argv[argv.indexOf('--lang') + 1], env)],
    options: { lang: { type: 'string' } },
    takesWords: true,
    async run({ values, words, env, out }) {
      const lang = languageOf(values.lang, env);
      const [place, ...more] = words;
      if (place === undefined || more.length > 0)
        throw new WrongUse(lang === 'de' ? 'Nennen Sie genau einen Ort.' : 'Name exactly one place.');
      try {
        const verdicts = await verify(place);
        for (const { path, verdict } of verdicts) out.write(`${WORDS[lang][verdict]} ${path}\n`);
        const wrong = verdicts.filter(({ verdict }) => verdict !== 'sound').length;
        out.write(`${WORDS[lang].sum(verdicts.length, wrong)}\n`);
        return wrong === 0 ? 0 : 2;
      } catch (error) {
        throw error instanceof Refusal ? new CannotRun(error.text[lang]) : error;
      }
    },
  });

async function verify(place: string): Promise<SumVerdict[]> {
  const release = await openRelease(place);
  const sums = await release.read('SHA256SUMS');
  if (sums === undefined)
    throw new Refusal({ de: `${place} enthält keine SHA256SUMS.`, en: `${place} holds no SHA256SUMS.` });
  try {
    return await verifySums(new TextDecoder().decode(sums), release.read, release.present);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new Refusal({
      de: `SHA256SUMS von ${place} ist beschädigt: ${error.message}.`,
      en: `SHA256SUMS of ${place} is damaged: ${error.message}.`,
    });
  }
}

const WORDS: Record<Lang, Record<SumVerdict['verdict'], string> & { sum: (files: number, wrong: number) => string }> = {
  de: {
    sound: 'unverändert   ',
    changed: 'GEÄNDERT      ',
    missing: 'FEHLT         ',
    unlisted: 'NICHT GENANNT ',
    sum: (files, wrong) =>
      wrong === 0
        ? `Alle ${files} Dateien sind, wie sie veröffentlicht wurden.`
        : `${wrong} von ${files} Dateien stimmen nicht.`,
  },
  en: {
    sound: 'sound    ',
    changed: 'CHANGED  ',
    missing: 'MISSING  ',
    unlisted: 'UNLISTED ',
    sum: (files, wrong) =>
      wrong === 0
        ? `All ${files} files are as they were published.`
        : `${wrong} of ${files} files are not as they should be.`,
  },
};
