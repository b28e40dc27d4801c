import { useState } from 'preact/hooks';
import type { Lang } from '#contracts/text';
import { CHANGE_CAVEAT } from '#views/change-lines';
import { marksSentence } from '#views/release-words';
import { amongWords, longDate } from '#views/standing-words';
import { Button } from '../components/button.tsx';
import { FailureNotice } from '../components/failure-notice.tsx';
import { TextArea, TextField } from '../components/field.tsx';
import { List } from '../components/list.tsx';
import { currentExperiment, readSteps } from '../next-step/kept-steps.ts';
import { svgAddress } from '../svg-picture.ts';
import { browserStore } from '../text-store.ts';
import { useAsked } from '../use-asked.ts';
import { words } from '../words.ts';
import { resolutionText } from './resolution.ts';
import { pictureWords, type StandingAnswer, type StandingSource } from './standing-source.ts';

export interface BoardPaperProps {
  lang: Lang;
  answer: StandingAnswer;
  source: StandingSource;
}

/**
 * Two pages for a board meeting: where the house stands, and a draft resolution to be edited. What is written here stays
 * in the page; the Rückkehr-Code is on neither.
 */
export function BoardPaper({ lang, answer, source }: BoardPaperProps) {
  const text = WORDS[lang];
  const [given, setGiven] = useState(() => {
    const plan = currentExperiment(readSteps(browserStore('localStorage')))?.plan;
    return { house: '', step: plan?.what ?? '', sponsor: plan?.sponsor ?? '', hours: '', until: plan?.until ?? '' };
  });
  const field = (key: keyof typeof given) => ({
    label: text[key],
    value: given[key],
    onInput: (value: string) => setGiven({ ...given, [key]: value }),
  });
  const { label, participations, shown } = answer.group;
  const group =
    label === null || participations === null ? null : amongWords({ organisations: label, participations }, lang);
  const cutoffOn = group === null ? null : (answer.release?.cutoffOn ?? null);
  const [edited, setEdited] = useState<string | null>(null);
  const resolution = edited ?? resolutionText({ group, cutoffOn, ...given }, lang);
  const request = {
    view: 'standing',
    group: shown ?? undefined,
    layout: 'wide',
    theme: 'light',
    setting: 'board',
  } as const;
  const picture = useAsked(() => source.file('svg', request), [source, shown]);
  const compared = group && cutoffOn ? text.compared(group, longDate(cutoffOn, lang)) : '';
  return (
    <>
      <form class="board-form not-on-paper" onSubmit={(event) => event.preventDefault()} autocomplete="off">
        <TextField {...field('house')} hint={text.houseHint} />
        <TextField {...field('step')} hint={text.stepHint} />
        <TextField {...field('sponsor')} hint={text.sponsorHint} />
        <div class="board-form__row">
          <TextField {...field('hours')} />
          <TextField {...field('until')} type="date" />
        </div>
        <TextArea
          label={text.resolution}
          hint={text.resolutionHint}
          rows={13}
          maxLength={4000}
          value={resolution}
          onInput={setEdited}
        />
        <div class="buttons">
          <Button disabled={picture.value === null} onClick={() => print()}>
            {text.print}
          </Button>
          {edited === null ? null : (
            <Button kind="quiet" onClick={() => setEdited(null)}>
              {text.again}
            </Button>
          )}
        </div>
        {picture.failure ? <FailureNotice lang={lang} failure={picture.failure} onRetry={picture.retry} /> : null}
      </form>

      <section class="paper" aria-label={text.preview}>
        <article class="sheet">
          <SheetHead house={given.house} kind={text.kind} />
          <h3 class="sheet__title">{answer.board.title}</h3>
          <p class="sheet__lead">
            {compared} {answer.conductedOn ? text.day(longDate(answer.conductedOn, lang)) : text.unsent}
          </p>
          {picture.value === null ? (
            <p>{text.wait}</p>
          ) : (
            <img class="sheet__picture" src={svgAddress(picture.value)} alt={pictureWords(answer)} />
          )}
          <Findings lang={lang} answer={answer} />
        </article>
        <article class="sheet">
          <SheetHead house={given.house} kind={text.kind} />
          <Since lang={lang} answer={answer} />
          <h3 class="sheet__title">{text.resolution}</h3>
          <div class="sheet__resolution">
            {resolution.split('\n').map((sentence, index) => (
              <p key={index}>{sentence}</p>
            ))}
          </div>
          <p class="sheet__signature">
            <span>{text.place}</span>
            <span>{text.signature}</span>
          </p>
        </article>
      </section>
    </>
  );
}

type Told = Pick<BoardPaperProps, 'lang' | 'answer'>;

/** Below the picture: the overall score, what hinders, and what the figures stand for. */
function Findings({ lang, answer }: Told) {
  const text = WORDS[lang];
  const { board, obstacles, caveat, release, state } = answer;
  const marks = release && state === 'compared' ? marksSentence(release.marks, lang) : '';
  return (
    <>
      <p>{`${board.overall} ${board.larger}`.trim()}</p>
      {obstacles.length > 0 ? <p>{text.obstacles(obstacles.join('; '))}</p> : null}
      <p class="sheet__note">{[caveat, marks, text.noEnd].filter(Boolean).join(' ')}</p>
    </>
  );
}

/** What moved since the last check, and how exact the figures are. */
function Since({ lang, answer }: Told) {
  const text = WORDS[lang];
  const [changed] = answer.earlier;
  return (
    <>
      {changed ? (
        <>
          <h3 class="sheet__title">{text.change(longDate(changed.conductedOn, lang))}</h3>
          <List class="sheet__list" items={changed.dimensions.map(({ sentence }) => sentence)} />
          <p class="sheet__note">
            {changed.groupChanged} {CHANGE_CAVEAT[lang]}
          </p>
        </>
      ) : null}
      {answer.state === 'compared' ? (
        <>
          <h3 class="sheet__title">{text.movedTitle}</h3>
          <p>{text.moved}</p>
        </>
      ) : null}
    </>
  );
}

function SheetHead({ house, kind }: { house: string; kind: string }) {
  return (
    <p class="sheet__head">
      <span>{house}</span>
      <span>Sektorspiegel · {kind}</span>
    </p>
  );
}

const WORDS = words({
  de: {
    house: 'Name Ihrer Organisation',
    houseHint: 'Erscheint nur auf dem Ausdruck und verlässt diese Seite nicht.',
    step: 'Der eine Schritt',
    stepHint:
      'Was ausprobiert werden soll, in einem Satz. Aus „Nächster Schritt“ übernommen, wenn Sie dort einen gewählt haben.',
    sponsor: 'Rückhalt an der Spitze',
    sponsorHint: 'Wer aus Vorstand oder Geschäftsführung dahintersteht.',
    hours: 'Arbeitsstunden, höchstens',
    until: 'Bericht am',
    resolution: 'Beschlussvorschlag',
    resolutionHint: 'Aus Ihren Angaben gebildet; Sie können jeden Satz ändern.',
    again: 'Neu aus den Angaben bilden',
    print: 'Zwei Seiten drucken',
    preview: 'Vorschau der beiden Seiten',
    kind: 'Vorlage für die Sitzung',
    compared: (group: string, cutoff: string) => `Verglichen mit ${group}, Stichtag ${cutoff}.`,
    day: (date: string) => `Unser Digitalisierungscheck ist vom ${date}.`,
    unsent: 'Unser Digitalisierungscheck ist noch nicht eingesandt.',
    obstacles: (words: string) => `Was uns zurzeit am meisten hindert: ${words}.`,
    wait: 'Das Bild wird geladen …',
    change: (date: string) => `Seit unserem Check vom ${date}`,
    movedTitle: 'Wie genau die Werte sind',
    moved:
      'Aus den Werten kleiner Gruppen könnte man sonst auf einzelne Organisationen schließen. Deshalb wurde jeder Gruppenwert vor der Veröffentlichung einmal zufällig nach oben oder unten verschoben; nach demselben Grundsatz wurde der Zensus 2022 geschützt. Unser eigener Wert ist genau, und „vor“ oder „hinter der Mitte“ steht nur da, wo Zufall und Verschiebung den Abstand kaum erklären.',
    noEnd: '„Weiter“ heißt nicht „besser“: Digitalisierung ist kein Selbstzweck.',
    place: 'Ort, Datum',
    signature: 'Unterschrift',
  },
  en: {
    house: 'Name of your organisation',
    houseHint: 'Appears on the printout only and does not leave this page.',
    step: 'The one step',
    stepHint: 'What is to be tried, in one sentence. Taken from “Next step” if you chose one there.',
    sponsor: 'Backed at the top by',
    sponsorHint: 'Who on the board or in management stands behind it.',
    hours: 'Working hours, at most',
    until: 'Report on',
    resolution: 'Draft resolution',
    resolutionHint: 'Made from what you entered; you may change every sentence.',
    again: 'Make it anew from the entries',
    print: 'Print two pages',
    preview: 'Preview of the two pages',
    kind: 'Paper for the meeting',
    compared: (group: string, cutoff: string) => `Compared with ${group}, cut-off ${cutoff}.`,
    day: (date: string) => `Our digital maturity check is of ${date}.`,
    unsent: 'Our digital maturity check has not been sent in yet.',
    obstacles: (words: string) => `What hinders us most at present: ${words}.`,
    wait: 'The picture is loading …',
    change: (date: string) => `Since our check of ${date}`,
    movedTitle: 'How exact the figures are',
    moved:
      'From the figures of small groups one could otherwise infer single organisations. Therefore every figure of a group was shifted up or down once, at random, before it was published; the German census of 2022 was protected by the same principle. Our own score is exact, and “ahead of” or “behind the middle” stands only where chance and the shift hardly explain the distance.',
    noEnd: '“Further along” does not mean “better”: digitalisation is no end in itself.',
    place: 'Place, date',
    signature: 'Signature',
  },
});
