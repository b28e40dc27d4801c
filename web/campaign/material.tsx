import { useEffect, useState } from 'preact/hooks';
import type { AssociationOverview } from '#contracts/answers/association';
import type { Campaign } from '#contracts/registry';
import type { Lang } from '#contracts/text';
import { longDate } from '#views/standing-words';
import { Button } from '../components/button.tsx';
import { TextArea } from '../components/field.tsx';
import { Notice } from '../components/notice.tsx';
import { Select } from '../components/select.tsx';
import { saveFile } from '../save-file.ts';
import { words } from '../words.ts';
import { joinLink } from './join-link.ts';
import { type Letter, type Letters, letterText, linkOf } from './letters.ts';
import { QrCode } from './qr-code.tsx';

interface Props {
  lang: Lang;
  overview: AssociationOverview;
  campaign: Campaign;
  sectors: string[];
  /** Single-use codes that were drawn on this page just now. */
  codes: string[] | undefined;
}

/** What an association sends and shows: letters to copy, single-use codes as file and as letters to print, a poster. */
export function CampaignMaterial({ lang, overview, campaign, sectors, codes }: Props) {
  const text = WORDS[lang];
  const letters = useLetters(lang);
  const [name, setName] = useState('');
  const [sector, setSector] = useState('');
  const [printed, setPrinted] = useState<'letters' | 'poster' | null>(null);
  useEffect(() => {
    if (printed === null) return;
    // Only what is on the page by now can be printed.
    window.print();
    setPrinted(null);
  }, [printed]);
  if (!letters) return null;
  const names = Object.keys(letters);
  const chosen = letters[name] ? name : names[0]!;
  const letter: Letter = {
    lang,
    association: { ...overview, contact: overview.contact ?? undefined },
    campaign,
    origin: location.origin,
    sector: sector === '' ? undefined : sector,
  };
  const written = letterText(letters[chosen]!, letter);
  return (
    <>
      <div class="no-print">
        {codes ? (
          <Notice kind="success" title={text.codesTitle(codes.length)} isLive>
            <p>{text.codesOnce}</p>
            <p class="buttons">
              <Button onClick={() => saveFile(text.codesFile, codesCsv(codes, letter), 'text/csv')}>
                {text.codesCsv}
              </Button>
              <Button kind="secondary" onClick={() => setPrinted('letters')}>
                {text.printLetters}
              </Button>
            </p>
          </Notice>
        ) : null}
        <Select
          id={`letter-${campaign.id}`}
          label={text.letter}
          value={chosen}
          options={names.map((value) => ({ value, label: titleOf(value) }))}
          onChange={setName}
        />
        <Select
          id={`sector-${campaign.id}`}
          label={text.sector}
          hint={text.sectorHint}
          value={sector}
          options={[{ value: '', label: text.all }, ...sectors.map((label) => ({ value: label, label }))]}
          onChange={setSector}
        />
        <TextArea label={text.written} rows={14} value={written} onInput={() => {}} readOnly={true} />
        <p class="buttons">
          <Copy lang={lang} text={written} />
          <Button kind="secondary" onClick={() => saveFile(`${chosen}.txt`, written, 'text/plain')}>
            {text.save}
          </Button>
          <Button kind="secondary" onClick={() => setPrinted('poster')}>
            {text.poster}
          </Button>
        </p>
        <p class="quiet">{text.reminders}</p>
      </div>
      {printed === 'letters' ? (
        <PrintedLetters codes={codes ?? []} letter={letter} lines={letters[names[0]!]!} />
      ) : null}
      {printed === 'poster' ? <Poster letter={letter} /> : null}
    </>
  );
}

/** The texts of a language, fetched with the first campaign that is opened. */
function useLetters(lang: Lang): Letters | null {
  const [letters, setLetters] = useState<Letters | null>(null);
  useEffect(() => {
    const loading = lang === 'de' ? import('./letters.de.json') : import('./letters.en.json');
    loading.then(({ default: loaded }) => setLetters(loaded as unknown as Letters));
  }, [lang]);
  return letters;
}

/** "1-einladung" -> "Einladung", as the files of the operator's command are called. */
function titleOf(name: string): string {
  const plain = name.replace(/^\d-/, '').replaceAll('-', ' ');
  return plain.charAt(0).toUpperCase() + plain.slice(1);
}

/**
 * The codes in alphabetical order, each with its link, as the operator's command writes them: with a mark, and semicolons in
 * German, so that a spreadsheet opens the file as it is.
 */
export function codesCsv(codes: readonly string[], { lang, association, origin }: Letter): string {
  const rows = codes.map((code) => [code, joinLink(origin, lang, { id: association.id, code })]);
  const delimiter = lang === 'de' ? ';' : ',';
  return `\ufeff${[['code', 'link'], ...rows].map((row) => `${row.join(delimiter)}\r\n`).join('')}`;
}

/** One letter a page, each with a code of its own. */
function PrintedLetters({ codes, letter, lines }: { codes: string[]; letter: Letter; lines: string[] }) {
  return (
    <>
      {codes.map((ownCode) => (
        <article key={ownCode} class="print-sheet">
          <p class="print-sheet__text">{letterText(lines, { ...letter, ownCode })}</p>
          <QrCode link={linkOf({ ...letter, ownCode })} />
        </article>
      ))}
    </>
  );
}

/** A page for the notice board. */
function Poster({ letter }: { letter: Letter }) {
  const { lang, association, campaign } = letter;
  const text = WORDS[lang];
  const link = linkOf(letter);
  return (
    <article class="print-sheet print-sheet--poster">
      <h2>{text.posterTitle}</h2>
      <p>{text.posterLead}</p>
      <QrCode link={link} />
      <p class="print-sheet__link">{link}</p>
      <p>
        <strong>{text.posterUntil(longDate(campaign.closesOn, lang))}</strong>
      </p>
      {campaign.invitations === undefined ? (
        <p>{text.posterCode(association.joinCode)}</p>
      ) : (
        <p>{text.posterOwnCode}</p>
      )}
      <p>{text.posterPromise(association.name)}</p>
      {association.contact ? <p>{text.posterContact(association.contact)}</p> : null}
    </article>
  );
}

function Copy({ lang, text: written }: { lang: Lang; text: string }) {
  const text = WORDS[lang];
  const [said, setSaid] = useState('');
  return (
    <>
      <Button
        onClick={() =>
          navigator.clipboard.writeText(written).then(
            () => setSaid(text.copied),
            () => setSaid(text.notCopied),
          )
        }
      >
        {text.copy}
      </Button>
      <span class="quiet" role="status">
        {said}
      </span>
    </>
  );
}

const WORDS = words({
  de: {
    codesTitle: (count: number) => (count === 1 ? 'Ein Code ist gezogen' : `${count} Codes sind gezogen`),
    codesOnce:
      'Sie stehen nur jetzt auf dieser Seite: Speichern oder drucken Sie sie, bevor Sie sie verlassen. Verteilen Sie sie zufällig, und notieren Sie nicht, wer welchen bekommt.',
    codesCsv: 'Codes als Datei (CSV)',
    codesFile: 'einladungscodes.csv',
    printLetters: 'Briefe drucken, einer je Code',
    letter: 'Text',
    sector: 'Für welches Handlungsfeld?',
    sectorHint: 'Ändert die Einladung: Sie nennt dann, mit wem verglichen wird.',
    all: 'alle Mitglieder',
    written: 'So lautet der Text',
    copy: 'Text kopieren',
    copied: 'Der Text ist in der Zwischenablage.',
    notCopied: 'Ihr Browser lässt das Kopieren nicht zu. Markieren Sie den Text, und kopieren Sie ihn von Hand.',
    save: 'Text speichern',
    poster: 'Aushang drucken',
    reminders: 'Erinnerungen gehen an alle: Wer schon teilgenommen hat, weiß niemand.',
    posterTitle: 'Wo stehen wir digital?',
    posterLead:
      'Zwanzig Fragen, zehn Minuten, am besten zu zweit. Danach sehen Sie, wo Sie stehen und womit Sie beginnen können.',
    posterUntil: (closes: string) => `Mitmachen bis zum ${closes}`,
    posterCode: (code: string) => `Verbandscode: ${code}`,
    posterOwnCode: 'Ihr Einladungscode steht in unserem Brief.',
    posterPromise: (name: string) =>
      `${name} sieht keine einzelnen Antworten und bekommt keine Liste, wer teilgenommen hat.`,
    posterContact: (contact: string) => `Bei Fragen: ${contact}`,
  },
  en: {
    codesTitle: (count) => (count === 1 ? 'One code has been drawn' : `${count} codes have been drawn`),
    codesOnce:
      'They are on this page only now: save or print them before you leave it. Hand them out at random, and do not note down who gets which.',
    codesCsv: 'Codes as a file (CSV)',
    codesFile: 'invitation-codes.csv',
    printLetters: 'Print letters, one for each code',
    letter: 'Text',
    sector: 'For which field of work?',
    sectorHint: 'Changes the invitation: it then says with whom members are compared.',
    all: 'all members',
    written: 'The text',
    copy: 'Copy the text',
    copied: 'The text is on the clipboard.',
    notCopied: 'Your browser does not allow copying. Select the text and copy it by hand.',
    save: 'Save the text',
    poster: 'Print a poster',
    reminders: 'Reminders go to everybody: nobody knows who has taken part.',
    posterTitle: 'Where do we stand digitally?',
    posterLead:
      'Twenty questions, ten minutes, best answered by two. Then you see where you stand and where you could begin.',
    posterUntil: (closes) => `Take part by ${closes}`,
    posterCode: (code) => `Association code: ${code}`,
    posterOwnCode: 'Your invitation code is in our letter.',
    posterPromise: (name) => `${name} sees no single answers and gets no list of who took part.`,
    posterContact: (contact) => `Questions: ${contact}`,
  },
});
