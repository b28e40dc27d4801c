import type { LocalText } from '#contracts/text';

type Status = 400 | 401 | 403 | 404 | 405 | 406 | 410 | 413 | 415 | 422 | 428 | 429 | 500 | 503;

/** Status, then title, detail and remedy, each in German and English. */
type ProblemRow = readonly [Status, string, string, string, string, string, string];

/**
 * The closed catalogue of problems, by name: `/problems/<name>` is the type URI and the page that explains it.
 * A name, once published, keeps its meaning and status. `{words}` in a detail are filled in by who throws.
 */
const PROBLEM_ROWS = {
  'invalid-request': [
    400,
    'Die Anfrage ist nicht gültig',
    'The request is not valid',
    'Mindestens ein Wert in Kopfzeile oder Adresse ist nicht gültig. „errors“ nennt jeden einzelnen.',
    'At least one value in the headers or the address is not valid. "errors" names each of them.',
    'Berichtigen Sie die genannten Werte und senden Sie die Anfrage erneut.',
    'Correct the values named and send the request again.',
  ],
  'malformed-json': [
    400,
    'Der Inhalt ist kein gültiges JSON',
    'The body is not valid JSON',
    'Der Inhalt der Anfrage lässt sich nicht als JSON in UTF-8 lesen.',
    'The body of the request cannot be read as JSON in UTF-8.',
    'Prüfen Sie Klammern, Kommas, Anführungszeichen und die Zeichenkodierung (UTF-8).',
    'Check brackets, commas, quotation marks and the character encoding (UTF-8).',
  ],
  'invalid-submission': [
    422,
    'Die Einreichung ist nicht gültig',
    'The submission is not valid',
    'Es wurde nichts gespeichert. „errors“ nennt jede fehlerhafte Stelle und die verletzte Regel.',
    'Nothing was stored. "errors" names every failing field and the rule it breaks.',
    'Berichtigen Sie alle genannten Stellen und senden Sie die Einreichung erneut; derselbe Idempotency-Key darf bleiben.',
    'Correct every field named and send the submission again; the same Idempotency-Key may be used.',
  ],
  'submission-too-large': [
    422,
    'Die Einreichung ist zu umfangreich',
    'The submission holds too much',
    'Gespeichert bräuchte diese Einreichung {size} Byte; höchstens {limit} sind vorgesehen. Es wurde nichts gespeichert.',
    'Stored, this submission would take {size} bytes; at most {limit} are allowed. Nothing was stored.',
    'Lassen Sie freiwillige Angaben weg, zum Beispiel einzelne Zusatzfragen oder Verbandscodes.',
    'Leave out optional parts, for example some of the additional questions or association codes.',
  ],
  'idempotency-key-reused': [
    422,
    'Dieser Idempotency-Key ist schon vergeben',
    'This Idempotency-Key has been used',
    'Unter diesem Idempotency-Key liegt bereits eine Einreichung mit anderem Inhalt. Es wurde nichts geändert.',
    'A submission with another body is already stored under this Idempotency-Key. Nothing was changed.',
    'Für eine neue oder berichtigte Einreichung erzeugen Sie einen neuen Schlüssel; nur eine Wiederholung trägt den alten.',
    'Make a new key for a new or corrected submission; only a retry carries the old one.',
  ],
  'submission-withdrawn': [
    410,
    'Diese Einreichung wurde zurückgezogen',
    'This submission was withdrawn',
    'Die Einreichung unter diesem Idempotency-Key wurde zurückgezogen und kommt durch eine Wiederholung nicht zurück.',
    'The submission under this Idempotency-Key was withdrawn, and a retry does not bring it back.',
    'Wenn Sie wieder teilnehmen möchten, senden Sie eine neue Einreichung mit neuem Idempotency-Key.',
    'To take part again, send a new submission under a new Idempotency-Key.',
  ],
  'receipt-missing': [
    401,
    'Der Rückkehr-Code fehlt',
    'The receipt is missing',
    'Diese Adresse braucht den Rückkehr-Code in der Kopfzeile „Authorization: Bearer …“.',
    'This address needs the receipt in the header "Authorization: Bearer …".',
    'Senden Sie Ihren Rückkehr-Code mit. Einen neuen gibt POST /v1/receipts aus.',
    'Send your receipt along. POST /v1/receipts issues a new one.',
  ],
  'receipt-mistyped': [
    401,
    'Der Rückkehr-Code enthält einen Tippfehler',
    'The receipt has a typo in it',
    '{reason}',
    '{reason}',
    'Vergleichen Sie den Code Zeichen für Zeichen mit Ihrer Aufzeichnung. I und L gelten als 1, O gilt als 0; Groß- und Kleinschreibung, Leerzeichen und Bindestriche sind gleichgültig.',
    'Compare the receipt symbol by symbol with your note. I and L count as 1, O as 0; case, spaces and hyphens do not matter.',
  ],
  'source-key-unknown': [
    401,
    'Der Schlüssel der Partnerquelle ist unbekannt',
    'The key of the partner source is unknown',
    'Die Kopfzeile „Source-Key“ trägt keinen hier eingetragenen Schlüssel. Es wurde nichts gespeichert.',
    'The header "Source-Key" holds no key registered here. Nothing was stored.',
    'Prüfen Sie den Schlüssel mit der Betreiberin oder dem Betreiber, oder lassen Sie die Kopfzeile weg.',
    'Check the key with the operator, or leave the header out.',
  ],
  'association-key-missing': [
    401,
    'Der Verbandsschlüssel fehlt',
    "The association's key is missing",
    'Diese Adresse braucht den Schlüssel des Verbands in der Kopfzeile „Authorization: Bearer …“.',
    'This address needs the association\'s key in the header "Authorization: Bearer …".',
    'Senden Sie den Schlüssel mit, den Sie bei der Anmeldung Ihres Verbands erhalten haben. Ein Rückkehr-Code öffnet diese Adresse nicht.',
    "Send the key that was issued when your association was registered. A member's receipt does not open this address.",
  ],
  'association-key-unknown': [
    401,
    'Dieser Verbandsschlüssel gilt nicht',
    "This association's key is not valid",
    'Der Schlüssel ist unbekannt, unvollständig oder durch einen neuen ersetzt.',
    'The key is unknown, incomplete, or was replaced by a new one.',
    'Prüfen Sie, ob der Schlüssel vollständig ist. Einen neuen stellt die Betreiberin oder der Betreiber aus.',
    'Check that the key is complete. The operator can issue a new one.',
  ],
  'association-forbidden': [
    403,
    'Dieser Schlüssel gehört zu einem anderen Verband',
    'This key belongs to another association',
    'Der Schlüssel ist gültig, öffnet aber nur die Auswertungen des eigenen Verbands.',
    "The key is valid, but opens only its own association's figures.",
    'Rufen Sie die Adresse Ihres eigenen Verbands auf; seine Kennung steht vor dem Punkt im Schlüssel.',
    'Use the address of your own association; its id stands before the point in the key.',
  ],
  'too-many-guesses': [
    429,
    'Zu viele ungültige Schlüssel',
    'Too many keys that are not valid',
    'In kurzer Zeit kamen zu viele ungültige Schlüssel. Bitte warten Sie {seconds} Sekunden.',
    'Too many keys that are not valid arrived within a short time. Please wait {seconds} seconds.',
    'Warten Sie die in „Retry-After“ genannte Zeit und geben Sie den Schlüssel dann vollständig ein.',
    'Wait for the time given in "Retry-After", then enter the whole key.',
  ],
  'proof-of-work-needed': [
    428,
    'Ein kleiner Rechenaufwand ist nötig',
    'A little work is needed',
    'Zum Schutz vor massenhaft erfundenen Einsendungen löst Ihr Gerät vor dem Senden eine kleine Rechenaufgabe. Sie steht in „challenge“.',
    'To keep out submissions invented in bulk, your device solves a small computation before sending. It stands in "challenge".',
    'Lösen Sie die Aufgabe (altcha, Version 2) und senden Sie dieselbe Anfrage mit dem Header „Proof-Of-Work“ noch einmal. Die Website tut das von selbst.',
    'Solve it (altcha, version 2) and repeat the same request with the header "Proof-Of-Work". The website does this by itself.',
  ],
  'too-many-requests': [
    429,
    'Zu viele Anfragen',
    'Too many requests',
    'Von hier kamen in der letzten Minute zu viele Anfragen. Bitte warten Sie {seconds} Sekunden.',
    'Too many requests came from here within the last minute. Please wait {seconds} seconds.',
    'Warten Sie die in „Retry-After“ genannte Zeit. Ihre Angaben bleiben gültig; dieselbe Anfrage kann danach unverändert wiederholt werden.',
    'Wait for the time given in "Retry-After". What you entered stays valid: the same request may be repeated unchanged.',
  ],
  'unknown-association': [
    404,
    'Diesen Verband gibt es nicht',
    'There is no such association',
    'Unter dieser Kennung ist kein Verband eingetragen.',
    'No association is registered under this id.',
    'Prüfen Sie den Link oder den Code aus Ihrer Einladung.',
    'Check the link or the code of your invitation.',
  ],
  'body-too-large': [
    413,
    'Der Inhalt ist zu groß',
    'The body is too large',
    'Der Inhalt einer Anfrage darf höchstens {limit} Byte umfassen.',
    'The body of a request may hold at most {limit} bytes.',
    'Eine Einreichung braucht selten mehr als zwei Kilobyte. Viele Einreichungen senden Sie einzeln nacheinander.',
    'A submission rarely needs more than two kilobytes. Send many submissions one by one.',
  ],
  'unsupported-media-type': [
    415,
    'Das Format des Inhalts wird nicht angenommen',
    'The format of the body is not accepted',
    'Angenommen wird nur „Content-Type: application/json“ in UTF-8, ohne Content-Encoding.',
    'Only "Content-Type: application/json" in UTF-8, without Content-Encoding, is accepted.',
    'Senden Sie den Inhalt als JSON und setzen Sie die Kopfzeile Content-Type.',
    'Send the body as JSON and set the header Content-Type.',
  ],
  'not-found': [
    404,
    'Diese Adresse gibt es nicht',
    'There is nothing at this address',
    'Der Dienst kennt diese Adresse nicht. /docs/api beschreibt alle, die es gibt.',
    'The service does not know this address. /docs/api describes all that exist.',
    'Prüfen Sie die Schreibweise der Adresse.',
    'Check the spelling of the address.',
  ],
  'method-not-allowed': [
    405,
    'Diese Methode gilt hier nicht',
    'This method does not apply here',
    'Unter dieser Adresse gilt nur: {allowed}.',
    'At this address only these methods apply: {allowed}.',
    'Nutzen Sie eine der genannten Methoden.',
    'Use one of the methods named.',
  ],
  'not-acceptable': [
    406,
    'In keinem gewünschten Format verfügbar',
    'Available in none of the formats asked for',
    'Verfügbar sind: {available}. Die Kopfzeile „Accept“ lässt keines davon zu.',
    'Available are: {available}. The header "Accept" admits none of them.',
    'Nennen Sie in „Accept“ eines der verfügbaren Formate.',
    'Name one of the available formats in "Accept".',
  ],
  'unknown-instrument': [
    404,
    'Dieses Instrument gibt es nicht',
    'There is no such instrument',
    'Der Dienst führt kein Instrument mit dieser Kennung. GET /v1/instruments nennt alle.',
    'The service holds no instrument of this id. GET /v1/instruments lists them all.',
    'Wählen Sie eine Kennung aus der Liste, zum Beispiel „digitalcheck.1“.',
    'Choose an id from the list, for example "digitalcheck.1".',
  ],
  'unknown-release': [
    404,
    'Diese Veröffentlichung gibt es nicht',
    'There is no such release',
    'Es gibt keine Veröffentlichung mit dieser Kennung. GET /v1/releases nennt alle.',
    'There is no release of this id. GET /v1/releases lists them all.',
    'Wählen Sie eine Kennung aus der Liste. Was noch nicht veröffentlicht ist, hat keine Adresse.',
    'Choose an id from the list. What has not been published yet has no address.',
  ],
  'release-replaced': [
    410,
    'Diese Veröffentlichung wurde ersetzt',
    'This release was replaced',
    'Diese Veröffentlichung wurde berichtigt und wird nicht mehr ausgegeben. An ihrer Stelle steht {successor}.',
    'This release was corrected and is no longer given out. {successor} stands in its place.',
    'Nutzen Sie die berichtigte Veröffentlichung unter /v1/releases/ und ihrer Kennung; sie sagt, was falsch war.',
    'Use the corrected release at /v1/releases/ and its id; it says what was wrong.',
  ],
  'release-taken-down': [
    410,
    'Diese Veröffentlichung wurde zurückgenommen',
    'This release was taken down',
    'Die Betreiberin oder der Betreiber hat diese Veröffentlichung zurückgenommen. Sie wird nicht mehr ausgegeben.',
    'The operator took this release down. It is no longer given out.',
    'GET /v1/releases nennt alle Veröffentlichungen, die gelten. Bitte verwenden Sie die zurückgenommenen Werte nicht weiter.',
    'GET /v1/releases lists the releases that hold. Please stop using the figures that were taken down.',
  ],
  'unknown-group': [
    404,
    'Diese Gruppe gibt es nicht',
    'There is no such group',
    'Diese Gruppe gehört nicht zum festen Katalog des Instruments; Gruppen werden nicht frei zusammengestellt.',
    "This group is not in the instrument's fixed catalogue; groups cannot be composed at will.",
    'Nutzen Sie „all“ oder eine Gruppe aus dem Verzeichnis der Veröffentlichung, zum Beispiel „sector=elder-care“.',
    'Use "all" or a group of the release\'s list, for example "sector=elder-care".',
  ],
  'no-release-yet': [
    404,
    'Noch ist nichts veröffentlicht',
    'Nothing has been released yet',
    'Zu diesem Instrument gibt es noch keine Veröffentlichung.',
    'There is no release of this instrument yet.',
    'Die eigenen Werte gibt GET /v1/submissions schon heute; der Vergleich kommt mit der ersten Veröffentlichung.',
    'GET /v1/submissions shows your own scores already; the comparison comes with the first release.',
  ],
  'no-submission': [
    404,
    'Zu diesem Rückkehr-Code liegt nichts vor',
    'Nothing is stored under this receipt',
    'Unter diesem Rückkehr-Code gibt es keine Einreichung zu diesem Instrument.',
    'There is no submission to this instrument under this receipt.',
    'Füllen Sie den Check aus, oder prüfen Sie, ob Sie einen anderen Rückkehr-Code notiert haben.',
    'Fill in the check, or see whether you noted down another receipt.',
  ],
  'unknown-file': [
    404,
    'Diese Datei gibt es nicht',
    'There is no such file',
    'Zu dieser Veröffentlichung gibt es keine Datei dieses Namens oder Formats.',
    'This release has no file of this name or format.',
    'Das Verzeichnis der Veröffentlichung nennt alle Dateien und Formate.',
    "The release's list names every file and format.",
  ],
  internal: [
    500,
    'Im Dienst ist ein Fehler aufgetreten',
    'Something went wrong in the service',
    'Der Fehler liegt nicht an Ihrer Anfrage und ist unter der Vorgangsnummer {requestId} vermerkt.',
    'The fault is not in your request; it is recorded under the request id {requestId}.',
    'Versuchen Sie es später noch einmal. Mit demselben Idempotency-Key wird nichts doppelt gespeichert.',
    'Try again later. Under the same Idempotency-Key nothing is stored twice.',
  ],
  unavailable: [
    503,
    'Der Dienst ist gerade überlastet',
    'The service is busy',
    'Der Speicher antwortet im Augenblick nicht. Bitte versuchen Sie es in einigen Sekunden erneut.',
    'The store is not answering at the moment. Please try again in a few seconds.',
    'Wiederholen Sie die Anfrage nach der in „Retry-After“ genannten Zeit, mit demselben Idempotency-Key.',
    'Repeat the request after the time given in "Retry-After", under the same Idempotency-Key.',
  ],
} as const satisfies Record<string, ProblemRow>;

/** The rules a single field can break, in German and English; `{words}` as above. */
const RULE_ROWS = {
  required: ['Diese Angabe fehlt.', 'This field is missing.'],
  'wrong-type': ['Erwartet wird {expected}.', 'Expected {expected}.'],
  'unknown-field': ['Dieses Feld gibt es hier nicht.', 'There is no such field here.'],
  'duplicate-field': ['Dieses Feld kommt mehrfach vor.', 'This field occurs more than once.'],
  'unknown-instrument': [
    'Dieses Instrument gibt es nicht; GET /v1/instruments nennt alle.',
    'There is no such instrument; GET /v1/instruments lists them all.',
  ],
  'unknown-item': ['Dieses Instrument hat keine solche Frage.', 'This instrument has no such item.'],
  'unknown-dimension': ['Dieses Instrument hat keine solche Dimension.', 'This instrument has no such dimension.'],
  'unknown-question': [
    'Dieses Instrument hat keine solche Zusatzfrage.',
    'This instrument has no such additional question.',
  ],
  'unknown-attribute': [
    'Dieses Instrument fragt nicht nach diesem Merkmal.',
    'This instrument does not ask for this attribute.',
  ],
  'unknown-code': [
    'Dieser Code steht nicht auf der Liste. Möglich: {codes}.',
    'This code is not on the list. Possible: {codes}.',
  ],
  'invalid-answer': [
    'Möglich sind die Zahlen 0, 1, 2, 3, 4 sowie "na" (trifft nicht zu) und "dk" (weiß nicht).',
    'Possible are the numbers 0, 1, 2, 3, 4, and "na" (does not apply) and "dk" (don\'t know).',
  ],
  'invalid-score': ['Möglich sind ganze Zahlen von 0 bis 100.', 'Possible are whole numbers from 0 to 100.'],
  'invalid-date': [
    'Erwartet wird ein Datum der Form JJJJ-MM-TT, das es im Kalender gibt.',
    'Expected a date of the form YYYY-MM-DD that exists in the calendar.',
  ],
  'date-in-future': [
    'Dieses Datum liegt in der Zukunft (Ortszeit Berlin).',
    'This date lies in the future (Berlin time).',
  ],
  'date-too-early': ['Frühestens gilt der {earliest}.', 'The earliest date is {earliest}.'],
  'too-many': ['Höchstens {maximum} sind möglich.', 'At most {maximum} are possible.'],
  'too-few': ['Mindestens {minimum} ist nötig.', 'At least {minimum} is needed.'],
  'too-long': ['Höchstens {maximum} Zeichen sind möglich.', 'At most {maximum} characters are possible.'],
  'too-short': ['Mindestens {minimum} Zeichen sind nötig.', 'At least {minimum} characters are needed.'],
  'repeated-code': ['Dieser Code ist doppelt gewählt.', 'This code is chosen twice.'],
  'exclusive-code': ['„{code}“ schließt jede weitere Wahl aus.', '"{code}" excludes every other choice.'],
  'not-for-this-instrument': [
    'Dieses Instrument nimmt „{expected}“ entgegen, nicht dieses Feld.',
    'This instrument takes "{expected}", not this field.',
  ],
  'unknown-join-code': [
    'Diesen Verbandscode gibt es nicht. Bitte prüfen Sie die Schreibweise.',
    'There is no such association code. Please check the spelling.',
  ],
  'mistyped-join-code': [
    'In diesem Code steckt ein Tippfehler. Bitte vergleichen Sie ihn Zeichen für Zeichen mit Ihrer Einladung.',
    'This code has a typo in it. Please compare it symbol by symbol with your invitation.',
  ],
  'closed-join-code': [
    'Dieser Verbandscode nimmt keine Einreichungen mehr an.',
    'This association code no longer takes submissions.',
  ],
  'join-code-not-yet-open': [
    'Die Befragung dieses Verbands beginnt am {opensOn}; bis dahin gilt der Code noch nicht.',
    "This association's survey begins on {opensOn}; until then the code is not valid.",
  ],
  'join-code-over': [
    'Die Befragung des Verbands endete am {closedOn}. Ohne den Code können Sie weiterhin teilnehmen.',
    "The association's survey ended on {closedOn}. You can still take part without the code.",
  ],
  'join-code-by-invitation': [
    'Ihr Verband hat persönliche Einladungscodes verschickt. Bitte geben Sie Ihren Einladungscode ein.',
    'Your association sent out invitation codes for single use. Please enter your invitation code.',
  ],
  'invalid-invitation-code': [
    'Dieser Einladungscode gilt nicht oder nicht mehr. Ob er schon verwendet wurde, sagen wir niemandem: So erfährt niemand, wer teilgenommen hat.',
    'This invitation code is not valid, or no longer. Whether it has been used is told to nobody, so that nobody learns who took part.',
  ],
  'conflicting-source': [
    'Bei Einreichungen über eine Partnerquelle (Source-Key) ist kein Träger-Kennwort möglich.',
    'Submissions by a partner source (Source-Key) cannot carry a carrier secret.',
  ],
  'invalid-text': [
    'Der Text enthält Zeichen, die hier nicht möglich sind.',
    'The text contains characters that are not possible here.',
  ],
  'invalid-key': [
    'Erwartet werden 1 bis 128 sichtbare ASCII-Zeichen ohne Leerzeichen.',
    'Expected 1 to 128 visible ASCII characters without spaces.',
  ],
  'invalid-value': ['Möglich: {expected}.', 'Possible: {expected}.'],
} as const satisfies Record<string, readonly [string, string]>;

export type ProblemName = keyof typeof PROBLEM_ROWS;
export type FieldRule = keyof typeof RULE_ROWS;
/** A problem's detail in German. */
export type DetailOf<Name extends ProblemName> = (typeof PROBLEM_ROWS)[Name][3];

export interface ProblemText {
  status: Status;
  title: LocalText;
  detail: LocalText;
  /** What to do about it; shown on the problem's page. */
  remedy: LocalText;
}

export const PROBLEMS = Object.fromEntries(
  Object.entries(PROBLEM_ROWS).map(([name, row]) => {
    const [status, titleDe, titleEn, detailDe, detailEn, remedyDe, remedyEn] = row;
    const text: ProblemText = {
      status,
      title: { de: titleDe, en: titleEn },
      detail: { de: detailDe, en: detailEn },
      remedy: { de: remedyDe, en: remedyEn },
    };
    return [name, text];
  }),
) as Record<ProblemName, ProblemText>;

export const FIELD_RULES = Object.fromEntries(
  Object.entries(RULE_ROWS).map(([rule, [de, en]]) => [rule, { de, en }]),
) as Record<FieldRule, LocalText>;
