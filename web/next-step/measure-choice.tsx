import { useState } from 'preact/hooks';
import type { FirstExperiment, Instrument } from '#contracts/instrument';
import type { Lang } from '#contracts/text';
import { amongWords, rangeWords } from '#views/standing-words';
import { Button } from '../components/button.tsx';
import { Disclosure } from '../components/disclosure.tsx';
import { TextField } from '../components/field.tsx';
import { Share, shareWords } from '../components/share.tsx';
import { Table } from '../components/table.tsx';
import { words } from '../words.ts';
import type { KeptSteps } from './kept-steps.ts';
import { attainedIn, type GroupKnown, type Measure, plannedShare, type TellableShare } from './measures.ts';
import { BenefitAndEffort, Rating } from './rating.tsx';

/** What a step is begun from: a measure of the list, or an own idea. */
export interface Choice {
  id: string;
  title: string;
  plan: { what: string; withWhom?: string; sign?: string };
  /** How long the experiment takes; the card's own measure if absent. */
  weeks?: number;
  item: string | null;
  dimension: string | null;
}

interface ChoiceProps {
  lang: Lang;
  /** Null where the house is not known: then only own ideas can be chosen from. */
  instrument: Instrument | null;
  /** The group whose shares are told. */
  group: GroupKnown | null;
  steps: KeptSteps;
  onSteps: (steps: KeptSteps) => void;
  onPick: (choice: Choice) => void;
}

/** From what is important, over what may be done, with what benefit and effort, to the one step to begin with. */
export function MeasureChoice({ measures, ...props }: ChoiceProps & { measures: Measure[] }) {
  const { lang, instrument, steps, onSteps } = props;
  const text = WORDS[lang];
  const listed: { choice: Choice; measure: Measure | null }[] = [
    ...measures.map((measure) => ({ choice: choiceOf(measure, lang), measure })),
    ...steps.ideas.map(({ id, text: idea }) => ({
      choice: { id, title: idea, plan: { what: idea }, item: null, dimension: null },
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
              <Rating
                key={id}
                legend={title[lang]}
                labels={text.importance}
                value={steps.importance[id] ?? 2}
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
          {listed.map((entry) => (
            <Listed key={entry.choice.id} {...props} {...entry} isBest={best === entry.choice.id} />
          ))}
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
      <PeersPlans {...props} />
    </>
  );
}

/** A measure or an own idea (`measure` null), to be rated and picked. */
function Listed({
  lang,
  instrument,
  group,
  steps,
  onSteps,
  onPick,
  choice,
  measure,
  isBest,
}: ChoiceProps & { choice: Choice; measure: Measure | null; isBest: boolean }) {
  const text = WORDS[lang];
  const { id } = choice;
  const rating = steps.ratings[id] ?? { benefit: null, effort: null };
  const area = instrument?.dimensions.find((dimension) => dimension.id === choice.dimension)?.title[lang];
  return (
    <li class="measure card" aria-labelledby={`title-${id}`}>
      <p class="measure__kind">{measure ? `${area} · ${text[measure.kind]}` : text.ownKind}</p>
      <h3 id={`title-${id}`} class="measure__title">
        {choice.title}
      </h3>
      {measure ? <MeasureWords lang={lang} measure={measure} group={group} /> : null}
      <BenefitAndEffort
        lang={lang}
        rated={rating}
        onRate={(change) => onSteps({ ...steps, ratings: { ...steps.ratings, [id]: { ...rating, ...change } } })}
      />
      {isBest ? <p class="measure__best">{text.best}</p> : null}
      {measure && measure.experiments.length > 0 ? (
        <Experiments lang={lang} experiments={measure.experiments} choice={choice} onPick={onPick} />
      ) : null}
      <div class="buttons">
        <Button kind={isBest ? 'primary' : 'secondary'} aria-describedby={`title-${id}`} onClick={() => onPick(choice)}>
          {measure && measure.experiments.length > 0 ? text.pickOwn : text.pick}
        </Button>
        {measure ? null : (
          <Button
            kind="quiet"
            aria-describedby={`title-${id}`}
            onClick={() => onSteps({ ...steps, ideas: steps.ideas.filter((idea) => idea.id !== id) })}
          >
            {text.removeIdea}
          </Button>
        )}
      </div>
    </li>
  );
}

/** What others in the same place could begin with tomorrow. */
function Experiments({
  lang,
  experiments,
  choice,
  onPick,
}: Pick<ChoiceProps, 'lang' | 'onPick'> & { experiments: FirstExperiment[]; choice: Choice }) {
  const text = WORDS[lang];
  return (
    <Disclosure summary={text.experiments(experiments.length)}>
      <ol class="experiments">
        {experiments.map(({ what, withWhom, weeks, sign }, index) => (
          <li key={what.en}>
            <p id={`experiment-${choice.id}-${index}`} class="experiments__what">
              {what[lang]}.
            </p>
            <dl class="measure__levels">
              <dt>{text.withWhom}</dt>
              <dd>{withWhom[lang]}</dd>
              <dt>{text.howLong}</dt>
              <dd>{text.weeks(weeks)}</dd>
              <dt>{text.sign}</dt>
              <dd>{sign[lang]}</dd>
            </dl>
            <Button
              kind="secondary"
              aria-describedby={`experiment-${choice.id}-${index}`}
              onClick={() =>
                onPick({ ...choice, plan: { what: what[lang], withWhom: withWhom[lang], sign: sign[lang] }, weeks })
              }
            >
              {text.pickExperiment}
            </Button>
          </li>
        ))}
      </ol>
    </Disclosure>
  );
}

/** Where most of the group is, the own level today, and where the step leads. */
function MeasureWords({ lang, measure, group }: { lang: Lang; measure: Measure; group: GroupKnown | null }) {
  const text = WORDS[lang];
  const { item, level, goal, kind, above, planned } = measure;
  return (
    <>
      {kind === 'group-ahead' && above && group ? (
        <p>{text.share(shareWords(above.share, lang), group.label, rangeOf(above, lang))}</p>
      ) : null}
      {planned && kind !== 'secure' ? (
        <p>{text.planned(shareWords(planned.share, lang), askedOf(group!, lang), rangeOf(planned, lang))}</p>
      ) : null}
      <dl class="measure__levels">
        <dt>{text.today}</dt>
        <dd>{item.anchors[level]?.[lang]}</dd>
        <dt>{kind === 'secure' ? text.secureTerm : text.goal}</dt>
        <dd>{kind === 'secure' ? text.secureHow : `${attainedIn(item.anchors[goal]?.[lang] ?? '')}.`}</dd>
      </dl>
    </>
  );
}

/** What organisations of the group want to work on next, the most named first. */
function PeersPlans({ lang, instrument, group }: Pick<ChoiceProps, 'lang' | 'instrument' | 'group'>) {
  const text = WORDS[lang];
  if (!instrument || !group?.planned) return null;
  const named = instrument.items
    .flatMap(({ id, title }) => {
      const planned = plannedShare(group, id);
      return planned ? [{ title: title[lang], planned }] : [];
    })
    .sort((a, b) => b.planned.share - a.planned.share)
    .slice(0, MOST_PLANS);
  return (
    <section aria-labelledby="peers">
      <h2 id="peers">{text.peersTitle}</h2>
      <p>{text.peers(askedOf(group, lang))}</p>
      <Table
        caption={text.peersTitle}
        columns={[text.topic, text.shareOf, text.range]}
        rows={named.map(({ title, planned }) => [
          title,
          <Share key={title} lang={lang} share={planned.share} />,
          rangeOf(planned, lang),
        ])}
      />
    </section>
  );
}

/** Who said what comes next: "rund 105 Einrichtungen". */
const askedOf = ({ planned }: GroupKnown, lang: Lang) =>
  amongWords({ organisations: planned!.label, participations: planned!.figures.base }, lang);

const MOST_PLANS = 5;

const rangeOf = ({ lower, upper }: TellableShare, lang: Lang) => rangeWords({ from: 10 * lower, to: 10 * upper }, lang);

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
  return { id: item.id, title, plan: { what }, item: item.id, dimension: item.dimension };
}

/** Of those rated twice the one with the most benefit for its effort, if it is worth more than it costs. */
function bestOf(ids: string[], ratings: KeptSteps['ratings']): string | null {
  const rated = ids.flatMap((id) => {
    const { benefit, effort } = ratings[id] ?? { benefit: null, effort: null };
    return benefit !== null && effort !== null && benefit > effort ? [{ id, gain: benefit - effort }] : [];
  });
  return rated.sort((a, b) => b.gain - a.gain)[0]?.id ?? null;
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
    'group-ahead': 'die meisten sind hier schon weiter',
    lowest: 'hier ist am meisten Raum',
    secure: 'sichern und weitergeben',
    ownKind: 'Eigene Idee',
    share: (share: string, group: string, range: string) =>
      `Etwa ${share} der ${group} stehen hier eine Stufe höher oder noch weiter (zu 95\u00a0% sicher: ${range}).`,
    planned: (share: string, answered: string, range: string) =>
      `Daran wollen etwa ${share} von ${answered}, die danach gefragt wurden und geantwortet haben, als Nächstes arbeiten (zu 95\u00a0% sicher: ${range}).`,
    peersTitle: 'Was andere als Nächstes vorhaben',
    peers: (answered: string) =>
      `Am häufigsten genannt von ${answered}, die danach gefragt wurden und geantwortet haben; jede konnte bis zu drei Themen nennen.`,
    topic: 'Thema',
    shareOf: 'Anteil',
    range: 'Zu 95\u00a0% sicher',
    today: 'Heute',
    goal: 'Ziel',
    secureTerm: 'Sichern',
    secureHow:
      'Hier sind Sie weiter als die Mitte. Halten Sie fest, was trägt, damit es nicht an einer Person hängt, und zeigen Sie es einem anderen Team oder Haus.',
    tryWhat: (anchor: string) => `In einem Team erproben: „${anchor}“`,
    secureWhat: (title: string) => `„${title}“ sichern: aufschreiben, was trägt, und es einem anderen Team zeigen`,
    best: 'Am meisten Nutzen für den Aufwand: ein guter Anfang.',
    experiments: (count: number): string =>
      count === 1 ? 'Ein Experiment für den Anfang' : 'Experimente für den Anfang',
    withWhom: 'Mit wem',
    howLong: 'Wie lange',
    weeks: (weeks: number) => `${weeks} Wochen`,
    sign: 'Woran Sie es merken',
    pickExperiment: 'Dieses Experiment wählen',
    pickOwn: 'Eigenes Experiment schreiben',
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
      'How important is each area for your mission in the next twelve months? Your answers sort the list and stay in this browser.',
    importance: ['low', 'medium', 'high'] as [string, string, string],
    chooseTitle: 'Where to begin?',
    choose: 'Rate benefit and effort together, then choose a single step. The others will not run away.',
    'group-ahead': 'most are further along here',
    lowest: 'here you have most room to move up',
    secure: 'secure it and pass it on',
    ownKind: 'Your own idea',
    share: (share, group, range) =>
      `About ${share} of ${group} are at least one level higher here (95% sure: ${range}).`,
    planned: (share, answered, range) =>
      `About ${share} of ${answered} who were asked and answered want to work on this next (95% sure: ${range}).`,
    peersTitle: 'What others intend next',
    peers: (answered) =>
      `Named most often by ${answered} who were asked and answered; each could name up to three topics.`,
    topic: 'Topic',
    shareOf: 'Share',
    range: '95% sure',
    today: 'Today',
    goal: 'Goal',
    secureTerm: 'Secure',
    secureHow:
      'You are further along than the middle here. Write down what carries it, so that it does not depend on one person, and show it to another team or house.',
    tryWhat: (anchor: string) => `Try in one team: “${anchor}”`,
    secureWhat: (title: string) => `Secure “${title}”: write down what carries it, and show it to another team`,
    best: 'The most benefit for the effort: a good place to start.',
    experiments: (count) => (count === 1 ? 'An experiment to begin with' : 'Experiments to begin with'),
    withWhom: 'With whom',
    howLong: 'How long',
    weeks: (weeks) => `${weeks} weeks`,
    sign: 'How you will know',
    pickExperiment: 'Choose this experiment',
    pickOwn: 'Write your own experiment',
    pick: 'Choose this step',
    idea: 'An idea of your own',
    addIdea: 'Add the idea',
    removeIdea: 'Remove the idea',
    enoughIdeas: 'This list holds twenty ideas of your own. Remove one to add another.',
  },
});
