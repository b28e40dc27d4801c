import { useState } from 'preact/hooks';
import type { Lang } from '#contracts/text';
import { signed } from '#views/change-lines';
import { longDate } from '#views/standing-words';
import { Table } from '../components/table.tsx';
import { words } from '../words.ts';
import { StandingPicture } from './standing-picture.tsx';
import type { StandingAnswer, StandingSource } from './standing-source.ts';

/** What moved since an earlier check, split into the own change and the field's. */
export function ChangeSection({
  lang,
  answer,
  source,
  group,
}: {
  lang: Lang;
  answer: StandingAnswer;
  source: StandingSource;
  group: string | undefined;
}) {
  const text = WORDS[lang];
  const [chosen, setChosen] = useState(0);
  const earlier = answer.earlier[Math.min(chosen, answer.earlier.length - 1)];
  if (!earlier || !answer.conductedOn) return null;
  const points = (value: number | null) => (value === null ? text.unknown : signed(value));
  const isFieldKnown = earlier.changes.some(({ field }) => field !== null);
  return (
    <section aria-labelledby="change">
      <h2 id="change">{text.title}</h2>
      {answer.earlier.length > 1 ? (
        <label class="field field--inline">
          <span class="field__label">{text.since}</span>
          <select value={String(chosen)} onChange={(event) => setChosen(Number(event.currentTarget.value))}>
            {answer.earlier.map(({ conductedOn }, index) => (
              // Two checks may be of one day
              <option key={index} value={String(index)}>
                {longDate(conductedOn, lang)}
              </option>
            ))}
          </select>
        </label>
      ) : null}
      <p>{text.lead(longDate(earlier.conductedOn, lang), longDate(answer.conductedOn, lang))}</p>
      <Table
        caption={text.caption}
        columns={[text.dimension, text.course, text.own, text.field, text.beyond]}
        rows={earlier.changes.map((change) => [
          change.title,
          `${change.from ?? '–'}\u00a0→\u00a0${change.to ?? '–'}`,
          points(change.own),
          points(change.field),
          points(change.beyond),
        ])}
      />
      <p>{isFieldKnown ? text.fieldNote : text.noField}</p>
      <p>{text.oneStep}</p>
      <StandingPicture
        lang={lang}
        source={source}
        view="progress"
        group={group}
        alternative={earlier.changes.map(({ sentence }) => sentence).join(' ')}
        description={text.picture}
        hasTable={false}
      />
    </section>
  );
}

const WORDS = words({
  de: {
    title: 'Was sich verändert hat',
    since: 'Verglichen mit dem Check vom',
    lead: (from: string, to: string) =>
      `Zwischen Ihren Checks vom ${from} und vom ${to}: wie Sie sich verändert haben, wie die Gruppe, und was Sie gegenüber der Gruppe gewonnen oder verloren haben.`,
    caption: 'Veränderung in Punkten',
    dimension: 'Bereich',
    course: 'Ihr Wert',
    own: 'Ihre Veränderung',
    field: 'Mitte der Gruppe',
    beyond: 'Gegenüber der Gruppe',
    unknown: 'nicht bekannt',
    fieldNote:
      'Die Mitte der Gruppe stammt aus den Veröffentlichungen zur Zeit der beiden Checks. Die Gruppe setzt sich jedes Mal neu zusammen; ihre Veränderung muss keine Entwicklung derselben Organisationen sein.',
    noField:
      'Für die Gruppe gibt es aus dieser Zeit keine zwei vergleichbaren Veröffentlichungen; ihr Anteil lässt sich deshalb nicht nennen.',
    oneStep:
      'Eine einzige Antwort, die um eine Stufe steigt, verändert einen Bereich um 5 Punkte. Kleine Unterschiede sagen wenig.',
    picture:
      'Die Zeit läuft von links nach rechts. Die Rauten sind Ihre Werte, die Querstriche die Mitte der Gruppe am jeweiligen Stichtag.',
  },
  en: {
    title: 'What has changed',
    since: 'Compared with the check of',
    lead: (from: string, to: string) =>
      `Between your checks of ${from} and ${to}: how you have changed, how the group has, and what you gained or lost relative to it.`,
    caption: 'Change in points',
    dimension: 'Area',
    course: 'Your score',
    own: 'Your change',
    field: 'Middle of the group',
    beyond: 'Relative to the group',
    unknown: 'not known',
    fieldNote:
      'The middle of the group is taken from the releases at the time of the two checks. The group is composed anew each time; its change need not be a development of the same organisations.',
    noField: 'There are no two comparable releases of the group from this time, so its part cannot be told.',
    oneStep: 'A single answer that rises by one level changes an area by 5 points. Small differences say little.',
    picture:
      'Time runs from left to right. The diamonds are your scores, the ticks the middle of the group at each cut-off.',
  },
});
