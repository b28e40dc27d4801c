import type { LocalText } from '#contracts/text';

/**
 * What two keys have in common that differ only by letter case, spaces, punctuation a spreadsheet adds, leading zeros or
 * the form of a number. Such keys are probably one organisation, but only the partner knows.
 *
 * @param key as `plainText` gives it
 * @example
 * comparableKey('Haus 007') === comparableKey('haus7'); // => true
 */
export function comparableKey(key: string): string {
  return (
    key
      .normalize('NFKC')
      // ß is SS in capitals.
      .toUpperCase()
      .toLowerCase()
      .replace(/^'/, '')
      .replace(/ /g, '')
      // 1.234 and 1'234 are 1234; 7,0 is 7.
      .replace(/^\d{1,3}(?:[.,'’]\d{3})+$/, (number) => number.replace(/\D/g, ''))
      .replace(/^(\d+)[.,]0+$/, '$1')
      .replace(/\d+/g, (digits) => digits.replace(/^0+(?=\d)/, ''))
  );
}

/** Why a key cannot be the partner's own; undefined where it may be. */
export function keyDamage(key: string): LocalText | undefined {
  if (key === '') return EMPTY;
  if (/^[+-]?\d+(?:[.,]\d+)?e[+-]?\d+$/i.test(key)) return SCIENTIFIC;
  if (/^#(?:N\/?A|NV|REF!|BEZUG!|VALUE!|WERT!|NAME\?|DIV\/0!|NUM!|ZAHL!|NULL!)$/.test(key)) return ERROR_VALUE;
  if (/^#+$/.test(key)) return ERROR_VALUE;
  if (/^[1-9]\d{14}0{2,}$/.test(key)) return ROUNDED;
  if (/\ufffd|Ã[\u0080-\u00bf¤¶¼Ÿ„–œ]/u.test(key)) return WRONG_ENCODING;
  return key.length > 500 ? TOO_LONG : undefined;
}

const AS_TEXT: LocalText = {
  de: 'Holen Sie die Schlüssel aus dem Original und formatieren Sie die Spalte als Text (in Excel beim Einlesen: Daten, Aus Text/CSV, Datentyp „Text“)',
  en: 'take the keys from the original, and keep the column as text (in Excel when opening: Data, From Text/CSV, data type "Text")',
};

const EMPTY: LocalText = {
  de: 'leer; jede Zeile braucht den Schlüssel ihrer Organisation',
  en: 'empty: every row needs the key of its organisation',
};
const SCIENTIFIC: LocalText = {
  de: `von einer Tabellenkalkulation beschädigt: eine lange Nummer wurde zu einer Zahl in Exponentialschreibweise, ihre letzten Ziffern sind verloren. ${AS_TEXT.de}`,
  en: `damaged by a spreadsheet: a long number has become one in scientific notation, and its last digits are lost: ${AS_TEXT.en}`,
};
const ROUNDED: LocalText = {
  de: `von einer Tabellenkalkulation beschädigt: sie behält 15 Ziffern und macht aus den übrigen Nullen. ${AS_TEXT.de}`,
  en: `damaged by a spreadsheet: it keeps 15 digits and makes zeros of the others: ${AS_TEXT.en}`,
};
const ERROR_VALUE: LocalText = {
  de: 'ein Fehlerwert der Tabellenkalkulation und kein Schlüssel',
  en: "a spreadsheet's error value and no key",
};
const WRONG_ENCODING: LocalText = {
  de: 'mit falscher Zeichenkodierung gespeichert (Umlaute sind zu „Ã¼“ oder „�“ geworden); speichern Sie das Original als „CSV UTF-8“',
  en: 'saved in a wrong encoding (umlauts have become "Ã¼" or "�"): save the original as "CSV UTF-8"',
};
const TOO_LONG: LocalText = {
  de: 'länger als 500 Zeichen; das ist kein Schlüssel',
  en: 'longer than 500 characters, so it is no key',
};
