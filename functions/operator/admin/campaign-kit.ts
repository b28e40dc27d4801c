import { renderSVG } from 'uqr';
import type { Association, Campaign } from '#contracts/registry';
import type { Lang } from '#contracts/text';
import { longDate } from '#views/standing-words';
import { pathTo } from '#web/site-map.ts';
import { joinLink } from './join-link.ts';

/** One file of the kit. */
export interface KitFile {
  name: string;
  text: string;
}

/**
 * Everything an association sends and shows for a campaign, in both languages: invitation, two reminders, questions and
 * answers, a page on data protection, the link, and its QR code. Plain text to be copied into letters and mails.
 */
export function campaignKit(association: Association, campaign: Campaign, url: string): KitFile[] {
  const hasOwnCodes = campaign.invitations !== undefined;
  const link = (lang: Lang) =>
    joinLink(url, lang, { id: association.id, ...(hasOwnCodes ? {} : { code: association.joinCode }) });
  const texts = (['de', 'en'] as const).flatMap((lang) => {
    const given: KitGiven = {
      name: association.name,
      contact: association.contact,
      code: hasOwnCodes ? undefined : association.joinCode,
      link: link(lang),
      privacy: new URL(pathTo('privacy', lang), url).href,
      closes: longDate(campaign.closesOn, lang),
      results: longDate(campaign.resultsOn, lang),
    };
    const text = lang === 'de' ? GERMAN : ENGLISH;
    return [
      { name: `${lang}/${FILE_NAMES[lang].invitation}.txt`, text: text.invitation(given) },
      { name: `${lang}/${FILE_NAMES[lang].firstReminder}.txt`, text: text.firstReminder(given) },
      { name: `${lang}/${FILE_NAMES[lang].secondReminder}.txt`, text: text.secondReminder(given) },
      { name: `${lang}/${FILE_NAMES[lang].questions}.txt`, text: text.questions(given) },
      { name: `${lang}/${FILE_NAMES[lang].protection}.txt`, text: text.protection(given) },
      { name: `${lang}/link.txt`, text: `${link(lang)}\n` },
      { name: `${lang}/qr-code.svg`, text: `${renderSVG(link(lang), { ecc: 'M', border: 4 })}\n` },
    ];
  });
  return texts;
}

interface KitGiven {
  name: string;
  contact: string | undefined;
  /** Undefined where each member has a code of its own. */
  code: string | undefined;
  link: string;
  privacy: string;
  closes: string;
  results: string;
}

interface KitTexts {
  invitation: (given: KitGiven) => string;
  firstReminder: (given: KitGiven) => string;
  secondReminder: (given: KitGiven) => string;
  questions: (given: KitGiven) => string;
  protection: (given: KitGiven) => string;
}

const FILE_NAMES: Record<Lang, Record<keyof KitTexts, string>> = {
  de: {
    invitation: '1-einladung',
    firstReminder: '2-erinnerung',
    secondReminder: '3-letzte-erinnerung',
    questions: 'fragen-und-antworten',
    protection: 'datenschutz',
  },
  en: {
    invitation: '1-invitation',
    firstReminder: '2-reminder',
    secondReminder: '3-last-reminder',
    questions: 'questions-and-answers',
    protection: 'data-protection',
  },
};

/** A reminder goes to everybody and cannot hold a code of one's own. */
const CODE_IN_INVITATION: Record<Lang, string> = {
  de: '\nIhr Einladungscode steht in unserer Einladung.\n',
  en: '\nYour invitation code is in our invitation.\n',
};

const GERMAN: KitTexts = {
  invitation: ({
    name,
    contact,
    code,
    link,
    closes,
    results,
  }) => `Betreff: Wo stehen wir digital? Machen Sie bis zum ${closes} mit

Guten Tag,

wo steht Ihre Organisation bei der Digitalisierung, verglichen mit ähnlichen Organisationen? Der Digitalisierungscheck
beantwortet das in etwa zehn Minuten: zwanzig Fragen, am besten zu zweit oder im Leitungsteam. Gleich danach sehen Sie Ihr eigenes
Ergebnis und womit Sie beginnen können.

Bitte machen Sie bis zum ${closes} mit:

${link}

${
  code === undefined
    ? 'Ihr Einladungscode: [bitte hier einen Code aus der Liste einsetzen]\nEr gilt für eine Organisation.'
    : `Unser Verbandscode, falls Sie danach gefragt werden: ${code}`
}

Was wir als Verband davon sehen: Werte der teilnehmenden Mitglieder als Gruppe, erst ab 20 Organisationen und zum Schutz
zufällig verschoben. Was Ihre Organisation geantwortet hat, sehen wir nicht. Eine Liste, wer teilgenommen hat, gibt es nicht;
deshalb geht unsere Erinnerung an alle.

Die gemeinsamen Ergebnisse stellen wir ab dem ${results} vor.

${contact === undefined ? '' : `Bei Fragen: ${contact}\n\n`}Mit freundlichen Grüßen
${name}
`,

  firstReminder: ({
    name,
    contact,
    code,
    link,
    closes,
  }) => `Betreff: Zehn Minuten für den Digitalisierungscheck, noch bis zum ${closes}

Guten Tag,

vielleicht ist unsere Einladung zum Digitalisierungscheck liegen geblieben. Bis zum ${closes} können Sie noch mitmachen:

${link}
${code === undefined ? CODE_IN_INVITATION.de : ''}
Je mehr Mitglieder teilnehmen, desto mehr lässt sich für alle sagen: Kleine Gruppen werden zum Schutz nicht veröffentlicht.

Eine Liste, wer teilgenommen hat, haben wir nicht. Wenn Sie schon dabei waren, danken wir Ihnen herzlich; dann ist nichts weiter zu tun.

${contact === undefined ? '' : `Bei Fragen: ${contact}\n\n`}Mit freundlichen Grüßen
${name}
`,

  secondReminder: ({
    name,
    contact,
    code,
    link,
    closes,
    results,
  }) => `Betreff: Letzte Gelegenheit: Digitalisierungscheck endet am ${closes}

Guten Tag,

am ${closes} endet unsere gemeinsame Runde des Digitalisierungschecks. Danach zählt eine neue Teilnahme nicht mehr zu
unserer Mitgliedergruppe.

${link}
${code === undefined ? CODE_IN_INVITATION.de : ''}
Sie müssen nichts vorbereiten. „Weiß nicht“ und „Trifft nicht zu“ sind immer möglich. Ihr eigenes Ergebnis sehen Sie sofort,
das gemeinsame ab dem ${results}.

Falls Sie schon teilgenommen haben: vielen Dank. Bewahren Sie Ihren Rückkehr-Code auf, mit ihm sehen Sie beim nächsten Mal,
was sich bei Ihnen verändert hat.

${contact === undefined ? '' : `Bei Fragen: ${contact}\n\n`}Mit freundlichen Grüßen
${name}
`,

  questions: ({ name, contact, code, closes, results }) => `Fragen und Antworten zum Digitalisierungscheck

Wie lange dauert es?
Etwa zehn Minuten. Sie können unterbrechen; Ihre Antworten bleiben bis zum Absenden in Ihrem Browser.

Wer soll ausfüllen?
Jemand, der den Alltag der Organisation kennt, am besten zwei oder drei Personen gemeinsam. Antworten Sie so, wie es heute
ist, nicht so, wie es geplant ist.

Sieht ${name}, was wir geantwortet haben?
Nein. Der Verband sieht Werte der teilnehmenden Mitglieder als Gruppe, erst ab 20 Organisationen. Jeder dieser Werte wird vor der
Veröffentlichung einmal zufällig nach oben oder unten verschoben, nach demselben Grundsatz, nach dem der Zensus 2022 geschützt
wurde. Ihr eigenes Ergebnis bleibt genau.

Sieht ${name}, ob wir teilgenommen haben?
Eine Liste bekommt er nicht. Er erfährt wenige Male während der Runde und einmal danach, wie viele ungefähr teilgenommen haben:
zufällig verschoben, auf Fünfer abgerundet, keine Zahl unter zehn. Nur wer von allen anderen Mitgliedern weiß, ob sie dabei
waren, könnte es für das letzte daraus schließen.

${
  code === undefined
    ? 'Wozu dient der Einladungscode?\nEr zählt Ihre Antworten zu den Mitgliedern des Verbands und gilt für eine Organisation. Welcher Code an wen ging, wird nicht\nfestgehalten. Ob ein Code verwendet wurde, sagt der Dienst niemandem.'
    : `Wozu dient der Verbandscode ${code}?\nEr zählt Ihre Antworten zu den Mitgliedern des Verbands. Er ist für alle gleich und verrät nicht, wer Sie sind.`
}

Müssen wir den Code angeben?
Nein. Ohne ihn nehmen Sie am Vergleich mit dem ganzen Feld teil, zählen aber nicht zur Mitgliedergruppe des Verbands.

Was ist der Rückkehr-Code?
Ein zufälliges Geheimnis, das nur Sie haben. Mit ihm sehen Sie Ihr Ergebnis wieder, berichtigen es oder ziehen es zurück. Bitte
bewahren Sie ihn auf: Er lässt sich nicht wiederherstellen.

Können wir etwas berichtigen?
Ja, auch nach dem ${closes}: mit Rückkehr-Code und demselben ${code === undefined ? 'Einladungscode' : 'Verbandscode'} noch einmal absenden. Es zählt die letzte Fassung.

Wann gibt es gemeinsame Ergebnisse?
Ab dem ${results}. Der Vergleich mit dem Feld beruht immer auf der letzten Veröffentlichung; sie ändert sich nicht von Tag zu Tag.
${contact === undefined ? '' : `\nAn wen können wir uns wenden?\n${contact}\n`}`,

  protection: ({ name, contact, privacy, code }) => `Datenschutz beim Digitalisierungscheck

Kurz: Ihre Organisation nennt weder ihren Namen noch Ansprechpersonen. ${name} sieht keine einzelnen Antworten.

Was gespeichert wird
Die Antworten auf die Fragen, das Profil (zum Beispiel Handlungsfeld, Größe, Bundesland), der Tag des Checks und die Zugehörigkeit zu
unserem Verband. Nicht gespeichert werden Name, E-Mail-Adresse, IP-Adresse und Browserkennung.

Wie Ihre Organisation wiedererkannt wird
Nur durch den Rückkehr-Code, den Ihr Browser erzeugt. Der Dienst kennt davon lediglich eine Prüfsumme. Die Daten sind
pseudonym, nicht anonym: Bei einer kleinen Organisation könnte das Profil denen, die Zugriff auf die Datenbank haben, einen
Hinweis geben.

Was ${name} sieht
- wenige Male während der Runde und einmal danach, wie viele Mitglieder ungefähr teilgenommen haben (zufällig verschoben, auf
  Fünfer abgerundet, keine Zahl unter zehn);
- nach einer Veröffentlichung die Werte der teilnehmenden Mitglieder als Gruppe, jeder vorher einmal zufällig nach oben oder unten
  verschoben. Gruppen unter 20 Organisationen bleiben „zum Schutz nicht veröffentlicht“.

Was ${name} nicht sieht
Welche Antworten von wem stammen, und ${
    code === undefined ? 'wer welchen Einladungscode verwendet hat' : 'wer den Verbandscode verwendet hat'
  }. Eine Liste, wer teilgenommen hat, gibt es nicht;
verborgen ist die Teilnahme aber nicht vor jemandem, der von allen anderen Mitgliedern weiß, ob sie dabei waren.

Der Code im Link
Er steht hinter dem Zeichen # und wird beim Öffnen der Seite nicht übertragen. Er wird erst mit Ihrem Check gesendet.

Zurückziehen
Mit dem Rückkehr-Code jederzeit. Antworten und Profil werden sofort gelöscht, aus Zwischenstücken einer gerade laufenden
Veröffentlichung binnen eines Tages. Schon veröffentlichte Gruppenwerte bleiben bestehen.

Wie lange
Höchstens fünf Jahre; Sicherungskopien 35 Tage länger.

Ausführlich: ${privacy}
${contact === undefined ? '' : `Ansprechperson im Verband: ${contact}\n`}`,
};

const ENGLISH: KitTexts = {
  invitation: ({
    name,
    contact,
    code,
    link,
    closes,
    results,
  }) => `Subject: Where do we stand digitally? Take part by ${closes}

Dear members,

how far along is your organisation digitally, compared with others like it? The digital check tells you in about ten
minutes: twenty questions, best answered by two people together or with your management team. Right afterwards you see your
own result and where you could begin.

Please take part by ${closes}:

${link}

${
  code === undefined
    ? 'Your invitation code: [please insert one code of the list here]\nIt is valid for one organisation.'
    : `Our association code, should you be asked for it: ${code}`
}

What we as your association see of it: figures of the participating members as a group, from 20 organisations on and moved at
random for protection. We do not see what your organisation answered. There is no list of who took part; that is why our
reminder goes to everybody.

We will present the joint results from ${results}.

${contact === undefined ? '' : `Questions: ${contact}\n\n`}Kind regards
${name}
`,

  firstReminder: ({
    name,
    contact,
    code,
    link,
    closes,
  }) => `Subject: Ten minutes for the digital check, open until ${closes}

Dear members,

perhaps our invitation to the digital check got buried. You can still take part until ${closes}:

${link}
${code === undefined ? CODE_IN_INVITATION.en : ''}
The more members take part, the more can be said for everybody: small groups are not published, for their protection.

We have no list of who has taken part. If you have, thank you very much; there is nothing more to do.

${contact === undefined ? '' : `Questions: ${contact}\n\n`}Kind regards
${name}
`,

  secondReminder: ({
    name,
    contact,
    code,
    link,
    closes,
    results,
  }) => `Subject: Last chance: the digital check closes on ${closes}

Dear members,

our joint round of the digital check closes on ${closes}. After that, new participants no longer count among our members'
group.

${link}
${code === undefined ? CODE_IN_INVITATION.en : ''}
There is nothing to prepare. "Don't know" and "does not apply" are always possible. You see your own result at once, the
joint one from ${results}.

If you have taken part already: thank you. Please keep your return code; next time it shows you what has changed.

${contact === undefined ? '' : `Questions: ${contact}\n\n`}Kind regards
${name}
`,

  questions: ({ name, contact, code, closes, results }) => `Questions and answers about the digital check

How long does it take?
About ten minutes. You can pause; until you send them, your answers stay in your browser.

Who should fill it in?
Somebody who knows the organisation's everyday work, best two or three people together. Answer as it is today, not as it is
planned.

Does ${name} see our answers?
No. The association sees figures of the participating members as a group, from 20 organisations on. Each of these figures is moved
up or down once, at random, before it is published, by the principle that protected the German census of 2022. Your own result
stays exact.

Does ${name} see whether we took part?
It gets no list. A few times during the round and once after it, the association learns about how many took part: moved at
random, rounded down to a multiple of five, no number below ten. Only who knows of all other members whether they took part
could infer the last one from it.

${
  code === undefined
    ? 'What is the invitation code for?\nIt counts your answers among the members of the association and is valid for one organisation. Nobody keeps a list of who got\nwhich code, and the service tells nobody whether a code was used.'
    : `What is the association code ${code} for?\nIt counts your answers among the members of the association. It is the same for everybody and does not say who you are.`
}

Do we have to enter the code?
No. Without it you take part in the comparison with the whole field, but do not count among the association's members.

What is the return code?
A random secret that only you have. With it you see your result again, correct it or withdraw it. Please keep it: it cannot
be recovered.

Can we correct something?
Yes, also after ${closes}: send the check again with the return code and the same
${code === undefined ? 'invitation' : 'association'} code. The last version counts.

When are there joint results?
From ${results}. The comparison with the field always rests on the last release; it does not change from day to day.
${contact === undefined ? '' : `\nWhom can we ask?\n${contact}\n`}`,

  protection: ({ name, contact, privacy, code }) => `Data protection in the digital check

In short: your organisation gives neither its name nor anybody's. ${name} sees no single answers.

What is stored
The answers, the profile (such as field of work, size, state), the day of the check, and that you belong to our association.
Names, e-mail addresses, IP addresses and browser identifiers are not stored.

How your organisation is recognised
By the return code alone, which your browser makes. The service knows only a checksum of it. The data are pseudonymous, not
anonymous: the profile of a small organisation might be a hint to those who have access to the database.

What ${name} sees
- a few times during the round and once after it, about how many members took part (moved at random, rounded down to a multiple
  of five, no number below ten);
- after a release, the figures of the participating members as a group, each moved up or down once, at random, before that. Groups
  below 20 organisations stay "not published, for protection".

What ${name} does not see
Whose answers are whose, and ${code === undefined ? 'who used which invitation code' : 'who used the association code'}. There is no list of who took part; but that is not hidden
from somebody who knows of all other members whether they took part.

The code in the link
It stands after the # sign and is not sent when the page is opened. It is sent only with your check.

Withdrawing
At any time, with the return code. Answers and profile are deleted at once, from parts of a release that is just being made
within a day. Figures of groups that are published already remain.

How long
Five years at most; backups 35 days longer.

In full: ${privacy}
${contact === undefined ? '' : `Contact at the association: ${contact}\n`}`,
};
