import { useState } from 'preact/hooks';
import type { Instrument } from '#contracts/instrument';
import type { Lang } from '#contracts/text';
import { Button } from '../components/button.tsx';
import { TextField } from '../components/field.tsx';
import { shareWords } from '../components/share.tsx';
import { words } from '../words.ts';
import type { KeptSteps } from './kept-steps.ts';
import { attainedIn, type Importance, type Measure } from './measures.ts';
import { Rating } from './rating.tsx';

/** What a step is begun from: a measure of the list, or an own idea. */
export interface Choice {
  id: string;
  title: string;
  what: string;
  item: string | null;
  dimension: string | null;
}

/**
 * From what is important, over what may be done, with what benefit and effort, to the one step to begin with.
 *
 * @param instrument null where the house is not known: then only own ideas can be chosen from
 */
export function MeasureChoice({
  lang,
  instrument,
  measures,
  group,
  steps,
  onSteps,
  onPick,
}: {
  lang: Lang;
  instrument: Instrument | null;
  measures: Measure[];
  /** Label of the group whose shares are told. */
  group: string | null;
  steps: KeptSteps;
  onSteps: (steps: KeptSteps) => void;
  onPick: (choice: Choice) => void;
}) {
  const text = WORDS[lang];
  const listed: { choice: Choice; measure: Measure | null }[] = [
    ...measures.map((measure) => ({ choice: choiceOf(measure, lang), measure })),
    ...steps.ideas.map(({ id, text: idea }) => ({
      choice: { id, title: idea, what: idea, item: null, dimension: null },
      measure: null,
    })),
  ];
  const best = bestOf(
    listed.map(({ choice }) => choice.id),
    steps.ratings,
  );
  return (
    <>
      {instrument ? (
        <section aria-labelledby="important">
          <h2 id="important">{text.importantTitle}</h2>
          <p>{text.important}</p>
          <div class="importance">
            {instrument.dimensions.map(({ id, title }) => (
              <ImportanceLine
                key={id}
                lang={lang}
                title={title[lang]}
                value={steps.importance[id] ?? 'medium'}
                onChange={(importance) => onSteps({ ...steps, importance: { ...steps.importance, [id]: importance } })}
              />
            ))}
          </div>
        </section>
      ) : null}
      <section aria-labelledby="choose">
        <h2 id="choose">{text.chooseTitle}</h2>
        <p>{text.choose}</p>
        <ol class="measures">
          {listed.map(({ choice, measure }) => {
            const rating = steps.ratings[choice.id] ?? { benefit: null, effort: null };
            const rate = (changed: Partial<typeof rating>) =>
              onSteps({ ...steps, ratings: { ...steps.ratings, [choice.id]: { ...rating, ...changed } } });
            return (
              <li key={choice.id} class="measure card" aria-labelledby={`title-${choice.id}`}>
                <p class="measure__kind">
                  {measure && instrument
                    ? `${titleOf(instrument, measure.item.dimension, lang)} · ${text.kinds[measure.kind]}`
                    : text.ownKind}
                </p>
                <h3 id={`title-${choice.id}`} class="measure__title">
                  {choice.title}
                </h3>
                {measure ? <MeasureWords lang={lang} measure={measure} group={group} /> : null}
                <div class="measure__ratings">
                  <Rating
                    legend={text.benefit}
                    labels={text.levels}
                    value={rating.benefit}
                    onChange={(benefit) => rate({ benefit })}
                  />
                  <Rating
                    legend={text.effort}
                    labels={text.levels}
                    value={rating.effort}
                    onChange={(effort) => rate({ effort })}
                  />
                </div>
                {best === choice.id ? <p class="measure__best">{text.best}</p> : null}
                <div class="buttons">
                  <Button
                    kind={best === choice.id ? 'primary' : 'secondary'}
                    aria-describedby={`title-${choice.id}`}
                    onClick={() => onPick(choice)}
                  >
                    {text.pick}
                  </Button>
                  {measure === null ? (
                    <Button
                      kind="quiet"
                      aria-describedby={`title-${choice.id}`}
                      onClick={() => onSteps({ ...steps, ideas: steps.ideas.filter(({ id }) => id !== choice.id) })}
                    >
                      {text.removeIdea}
                    </Button>
                  ) : null}
                </div>
              </li>
            );
          })}
        </ol>
        {steps.ideas.length < MOST_IDEAS ? (
          <IdeaForm
            lang={lang}
            onIdea={(idea) =>
              onSteps({ ...steps, ideas: [...steps.ideas, { id: `idea-${crypto.randomUUID()}`, text: idea }] })
            }
          />
        ) : (
          <p>{text.enoughIdeas}</p>
        )}
      </section>
    </>
  );
}

function MeasureWords({ lang, measure, group }: { lang: Lang; measure: Measure; group: string | null }) {
  const text = WORDS[lang];
  const { item, level, goal, kind, share } = measure;
  return (
    <>
      {kind === 'group-ahead' && share !== null && group ? <p>{text.share(shareWords(share, lang), group)}</p> : null}
      <dl class="measure__levels">
        <dt>{text.today}</dt>
        <dd>{item.anchors[level]?.[lang]}</dd>
        {kind === 'secure' ? (
          <>
            <dt>{text.secureTerm}</dt>
            <dd>{text.secure}</dd>
          </>
        ) : (
          <>
            <dt>{text.goal}</dt>
            <dd>{attainedIn(item.anchors[goal]?.[lang] ?? '')}.</dd>
          </>
        )}
      </dl>
    </>
  );
}

function ImportanceLine({
  lang,
  title,
  value,
  onChange,
}: {
  lang: Lang;
  title: string;
  value: Importance;
  onChange: (importance: Importance) => void;
}) {
  const text = WORDS[lang];
  const levels = ['low', 'medium', 'high'] as const;
  return (
    <Rating
      legend={title}
      labels={text.importance}
      value={(levels.indexOf(value) + 1) as 1 | 2 | 3}
      onChange={(level) => onChange(levels[level - 1]!)}
    />
  );
}

const MOST_IDEAS = 20;

function IdeaForm({ lang, onIdea }: { lang: Lang; onIdea: (idea: string) => void }) {
  const text = WORDS[lang];
  const [idea, setIdea] = useState('');
  return (
    <form
      class="idea-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (idea.trim() === '') return;
        onIdea(idea.trim());
        setIdea('');
      }}
    >
      <TextField label={text.idea} value={idea} onInput={setIdea} />
      <Button kind="secondary" type="submit">
        {text.addIdea}
      </Button>
    </form>
  );
}

function choiceOf({ item, goal, kind }: Measure, lang: Lang): Choice {
  const text = WORDS[lang];
  const title = item.title[lang];
  const what =
    kind === 'secure' ? text.secureWhat(title) : text.tryWhat(attainedIn(item.anchors[goal]?.[lang] ?? title));
  return { id: item.id, title, what, item: item.id, dimension: item.dimension };
}

/** Of those rated twice the one with the most benefit for its effort, if it is worth more than it costs. */
function bestOf(ids: string[], ratings: KeptSteps['ratings']): string | null {
  const rated = ids.flatMap((id) => {
    const { benefit, effort } = ratings[id] ?? { benefit: null, effort: null };
    return benefit !== null && effort !== null && benefit > effort ? [{ id, gain: benefit - effort }] : [];
  });
  return rated.sort((a, b) => b.gain - a.gain)[0]?.id ?? null;
}

function titleOf(instrument: Instrument, dimension: string, lang: Lang): string {
  return instrument.dimensions.find(({ id }) => id === dimension)?.title[lang] ?? dimension;
}

const WORDS = words({
  de: {
    importantTitle: 'Was zählt für Ihren Auftrag?',
    important:
      'Wie wichtig ist jeder Bereich für Ihren Auftrag in den nächsten zwölf Monaten? Was Sie wählen, ordnet die Liste und bleibt in diesem Browser.',
    importance: ['weniger', 'mittel', 'sehr'] as [string, string, string],
    chooseTitle: 'Womit beginnen?',
    choose:
      'Schätzen Sie gemeinsam Nutzen und Aufwand, und wählen Sie dann einen einzigen Schritt. Die anderen laufen nicht weg.',
    kinds: {
      'group-ahead': 'die meisten sind hier schon weiter',
      lowest: 'hier ist am meisten Raum',
      secure: 'sichern und weitergeben',
    },
    ownKind: 'Eigene Idee',
    share: (share: string, group: string) =>
      `Etwa ${share} der ${group} stehen hier eine Stufe höher oder noch weiter.`,
    today: 'Heute',
    goal: 'Ziel',
    secureTerm: 'Sichern',
    secure:
      'Hier sind Sie weiter als die Mitte. Halten Sie fest, was trägt, damit es nicht an einer Person hängt, und zeigen Sie es einem anderen Team oder Haus.',
    tryWhat: (anchor: string) => `In einem Team erproben: „${anchor}“`,
    secureWhat: (title: string) => `„${title}“ sichern: aufschreiben, was trägt, und es einem anderen Team zeigen`,
    benefit: 'Nutzen',
    effort: 'Aufwand',
    levels: ['wenig', 'mittel', 'viel'] as [string, string, string],
    best: 'Am meisten Nutzen für den Aufwand: ein guter Anfang.',
    pick: 'Diesen Schritt wählen',
    idea: 'Eine eigene Idee',
    addIdea: 'Idee dazuschreiben',
    removeIdea: 'Idee streichen',
    enoughIdeas:
      'Zwanzig eigene Ideen sind das Höchste, was diese Liste fasst. Streichen Sie eine, um eine neue dazuzuschreiben.',
  },
  en: {
    importantTitle: 'What matters for your mission?',
    important:
      'How important is each area for your mission in the next twelve months? Your choice sorts the list and stays in this browser.',
    importance: ['less', 'medium', 'very'] as [string, string, string],
    chooseTitle: 'Where to begin?',
    choose: 'Rate benefit and effort together, then choose a single step. The others will not run away.',
    kinds: {
      'group-ahead': 'most are further along here',
      lowest: 'this is where there is most room',
      secure: 'secure it and pass it on',
    },
    ownKind: 'Your own idea',
    share: (share: string, group: string) => `About ${share} of ${group} are one level higher here, or more.`,
    today: 'Today',
    goal: 'Goal',
    secureTerm: 'Secure',
    secure:
      'You are further along than the middle here. Write down what carries it, so that it does not hang on one person, and show it to another team or house.',
    tryWhat: (anchor: string) => `Try in one team: “${anchor}”`,
    secureWhat: (title: string) => `Secure “${title}”: write down what carries it, and show it to another team`,
    benefit: 'Benefit',
    effort: 'Effort',
    levels: ['little', 'some', 'much'] as [string, string, string],
    best: 'The most benefit for the effort: a good beginning.',
    pick: 'Choose this step',
    idea: 'An idea of your own',
    addIdea: 'Add the idea',
    removeIdea: 'Strike the idea',
    enoughIdeas: 'This list holds twenty ideas of your own. Strike one to add another.',
  },
});
