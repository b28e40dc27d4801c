import { useEffect, useRef, useState } from 'preact/hooks';
import type { Lang } from '#contracts/text';
import { cutoffSentence, marksSentence } from '#views/release-words';
import { upperFirst, wholeNumber } from '#views/standing-words';
import { Button, TextButton } from '../components/button.tsx';
import { FailureNotice } from '../components/failure-notice.tsx';
import { List } from '../components/list.tsx';
import { Notice } from '../components/notice.tsx';
import { pathTo } from '../site-map.ts';
import { useAsked } from '../use-asked.ts';
import { words } from '../words.ts';
import { ChangeSection } from './change-section.tsx';
import { MoreExactly } from './more-exactly.tsx';
import { OwnAssociations } from './own-associations.tsx';
import { StandingPicture } from './standing-picture.tsx';
import { pictureWords, type StandingAnswer, type StandingSource } from './standing-source.ts';

/**
 * Where the house stands: the finding, one picture, and on to the next step. Whatever else there is lies behind "Genauer".
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
  const { value: answer, failure, isAsking, retry } = useAsked(() => source.read(group), [source, group]);
  const heading = useRef<HTMLHeadingElement>(null);
  const isShown = answer !== null;
  useEffect(() => {
    if (isShown) heading.current?.focus();
  }, [isShown]);

  const notice = failure ? <FailureNotice lang={lang} failure={failure} onRetry={retry} /> : null;
  const leave =
    source.kind === 'code' ? { label: text.leave, hint: text.leaveHint } : { label: text.back, hint: text.draftHint };
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

  const { release } = answer;
  return (
    <div class="standing" aria-busy={isAsking}>
      <div class="not-on-paper">
        <section aria-labelledby="finding">
          <h2 id="finding" ref={heading} tabIndex={-1}>
            {answer.title}
          </h2>
          {answer.state === 'compared' ? (
            <GroupShown lang={lang} group={answer.group} onGroup={setGroup} />
          ) : (
            <Notice title={answer.state === 'no-release' ? text.noRelease : text.nothingPublished}>
              {answer.group.sentence}
            </Notice>
          )}
          {notice}
          <StandingPicture
            lang={lang}
            source={source}
            view="standing"
            group={answer.group.shown ?? undefined}
            alternative={pictureWords(answer)}
          />
          <p>{answer.overall}</p>
          {answer.larger ? <p>{answer.larger}</p> : null}
          {release && answer.state === 'compared' ? (
            <p class="quiet">
              {answer.caveat} {cutoffSentence(release.cutoffOn, lang)} {marksSentence(release.marks, lang)}
            </p>
          ) : null}
          {source.kind === 'draft' ? <Unsent lang={lang} hasProfile={source.hasProfile} /> : null}
          {answer.missing.length > 0 ? (
            <Notice title={text.missing}>
              <List items={answer.missing.map(({ sentence }) => sentence)} />
            </Notice>
          ) : null}
        </section>
        <div class="buttons">
          <Button onClick={() => onNextStep(answer)}>{text.nextStep}</Button>
        </div>
        <MoreExactly lang={lang} answer={answer} source={source} onGroup={setGroup} />
        <ChangeSection lang={lang} answer={answer} source={source} />
      </div>

      <BoardSection lang={lang} answer={answer} source={source} />

      <div class="not-on-paper">
        <OwnAssociations lang={lang} associations={answer.associations} />
        <div class="standing__leave">
          <p>{leave.hint}</p>
          <Button kind="quiet" onClick={onLeave}>
            {leave.label}
          </Button>
        </div>
      </div>
    </div>
  );
}

/** Which group is shown and why, and the finer ones. */
function GroupShown({
  lang,
  group,
  onGroup,
}: {
  lang: Lang;
  group: StandingAnswer['group'];
  onGroup: (key: string) => void;
}) {
  const text = WORDS[lang];
  const finer = group.alternatives.filter(({ isFiner }) => isFiner);
  return (
    <div class="group-shown">
      <p role="status">{group.sentence}</p>
      {finer.length > 0 ? (
        <p>
          {text.finer}{' '}
          {finer.map(({ key, label, participations }) => (
            <TextButton key={key} onClick={() => onGroup(key)}>
              {text.choice(upperFirst(label), wholeNumber(participations, lang))}
            </TextButton>
          ))}
        </p>
      ) : null}
    </div>
  );
}

function Unsent({ lang, hasProfile }: { lang: Lang; hasProfile: boolean }) {
  const text = WORDS[lang];
  return (
    <Notice title={text.unsentTitle}>
      <p>{text.unsent}</p>
      {hasProfile ? null : (
        <p>
          {text.noProfile} <a href={`${pathTo('check', lang)}#profile`}>{text.toProfile}</a>
        </p>
      )}
    </Notice>
  );
}

/** The paper for a board meeting, loaded when it is wanted. */
function BoardSection({ lang, answer, source }: { lang: Lang; answer: StandingAnswer; source: StandingSource }) {
  const text = WORDS[lang];
  const [isOpen, setOpen] = useState(false);
  const loading = async () => ({ ok: true as const, value: isOpen ? await import('./board-paper.tsx') : null });
  const { value: paper, failure, retry } = useAsked(loading, [isOpen]);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (paper) heading.current?.focus();
  }, [paper]);

  return (
    <section class="board" aria-labelledby="board">
      <div class="not-on-paper">
        <h2 id="board" ref={heading} tabIndex={-1}>
          {text.board}
        </h2>
        <p>{text.boardLead}</p>
        {failure ? <FailureNotice lang={lang} failure={failure} onRetry={retry} /> : null}
        {isOpen ? null : (
          <div class="buttons">
            <Button kind="secondary" onClick={() => setOpen(true)}>
              {text.openBoard}
            </Button>
          </div>
        )}
      </div>
      {paper ? <paper.BoardPaper lang={lang} answer={answer} source={source} /> : null}
    </section>
  );
}

const WORDS = words({
  de: {
    wait: 'Ihr Ergebnis wird geladen …',
    otherCode: 'Einen anderen Code eingeben',
    back: 'Zurück',
    finer: 'Enger vergleichen:',
    choice: (label: string, n: string) => `${label} (rund ${n})`,
    noProfile:
      'Angaben zu Ihrem Haus fehlen noch. Bis dahin stehen Sie hier neben einer weiteren Gruppe, als es sonst wäre.',
    toProfile: 'Angaben ergänzen',
    unsentTitle: 'Nicht gesendet',
    unsent:
      'Verglichen wird in Ihrem Browser, mit Werten, die ohnehin veröffentlicht sind. Der Dienst erfährt nur, welche Gruppe Sie ansehen.',
    noRelease: 'Noch kein Vergleich',
    nothingPublished: 'Zum Schutz nicht veröffentlicht',
    missing: 'Was für einen Wert noch fehlt',
    nextStep: 'Einen nächsten Schritt wählen',
    board: 'Für Vorstand oder Aufsichtsrat',
    boardLead: 'Zwei Seiten mit Beschlussvorschlag, ohne Ihren Rückkehr-Code.',
    openBoard: 'Vorlage öffnen',
    leave: 'Code vergessen und schließen',
    leaveHint: 'An einem fremden Gerät? Schließen Sie Ihr Ergebnis, wenn Sie fertig sind.',
    draftHint: 'Ihr Check bleibt, wie er ist, in diesem Browser.',
  },
  en: {
    wait: 'Loading your result …',
    otherCode: 'Enter another code',
    back: 'Back',
    finer: 'Compare more narrowly:',
    choice: (label: string, n: string) => `${label} (around ${n})`,
    noProfile:
      'Details of your organisation are still missing. Until then you are shown beside a wider group than otherwise.',
    toProfile: 'Add the details',
    unsentTitle: 'Not sent',
    unsent:
      'The comparison is made in your browser, with figures that are public anyway. The service only learns which group you look at.',
    noRelease: 'No comparison yet',
    nothingPublished: 'Not published, to protect participants',
    missing: 'What a score still needs',
    nextStep: 'Choose a next step',
    board: 'For the board',
    boardLead: 'Two pages with a draft resolution, without your return code.',
    openBoard: 'Open the paper',
    leave: 'Forget the code and close',
    leaveHint: 'On somebody else’s device? Close your result when you have finished.',
    draftHint: 'Your check stays as it is, in this browser.',
  },
});
