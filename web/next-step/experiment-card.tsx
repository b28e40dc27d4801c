import { useState } from 'preact/hooks';
import type { Lang } from '#contracts/text';
import { longDate } from '#views/standing-words';
import { Button } from '../components/button.tsx';
import { TextArea, TextField } from '../components/field.tsx';
import { Notice } from '../components/notice.tsx';
import { RadioCards } from '../components/radio-cards.tsx';
import { saveFile } from '../save-file.ts';
import { words } from '../words.ts';
import { calendarFile } from './calendar-file.ts';
import { type Decision, type Experiment, missingInPlan, PLAN_FIELDS, writeExperiment } from './experiment.ts';
import { BenefitAndEffort, RATED_WORDS } from './rating.tsx';

interface CardProps {
  lang: Lang;
  experiment: Experiment;
  /** `YYYY-MM-DD` */
  today: string;
  onChange: (experiment: Experiment) => void;
  onReviewed: (decision: Decision) => void;
}

/** The card under way: plan and do, then the review with check and act. Everything is kept with each letter typed. */
export function ExperimentCard({ onDrop, ...card }: CardProps & { onDrop: () => void }) {
  const { lang, experiment, onChange } = card;
  const text = WORDS[lang];
  return (
    <>
      <div class="experiment not-on-paper">
        <Plan {...card} />
        <section class="card" aria-labelledby="do">
          <h3 id="do" class="card__title">
            {text.do}
          </h3>
          <TextArea
            label={text.notes}
            hint={text.notesHint}
            rows={3}
            value={experiment.notes}
            onInput={(notes) => onChange({ ...experiment, notes })}
          />
        </section>
        <Review {...card} />
        <Dropping lang={lang} onDrop={onDrop} />
      </div>
      <ExperimentSheet lang={lang} experiment={experiment} />
    </>
  );
}

const ROWS = { what: 3, withWhom: 2, sign: 2, sponsor: 1 };

function Plan({ lang, experiment, today, onChange }: CardProps) {
  const text = WORDS[lang];
  const { plan } = experiment;
  const [isDayAsked, setDayAsked] = useState(false);
  const missing = missingInPlan(experiment);
  const withPlan = (changed: Partial<Experiment['plan']>) => onChange({ ...experiment, plan: { ...plan, ...changed } });
  const saveCalendar = () => {
    if (plan.until === null) setDayAsked(true);
    else saveFile(text.calendarName, calendarOf(experiment, plan.until, lang), 'text/calendar;charset=utf-8');
  };
  return (
    <section aria-labelledby="plan">
      <h2 id="plan" tabIndex={-1}>
        {text.title}
      </h2>
      <p class="lead">{text.lead}</p>
      {isDue(experiment, today) ? (
        <p>
          <a href="#review">{text.due}</a>
        </p>
      ) : null}
      {experiment.title ? <p class="experiment__origin">{text.origin(experiment.title)}</p> : null}
      <div class="card experiment__plan">
        <h3 class="card__title">{text.planTitle}</h3>
        {PLAN_FIELDS.map((field) =>
          field === 'until' ? (
            <TextField
              key={field}
              type="date"
              label={text.until}
              hint={text.untilHint}
              error={isDayAsked && plan.until === null ? text.noDay : undefined}
              min={today}
              value={plan.until ?? ''}
              onInput={(until) => withPlan({ until: /^\d{4}-\d\d-\d\d$/.test(until) ? until : null })}
            />
          ) : (
            <TextArea
              key={field}
              label={text[field]}
              hint={text[`${field}Hint`]}
              rows={ROWS[field]}
              value={plan[field]}
              onInput={(value) => withPlan({ [field]: value })}
            />
          ),
        )}
        <p class="experiment__missing" role="status">
          {missing.length > 0 ? text.missing(missing.map((field) => text[field])) : text.complete}
        </p>
        <div class="buttons">
          <Button onClick={() => print()}>{text.print}</Button>
          <Button kind="secondary" onClick={saveCalendar}>
            {text.calendar}
          </Button>
          <Button
            kind="secondary"
            onClick={() => saveFile('experiment.json', writeExperiment(experiment), 'application/json')}
          >
            {text.save}
          </Button>
        </div>
        <p class="experiment__privacy">{text.kept}</p>
      </div>
    </section>
  );
}

const isDue = ({ plan }: Experiment, today: string) => plan.until !== null && plan.until <= today;

const DECISIONS = ['end', 'adapt', 'extend'] as const;

/** What was seen and what follows from it; open from the planned day on, or when somebody begins it. */
function Review({ lang, experiment, today, onChange, onReviewed }: CardProps) {
  const text = WORDS[lang];
  const { plan, review, expected } = experiment;
  const [isOpen, setOpen] = useState(isDue(experiment, today) || review.seen !== '');
  const [decision, setDecision] = useState<Decision | null>(null);
  const [isDecisionAsked, setDecisionAsked] = useState(false);
  const withReview = (changed: Partial<Experiment['review']>) =>
    onChange({ ...experiment, review: { ...review, ...changed } });
  return (
    <section aria-labelledby="review">
      <h2 id="review">{text.reviewTitle}</h2>
      <p>{text.reviewLead}</p>
      {isOpen ? (
        <div class="card">
          <h3 class="card__title">{text.check}</h3>
          {plan.sign ? <p>{text.signWas(plan.sign)}</p> : null}
          <TextArea
            label={text.seen}
            hint={text.seenHint}
            rows={4}
            value={review.seen}
            onInput={(seen) => withReview({ seen })}
          />
          <BenefitAndEffort lang={lang} rated={review} onRate={withReview} />
          {expected.benefit !== null && expected.effort !== null ? (
            <p>
              {text.expected(
                RATED_WORDS[lang].levels[expected.benefit - 1]!,
                RATED_WORDS[lang].levels[expected.effort - 1]!,
              )}
            </p>
          ) : null}
          <RadioCards
            name="decision"
            legend={text.act}
            hint={text.actHint}
            value={decision}
            choices={DECISIONS.map((value) => ({ value, label: text[value], hint: text[`${value}Hint`] }))}
            onChange={(value) => setDecision(value as Decision)}
          />
          <TextArea
            label={text.learned}
            rows={2}
            value={review.learned}
            onInput={(learned) => withReview({ learned })}
          />
          {isDecisionAsked && decision === null ? (
            <Notice kind="error" isLive>
              {text.noDecision}
            </Notice>
          ) : null}
          <Button onClick={() => (decision === null ? setDecisionAsked(true) : onReviewed(decision))}>
            {text.finish}
          </Button>
        </div>
      ) : (
        <Button kind="secondary" onClick={() => setOpen(true)}>
          {text.beginReview}
        </Button>
      )}
    </section>
  );
}

/** Throwing a card away takes two presses: it is gone then. */
function Dropping({ lang, onDrop }: { lang: Lang; onDrop: () => void }) {
  const text = WORDS[lang];
  const [isAsked, setAsked] = useState(false);
  if (!isAsked) {
    return (
      <p>
        <Button kind="quiet" onClick={() => setAsked(true)}>
          {text.drop}
        </Button>
      </p>
    );
  }
  return (
    <Notice kind="warning" title={text.dropTitle} isLive>
      <p>{text.dropHint}</p>
      <div class="buttons">
        <Button kind="secondary" onClick={onDrop}>
          {text.dropYes}
        </Button>
        <Button kind="quiet" onClick={() => setAsked(false)}>
          {text.dropNo}
        </Button>
      </div>
    </Notice>
  );
}

/** The card on paper, with lines to write on where it is still empty. */
function ExperimentSheet({ lang, experiment }: { lang: Lang; experiment: Experiment }) {
  const text = WORDS[lang];
  const ratedWords = RATED_WORDS[lang];
  const { plan, review, notes } = experiment;
  const boxes = (rated: number | null) =>
    ratedWords.levels.map((level, index) => `${rated === index + 1 ? '☒' : '☐'} ${level}`).join('\u2003');
  const parts: Record<string, [string, string][]> = {
    [text.planTitle]: PLAN_FIELDS.map((field) => [
      text[field],
      field === 'until' && plan.until ? longDate(plan.until, lang) : (plan[field] ?? ''),
    ]),
    [text.do]: [[text.notes, notes]],
    [text.check]: [
      [text.seen, review.seen],
      [ratedWords.benefit, boxes(review.benefit)],
      [ratedWords.effort, boxes(review.effort)],
    ],
    [text.act]: [
      [text.decision, DECISIONS.map((value) => `☐ ${text[value]}`).join('\u2003')],
      [text.learned, review.learned],
    ],
  };
  return (
    <article class="paper paper--print-only sheet" aria-hidden="true">
      <p class="sheet__head">
        <span>{experiment.title}</span>
        <span>Sektorspiegel · {text.paperTitle}</span>
      </p>
      <p class="sheet__title">{text.paperTitle}</p>
      <p class="sheet__note">{text.lead}</p>
      {Object.entries(parts).map(([title, rows]) => (
        <section key={title} class="sheet__part">
          <p class="sheet__part-title">{title}</p>
          {rows.map(([term, value]) => (
            <div key={term} class="sheet__row">
              <span>{term}</span>
              <span class={value ? '' : 'sheet__blank'}>{value}</span>
            </div>
          ))}
        </section>
      ))}
    </article>
  );
}

function calendarOf({ id, title, plan }: Experiment, on: string, lang: Lang): string {
  const text = WORDS[lang];
  const shown = (['what', 'withWhom', 'sign'] as const).filter((field) => plan[field]);
  return calendarFile({
    uid: `${id}@sektorspiegel`,
    on,
    madeAt: new Date(),
    title: text.calendarTitle(title || plan.what),
    description: [...shown.map((field) => `${text[field]}: ${plan[field]}`), text.calendarQuestions].join('\n'),
  });
}

const WORDS = words({
  de: {
    title: 'Ihr Experiment',
    paperTitle: 'Unser Experiment',
    due: 'Der Tag für den Rückblick ist da: zum Rückblick',
    lead: 'Klein, auf Probe, mit einem Ende. Ein Experiment kann nicht scheitern: Danach wissen Sie mehr als vorher, so oder so.',
    origin: (title: string) => `Ausgangspunkt: ${title}`,
    planTitle: 'Planen',
    do: 'Tun',
    check: 'Hinsehen',
    act: 'Entscheiden',
    what: 'Was wir ausprobieren',
    whatHint: 'So klein, dass es in wenigen Wochen zu sehen ist. Ein Team, ein Ablauf, ein Haus genügt.',
    withWhom: 'Mit wem',
    withWhomHint: 'Wer macht mit, und wer ist betroffen und wird vorher gefragt?',
    until: 'Rückblick am',
    untilHint: 'Der Tag, an dem Sie hinsehen und entscheiden. Sechs bis zwölf Wochen sind ein gutes Maß.',
    sign: 'Woran wir es merken',
    signHint: 'Was wäre im Alltag zu sehen, wenn es hilft? Und was, wenn nicht?',
    sponsor: 'Rückhalt an der Spitze',
    sponsorHint: 'Wer aus Vorstand oder Geschäftsführung dahintersteht, Zeit dafür freihält und Hindernisse ausräumt.',
    missing: (fields: string[]) => `Noch offen: ${fields.join(', ')}.`,
    complete: 'Alles steht auf der Karte. Es kann losgehen.',
    print: 'Karte drucken',
    calendar: 'Rückblick in den Kalender',
    noDay: 'Der Kalender braucht einen Tag: Bitte tragen Sie hier zuerst ein, wann der Rückblick sein soll.',
    save: 'Als Datei sichern',
    calendarName: 'rueckblick.ics',
    kept: 'Die Karte liegt nur in diesem Browser. Sichern Sie sie als Datei, wenn andere mitarbeiten oder Sie das Gerät wechseln.',
    notes: 'Notizen unterwegs',
    notesHint: 'Was fällt auf? Was wird unterwegs geändert?',
    reviewTitle: 'Der Rückblick',
    reviewLead: 'Kurz und gemeinsam: Was war zu sehen, hat es sich gelohnt, und wie geht es weiter?',
    beginReview: 'Rückblick beginnen',
    signWas: (sign: string) => `Daran wollten Sie es merken: ${sign}`,
    seen: 'Was war zu sehen?',
    seenHint: 'Beobachtungen zuerst, Bewertung danach. Auch das Unerwartete gehört hierher.',
    expected: (benefit: string, effort: string) => `Erwartet hatten Sie: Nutzen ${benefit}, Aufwand ${effort}.`,
    actHint: 'Alle drei sind gute Ergebnisse.',
    end: 'Beenden',
    endHint: 'Es hat gezeigt, was es zeigen sollte. Zeit und Kraft werden frei für etwas anderes.',
    adapt: 'Anpassen',
    adaptHint: 'Die Richtung stimmt, der Weg noch nicht: noch eine Runde, etwas anders.',
    extend: 'Ausweiten',
    extendHint: 'Es hilft. Das nächste Team oder Haus kommt dazu.',
    decision: 'Wie geht es weiter?',
    learned: 'Was nehmen wir mit?',
    finish: 'Rückblick abschließen',
    noDecision: 'Die Entscheidung fehlt noch: Bitte wählen Sie unter „Entscheiden“ Beenden, Anpassen oder Ausweiten.',
    drop: 'Karte verwerfen und neu wählen',
    dropTitle: 'Karte verwerfen?',
    dropHint: 'Was auf ihr steht, ist dann weg. Sichern Sie sie vorher als Datei, wenn Sie unsicher sind.',
    dropYes: 'Ja, verwerfen',
    dropNo: 'Nein, behalten',
    calendarTitle: (what: string) => `Rückblick: ${what}`,
    calendarQuestions: 'Was war zu sehen? Nutzen gegen Aufwand? Beenden, anpassen oder ausweiten?',
  },
  en: {
    title: 'Your experiment',
    paperTitle: 'Our experiment',
    due: 'The day of the review has come: go to the review',
    lead: 'Small, on trial, with an end. An experiment cannot fail: afterwards you know more than before, either way.',
    origin: (title) => `Starting point: ${title}`,
    planTitle: 'Plan',
    do: 'Do',
    check: 'Check',
    act: 'Act',
    what: 'What we try',
    whatHint: 'Small enough to show something within weeks. One team, one routine, one house is enough.',
    withWhom: 'With whom',
    withWhomHint: 'Who takes part, and who is affected and is asked beforehand?',
    until: 'Review on',
    untilHint: 'The day on which you look and decide. Six to twelve weeks is a good measure.',
    sign: 'How we will know',
    signHint: 'What would you see in daily work if it helps? And what if it does not?',
    sponsor: 'Backed at the top by',
    sponsorHint: 'Who on the board or in management stands behind it, keeps time free for it and clears obstacles.',
    missing: (fields) => `Still open: ${fields.join(', ')}.`,
    complete: 'Everything is on the card. Off you go.',
    print: 'Print the card',
    calendar: 'Put the review in the calendar',
    noDay: 'The calendar needs a day: please say here first when the review is to be.',
    save: 'Save as a file',
    calendarName: 'review.ics',
    kept: 'The card is kept only in this browser. Save it as a file if others work on it or you change devices.',
    notes: 'Notes along the way',
    notesHint: 'What do you notice? What is changed along the way?',
    reviewTitle: 'The review',
    reviewLead: 'Short and together: what did you see, was it worth it, and what comes next?',
    beginReview: 'Begin the review',
    signWas: (sign) => `This is how you wanted to know: ${sign}`,
    seen: 'What did we see?',
    seenHint: 'Observations first, judgement later. The unexpected belongs here, too.',
    expected: (benefit, effort) => `You had expected: benefit ${benefit}, effort ${effort}.`,
    actHint: 'All three are good results.',
    end: 'End it',
    endHint: 'It has shown what it was meant to show. Time and energy are free for something else.',
    adapt: 'Adapt it',
    adaptHint: 'The direction is right, the way is not yet: another round, slightly different.',
    extend: 'Extend it',
    extendHint: 'It helps. The next team or house joins in.',
    decision: 'What comes next?',
    learned: 'What do we take away?',
    finish: 'Finish the review',
    noDecision: 'The decision is still missing: please choose under “Act” to end, adapt or extend it.',
    drop: 'Discard the card and choose again',
    dropTitle: 'Discard the card?',
    dropHint: 'What is on it will be gone. Save it as a file first if you are not sure.',
    dropYes: 'Yes, discard',
    dropNo: 'No, keep it',
    calendarTitle: (what) => `Review: ${what}`,
    calendarQuestions: 'What did we see? Benefit against effort? End, adapt or extend?',
  },
});
