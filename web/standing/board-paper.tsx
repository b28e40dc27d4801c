import { useEffect, useState } from 'preact/hooks';
import type { Lang } from '#contracts/text';
import { CHANGE_CAVEAT } from '#views/change-lines';
import { longDate } from '#views/standing-words';
import { Button } from '../components/button.tsx';
import { TextArea, TextField } from '../components/field.tsx';
import { currentExperiment, readSteps } from '../next-step/kept-steps.ts';
import { browserStore } from '../text-store.ts';
import { words } from '../words.ts';
import { svgAddress } from './downloads.ts';
import { FailureNotice } from './failure-notice.tsx';
import { groupInWords } from './group-in-words.ts';
import { resolutionText } from './resolution.ts';
import type { Failure } from './service.ts';
import { settle } from './standing-picture.tsx';
import type { StandingAnswer, StandingSource } from './standing-source.ts';

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
  const [house, setHouse] = useState('');
  const [given, setGiven] = useState(() => {
    const experiment = currentExperiment(readSteps(browserStore('localStorage')));
    return {
      step: experiment?.plan.what ?? '',
      sponsor: experiment?.plan.sponsor ?? '',
      hours: '',
      until: experiment?.plan.until ?? '',
    };
  });
  const group = groupInWords(answer.group, lang);
  const proposed = resolutionText({ group, cutoffOn: answer.release?.cutoffOn ?? null, ...given }, lang);
  const [edited, setEdited] = useState<string | null>(null);
  const resolution = edited ?? proposed;
  const [svg, setSvg] = useState<string | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [attempt, setAttempt] = useState(0);
  const groupKey = answer.group.shown ?? undefined;

  useEffect(() => {
    settle(source.svg({ view: 'standing', group: groupKey, layout: 'wide', theme: 'light' })).then((asked) => {
      setFailure(asked.ok ? null : asked.failure);
      if (asked.ok) setSvg(asked.value);
    });
  }, [source, groupKey, attempt]);

  const changed = answer.earlier[0]?.changes ?? [];
  return (
    <>
      <form class="board-form not-on-paper" onSubmit={(event) => event.preventDefault()} autocomplete="off">
        <TextField label={text.house} hint={text.houseHint} value={house} onInput={setHouse} />
        <TextField
          label={text.step}
          hint={text.stepHint}
          value={given.step}
          onInput={(step) => setGiven({ ...given, step })}
        />
        <TextField
          label={text.sponsor}
          hint={text.sponsorHint}
          value={given.sponsor}
          onInput={(sponsor) => setGiven({ ...given, sponsor })}
        />
        <div class="board-form__row">
          <TextField label={text.hours} value={given.hours} onInput={(hours) => setGiven({ ...given, hours })} />
          <TextField
            type="date"
            label={text.until}
            value={given.until}
            onInput={(until) => setGiven({ ...given, until })}
          />
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
          <Button disabled={svg === null} onClick={() => print()}>
            {text.print}
          </Button>
          {edited === null ? null : (
            <Button kind="quiet" onClick={() => setEdited(null)}>
              {text.again}
            </Button>
          )}
        </div>
        {failure ? <FailureNotice lang={lang} failure={failure} onRetry={() => setAttempt(attempt + 1)} /> : null}
      </form>

      <section class="paper" aria-label={text.preview}>
        <article class="sheet">
          <p class="sheet__head">
            <span>{house}</span>
            <span>Sektorspiegel · {text.kind}</span>
          </p>
          <h3 class="sheet__title">{text.title}</h3>
          <p class="sheet__lead">{answer.conductedOn ? text.day(longDate(answer.conductedOn, lang)) : text.unsent}</p>
          {svg === null ? (
            <p>{text.wait}</p>
          ) : (
            <img class="sheet__picture" src={svgAddress(svg)} alt={answer.alternative} />
          )}
          <h4>{text.meaning}</h4>
          <ul class="sheet__list">
            {answer.dimensions.map(({ dimension, sentence }) => (
              <li key={dimension}>{sentence}</li>
            ))}
          </ul>
        </article>
        <article class="sheet">
          <p class="sheet__head">
            <span>{house}</span>
            <span>Sektorspiegel · {text.kind}</span>
          </p>
          {changed.length > 0 ? (
            <>
              <h3 class="sheet__title">{text.change}</h3>
              <ul class="sheet__list">
                {changed.map(({ dimension, sentence }) => (
                  <li key={dimension}>{sentence}</li>
                ))}
              </ul>
            </>
          ) : null}
          {changed.length > 0 ? <p class="sheet__note">{CHANGE_CAVEAT[lang]}</p> : null}
          {answer.state === 'compared' ? <p class="sheet__note">{text.moved}</p> : null}
          <p class="sheet__note">{[answer.description, ...answer.notes, text.noEnd].join(' ')}</p>
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
    title: 'Wo stehen wir digital?',
    day: (date: string) => `Ergebnis unseres Digitalisierungschecks vom ${date}, verglichen mit anderen.`,
    unsent: 'Ergebnis unseres Digitalisierungschecks, noch nicht eingesandt.',
    wait: 'Das Bild wird geladen …',
    meaning: 'Was der Sektorspiegel dazu sagt',
    change: 'Seit dem vorigen Check',
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
    title: 'Where do we stand digitally?',
    day: (date: string) => `Result of our digital maturity check of ${date}, compared with others.`,
    unsent: 'Result of our digital maturity check, not yet sent in.',
    wait: 'The picture is loading …',
    meaning: 'What the Sektorspiegel says',
    change: 'Since the previous check',
    moved:
      'From the figures of small groups one could otherwise infer single organisations. Therefore every figure of a group was moved up or down once, at random, before it was published; the German census of 2022 was protected by the same principle. Our own score is exact, and “ahead of” or “behind the middle” stands only where chance and the moving hardly explain the distance.',
    noEnd: '“Further along” does not mean “better”: digitalisation is no end in itself.',
    place: 'Place, date',
    signature: 'Signature',
  },
});
