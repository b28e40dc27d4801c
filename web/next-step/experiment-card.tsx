import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Lang } from '#contracts/text';
import { longDate } from '#views/standing-words';
import { Button } from '../components/button.tsx';
import { DateField, TextArea, TextField } from '../components/field.tsx';
import { Notice } from '../components/notice.tsx';
import { RadioCards } from '../components/radio-cards.tsx';
import { saveFile } from '../save-file.ts';
import { words } from '../words.ts';
import { calendarFile } from './calendar-file.ts';
import { type Decision, type Experiment, missingInPlan, writeExperiment } from './experiment.ts';
import { Rating } from './rating.tsx';

/** The card under way: plan and do, then the review with check and act. Everything is kept with each letter typed. */
export function ExperimentCard({
  lang,
  experiment,
  today,
  onChange,
  onReviewed,
  onDrop,
}: {
  lang: Lang;
  experiment: Experiment;
  /** `YYYY-MM-DD` */
  today: string;
  onChange: (experiment: Experiment) => void;
  onReviewed: (decision: Decision) => void;
  onDrop: () => void;
}) {
  const text = WORDS[lang];
  const { plan, review } = experiment;
  const missing = missingInPlan(experiment);
  const isDue = plan.until !== null && plan.until <= today;
  const [isReviewing, setReviewing] = useState(isDue || review.seen !== '');
  const [decision, setDecision] = useState<Decision | null>(null);
  const [fault, setFault] = useState<'noDay' | 'noDecision' | null>(null);
  const withPlan = (changed: Partial<Experiment['plan']>) => onChange({ ...experiment, plan: { ...plan, ...changed } });
  const withReview = (changed: Partial<Experiment['review']>) =>
    onChange({ ...experiment, review: { ...review, ...changed } });

  return (
    <>
      <div class="experiment not-on-paper">
        <section aria-labelledby="plan">
          <h2 id="plan" tabIndex={-1}>
            {text.title}
          </h2>
          <p class="lead">{text.lead}</p>
          {isDue ? (
            <p>
              <a href="#review">{text.due}</a>
            </p>
          ) : null}
          {experiment.title ? <p class="experiment__origin">{text.origin(experiment.title)}</p> : null}
          <div class="card experiment__plan">
            <h3 class="card__title">{text.plan}</h3>
            <TextArea
              label={text.what}
              hint={text.whatHint}
              rows={3}
              value={plan.what}
              onInput={(what) => withPlan({ what })}
            />
            <TextArea
              label={text.withWhom}
              hint={text.withWhomHint}
              rows={2}
              value={plan.withWhom}
              onInput={(withWhom) => withPlan({ withWhom })}
            />
            <DateField
              label={text.until}
              hint={text.untilHint}
              min={today}
              value={plan.until ?? ''}
              onInput={(until) => withPlan({ until: /^\d{4}-\d\d-\d\d$/.test(until) ? until : null })}
            />
            <TextArea
              label={text.sign}
              hint={text.signHint}
              rows={2}
              value={plan.sign}
              onInput={(sign) => withPlan({ sign })}
            />
            <TextField
              label={text.sponsor}
              hint={text.sponsorHint}
              value={plan.sponsor}
              onInput={(sponsor) => withPlan({ sponsor })}
            />
            {missing.length > 0 ? (
              <p class="experiment__missing" role="status">
                {text.missing(missing.map((field) => text[field]))}
              </p>
            ) : (
              <p class="experiment__missing" role="status">
                {text.complete}
              </p>
            )}
            <div class="buttons">
              <Button onClick={() => print()}>{text.print}</Button>
              <Button
                kind="secondary"
                onClick={() => {
                  if (plan.until === null) setFault('noDay');
                  else saveFile(text.calendarName, calendarOf(experiment, lang), 'text/calendar;charset=utf-8');
                }}
              >
                {text.calendar}
              </Button>
              <Button
                kind="secondary"
                onClick={() => saveFile(text.fileName, writeExperiment(experiment), 'application/json')}
              >
                {text.save}
              </Button>
            </div>
            {fault === 'noDay' && plan.until === null ? (
              <Notice kind="error" isLive>
                <p>{text.noDay}</p>
              </Notice>
            ) : null}
            <p class="experiment__privacy">{text.kept}</p>
          </div>
        </section>

        <section aria-labelledby="do">
          <div class="card">
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
          </div>
        </section>

        <section aria-labelledby="review">
          <h2 id="review">{text.reviewTitle}</h2>
          <p>{text.reviewLead}</p>
          {isReviewing ? (
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
              <div class="measure__ratings">
                <Rating
                  legend={text.benefit}
                  labels={text.levels}
                  value={review.benefit}
                  onChange={(benefit) => withReview({ benefit })}
                />
                <Rating
                  legend={text.effort}
                  labels={text.levels}
                  value={review.effort}
                  onChange={(effort) => withReview({ effort })}
                />
              </div>
              <Expected lang={lang} experiment={experiment} />
              <RadioCards
                name="decision"
                legend={text.act}
                hint={text.actHint}
                value={decision}
                choices={(['end', 'adapt', 'extend'] as const).map((value) => ({ value, ...text.decisions[value] }))}
                onChange={(value) => setDecision(value as Decision)}
              />
              <TextArea
                label={text.learned}
                rows={2}
                value={review.learned}
                onInput={(learned) => withReview({ learned })}
              />
              {fault === 'noDecision' && decision === null ? (
                <Notice kind="error" isLive>
                  <p>{text.noDecision}</p>
                </Notice>
              ) : null}
              <div class="buttons">
                <Button onClick={() => (decision === null ? setFault('noDecision') : onReviewed(decision))}>
                  {text.finish}
                </Button>
              </div>
            </div>
          ) : (
            <div class="buttons">
              <Button kind="secondary" onClick={() => setReviewing(true)}>
                {text.beginReview}
              </Button>
            </div>
          )}
        </section>
        <Dropping lang={lang} onDrop={onDrop} />
      </div>
      <ExperimentSheet lang={lang} experiment={experiment} />
    </>
  );
}

function Expected({ lang, experiment }: { lang: Lang; experiment: Experiment }) {
  const text = WORDS[lang];
  const { benefit, effort } = experiment.expected;
  if (benefit === null || effort === null) return null;
  return <p>{text.expected(text.levels[benefit - 1]!, text.levels[effort - 1]!)}</p>;
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
  const { plan, review } = experiment;
  const parts: [string, [string, string][]][] = [
    [
      text.plan,
      [
        [text.what, plan.what],
        [text.withWhom, plan.withWhom],
        [text.until, plan.until ? longDate(plan.until, lang) : ''],
        [text.sign, plan.sign],
        [text.sponsor, plan.sponsor],
      ],
    ],
    [text.do, [[text.notes, experiment.notes]]],
    [
      text.check,
      [
        [text.seen, review.seen],
        [text.benefit, boxes(text.levels, review.benefit)],
        [text.effort, boxes(text.levels, review.effort)],
      ],
    ],
    [
      text.act,
      [
        [text.decision, text.decisionsOnPaper],
        [text.learned, review.learned],
      ],
    ],
  ];
  return (
    <article class="paper paper--print-only sheet" aria-hidden="true">
      <p class="sheet__head">
        <span>{experiment.title}</span>
        <span>Sektorspiegel · {text.paperTitle}</span>
      </p>
      <p class="sheet__title">{text.paperTitle}</p>
      <p class="sheet__note">{text.lead}</p>
      {parts.map(([title, rows]) => (
        <section key={title} class="sheet__part">
          <p class="sheet__part-title">{title}</p>
          {rows.map(([term, value]) => (
            <Row key={term} term={term}>
              {value}
            </Row>
          ))}
        </section>
      ))}
    </article>
  );
}

/** Little, some, much to tick on paper, ticked where it was rated. */
const boxes = (levels: readonly string[], rated: number | null) =>
  levels.map((level, index) => `${rated === index + 1 ? '☒' : '☐'} ${level}`).join('\u2003');

function Row({ term, children }: { term: string; children: ComponentChildren }) {
  return (
    <div class="sheet__row">
      <span>{term}</span>
      <span class={children ? '' : 'sheet__blank'}>{children}</span>
    </div>
  );
}

function calendarOf(experiment: Experiment, lang: Lang): string {
  const text = WORDS[lang];
  const { plan } = experiment;
  return calendarFile({
    uid: `${experiment.id}@sektorspiegel`,
    on: plan.until ?? experiment.createdOn,
    madeAt: new Date(),
    title: text.calendarTitle(experiment.title || plan.what),
    description: [
      `${text.what}: ${plan.what}`,
      plan.withWhom ? `${text.withWhom}: ${plan.withWhom}` : '',
      plan.sign ? `${text.sign}: ${plan.sign}` : '',
      text.calendarQuestions,
    ]
      .filter(Boolean)
      .join('\n'),
  });
}

const WORDS = words({
  de: {
    title: 'Ihr Experiment',
    paperTitle: 'Unser Experiment',
    due: 'Der Tag für den Rückblick ist da: zum Rückblick',
    lead: 'Klein, auf Probe, mit einem Ende. Ein Experiment kann nicht scheitern: Danach wissen Sie mehr als vorher, so oder so.',
    origin: (title: string) => `Ausgangspunkt: ${title}`,
    plan: 'Planen',
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
    noDay:
      'Der Kalender braucht einen Tag: Bitte tragen Sie zuerst ein, wann der Rückblick sein soll („Rückblick am“).',
    save: 'Als Datei sichern',
    calendarName: 'rueckblick.ics',
    fileName: 'experiment.json',
    kept: 'Die Karte liegt nur in diesem Browser. Sichern Sie sie als Datei, wenn andere mitarbeiten oder Sie das Gerät wechseln.',
    notes: 'Notizen unterwegs',
    notesHint: 'Was fällt auf? Was wird unterwegs geändert?',
    reviewTitle: 'Der Rückblick',
    reviewLead: 'Kurz und gemeinsam: Was war zu sehen, hat es sich gelohnt, und wie geht es weiter?',
    beginReview: 'Rückblick beginnen',
    signWas: (sign: string) => `Daran wollten Sie es merken: ${sign}`,
    seen: 'Was war zu sehen?',
    seenHint: 'Beobachtungen zuerst, Bewertung danach. Auch das Unerwartete gehört hierher.',
    benefit: 'Nutzen',
    effort: 'Aufwand',
    levels: ['wenig', 'mittel', 'viel'] as [string, string, string],
    expected: (benefit: string, effort: string) => `Erwartet hatten Sie: Nutzen ${benefit}, Aufwand ${effort}.`,
    actHint: 'Alle drei sind gute Ergebnisse.',
    decisions: {
      end: {
        label: 'Beenden',
        hint: 'Es hat gezeigt, was es zeigen sollte. Zeit und Kraft werden frei für etwas anderes.',
      },
      adapt: { label: 'Anpassen', hint: 'Die Richtung stimmt, der Weg noch nicht: noch eine Runde, etwas anders.' },
      extend: { label: 'Ausweiten', hint: 'Es hilft. Das nächste Team oder Haus kommt dazu.' },
    },
    decision: 'Wie geht es weiter?',
    decisionsOnPaper: '☐ beenden\u2003☐ anpassen\u2003☐ ausweiten',
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
    origin: (title: string) => `Starting point: ${title}`,
    plan: 'Plan',
    do: 'Do',
    check: 'Check',
    act: 'Act',
    what: 'What we try',
    whatHint: 'So small that something can be seen within weeks. One team, one routine, one house is enough.',
    withWhom: 'With whom',
    withWhomHint: 'Who takes part, and who is affected and is asked beforehand?',
    until: 'Review on',
    untilHint: 'The day on which you look and decide. Six to twelve weeks are a good measure.',
    sign: 'How we will know',
    signHint: 'What would be seen in daily work if it helps? And what if not?',
    sponsor: 'Backed at the top by',
    sponsorHint:
      'Who on the board or in management stands behind it, keeps time free for it and clears obstacles away.',
    missing: (fields: string[]) => `Still open: ${fields.join(', ')}.`,
    complete: 'Everything is on the card. Off you go.',
    print: 'Print the card',
    calendar: 'Put the review in the calendar',
    noDay: 'The calendar needs a day: please say first when the review is to be (“Review on”).',
    save: 'Save as a file',
    calendarName: 'review.ics',
    fileName: 'experiment.json',
    kept: 'The card lies in this browser only. Save it as a file if others work on it or you change devices.',
    notes: 'Notes on the way',
    notesHint: 'What do you notice? What is changed on the way?',
    reviewTitle: 'The review',
    reviewLead: 'Short and together: what was seen, was it worth it, and how does it go on?',
    beginReview: 'Begin the review',
    signWas: (sign: string) => `This is how you wanted to know: ${sign}`,
    seen: 'What was seen?',
    seenHint: 'Observations first, judgement later. The unexpected belongs here, too.',
    benefit: 'Benefit',
    effort: 'Effort',
    levels: ['little', 'some', 'much'] as [string, string, string],
    expected: (benefit: string, effort: string) => `You had expected: benefit ${benefit}, effort ${effort}.`,
    actHint: 'All three are good results.',
    decisions: {
      end: {
        label: 'End it',
        hint: 'It has shown what it was to show. Time and strength are free for something else.',
      },
      adapt: { label: 'Adapt it', hint: 'The direction is right, the way not yet: another round, somewhat different.' },
      extend: { label: 'Extend it', hint: 'It helps. The next team or house joins in.' },
    },
    decision: 'How does it go on?',
    decisionsOnPaper: '☐ end\u2003☐ adapt\u2003☐ extend',
    learned: 'What do we take along?',
    finish: 'Finish the review',
    noDecision: 'The decision is still missing: please choose under “Act” to end, adapt or extend it.',
    drop: 'Discard the card and choose again',
    dropTitle: 'Discard the card?',
    dropHint: 'What is on it is gone then. Save it as a file first if you are not sure.',
    dropYes: 'Yes, discard',
    dropNo: 'No, keep it',
    calendarTitle: (what: string) => `Review: ${what}`,
    calendarQuestions: 'What was seen? Benefit against effort? End, adapt or extend?',
  },
});
