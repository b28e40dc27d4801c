import { useEffect, useRef, useState } from 'preact/hooks';
import type { GroupFigures } from '#contracts/answers/group-figures';
import { addDays } from '#contracts/calendar';
import { mayShowItems, parseGroup } from '#contracts/group';
import type { Instrument } from '#contracts/instrument';
import type { Lang } from '#contracts/text';
import { longDate } from '#views/standing-words';
import { isSameSeries } from '../check/draft.ts';
import { readDraft } from '../check/kept-draft.ts';
import { Disclosure } from '../components/disclosure.tsx';
import { FailureNotice } from '../components/failure-notice.tsx';
import { Notice } from '../components/notice.tsx';
import { localDay } from '../local-day.ts';
import {
  type Decision,
  type Experiment,
  newExperiment,
  nextExperiment,
  readExperiment,
} from '../next-step/experiment.ts';
import { ExperimentCard } from '../next-step/experiment-card.tsx';
import { type House, readHouse } from '../next-step/house.ts';
import { currentExperiment, type KeptSteps, keepSteps, readSteps } from '../next-step/kept-steps.ts';
import { type Choice, MeasureChoice } from '../next-step/measure-choice.tsx';
import { type GroupKnown, measuresFor } from '../next-step/measures.ts';
import { type Asked, ask } from '../service.ts';
import { pathTo } from '../site-map.ts';
import { browserStore } from '../text-store.ts';
import { useAsked } from '../use-asked.ts';
import { words } from '../words.ts';

/** Weeks from picking a step to its review, unless the experiment or the house says otherwise. */
const REVIEW_AFTER_WEEKS = 8;
/** So many are kept; the oldest go. */
const MOST_EXPERIMENTS = 50;

interface Known {
  house: House;
  instrument: Instrument;
  /** The first of the house's groups that shows items; null without one. */
  group: GroupKnown | null;
}

/** Next step: choose one measure, put it on a card, try it, look back. Everything stays in this browser. */
export default function NextStep({ lang, instrument }: { lang: Lang; instrument: string }) {
  const text = WORDS[lang];
  const [steps, setSteps] = useState<KeptSteps | null>(null);
  const [isKept, setKept] = useState(true);
  const [said, setSaid] = useState<string | null>(null);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => setSteps(readSteps(browserStore('localStorage'))), []);

  const current = steps ? currentExperiment(steps) : undefined;
  const wasId = useRef(current?.id);
  useEffect(() => {
    // A new card, or the list again: the reader begins at its heading.
    if (steps && wasId.current !== current?.id) place.current?.querySelector('h2')?.focus();
    wasId.current = current?.id;
  }, [current?.id, steps]);

  if (!steps) return <p role="status">{text.wait}</p>;

  const change = (changed: KeptSteps, saying: string | null = null) => {
    const next = { ...changed, experiments: changed.experiments.slice(0, MOST_EXPERIMENTS) };
    setSteps(next);
    setSaid(saying);
    setKept(keepSteps(browserStore('localStorage'), next));
  };
  /** Takes an experiment in, in the place of the one with its id, or before all others. */
  const withExperiment = (experiment: Experiment): Experiment[] =>
    steps.experiments.some(({ id }) => id === experiment.id)
      ? steps.experiments.map((entry) => (entry.id === experiment.id ? experiment : entry))
      : [experiment, ...steps.experiments];
  const withoutExperiment = (id: string) => steps.experiments.filter((entry) => entry.id !== id);
  const today = localDay(new Date());
  const start = () => ({ id: crypto.randomUUID(), today });
  const inWeeks = (weeks: number) => addDays(today, weeks * 7);

  function pick({ id, plan, weeks = REVIEW_AFTER_WEEKS, ...choice }: Choice) {
    const expected = steps!.ratings[id] ?? { benefit: null, effort: null };
    const card = newExperiment({ ...choice, ...start(), expected, plan: { ...plan, until: inWeeks(weeks) } });
    change({ ...steps!, experiments: withExperiment(card) });
  }

  function reviewed(experiment: Experiment, decision: Decision) {
    const done = { ...experiment, review: { ...experiment.review, on: today, decision } };
    const next = nextExperiment(done, { ...start(), until: inWeeks(REVIEW_AFTER_WEEKS) });
    change({ ...steps!, experiments: [...(next ? [next] : []), ...withExperiment(done)] }, text.after[decision]);
  }

  async function open(file: File | undefined) {
    const experiment = file && file.size < 100_000 ? readExperiment(await file.text()) : null;
    if (!experiment) setSaid(text.noCard);
    else change({ ...steps!, experiments: [experiment, ...withoutExperiment(experiment.id)] }, text.opened);
  }

  return (
    <div ref={place}>
      <div class="not-on-paper">
        {isKept ? null : (
          <Notice kind="warning" title={text.notKeptTitle} isLive>
            {text.notKept}
          </Notice>
        )}
        <p role="status" class={said ? 'said' : undefined}>
          {said}
        </p>
      </div>
      {current ? (
        <ExperimentCard
          key={current.id}
          lang={lang}
          experiment={current}
          today={today}
          onChange={(experiment) => change({ ...steps, experiments: withExperiment(experiment) }, said)}
          onReviewed={(decision) => reviewed(current, decision)}
          onDrop={() => change({ ...steps, experiments: withoutExperiment(current.id) })}
        />
      ) : (
        <Proposals
          lang={lang}
          instrument={instrument}
          steps={steps}
          onSteps={(next) => change(next, said)}
          onPick={pick}
        />
      )}
      <div class="not-on-paper">
        <PastExperiments lang={lang} past={steps.experiments.filter(({ review }) => review.decision !== null)} />
        <section class="import-card" aria-labelledby="import">
          <h2 id="import">{text.importTitle}</h2>
          <label class="field">
            <span class="field__label">{text.import}</span>
            <input
              type="file"
              accept="application/json,.json"
              onChange={async ({ currentTarget: input }) => {
                await open(input.files?.[0]);
                input.value = '';
              }}
            />
          </label>
        </section>
      </div>
    </div>
  );
}

/** The list to choose from, with measures for the house where this browser knows its answers. */
function Proposals({
  instrument: newest,
  ...given
}: Pick<Parameters<typeof MeasureChoice>[0], 'lang' | 'steps' | 'onSteps' | 'onPick'> & { instrument: string }) {
  const { lang, steps } = given;
  const text = WORDS[lang];
  const learn = async (): Promise<Asked<Known | null>> => {
    const house = readHouse(browserStore('sessionStorage')) ?? houseOfDraft();
    return house ? knownOf(house, newest, lang) : { ok: true, value: null };
  };
  const { value: known, failure, isAsking, retry } = useAsked(learn, []);
  return (
    <>
      {failure ? <FailureNotice lang={lang} failure={failure} onRetry={retry} /> : null}
      {known || failure || isAsking ? null : (
        <Notice title={text.unknownTitle}>
          <p>
            {text.unknown} <a href={pathTo('standing', lang)}>{text.standing}</a>
          </p>
        </Notice>
      )}
      <MeasureChoice
        {...given}
        instrument={known?.instrument ?? null}
        measures={known ? measuresFor({ ...known.house, ...known, importance: steps.importance }) : []}
        group={known?.group ?? null}
      />
    </>
  );
}

function PastExperiments({ lang, past }: { lang: Lang; past: Experiment[] }) {
  const text = WORDS[lang];
  if (past.length === 0) return null;
  return (
    <section aria-labelledby="past">
      <h2 id="past">{text.past}</h2>
      {past.map(({ id, title, plan, review: { decision, on, seen, learned } }) => (
        <Disclosure
          key={id}
          summary={`${title || plan.what}: ${decision ? text.decided[decision] : ''}${on ? `, ${longDate(on, lang)}` : ''}`}
        >
          <p>{plan.what}</p>
          {seen ? <p>{text.seen(seen)}</p> : null}
          {learned ? <p>{text.learned(learned)}</p> : null}
        </Disclosure>
      ))}
    </section>
  );
}

/** A check of this browser that is not sent: levels are known, the group is not. */
function houseOfDraft(): House | undefined {
  const draft = readDraft(browserStore('localStorage'));
  if (!draft || Object.keys(draft.answers).length === 0) return undefined;
  return { format: 2, instrument: draft.instrument, answers: draft.answers, verdicts: {}, groups: [] };
}

async function knownOf(house: House, newest: string, lang: Lang): Promise<Asked<Known>> {
  // A kept check may be of an earlier version, which asks the same items and offers nothing to begin with.
  const version = isSameSeries(house.instrument, newest) ? newest : house.instrument;
  const asked = await ask<Instrument>(fetch, `/v1/instruments/${version}`, { lang });
  if (!asked.ok) return asked;
  const instrument = asked.value;
  let group: GroupKnown | null = null;
  for (const { key, label } of house.groups) {
    const parsed = parseGroup(key, instrument);
    if (!parsed.ok || !mayShowItems(parsed.group)) continue;
    const query = new URLSearchParams({ instrument: house.instrument, group: key, lang });
    const figures = await ask<GroupFigures>(fetch, `/v1/figures?${query}`, { lang });
    if (!figures.ok) return figures;
    const { cell, ranges } = figures.value;
    if (cell.state !== 'published' || !cell.items || !ranges) continue;
    group ??= { label, items: cell.items, itemRanges: ranges.items, planned: null };
    const planned = cell.questions?.[PLANNED];
    if (!planned) continue;
    group.planned = { label, figures: planned, ranges: ranges.questions[PLANNED] ?? {} };
    break;
  }
  return { ok: true, value: { house, instrument, group } };
}

/** The question whose codes are items: what somebody wants to work on next. */
const PLANNED = 'planned';

const WORDS = words({
  de: {
    wait: 'Wird geladen …',
    notKeptTitle: 'Ihr Browser merkt sich nichts',
    notKept: 'Was Sie hier schreiben, ist mit dem Schließen der Seite weg. Sichern Sie die Karte als Datei.',
    unknownTitle: 'Vorschläge, die zu Ihnen passen',
    unknown:
      'Die Vorschläge entstehen aus Ihren Antworten und den veröffentlichten Werten Ihrer Gruppe. Sehen Sie dazu zuerst, wo Sie stehen; oder beginnen Sie gleich mit einer eigenen Idee.',
    standing: 'Zeigen, wo wir stehen',
    importTitle: 'Eine gesicherte Karte öffnen',
    import: 'Datei mit einer Karte (experiment.json)',
    noCard: 'Das ist keine Karte: Diese Datei lässt sich nicht lesen. Es wurde nichts verändert.',
    opened: 'Die Karte ist geöffnet.',
    past: 'Bisherige Experimente',
    decided: { end: 'beendet', adapt: 'angepasst', extend: 'ausgeweitet' },
    seen: (what: string) => `Zu sehen war: ${what}`,
    learned: (what: string) => `Mitgenommen: ${what}`,
    after: {
      end: 'Abgeschlossen. Was Sie gelernt haben, bleibt; Zeit und Kraft sind frei für den nächsten Schritt.',
      adapt: 'Abgeschlossen. Die nächste Karte ist angelegt: Ändern Sie, was anders werden soll.',
      extend: 'Abgeschlossen. Die nächste Karte ist angelegt: Schreiben Sie dazu, wer jetzt mitmacht.',
    },
  },
  en: {
    wait: 'Loading …',
    notKeptTitle: 'Your browser keeps nothing',
    notKept: 'What you write here is gone when the page is closed. Save the card as a file.',
    unknownTitle: 'Suggestions that fit you',
    unknown:
      'Suggestions come from your answers and the published figures of your group. To see them, look first at where you stand; or begin with an idea of your own.',
    standing: 'Show where we stand',
    importTitle: 'Open a saved card',
    import: 'File with a card (experiment.json)',
    noCard: 'This is not a card: the file cannot be read. Nothing has been changed.',
    opened: 'The card is open.',
    past: 'Past experiments',
    decided: { end: 'ended', adapt: 'adapted', extend: 'extended' },
    seen: (what: string) => `Seen: ${what}`,
    learned: (what: string) => `Taken away: ${what}`,
    after: {
      end: 'Finished. What you learned stays; time and energy are free for the next step.',
      adapt: 'Finished. The next card is ready: change what should be different.',
      extend: 'Finished. The next card is ready: add who joins in now.',
    },
  },
});
