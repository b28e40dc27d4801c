import { useState } from 'preact/hooks';
import type { Lang } from '#contracts/text';
import { Button } from '../components/button.tsx';
import { FailureNotice } from '../components/failure-notice.tsx';
import { TextArea, TextField } from '../components/field.tsx';
import { List } from '../components/list.tsx';
import { currentExperiment, readSteps } from '../next-step/kept-steps.ts';
import { saveFile } from '../save-file.ts';
import type { Failure } from '../service.ts';
import { svgAddress } from '../svg-picture.ts';
import { browserStore } from '../text-store.ts';
import { settle, useAsked } from '../use-asked.ts';
import { words } from '../words.ts';
import { type BoardParts, boardParts, comparedWith } from './board-parts.ts';
import { boardSlides } from './board-slides.ts';
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
  const { shown } = answer.group;
  const parts = boardParts(answer, lang);
  const [edited, setEdited] = useState<string | null>(null);
  const resolution = edited ?? resolutionText({ ...comparedWith(answer, lang), ...given }, lang);
  const request = {
    view: 'standing',
    group: shown ?? undefined,
    layout: 'wide',
    theme: 'light',
    setting: 'board',
  } as const;
  const picture = useAsked(() => source.file('svg', request), [source, shown]);
  const [failure, setFailure] = useState<Failure | null>(null);
  async function saveSlides() {
    const spec = await settle(source.file('vl.json', request));
    const slides = spec.ok
      ? await settle(
          boardSlides({
            parts,
            lang,
            house: given.house,
            spec: JSON.parse(spec.value),
            alternative: pictureWords(answer),
            resolution: { title: text.resolution, text: resolution },
          }),
        )
      : spec;
    setFailure(slides.ok ? null : slides.failure);
    if (slides.ok) saveFile(text.slidesName, slides.value, PPTX);
  }
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
          <Button kind="secondary" onClick={saveSlides}>
            {text.slides}
          </Button>
          {edited === null ? null : (
            <Button kind="quiet" onClick={() => setEdited(null)}>
              {text.again}
            </Button>
          )}
        </div>
        {failure ? <FailureNotice lang={lang} failure={failure} onRetry={saveSlides} /> : null}
        {picture.failure ? <FailureNotice lang={lang} failure={picture.failure} onRetry={picture.retry} /> : null}
      </form>

      <section class="paper" aria-label={text.preview}>
        <article class="sheet">
          <SheetHead house={given.house} kind={parts.kind} />
          <h3 class="sheet__title">{parts.title}</h3>
          <p class="sheet__lead">{parts.lead}</p>
          {picture.value === null ? (
            <p>{text.wait}</p>
          ) : (
            <img class="sheet__picture" src={svgAddress(picture.value)} alt={pictureWords(answer)} />
          )}
          <Findings {...parts} />
        </article>
        <article class="sheet">
          <SheetHead house={given.house} kind={parts.kind} />
          <Since {...parts} />
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

/** Below the picture: the overall score, what hinders, and what the figures stand for. */
function Findings({ findings, note }: BoardParts) {
  return (
    <>
      {findings.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      <p class="sheet__note">{note}</p>
    </>
  );
}

/** What moved since the last check, and how exact the figures are. */
function Since({ changed, moved }: BoardParts) {
  return (
    <>
      {changed ? (
        <>
          <h3 class="sheet__title">{changed.title}</h3>
          <List class="sheet__list" items={changed.sentences} />
          <p class="sheet__note">{changed.note}</p>
        </>
      ) : null}
      {moved ? (
        <>
          <h3 class="sheet__title">{moved.title}</h3>
          <p>{moved.text}</p>
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

const PPTX = 'application/vnd.openxmlformats-officedocument.presentationml.presentation';

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
    slides: 'Als Folien sichern (PowerPoint)',
    slidesName: 'sektorspiegel-vorlage.pptx',
    preview: 'Vorschau der beiden Seiten',
    wait: 'Das Bild wird geladen …',
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
    slides: 'Save as slides (PowerPoint)',
    slidesName: 'sektorspiegel-board.pptx',
    preview: 'Preview of the two pages',
    wait: 'The picture is loading …',
    place: 'Place, date',
    signature: 'Signature',
  },
});
