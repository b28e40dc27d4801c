import type { Lang } from '#contracts/text';
import { DEFAULT_DATA_FOLDER } from '#functions/local/data-folder';

/** @param call how the command is called: `npm run import --`, or by the partners' program */
export const importUsage = (call: string): Record<Lang, string> => ({
  en: `${call} --instrument ID --csv FILE --receipts FILE [options]
${call} --instrument ID --template FILE.xlsx
${call} --instrument ID --csv FILE --map-from limesurvey|kobo|generic [--map FILE.json]

  --instrument ID    which check the file holds, e.g. digitalcheck.1
  --csv FILE         the rows: CSV, or a workbook (.xlsx); their columns: docs/import.md
  --sheet NAME       which sheet of a workbook (default: the first)
  --receipts FILE    which organisation has which receipt; made if absent. Keep it safe: it is the only link
  --rejects FILE     where rows that do not go in are listed (default: <csv>.rejects.csv)
  --dry-run          check everything and send nothing
  --same, --new      of keys that differ only by letter case, spaces or leading zeros: they are the same
                     organisations, or others; --same-key KEY and --new-key KEY for a single one
  --map FILE         how the file of another tool is meant
  --map-from TOOL    write a first proposal for --map from the file's header: limesurvey, kobo or generic
  --template FILE    write a workbook to fill in
  --lang de|en       the language of messages and files (default: the system's)
  --url URL          the service's address (default: the local server that is running)
  --data DIR         the local server's data folder (default: ${DEFAULT_DATA_FOLDER})
  --instruments DIR  a folder with further instrument files (default: INSTRUMENTS_DIR)

Environment: SOURCE_KEY, the key by which the service knows the source of the rows.
Exit code: 0 all rows are in; 2 some were rejected; 1 the import could not run or could not finish.
`,
  de: `${call} --instrument ID --csv DATEI --receipts DATEI [Optionen]
${call} --instrument ID --template DATEI.xlsx
${call} --instrument ID --csv DATEI --map-from limesurvey|kobo|generic [--map DATEI.json]

  --instrument ID    welchen Check die Datei enthält, etwa digitalcheck.1
  --csv DATEI        die Zeilen: CSV oder eine Arbeitsmappe (.xlsx); ihre Spalten: docs/import.md
  --sheet NAME       welches Blatt einer Arbeitsmappe (sonst das erste)
  --receipts DATEI   Datei der Rückkehr-Codes: welche Organisation welchen Rückkehr-Code hat; wird angelegt, wenn sie fehlt.
                     Bewahren Sie sie sicher auf, sie ist die einzige Verbindung
  --rejects DATEI    wohin abgewiesene Zeilen kommen (sonst <csv>.rejects.csv)
  --dry-run          Probelauf: alles prüfen, nichts senden
  --same, --new      Schlüssel, die sich nur durch Groß- und Kleinschreibung, Leerzeichen oder führende Nullen
                     unterscheiden, meinen dieselben oder andere Organisationen; für einen einzelnen:
                     --same-key SCHLÜSSEL und --new-key SCHLÜSSEL
  --map DATEI        wie die Datei eines anderen Programms gemeint ist
  --map-from TOOL    einen ersten Vorschlag für --map aus der Kopfzeile schreiben: limesurvey, kobo oder generic
  --template DATEI   eine Arbeitsmappe zum Ausfüllen schreiben
  --lang de|en       Sprache der Meldungen und Dateien (sonst die des Systems)
  --url URL          Adresse des Dienstes (sonst der lokale Server, der gerade läuft)
  --data ORDNER      Datenordner des lokalen Servers (sonst ${DEFAULT_DATA_FOLDER})
  --instruments ORDNER  ein Ordner mit weiteren Instrumenten (sonst INSTRUMENTS_DIR)

Umgebung: SOURCE_KEY, der Schlüssel, an dem der Dienst die Quelle der Zeilen erkennt.
Rückgabewert: 0 alle Zeilen sind gespeichert; 2 einige wurden abgewiesen; 1 der Import konnte nicht laufen oder nicht enden.
`,
});
