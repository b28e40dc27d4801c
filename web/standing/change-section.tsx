import { useState } from 'preact/hooks';
import type { Lang } from '#contracts/text';
import { CHANGE_CAVEAT } from '#views/change-lines';
import { longDate } from '#views/standing-words';
import { List } from '../components/list.tsx';
import { Select } from '../components/select.tsx';
import { words } from '../words.ts';
import { Downloads, StandingPicture } from './standing-picture.tsx';
import type { StandingAnswer, StandingSource } from './standing-source.ts';

/** What moved since an earlier check, beside how the group moved. */
export function ChangeSection({
  lang,
  answer,
  source,
}: {
  lang: Lang;
  answer: StandingAnswer;
  source: StandingSource;
}) {
  const text = WORDS[lang];
  const [chosen, setChosen] = useState(0);
  const [isOpen, setOpen] = useState(false);
  const earlier = answer.earlier[Math.min(chosen, answer.earlier.length - 1)];
  if (!earlier) return null;
  const course = { lang, source, view: 'progress', group: answer.group.shown ?? undefined } as const;
  const sentences = earlier.dimensions.map(({ sentence }) => sentence);
  return (
    <details class="disclosure" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{text.title(longDate(earlier.conductedOn, lang))}</summary>
      {isOpen ? (
        <div class="disclosure__body">
          {answer.earlier.length > 1 ? (
            <Select
              id="since"
              label={text.since}
              value={String(chosen)}
              onChange={(index) => setChosen(Number(index))}
              // Two checks may be of one day
              options={answer.earlier.map(({ conductedOn }, index) => ({
                value: String(index),
                label: longDate(conductedOn, lang),
              }))}
            />
          ) : null}
          <List items={sentences} />
          <p>
            {earlier.groupChanged ? `${earlier.groupChanged} ${text.groupNote} ${CHANGE_CAVEAT[lang]}` : text.noGroup}
          </p>
          <p>{text.oneStep}</p>
          <StandingPicture {...course} alternative={sentences.join(' ')} />
          <Downloads {...course} />
        </div>
      ) : null}
    </details>
  );
}

const WORDS = words({
  de: {
    title: (date: string) => `Was sich seit dem Check vom ${date} verändert hat`,
    since: 'Verglichen mit dem Check vom',
    groupNote:
      'Die Veränderung der Gruppe ist die veröffentlichte: von denen, die zweimal teilgenommen haben, vom ersten zum letzten Check, mindestens ein halbes Jahr auseinander. Auch sie ist zum Schutz zufällig verschoben.',
    noGroup:
      'Daneben steht keine Veränderung der Gruppe: Sie ist nicht veröffentlicht, oder Ihre beiden Checks liegen dafür zu nah oder zu weit auseinander.',
    oneStep: 'Eine einzige Antwort, die um eine Stufe steigt, verändert einen Bereich um 5 Punkte.',
  },
  en: {
    title: (date: string) => `What has changed since the check of ${date}`,
    since: 'Compared with the check of',
    groupNote:
      'The change of the group is the released one: of those that took part twice, from their first to their last check, at least half a year apart. It was shifted at random, too, for protection.',
    noGroup:
      'No change of the group stands beside it: it is not published, or your two checks lie too close together or too far apart for it.',
    oneStep: 'A single answer that rises by one level changes an area by 5 points.',
  },
});
