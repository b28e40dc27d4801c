import { longDate } from '#views/standing-words';
import { Button, ButtonLink } from '../components/button.tsx';
import { Notice } from '../components/notice.tsx';
import { pathTo } from '../site-map.ts';
import { words } from '../words.ts';
import type { Sent } from './draft.ts';
import { Remember } from './remember.tsx';
import { ScoreScale } from './score-scale.tsx';
import { StepHeading } from './step-heading.tsx';
import type { StepProps } from './step-props.ts';

/**
 * The check has arrived: the own words, and the way to the comparison.
 *
 * @param onStanding shows it in this page, with the code of its memory; `hasFailed`: what that takes did not load
 */
export function SentStep({
  lang,
  instrument,
  sent,
  tab,
  onStanding,
  hasFailed,
  onAnew,
}: StepProps & {
  sent: Sent;
  onStanding: () => void;
  hasFailed: boolean;
  onAnew: () => void;
}) {
  const text = WORDS[lang];
  const { receipt } = tab;
  return (
    <>
      <StepHeading>{text.title}</StepHeading>
      <p class="lead">{text.lead(longDate(sent.conductedOn, lang))}</p>
      {sent.isComplete ? null : (
        <Notice kind="warning" title={text.incompleteTitle}>
          {text.incomplete}
        </Notice>
      )}
      {sent.isReviewedFirst ? <Notice title={text.reviewedTitle}>{text.reviewed}</Notice> : null}
      {sent.associations && sent.associations.length > 0 ? (
        <Notice>{text.associations(sent.associations.length)}</Notice>
      ) : null}
      <dl class="summary summary--scores">
        {instrument.dimensions.map(({ id, title }) => (
          <div key={id}>
            <dt>{title[lang]}</dt>
            <dd>
              <strong>{sent.maturity[id]?.[lang] ?? text.none}</strong>
              {typeof sent.scores[id] === 'number' ? (
                <ScoreScale lang={lang} bands={instrument.maturityBands} score={sent.scores[id]} />
              ) : null}
            </dd>
          </div>
        ))}
      </dl>
      <h2>{text.whereTitle}</h2>
      <p>{receipt ? text.where : text.whereWithCode}</p>
      <div class="buttons">
        {receipt ? (
          <Button onClick={onStanding}>{text.standing}</Button>
        ) : (
          <ButtonLink href={pathTo('standing', lang)}>{text.standing}</ButtonLink>
        )}
        <Button kind="quiet" onClick={onAnew}>
          {text.anew}
        </Button>
      </div>
      {hasFailed ? (
        <Notice kind="warning" title={text.offline} isLive>
          {text.offlineText}
        </Notice>
      ) : null}
      {receipt ? <Remember lang={lang} tab={tab} /> : null}
      <p class="quiet check__deleted">{text.deleted}</p>
    </>
  );
}

const WORDS = words({
  de: {
    title: 'Angekommen. Vielen Dank!',
    lead: (day: string) => `Ihr Check vom ${day} ist gespeichert. Heben Sie den Rückkehr-Code gut auf.`,
    incompleteTitle: 'Noch nicht im Vergleich',
    incomplete:
      'Nicht jeder Bereich hat einen Wert. Schicken Sie den Check mit demselben Rückkehr-Code vollständig, dann zählt er in der nächsten Veröffentlichung mit.',
    reviewedTitle: 'Wird vor der nächsten Veröffentlichung geprüft',
    reviewed:
      'Manche Checks sieht sich der Betreiber an, bevor sie in eine Veröffentlichung eingehen; Ihrer gehört dazu. Das ist kein Vorwurf, auch sorgfältig ausgefüllte können darunter sein. Ihr eigenes Ergebnis sehen Sie wie alle anderen sofort. Haben Sie sich vertan, schicken Sie den Check mit demselben Rückkehr-Code noch einmal.',
    associations: (count: number) =>
      count === 1
        ? 'Ihre Organisation zählt zur Mitgliedergruppe des Verbands. Er sieht nur Werte der ganzen Gruppe.'
        : `Ihre Organisation zählt zu ${count} Mitgliedergruppen. Die Verbände sehen nur Werte der ganzen Gruppe.`,
    none: 'kein Wert',
    whereTitle: 'Wo steht Ihre Organisation?',
    where:
      'Sie werden sofort mit der geltenden Veröffentlichung verglichen. Ihren Rückkehr-Code kennt diese Seite noch; Sie brauchen ihn nicht einzugeben, solange Sie sie nicht neu laden.',
    whereWithCode:
      'Sie werden sofort mit der geltenden Veröffentlichung verglichen. Auf der nächsten Seite geben Sie dazu den Rückkehr-Code ein, den Sie gesichert haben.',
    standing: 'Sehen, wo Sie stehen',
    offline: 'Keine Verbindung',
    offlineText:
      'Ihr Check ist gespeichert. Der Vergleich ließ sich gerade nicht laden; bitte versuchen Sie es gleich noch einmal.',
    anew: 'Einen weiteren Check ausfüllen',
    deleted: 'Ihre Antworten sind jetzt aus diesem Browser gelöscht. Mit dem Rückkehr-Code lesen Sie sie wieder.',
  },
  en: {
    title: 'It has arrived. Thank you!',
    lead: (day: string) => `Your check of ${day} is stored. Keep the return code safe.`,
    incompleteTitle: 'Not in the comparison yet',
    incomplete:
      'Not every area has a score. Send the complete check with the same return code, and it will count in the next release.',
    reviewedTitle: 'Will be reviewed before the next release',
    reviewed:
      'The operator looks at some checks before they count in a release, and yours is one of them. This is no reproach: careful ones can be among them. You see your own result at once, like everybody else. If you made a mistake, send the check again with the same return code.',
    associations: (count: number) =>
      count === 1
        ? 'Your organisation counts towards the association’s member group. The association sees figures of the whole group only.'
        : `Your organisation counts towards ${count} member groups. The associations see figures of the whole group only.`,
    none: 'no score',
    whereTitle: 'Where does your organisation stand?',
    where:
      'You are compared with the release in force at once. This page still knows your return code; you need not enter it as long as you do not reload.',
    whereWithCode:
      'You are compared with the release in force at once. On the next page you enter the return code you saved.',
    standing: 'See where you stand',
    offline: 'No connection',
    offlineText: 'Your check is stored. The comparison could not be loaded just now; please try again in a moment.',
    anew: 'Fill in another check',
    deleted: 'Your answers have now been deleted from this browser. With the return code you can read them again.',
  },
});
