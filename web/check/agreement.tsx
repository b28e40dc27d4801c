import type { Answer } from '#contracts/submission';
import type { Lang } from '#contracts/text';
import { RadioCards } from '../components/radio-cards.tsx';
import { words } from '../words.ts';
import type { ItemComparison, TeamMember } from './team.ts';

/** One item to agree on: every possible answer with the names of those who gave it. */
export function Agreement({
  lang,
  number,
  comparison,
  members,
  agreed,
  onAgree,
}: {
  lang: Lang;
  number: number;
  comparison: ItemComparison;
  members: TeamMember[];
  agreed: Answer | undefined;
  onAgree: (answer: Answer) => void;
}) {
  const text = WORDS[lang];
  const { item, answers } = comparison;
  const choice = (answer: Answer, label: string, isAside = false) => {
    const names = members.filter((_, index) => answers[index] === answer).map(({ name }) => name);
    return {
      value: String(answer),
      isAside,
      label: names.length === 0 ? <span class="quiet">{label}</span> : label,
      ...(names.length === 0
        ? {}
        : {
            hint: names.map((name, index) => (
              <span key={index} class="agreement__name">
                {name}
              </span>
            )),
          }),
    };
  };
  return (
    <div class="check__item agreement" id={`item-${item.id}`}>
      <RadioCards
        name={`agreed-${item.id}`}
        legend={
          <>
            <span class="check__theme">
              {number}. {item.title[lang]}
            </span>
            {item.question[lang]}
          </>
        }
        choices={[
          ...item.anchors.map((anchor, level) => choice(level as Answer, anchor[lang])),
          choice('na', text.na, true),
          choice('dk', text.dk, true),
        ]}
        value={agreed === undefined ? null : String(agreed)}
        onChange={(chosen) => onAgree(chosen === 'na' || chosen === 'dk' ? chosen : (Number(chosen) as Answer))}
      />
    </div>
  );
}

const WORDS = words({
  de: { na: 'Trifft nicht zu', dk: 'Weiß nicht' },
  en: { na: 'Does not apply', dk: 'Don’t know' },
});
