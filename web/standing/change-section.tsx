import { useState } from 'preact/hooks';
import type { Lang } from '#contracts/text';
import { CHANGE_CAVEAT } from '#views/change-lines';
import { longDate, signed } from '#views/standing-words';
import { Disclosure } from '../components/disclosure.tsx';
import { Table } from '../components/table.tsx';
import { words } from '../words.ts';
import { StandingPicture } from './standing-picture.tsx';
import type { StandingAnswer, StandingSource } from './standing-source.ts';

/** What moved since an earlier check, beside how the group moved. */
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
  const isGroupKnown = earlier.changes.some(({ beyond }) => beyond !== null);
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
        columns={[text.dimension, text.course, text.own, text.group, text.beyond]}
        rows={earlier.changes.map((change) => [
          change.title,
          `${change.from ?? '–'}\u00a0→\u00a0${change.to ?? '–'}`,
          points(change.own),
          points(change.own === null || change.beyond === null ? null : change.own - change.beyond),
          points(change.beyond),
        ])}
      />
      <Disclosure summary={text.inWords}>
        <ul>
          {earlier.changes.map(({ dimension, sentence }) => (
            <li key={dimension}>{sentence}</li>
          ))}
        </ul>
      </Disclosure>
      <p>{isGroupKnown ? text.groupNote : text.noGroup}</p>
      <p>{CHANGE_CAVEAT[lang]}</p>
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
      `Zwischen Ihren Checks vom ${from} und vom ${to}: wie sich Ihre Werte verändert haben, und daneben die Gruppe.`,
    caption: 'Veränderung in Punkten',
    dimension: 'Bereich',
    course: 'Ihr Wert',
    own: 'Ihre Veränderung',
    group: 'Gruppe (Mitte)',
    beyond: 'Gegenüber dieser Mitte',
    unknown: 'nicht bekannt',
    inWords: 'Dasselbe in Sätzen',
    groupNote:
      'Die Veränderung der Gruppe ist die veröffentlichte: von denen, die zweimal teilgenommen haben, vom ersten zum letzten Check, mindestens ein halbes Jahr auseinander. Auch sie ist zum Schutz zufällig verschoben.',
    noGroup:
      'Daneben steht keine Veränderung der Gruppe: Sie ist nicht veröffentlicht, oder Ihre beiden Checks liegen dafür zu nah oder zu weit auseinander.',
    oneStep:
      'Eine einzige Antwort, die um eine Stufe steigt, verändert einen Bereich um 5 Punkte. Kleine Unterschiede sagen wenig.',
    picture:
      'Die Zeit läuft von links nach rechts. Die Rauten sind Ihre Werte, die Querstriche die Mitte der Gruppe am jeweiligen Stichtag.',
  },
  en: {
    title: 'What has changed',
    since: 'Compared with the check of',
    lead: (from: string, to: string) =>
      `Between your checks of ${from} and ${to}: how your scores have changed, and the group beside them.`,
    caption: 'Change in points',
    dimension: 'Area',
    course: 'Your score',
    own: 'Your change',
    group: 'Group (middle)',
    beyond: 'Relative to that middle',
    unknown: 'not known',
    inWords: 'The same in sentences',
    groupNote:
      'The change of the group is the released one: of those that took part twice, from their first to their last check, at least half a year apart. It was moved at random, too, for protection.',
    noGroup:
      'No change of the group stands beside it: it is not published, or your two checks lie too close together or too far apart for it.',
    oneStep: 'A single answer that rises by one level changes an area by 5 points. Small differences say little.',
    picture:
      'Time runs from left to right. The diamonds are your scores, the ticks the middle of the group at each cut-off.',
  },
});
