import type { FunctionComponent } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { valueAt } from '#contracts/released-cell';
import type { Lang } from '#contracts/text';
import { marksSentence } from '#views/release-words';
import { longDate } from '#views/standing-words';
import { Button } from '../components/button.tsx';
import { Disclosure } from '../components/disclosure.tsx';
import { Notice } from '../components/notice.tsx';
import { Table } from '../components/table.tsx';
import { pathTo } from '../site-map.ts';
import { words } from '../words.ts';
import type { BoardPaperProps } from './board-paper.tsx';
import { ChangeSection } from './change-section.tsx';
import { FailureNotice } from './failure-notice.tsx';
import { OwnAssociations } from './own-associations.tsx';
import type { Failure } from './service.ts';
import { StandingPicture, settle } from './standing-picture.tsx';
import type { StandingAnswer, StandingSource } from './standing-source.ts';
import { VerdictList } from './verdict-list.tsx';

/**
 * Where the house stands: verdicts, picture, table, change, the paper for the board, and on to the next step.
 *
 * @param onLeave forgets the Rückkehr-Code, or closes the unsent check
 * @param onNextStep hands over what the next step needs, and goes there
 */
export function Result({
  lang,
  source,
  onLeave,
  onNextStep,
}: {
  lang: Lang;
  source: StandingSource;
  onLeave: () => void;
  onNextStep: (answer: StandingAnswer) => void;
}) {
  const text = WORDS[lang];
  const [group, setGroup] = useState<string | undefined>(undefined);
  const [answer, setAnswer] = useState<StandingAnswer | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [attempt, setAttempt] = useState(0);
  const [isAsking, setAsking] = useState(true);
  const heading = useRef<HTMLHeadingElement>(null);

  useEffect(() => {
    let isCurrent = true;
    setAsking(true);
    settle(source.read(group)).then((asked) => {
      if (!isCurrent) return;
      setAsking(false);
      setFailure(asked.ok ? null : asked.failure);
      if (asked.ok) setAnswer(asked.value);
    });
    return () => {
      isCurrent = false;
    };
  }, [source, group, attempt]);

  const isShown = answer !== null;
  useEffect(() => {
    if (isShown) heading.current?.focus();
  }, [isShown]);

  const notice = failure ? (
    <FailureNotice lang={lang} failure={failure} onRetry={() => setAttempt(attempt + 1)} />
  ) : null;
  if (!answer) {
    return (
      <div class="standing-wait">
        {notice ?? <p role="status">{text.wait}</p>}
        {failure ? (
          <Button kind="quiet" onClick={onLeave}>
            {source.kind === 'code' ? text.otherCode : text.back}
          </Button>
        ) : null}
      </div>
    );
  }

  const shownGroup = answer.group.shown ?? undefined;
  return (
    <div class="standing" aria-busy={isAsking}>
      <div class="not-on-paper">
        <section aria-labelledby="verdicts">
          <h2 id="verdicts" ref={heading} tabIndex={-1}>
            {answer.title.replace(/\.$/, '')}
          </h2>
          {source.kind === 'draft' ? (
            <Notice title={text.unsentTitle}>
              <p>{text.unsent}</p>
              {source.hasProfile ? null : (
                <p>
                  {text.noProfile} <a href={`${pathTo('check', lang)}#profile`}>{text.toProfile}</a>
                </p>
              )}
            </Notice>
          ) : (
            <p class="standing__day">
              {answer.conductedOn ? text.day(longDate(answer.conductedOn, lang)) : null}{' '}
              {answer.nextReleaseOn ? text.nextRelease(longDate(answer.nextReleaseOn, lang)) : null}
            </p>
          )}
          {answer.state === 'compared' ? (
            <GroupSwitch lang={lang} answer={answer} onGroup={setGroup} />
          ) : (
            <Notice title={answer.state === 'no-release' ? text.noRelease : text.nothingPublished}>
              <p>{answer.group.sentence}</p>
            </Notice>
          )}
          {notice}
          {answer.missing.length > 0 ? (
            <Notice title={text.missing}>
              <ul>
                {answer.missing.map(({ dimension, sentence }) => (
                  <li key={dimension}>{sentence}</li>
                ))}
              </ul>
            </Notice>
          ) : null}
          <VerdictList lang={lang} answer={answer} />
        </section>

        <section aria-labelledby="picture">
          <h2 id="picture">{text.picture}</h2>
          <StandingPicture
            lang={lang}
            source={source}
            view="standing"
            group={shownGroup}
            alternative={answer.alternative}
            description={answer.description}
            hasTable
          />
          <Disclosure summary={text.asTable}>
            <FiguresTable lang={lang} answer={answer} />
          </Disclosure>
        </section>

        <ChangeSection lang={lang} answer={answer} source={source} group={shownGroup} />

        <section class="next-ways" aria-labelledby="onwards">
          <h2 id="onwards">{text.onwards}</h2>
          <p class="lead">{text.onwardsLead}</p>
          <div class="buttons">
            <Button onClick={() => onNextStep(answer)}>{text.nextStep}</Button>
          </div>
        </section>
      </div>

      <BoardSection lang={lang} answer={answer} source={source} />

      <div class="not-on-paper">
        <OwnAssociations lang={lang} associations={answer.associations} />
      </div>

      <div class="not-on-paper standing__leave">
        <p>{source.kind === 'code' ? text.leaveHint : text.leaveDraftHint}</p>
        <Button kind="quiet" onClick={onLeave}>
          {source.kind === 'code' ? text.leave : text.back}
        </Button>
      </div>
    </div>
  );
}

function GroupSwitch({
  lang,
  answer,
  onGroup,
}: {
  lang: Lang;
  answer: StandingAnswer;
  onGroup: (key: string) => void;
}) {
  const text = WORDS[lang];
  const { shown, label, participations, alternatives } = answer.group;
  return (
    <div class="group-switch">
      <label class="field">
        <span class="field__label">{text.group}</span>
        <select value={shown ?? ''} onChange={(event) => onGroup(event.currentTarget.value)}>
          <option value={shown ?? ''}>{text.choice(label ?? '', participations ?? 0)}</option>
          <Options label={text.finer} groups={alternatives.filter(({ isFiner }) => isFiner)} choice={text.choice} />
          <Options label={text.others} groups={alternatives.filter(({ isFiner }) => !isFiner)} choice={text.choice} />
        </select>
      </label>
      <p class="group-switch__rung" role="status">
        {answer.group.sentence} {text.protection} {answer.release ? marksSentence(answer.release.marks, lang) : ''}
      </p>
    </div>
  );
}

function Options({
  label,
  groups,
  choice,
}: {
  label: string;
  groups: StandingAnswer['group']['alternatives'];
  choice: (label: string, participations: number) => string;
}) {
  if (groups.length === 0) return null;
  return (
    <optgroup label={label}>
      {groups.map((group) => (
        <option key={group.key} value={group.key}>
          {choice(group.label, group.participations)}
        </option>
      ))}
    </optgroup>
  );
}

/** The picture's figures, a row for each dimension. */
function FiguresTable({ lang, answer }: { lang: Lang; answer: StandingAnswer }) {
  const text = WORDS[lang];
  const percent = lang === 'de' ? '\u00a0%' : '%';
  return (
    <>
      <Table
        caption={text.caption}
        columns={[text.dimension, text.score, text.verdict, text.median, text.zone, text.furtherThan]}
        rows={answer.dimensions.map(({ title, score, words, cuts, zone, range, verdict }) => [
          title,
          score ?? '–',
          words,
          valueAt(cuts ?? [], 500) ?? '–',
          zone ? text.fromTo(zone.from, zone.to) : '–',
          range && verdict !== null
            ? `${text.fromTo(Math.floor(range.from / 10), Math.ceil(range.to / 10))}${percent}`
            : '–',
        ])}
      />
      {answer.notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
    </>
  );
}

/** The paper for a board meeting, loaded when it is wanted. */
function BoardSection({ lang, answer, source }: { lang: Lang; answer: StandingAnswer; source: StandingSource }) {
  const text = WORDS[lang];
  const [Paper, setPaper] = useState<FunctionComponent<BoardPaperProps> | null>(null);
  const [hasFailed, setFailed] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);

  async function open() {
    try {
      const { BoardPaper } = await import('./board-paper.tsx');
      setPaper(() => BoardPaper);
      setFailed(false);
    } catch {
      setFailed(true);
    }
  }
  useEffect(() => {
    if (Paper) heading.current?.focus();
  }, [Paper]);

  return (
    <section class="board" aria-labelledby="board">
      <div class="not-on-paper">
        <h2 id="board" ref={heading} tabIndex={-1}>
          {text.board}
        </h2>
        <p>{text.boardLead}</p>
        {hasFailed ? <FailureNotice lang={lang} failure={{ kind: 'offline' }} onRetry={open} /> : null}
        {Paper || hasFailed ? null : (
          <div class="buttons">
            <Button kind="secondary" onClick={open}>
              {text.openBoard}
            </Button>
          </div>
        )}
      </div>
      {Paper ? <Paper lang={lang} answer={answer} source={source} /> : null}
    </section>
  );
}

const WORDS = words({
  de: {
    wait: 'Ihr Ergebnis wird geladen …',
    otherCode: 'Einen anderen Code eingeben',
    back: 'Zurück',
    day: (date: string) => `Ihr Check vom ${date}.`,
    nextRelease: (date: string) => `Der nächste Stichtag ist frühestens der ${date}.`,
    noProfile:
      'Angaben zu Ihrem Haus fehlen noch. Bis dahin stehen Sie hier neben einer weiteren Gruppe, als es sonst wäre.',
    toProfile: 'Angaben ergänzen',
    unsentTitle: 'Nicht gesendet',
    unsent:
      'Verglichen wird in Ihrem Browser, mit Werten, die ohnehin veröffentlicht sind. Der Dienst erfährt nur, welche Gruppe Sie ansehen.',
    noRelease: 'Noch kein Vergleich',
    nothingPublished: 'Zum Schutz nicht veröffentlicht',
    missing: 'Was für einen Wert noch fehlt',
    picture: 'Das Bild dazu',
    asTable: 'Dieselben Werte als Tabelle',
    onwards: 'Und jetzt?',
    onwardsLead: 'Vier Werte ändern noch nichts. Ein Schritt schon: klein, auf Probe, mit Rückhalt von oben.',
    nextStep: 'Einen nächsten Schritt wählen',
    board: 'Für die Sitzung von Vorstand oder Aufsichtsrat',
    boardLead:
      'Zwei Seiten zum Ausdrucken: das Ergebnis in einem Bild, und ein Beschlussvorschlag, den Sie hier fertig schreiben. Ihr Rückkehr-Code steht nicht darauf.',
    openBoard: 'Vorlage öffnen',
    leave: 'Code vergessen und schließen',
    leaveHint: 'An einem fremden Gerät? Schließen Sie Ihr Ergebnis, wenn Sie fertig sind.',
    leaveDraftHint: 'Ihr Check bleibt, wie er ist, in diesem Browser.',
    group: 'Vergleichsgruppe',
    choice: (label: string, participations: number) => `${label} (rund ${participations.toLocaleString('de-DE')})`,
    protection: 'Gruppen, die nicht zur Wahl stehen, sind zum Schutz nicht veröffentlicht.',
    caption: 'Ihr Ergebnis in Zahlen',
    dimension: 'Bereich',
    score: 'Ihr Wert',
    verdict: 'Einordnung',
    median: 'Mitte der Gruppe',
    zone: 'Kein Unterschied zur Mitte zu erkennen',
    furtherThan: 'Weiter als (zu 95\u00a0% sicher)',
    fromTo: (from: number, to: number) => `${from} bis ${to}`,
    finer: 'Engere Gruppen',
    others: 'Andere Gruppen',
  },
  en: {
    wait: 'Loading your result …',
    otherCode: 'Enter another code',
    back: 'Back',
    day: (date: string) => `Your check of ${date}.`,
    nextRelease: (date: string) => `The next cut-off is ${date} at the earliest.`,
    noProfile:
      'Details of your organisation are still missing. Until then you are shown beside a wider group than otherwise.',
    toProfile: 'Add the details',
    unsentTitle: 'Not sent',
    unsent:
      'The comparison is made in your browser, with figures that are public anyway. The service only learns which group you look at.',
    noRelease: 'No comparison yet',
    nothingPublished: 'Not published, to protect participants',
    missing: 'What a score still needs',
    picture: 'The picture',
    asTable: 'The same figures as a table',
    onwards: 'And now?',
    onwardsLead: 'Four scores change nothing by themselves. One step does: small, on trial, backed from the top.',
    nextStep: 'Choose a next step',
    board: 'For a meeting of the board',
    boardLead:
      'Two pages to print: the result in one picture, and a draft resolution that you finish here. Your return code is not on it.',
    openBoard: 'Open the paper',
    leave: 'Forget the code and close',
    leaveHint: 'On somebody else’s device? Close your result when you have finished.',
    leaveDraftHint: 'Your check stays as it is, in this browser.',
    group: 'Group compared with',
    choice: (label: string, participations: number) => `${label} (around ${participations.toLocaleString('en-GB')})`,
    protection: 'Groups that cannot be chosen are not published, to protect participants.',
    caption: 'Where you stand in figures',
    dimension: 'Area',
    score: 'Your score',
    verdict: 'Verdict',
    median: 'Middle of the group',
    zone: 'No difference to the middle can be told',
    furtherThan: 'Further along than (95% sure)',
    fromTo: (from: number, to: number) => `${from} to ${to}`,
    finer: 'Narrower groups',
    others: 'Other groups',
  },
});
