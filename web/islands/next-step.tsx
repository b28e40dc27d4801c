import { useEffect, useRef, useState } from 'preact/hooks';
import { mayShowItems, parseGroup } from '#contracts/group';
import type { Instrument } from '#contracts/instrument';
import type { ItemFigures } from '#contracts/release';
import type { Lang } from '#contracts/text';
import type { BenchmarkAnswer } from '#functions/api/benchmarks-paths';
import { longDate } from '#views/standing-words';
import { readDraft } from '../check/kept-draft.ts';
import { Disclosure } from '../components/disclosure.tsx';
import { Notice } from '../components/notice.tsx';
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
import { measuresFor } from '../next-step/measures.ts';
import { pathTo } from '../site-map.ts';
import { FailureNotice } from '../standing/failure-notice.tsx';
import { type Asked, ask, type Failure } from '../standing/service.ts';
import { browserStore } from '../text-store.ts';
import { words } from '../words.ts';

const fetchHere = (url: string, init: RequestInit) => fetch(url, init);
/** Days from picking a step to its review, unless the house says otherwise: eight weeks. */
const REVIEW_AFTER_DAYS = 56;

interface Known {
  house: House;
  instrument: Instrument;
  /** The first of the house's groups that shows items; null without one. */
  group: string | null;
  /** Its published item figures; empty without one. */
  items: Record<string, ItemFigures>;
}

/** Next step: choose one measure, put it on a card, try it, look back. Everything stays in this browser. */
export default function NextStep({ lang }: { lang: Lang }) {
  const text = WORDS[lang];
  const [steps, setSteps] = useState<KeptSteps | null>(null);
  const [isKept, setKept] = useState(true);
  const [known, setKnown] = useState<Known | null>(null);
  const [isKnownAsked, setKnownAsked] = useState(true);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const place = useRef<HTMLDivElement>(null);

  async function learn() {
    const house = readHouse(browserStore('sessionStorage')) ?? houseOfDraft();
    if (house) {
      const asked = await knownOf(house, lang);
      setFailure(asked.ok ? null : asked.failure);
      if (asked.ok) setKnown(asked.value);
    }
    setKnownAsked(false);
  }
  useEffect(() => {
    setSteps(readSteps(browserStore('localStorage')));
    void learn();
  }, []);

  const current = steps ? currentExperiment(steps) : undefined;
  const currentId = current?.id;
  const wasId = useRef(currentId);
  useEffect(() => {
    // A new card, or the list again: the reader begins at its heading.
    if (steps && wasId.current !== currentId) place.current?.querySelector('h2')?.focus();
    wasId.current = currentId;
  }, [currentId, steps]);

  if (!steps) return <p role="status">{text.wait}</p>;

  const change = (next: KeptSteps) => {
    setSteps(next);
    setKept(keepSteps(browserStore('localStorage'), next));
  };
  const withCurrent = (experiment: Experiment) =>
    change({
      ...steps,
      experiments: steps.experiments.map((entry) => (entry.id === experiment.id ? experiment : entry)),
    });
  const begin = (experiment: Experiment) =>
    change({ ...steps, experiments: [experiment, ...steps.experiments].slice(0, 50) });

  function pick({ id, title, what, item, dimension }: Choice) {
    const now = today();
    setSaid(null);
    begin(
      newExperiment({
        id: crypto.randomUUID(),
        today: now,
        title,
        what,
        item,
        dimension,
        expected: steps?.ratings[id] ?? { benefit: null, effort: null },
        until: daysAfter(now, REVIEW_AFTER_DAYS),
      }),
    );
  }

  function reviewed(decision: Decision) {
    if (!current || !steps) return;
    const now = today();
    const done = { ...current, review: { ...current.review, on: now, decision } };
    const next = nextExperiment(done, {
      id: crypto.randomUUID(),
      today: now,
      until: daysAfter(now, REVIEW_AFTER_DAYS),
    });
    const others = steps.experiments.map((entry) => (entry.id === done.id ? done : entry));
    change({ ...steps, experiments: next ? [next, ...others] : others });
    setSaid(text.after[decision]);
  }

  async function open(file: File | undefined) {
    const experiment = file && file.size < 100_000 ? readExperiment(await file.text()) : null;
    if (!experiment) setSaid(text.noCard);
    else {
      change({ ...steps!, experiments: [experiment, ...steps!.experiments.filter(({ id }) => id !== experiment.id)] });
      setSaid(text.opened);
    }
  }

  const past = steps.experiments.filter(({ review }) => review.decision !== null);
  return (
    <div ref={place}>
      <div class="not-on-paper">
        {isKept ? null : (
          <Notice kind="warning" title={text.notKeptTitle} isLive>
            <p>{text.notKept}</p>
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
          today={today()}
          onChange={withCurrent}
          onReviewed={reviewed}
          onDrop={() => {
            setSaid(null);
            change({ ...steps, experiments: steps.experiments.filter(({ id }) => id !== current.id) });
          }}
        />
      ) : (
        <>
          {failure ? <FailureNotice lang={lang} failure={failure} onRetry={learn} /> : null}
          {known || isKnownAsked || failure ? null : (
            <Notice title={text.unknownTitle}>
              <p>
                {text.unknown} <a href={pathTo('standing', lang)}>{text.standing}</a>
              </p>
            </Notice>
          )}
          <MeasureChoice
            lang={lang}
            instrument={known?.instrument ?? null}
            measures={
              known
                ? measuresFor({
                    instrument: known.instrument,
                    answers: known.house.answers,
                    items: known.items,
                    verdicts: known.house.verdicts,
                    importance: steps.importance,
                  })
                : []
            }
            group={known?.group ?? null}
            steps={steps}
            onSteps={change}
            onPick={pick}
          />
        </>
      )}
      <div class="not-on-paper">
        {past.length > 0 ? <PastExperiments lang={lang} past={past} /> : null}
        <section class="import-card" aria-labelledby="import">
          <h2 id="import">{text.importTitle}</h2>
          <label class="field">
            <span class="field__label">{text.import}</span>
            <input
              type="file"
              accept="application/json,.json"
              onChange={(event) => {
                const input = event.currentTarget;
                void open(input.files?.[0]).then(() => {
                  input.value = '';
                });
              }}
            />
          </label>
        </section>
      </div>
    </div>
  );
}

function PastExperiments({ lang, past }: { lang: Lang; past: Experiment[] }) {
  const text = WORDS[lang];
  return (
    <section aria-labelledby="past">
      <h2 id="past">{text.past}</h2>
      {past.map((experiment) => {
        const { decision, on, seen, learned } = experiment.review;
        return (
          <Disclosure
            key={experiment.id}
            summary={`${experiment.title || experiment.plan.what}: ${decision ? text.decided[decision] : ''}${on ? `, ${longDate(on, lang)}` : ''}`}
          >
            <p>{experiment.plan.what}</p>
            {seen ? <p>{text.seen(seen)}</p> : null}
            {learned ? <p>{text.learned(learned)}</p> : null}
          </Disclosure>
        );
      })}
    </section>
  );
}

/** A check of this browser that is not sent: levels are known, the group is not. */
function houseOfDraft(): House | undefined {
  const draft = readDraft(browserStore('localStorage'));
  if (!draft || Object.keys(draft.answers).length === 0) return undefined;
  return { format: 2, instrument: draft.instrument, answers: draft.answers, verdicts: {}, groups: [] };
}

async function knownOf(house: House, lang: Lang): Promise<Asked<Known>> {
  const asked = await ask(
    fetchHere,
    `/v1/instruments/${house.instrument}`,
    { lang },
    async (response) => (await response.json()) as Instrument,
  );
  if (!asked.ok) return asked;
  const instrument = asked.value;
  for (const { key, label } of house.groups) {
    const parsed = parseGroup(key, instrument);
    if (!parsed.ok || !mayShowItems(parsed.group)) continue;
    const query = new URLSearchParams({ instrument: house.instrument, group: key, lang });
    const figures = await ask(
      fetchHere,
      `/v1/figures?${query}`,
      { lang },
      async (response) => (await response.json()) as BenchmarkAnswer,
    );
    if (!figures.ok) return figures;
    const { cell } = figures.value;
    if (cell.state === 'published' && cell.items)
      return { ok: true, value: { house, instrument, group: label, items: cell.items } };
  }
  return { ok: true, value: { house, instrument, group: null, items: {} } };
}

/** The day here, `YYYY-MM-DD`. */
function today(): string {
  const now = new Date();
  const two = (value: number) => String(value).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

function daysAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

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
    unknownTitle: 'Proposals that fit you',
    unknown:
      'Proposals are made from your answers and the published figures of your group. To see them, look first at where you stand; or begin with an idea of your own.',
    standing: 'Show where we stand',
    importTitle: 'Open a saved card',
    import: 'File with a card (experiment.json)',
    noCard: 'This is no card: the file cannot be read. Nothing has been changed.',
    opened: 'The card is open.',
    past: 'Past experiments',
    decided: { end: 'ended', adapt: 'adapted', extend: 'extended' },
    seen: (what: string) => `Seen: ${what}`,
    learned: (what: string) => `Taken along: ${what}`,
    after: {
      end: 'Finished. What you learned stays; time and strength are free for the next step.',
      adapt: 'Finished. The next card is laid out: change what is to be different.',
      extend: 'Finished. The next card is laid out: add who joins in now.',
    },
  },
});
