import type { LocalText } from '#contracts/text';

/**
 * The closed catalogue of problems, by name: `/problems/<name>` is the type URI and the page that explains it.
 * A name, once published, keeps its meaning and status. `{words}` in a detail are filled in by who throws.
 */
interface ProblemText {
  status: 400 | 401 | 403 | 404 | 405 | 406 | 410 | 413 | 415 | 422 | 428 | 429 | 500 | 503;
  title: LocalText;
  detail: LocalText;
  /** What to do about it; shown on the problem's page. */
  remedy: LocalText;
}

export const PROBLEMS = {
  'invalid-request': {
    status: 400,
    title: { de: 'Die Anfrage ist nicht gültig', en: 'The request is not valid' },
    detail: {
      de: 'Mindestens ein Wert in Kopfzeile oder Adresse ist nicht gültig. „errors“ nennt jeden einzelnen.',
      en: 'At least one value in the headers or the address is not valid. "errors" names each of them.',
    },
    remedy: {
      de: 'Berichtigen Sie die genannten Werte und senden Sie die Anfrage erneut.',
      en: 'Correct the values named and send the request again.',
    },
  },
  'malformed-json': {
    status: 400,
    title: { de: 'Der Inhalt ist kein gültiges JSON', en: 'The body is not valid JSON' },
    detail: {
      de: 'Der Inhalt der Anfrage lässt sich nicht als JSON in UTF-8 lesen.',
      en: 'The body of the request cannot be read as JSON in UTF-8.',
    },
    remedy: {
      de: 'Prüfen Sie Klammern, Kommas, Anführungszeichen und die Zeichenkodierung (UTF-8).',
      en: 'Check brackets, commas, quotation marks and the character encoding (UTF-8).',
    },
  },
  'invalid-submission': {
    status: 422,
    title: { de: 'Die Einreichung ist nicht gültig', en: 'The submission is not valid' },
    detail: {
      de: 'Es wurde nichts gespeichert. „errors“ nennt jede fehlerhafte Stelle und die verletzte Regel.',
      en: 'Nothing was stored. "errors" names every failing field and the rule it breaks.',
    },
    remedy: {
      de: 'Berichtigen Sie alle genannten Stellen und senden Sie die Einreichung erneut; derselbe Idempotency-Key darf bleiben.',
      en: 'Correct every field named and send the submission again; the same Idempotency-Key may be used.',
    },
  },
  'submission-too-large': {
    status: 422,
    title: { de: 'Die Einreichung ist zu umfangreich', en: 'The submission holds too much' },
    detail: {
      de: 'Gespeichert bräuchte diese Einreichung {size} Byte; höchstens {limit} sind vorgesehen. Es wurde nichts gespeichert.',
      en: 'Stored, this submission would take {size} bytes; at most {limit} are allowed. Nothing was stored.',
    },
    remedy: {
      de: 'Lassen Sie freiwillige Angaben weg, zum Beispiel einzelne Zusatzfragen oder Verbandscodes.',
      en: 'Leave out optional parts, for example some of the additional questions or association codes.',
    },
  },
  'idempotency-key-reused': {
    status: 422,
    title: { de: 'Dieser Idempotency-Key ist schon vergeben', en: 'This Idempotency-Key has been used' },
    detail: {
      de: 'Unter diesem Idempotency-Key liegt bereits eine Einreichung mit anderem Inhalt. Es wurde nichts geändert.',
      en: 'A submission with another body is already stored under this Idempotency-Key. Nothing was changed.',
    },
    remedy: {
      de: 'Für eine neue oder berichtigte Einreichung erzeugen Sie einen neuen Schlüssel; nur eine Wiederholung trägt den alten.',
      en: 'Make a new key for a new or corrected submission; only a retry carries the old one.',
    },
  },
  'submission-withdrawn': {
    status: 410,
    title: { de: 'Diese Einreichung wurde zurückgezogen', en: 'This submission was withdrawn' },
    detail: {
      de: 'Die Einreichung unter diesem Idempotency-Key wurde zurückgezogen und kommt durch eine Wiederholung nicht zurück.',
      en: 'The submission under this Idempotency-Key was withdrawn, and a retry does not bring it back.',
    },
    remedy: {
      de: 'Wenn Sie wieder teilnehmen möchten, senden Sie eine neue Einreichung mit neuem Idempotency-Key.',
      en: 'To take part again, send a new submission under a new Idempotency-Key.',
    },
  },
  'receipt-missing': {
    status: 401,
    title: { de: 'Der Rückkehr-Code fehlt', en: 'The receipt is missing' },
    detail: {
      de: 'Diese Adresse braucht den Rückkehr-Code in der Kopfzeile „Authorization: Bearer …“.',
      en: 'This address needs the receipt in the header "Authorization: Bearer …".',
    },
    remedy: {
      de: 'Senden Sie Ihren Rückkehr-Code mit. Einen neuen gibt POST /v1/receipts aus.',
      en: 'Send your receipt along. POST /v1/receipts issues a new one.',
    },
  },
  'receipt-mistyped': {
    status: 401,
    title: { de: 'Der Rückkehr-Code enthält einen Tippfehler', en: 'The receipt has a typo in it' },
    detail: { de: '{reason}', en: '{reason}' },
    remedy: {
      de: 'Vergleichen Sie den Code Zeichen für Zeichen mit Ihrer Aufzeichnung. I und L gelten als 1, O gilt als 0; Groß- und Kleinschreibung, Leerzeichen und Bindestriche sind gleichgültig.',
      en: 'Compare the receipt symbol by symbol with your note. I and L count as 1, O as 0; case, spaces and hyphens do not matter.',
    },
  },
  'source-key-unknown': {
    status: 401,
    title: { de: 'Der Schlüssel der Partnerquelle ist unbekannt', en: 'The key of the partner source is unknown' },
    detail: {
      de: 'Die Kopfzeile „Source-Key“ trägt keinen hier eingetragenen Schlüssel. Es wurde nichts gespeichert.',
      en: 'The header "Source-Key" holds no key registered here. Nothing was stored.',
    },
    remedy: {
      de: 'Prüfen Sie den Schlüssel mit der Betreiberin oder dem Betreiber, oder lassen Sie die Kopfzeile weg.',
      en: 'Check the key with the operator, or leave the header out.',
    },
  },
  'association-key-missing': {
    status: 401,
    title: { de: 'Der Verbandsschlüssel fehlt', en: "The association's key is missing" },
    detail: {
      de: 'Diese Adresse braucht den Schlüssel des Verbands in der Kopfzeile „Authorization: Bearer …“.',
      en: 'This address needs the association\'s key in the header "Authorization: Bearer …".',
    },
    remedy: {
      de: 'Senden Sie den Schlüssel mit, den Sie bei der Anmeldung Ihres Verbands erhalten haben. Ein Rückkehr-Code öffnet diese Adresse nicht.',
      en: "Send the key that was issued when your association was registered. A member's receipt does not open this address.",
    },
  },
  'association-key-unknown': {
    status: 401,
    title: { de: 'Dieser Verbandsschlüssel gilt nicht', en: "This association's key is not valid" },
    detail: {
      de: 'Der Schlüssel ist unbekannt, unvollständig oder durch einen neuen ersetzt.',
      en: 'The key is unknown, incomplete, or was replaced by a new one.',
    },
    remedy: {
      de: 'Prüfen Sie, ob der Schlüssel vollständig ist. Einen neuen stellt die Betreiberin oder der Betreiber aus.',
      en: 'Check that the key is complete. The operator can issue a new one.',
    },
  },
  'association-forbidden': {
    status: 403,
    title: { de: 'Dieser Schlüssel gehört zu einem anderen Verband', en: 'This key belongs to another association' },
    detail: {
      de: 'Der Schlüssel ist gültig, öffnet aber nur die Auswertungen des eigenen Verbands.',
      en: "The key is valid, but opens only its own association's figures.",
    },
    remedy: {
      de: 'Rufen Sie die Adresse Ihres eigenen Verbands auf; seine Kennung steht vor dem Punkt im Schlüssel.',
      en: 'Use the address of your own association; its id stands before the point in the key.',
    },
  },
  'too-many-guesses': {
    status: 429,
    title: { de: 'Zu viele ungültige Schlüssel', en: 'Too many keys that are not valid' },
    detail: {
      de: 'In kurzer Zeit kamen zu viele ungültige Schlüssel. Bitte warten Sie {seconds} Sekunden.',
      en: 'Too many keys that are not valid arrived within a short time. Please wait {seconds} seconds.',
    },
    remedy: {
      de: 'Warten Sie die in „Retry-After“ genannte Zeit und geben Sie den Schlüssel dann vollständig ein.',
      en: 'Wait for the time given in "Retry-After", then enter the whole key.',
    },
  },
  'proof-of-work-needed': {
    status: 428,
    title: { de: 'Ein kleiner Rechenaufwand ist nötig', en: 'A little work is needed' },
    detail: {
      de: 'Zum Schutz vor massenhaft erfundenen Einsendungen löst Ihr Gerät vor dem Senden eine kleine Rechenaufgabe. Sie steht in „challenge“.',
      en: 'To keep out submissions invented in bulk, your device solves a small computation before sending. It stands in "challenge".',
    },
    remedy: {
      de: 'Lösen Sie die Aufgabe (altcha, Version 2) und senden Sie dieselbe Anfrage mit dem Header „Proof-Of-Work“ noch einmal. Die Website tut das von selbst.',
      en: 'Solve it (altcha, version 2) and repeat the same request with the header "Proof-Of-Work". The website does this by itself.',
    },
  },
  'too-many-requests': {
    status: 429,
    title: { de: 'Zu viele Anfragen', en: 'Too many requests' },
    detail: {
      de: 'Von hier kamen in der letzten Minute zu viele Anfragen. Bitte warten Sie {seconds} Sekunden.',
      en: 'Too many requests came from here within the last minute. Please wait {seconds} seconds.',
    },
    remedy: {
      de: 'Warten Sie die in „Retry-After“ genannte Zeit. Ihre Angaben bleiben gültig; dieselbe Anfrage kann danach unverändert wiederholt werden.',
      en: 'Wait for the time given in "Retry-After". What you entered stays valid: the same request may be repeated unchanged.',
    },
  },
  'unknown-association': {
    status: 404,
    title: { de: 'Diesen Verband gibt es nicht', en: 'There is no such association' },
    detail: {
      de: 'Unter dieser Kennung ist kein Verband eingetragen.',
      en: 'No association is registered under this id.',
    },
    remedy: {
      de: 'Prüfen Sie den Link oder den Code aus Ihrer Einladung.',
      en: 'Check the link or the code of your invitation.',
    },
  },
  'body-too-large': {
    status: 413,
    title: { de: 'Der Inhalt ist zu groß', en: 'The body is too large' },
    detail: {
      de: 'Der Inhalt einer Anfrage darf höchstens {limit} Byte umfassen.',
      en: 'The body of a request may hold at most {limit} bytes.',
    },
    remedy: {
      de: 'Eine Einreichung braucht selten mehr als zwei Kilobyte. Viele Einreichungen senden Sie einzeln nacheinander.',
      en: 'A submission rarely needs more than two kilobytes. Send many submissions one by one.',
    },
  },
  'unsupported-media-type': {
    status: 415,
    title: { de: 'Das Format des Inhalts wird nicht angenommen', en: 'The format of the body is not accepted' },
    detail: {
      de: 'Angenommen wird nur „Content-Type: application/json“ in UTF-8, ohne Content-Encoding.',
      en: 'Only "Content-Type: application/json" in UTF-8, without Content-Encoding, is accepted.',
    },
    remedy: {
      de: 'Senden Sie den Inhalt als JSON und setzen Sie die Kopfzeile Content-Type.',
      en: 'Send the body as JSON and set the header Content-Type.',
    },
  },
  'not-found': {
    status: 404,
    title: { de: 'Diese Adresse gibt es nicht', en: 'There is nothing at this address' },
    detail: {
      de: 'Der Dienst kennt diese Adresse nicht. /docs/api beschreibt alle, die es gibt.',
      en: 'The service does not know this address. /docs/api describes all that exist.',
    },
    remedy: { de: 'Prüfen Sie die Schreibweise der Adresse.', en: 'Check the spelling of the address.' },
  },
  'method-not-allowed': {
    status: 405,
    title: { de: 'Diese Methode gilt hier nicht', en: 'This method does not apply here' },
    detail: {
      de: 'Unter dieser Adresse gilt nur: {allowed}.',
      en: 'At this address only these methods apply: {allowed}.',
    },
    remedy: { de: 'Nutzen Sie eine der genannten Methoden.', en: 'Use one of the methods named.' },
  },
  'not-acceptable': {
    status: 406,
    title: { de: 'In keinem gewünschten Format verfügbar', en: 'Available in none of the formats asked for' },
    detail: {
      de: 'Verfügbar sind: {available}. Die Kopfzeile „Accept“ lässt keines davon zu.',
      en: 'Available are: {available}. The header "Accept" admits none of them.',
    },
    remedy: {
      de: 'Nennen Sie in „Accept“ eines der verfügbaren Formate.',
      en: 'Name one of the available formats in "Accept".',
    },
  },
  'unknown-instrument': {
    status: 404,
    title: { de: 'Dieses Instrument gibt es nicht', en: 'There is no such instrument' },
    detail: {
      de: 'Der Dienst führt kein Instrument mit dieser Kennung. GET /v1/instruments nennt alle.',
      en: 'The service holds no instrument of this id. GET /v1/instruments lists them all.',
    },
    remedy: {
      de: 'Wählen Sie eine Kennung aus der Liste, zum Beispiel „digitalcheck.1“.',
      en: 'Choose an id from the list, for example "digitalcheck.1".',
    },
  },
  'unknown-release': {
    status: 404,
    title: { de: 'Diese Veröffentlichung gibt es nicht', en: 'There is no such release' },
    detail: {
      de: 'Es gibt keine Veröffentlichung mit dieser Kennung. GET /v1/releases nennt alle.',
      en: 'There is no release of this id. GET /v1/releases lists them all.',
    },
    remedy: {
      de: 'Wählen Sie eine Kennung aus der Liste. Was noch nicht veröffentlicht ist, hat keine Adresse.',
      en: 'Choose an id from the list. What has not been published yet has no address.',
    },
  },
  'release-replaced': {
    status: 410,
    title: { de: 'Diese Veröffentlichung wurde ersetzt', en: 'This release was replaced' },
    detail: {
      de: 'Diese Veröffentlichung wurde berichtigt und wird nicht mehr ausgegeben. An ihrer Stelle steht {successor}.',
      en: 'This release was corrected and is no longer given out. {successor} stands in its place.',
    },
    remedy: {
      de: 'Nutzen Sie die berichtigte Veröffentlichung unter /v1/releases/ und ihrer Kennung; sie sagt, was falsch war.',
      en: 'Use the corrected release at /v1/releases/ and its id; it says what was wrong.',
    },
  },
  'release-taken-down': {
    status: 410,
    title: { de: 'Diese Veröffentlichung wurde zurückgenommen', en: 'This release was taken down' },
    detail: {
      de: 'Die Betreiberin oder der Betreiber hat diese Veröffentlichung zurückgenommen. Sie wird nicht mehr ausgegeben.',
      en: 'The operator took this release down. It is no longer given out.',
    },
    remedy: {
      de: 'GET /v1/releases nennt alle Veröffentlichungen, die gelten. Bitte verwenden Sie die zurückgenommenen Werte nicht weiter.',
      en: 'GET /v1/releases lists the releases that hold. Please stop using the figures that were taken down.',
    },
  },
  'unknown-group': {
    status: 404,
    title: { de: 'Diese Gruppe gibt es nicht', en: 'There is no such group' },
    detail: {
      de: 'Diese Gruppe gehört nicht zum festen Katalog des Instruments; Gruppen werden nicht frei zusammengestellt.',
      en: "This group is not in the instrument's fixed catalogue; groups cannot be composed at will.",
    },
    remedy: {
      de: 'Nutzen Sie „all“ oder eine Gruppe aus dem Verzeichnis der Veröffentlichung, zum Beispiel „sector=elder-care“.',
      en: 'Use "all" or a group of the release\'s list, for example "sector=elder-care".',
    },
  },
  'no-release-yet': {
    status: 404,
    title: { de: 'Noch ist nichts veröffentlicht', en: 'Nothing has been released yet' },
    detail: {
      de: 'Zu diesem Instrument gibt es noch keine Veröffentlichung.',
      en: 'There is no release of this instrument yet.',
    },
    remedy: {
      de: 'Die eigenen Werte gibt GET /v1/submissions schon heute; der Vergleich kommt mit der ersten Veröffentlichung.',
      en: 'GET /v1/submissions shows your own scores already; the comparison comes with the first release.',
    },
  },
  'no-submission': {
    status: 404,
    title: { de: 'Zu diesem Rückkehr-Code liegt nichts vor', en: 'Nothing is stored under this receipt' },
    detail: {
      de: 'Unter diesem Rückkehr-Code gibt es keine Einreichung zu diesem Instrument.',
      en: 'There is no submission to this instrument under this receipt.',
    },
    remedy: {
      de: 'Füllen Sie den Check aus, oder prüfen Sie, ob Sie einen anderen Rückkehr-Code notiert haben.',
      en: 'Fill in the check, or see whether you noted down another receipt.',
    },
  },
  'unknown-file': {
    status: 404,
    title: { de: 'Diese Datei gibt es nicht', en: 'There is no such file' },
    detail: {
      de: 'Zu dieser Veröffentlichung gibt es keine Datei dieses Namens oder Formats.',
      en: 'This release has no file of this name or format.',
    },
    remedy: {
      de: 'Das Verzeichnis der Veröffentlichung nennt alle Dateien und Formate.',
      en: "The release's list names every file and format.",
    },
  },
  internal: {
    status: 500,
    title: { de: 'Im Dienst ist ein Fehler aufgetreten', en: 'Something went wrong in the service' },
    detail: {
      de: 'Der Fehler liegt nicht an Ihrer Anfrage und ist unter der Vorgangsnummer {requestId} vermerkt.',
      en: 'The fault is not in your request; it is recorded under the request id {requestId}.',
    },
    remedy: {
      de: 'Versuchen Sie es später noch einmal. Mit demselben Idempotency-Key wird nichts doppelt gespeichert.',
      en: 'Try again later. Under the same Idempotency-Key nothing is stored twice.',
    },
  },
  unavailable: {
    status: 503,
    title: { de: 'Der Dienst ist gerade überlastet', en: 'The service is busy' },
    detail: {
      de: 'Der Speicher antwortet im Augenblick nicht. Bitte versuchen Sie es in einigen Sekunden erneut.',
      en: 'The store is not answering at the moment. Please try again in a few seconds.',
    },
    remedy: {
      de: 'Wiederholen Sie die Anfrage nach der in „Retry-After“ genannten Zeit, mit demselben Idempotency-Key.',
      en: 'Repeat the request after the time given in "Retry-After", under the same Idempotency-Key.',
    },
  },
} as const satisfies Record<string, ProblemText>;

export type ProblemName = keyof typeof PROBLEMS;

/** The rules a single field can break; `{words}` as above. */
export const FIELD_RULES = {
  required: { de: 'Diese Angabe fehlt.', en: 'This field is missing.' },
  'wrong-type': { de: 'Erwartet wird {expected}.', en: 'Expected {expected}.' },
  'unknown-field': { de: 'Dieses Feld gibt es hier nicht.', en: 'There is no such field here.' },
  'duplicate-field': { de: 'Dieses Feld kommt mehrfach vor.', en: 'This field occurs more than once.' },
  'unknown-instrument': {
    de: 'Dieses Instrument gibt es nicht; GET /v1/instruments nennt alle.',
    en: 'There is no such instrument; GET /v1/instruments lists them all.',
  },
  'unknown-item': { de: 'Dieses Instrument hat keine solche Frage.', en: 'This instrument has no such item.' },
  'unknown-dimension': {
    de: 'Dieses Instrument hat keine solche Dimension.',
    en: 'This instrument has no such dimension.',
  },
  'unknown-question': {
    de: 'Dieses Instrument hat keine solche Zusatzfrage.',
    en: 'This instrument has no such additional question.',
  },
  'unknown-attribute': {
    de: 'Dieses Instrument fragt nicht nach diesem Merkmal.',
    en: 'This instrument does not ask for this attribute.',
  },
  'unknown-code': {
    de: 'Dieser Code steht nicht auf der Liste. Möglich: {codes}.',
    en: 'This code is not on the list. Possible: {codes}.',
  },
  'invalid-answer': {
    de: 'Möglich sind die Zahlen 0, 1, 2, 3, 4 sowie "na" (trifft nicht zu) und "dk" (weiß nicht).',
    en: 'Possible are the numbers 0, 1, 2, 3, 4, and "na" (does not apply) and "dk" (don\'t know).',
  },
  'invalid-score': {
    de: 'Möglich sind ganze Zahlen von 0 bis 100.',
    en: 'Possible are whole numbers from 0 to 100.',
  },
  'invalid-date': {
    de: 'Erwartet wird ein Datum der Form JJJJ-MM-TT, das es im Kalender gibt.',
    en: 'Expected a date of the form YYYY-MM-DD that exists in the calendar.',
  },
  'date-in-future': {
    de: 'Dieses Datum liegt in der Zukunft (Ortszeit Berlin).',
    en: 'This date lies in the future (Berlin time).',
  },
  'date-too-early': { de: 'Frühestens gilt der {earliest}.', en: 'The earliest date is {earliest}.' },
  'too-many': { de: 'Höchstens {maximum} sind möglich.', en: 'At most {maximum} are possible.' },
  'too-few': { de: 'Mindestens {minimum} ist nötig.', en: 'At least {minimum} is needed.' },
  'too-long': { de: 'Höchstens {maximum} Zeichen sind möglich.', en: 'At most {maximum} characters are possible.' },
  'too-short': { de: 'Mindestens {minimum} Zeichen sind nötig.', en: 'At least {minimum} characters are needed.' },
  'repeated-code': { de: 'Dieser Code ist doppelt gewählt.', en: 'This code is chosen twice.' },
  'exclusive-code': {
    de: '„{code}“ schließt jede weitere Wahl aus.',
    en: '"{code}" excludes every other choice.',
  },
  'not-for-this-instrument': {
    de: 'Dieses Instrument nimmt „{expected}“ entgegen, nicht dieses Feld.',
    en: 'This instrument takes "{expected}", not this field.',
  },
  'unknown-join-code': {
    de: 'Diesen Verbandscode gibt es nicht. Bitte prüfen Sie die Schreibweise.',
    en: 'There is no such association code. Please check the spelling.',
  },
  'mistyped-join-code': {
    de: 'In diesem Code steckt ein Tippfehler. Bitte vergleichen Sie ihn Zeichen für Zeichen mit Ihrer Einladung.',
    en: 'This code has a typo in it. Please compare it symbol by symbol with your invitation.',
  },
  'closed-join-code': {
    de: 'Dieser Verbandscode nimmt keine Einreichungen mehr an.',
    en: 'This association code no longer takes submissions.',
  },
  'join-code-not-yet-open': {
    de: 'Die Befragung dieses Verbands beginnt am {opensOn}; bis dahin gilt der Code noch nicht.',
    en: "This association's survey begins on {opensOn}; until then the code is not valid.",
  },
  'join-code-over': {
    de: 'Die Befragung des Verbands endete am {closedOn}. Ohne den Code können Sie weiterhin teilnehmen.',
    en: "The association's survey ended on {closedOn}. You can still take part without the code.",
  },
  'join-code-by-invitation': {
    de: 'Ihr Verband hat persönliche Einladungscodes verschickt. Bitte geben Sie Ihren Einladungscode ein.',
    en: 'Your association sent out invitation codes for single use. Please enter your invitation code.',
  },
  'invalid-invitation-code': {
    de: 'Dieser Einladungscode gilt nicht oder nicht mehr. Ob er schon verwendet wurde, sagen wir niemandem: So erfährt niemand, wer teilgenommen hat.',
    en: 'This invitation code is not valid, or no longer. Whether it has been used is told to nobody, so that nobody learns who took part.',
  },
  'conflicting-source': {
    de: 'Bei Einreichungen über eine Partnerquelle (Source-Key) ist kein Träger-Kennwort möglich.',
    en: 'Submissions by a partner source (Source-Key) cannot carry a carrier secret.',
  },
  'invalid-text': {
    de: 'Der Text enthält Zeichen, die hier nicht möglich sind.',
    en: 'The text contains characters that are not possible here.',
  },
  'invalid-key': {
    de: 'Erwartet werden 1 bis 128 sichtbare ASCII-Zeichen ohne Leerzeichen.',
    en: 'Expected 1 to 128 visible ASCII characters without spaces.',
  },
  'invalid-value': { de: 'Möglich: {expected}.', en: 'Possible: {expected}.' },
} as const satisfies Record<string, LocalText>;

export type FieldRule = keyof typeof FIELD_RULES;
