import { useEffect, useState } from 'preact/hooks';
import type { Instrument } from '#contracts/instrument';
import type { Lang } from '#contracts/text';
import { readDraft } from '../check/kept-draft.ts';
import { FailureNotice } from '../components/failure-notice.tsx';
import { forgetCode, rememberCode, rememberedCode } from '../kept-code.ts';
import { type Asked, ask, type Failure } from '../service.ts';
import { pathTo } from '../site-map.ts';
import { CodeForm } from '../standing/code-form.tsx';
import { Result } from '../standing/result.tsx';
import { codeSource, type StandingAnswer, type StandingSource } from '../standing/standing-source.ts';
import { browserStore } from '../text-store.ts';
import { words } from '../words.ts';

const fetchHere = (url: string, init: RequestInit) => fetch(url, init);

export interface StandingProps {
  lang: Lang;
  instrument: string;
  /** The code that the page still has in its memory, after a check was sent. */
  code?: string;
  /** Called instead of asking for another code when the visitor wants `code` forgotten. */
  onForget?: () => void;
}

/** Where you stand: asks for the code, or takes the one this tab remembers, or an unsent check of this browser. */
export default function Standing({ lang, instrument, code: given, onForget }: StandingProps) {
  const text = WORDS[lang];
  const [hasDraft, setHasDraft] = useState(false);
  const [source, setSource] = useState<StandingSource | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [hint, setHint] = useState<string | null>(null);

  const withCode = (code: string) => setSource(codeSource({ fetch: fetchHere, code, instrument, lang }));

  async function withDraft() {
    const made = await draftSourceFrom(instrument, lang);
    if (made.ok) setSource(made.value);
    setFailure(made.ok ? null : made.failure);
  }

  useEffect(() => {
    const draft = readDraft(browserStore('localStorage'));
    const isUnsent = draft !== undefined && Object.keys(draft.answers).length > 0;
    setHasDraft(isUnsent);
    const code = given ?? rememberedCode(browserStore('sessionStorage'));
    if (isUnsent && location.hash === UNSENT) void withDraft();
    else if (code) withCode(code);
  }, []);

  if (source) {
    return (
      <>
        {hint ? <p role="alert">{hint}</p> : null}
        <Result
          lang={lang}
          source={source}
          onLeave={() => {
            forgetCode(browserStore('sessionStorage'));
            setSource(null);
            onForget?.();
          }}
          onNextStep={async (answer) => {
            const isHandedOver = await handOverHouse(answer, instrument);
            if (isHandedOver) location.assign(pathTo('nextStep', lang));
            else setHint(text.noStore);
          }}
        />
      </>
    );
  }
  return (
    <>
      {failure ? <FailureNotice lang={lang} failure={failure} onRetry={withDraft} /> : null}
      <CodeForm
        lang={lang}
        hasDraft={hasDraft}
        onCode={(code, isRemembered) => {
          if (isRemembered) rememberCode(browserStore('sessionStorage'), code);
          withCode(code);
        }}
        onDraft={withDraft}
      />
    </>
  );
}

/** The address `#unsent` opens the unsent check at once: the check links here. It says nothing of its answers. */
const UNSENT = '#unsent';

/** The browser's unsent check as a source. Loads the comparison only when it is wanted. */
async function draftSourceFrom(instrumentId: string, lang: Lang): Promise<Asked<StandingSource>> {
  const draft = readDraft(browserStore('localStorage'));
  const path = `/v1/instruments/${draft?.instrument ?? instrumentId}`;
  const asked = await ask<Instrument>(fetchHere, path, { lang });
  if (!asked.ok || !draft) return asked.ok ? { ok: false, failure: { kind: 'offline' } } : asked;
  try {
    const { draftSource } = await import('../standing/draft-source.ts');
    const { answers, profile, questions } = draft;
    return {
      ok: true,
      value: draftSource({ fetch: fetchHere, instrument: asked.value, answers, profile, questions, lang }),
    };
  } catch {
    return { ok: false, failure: { kind: 'offline' } };
  }
}

async function handOverHouse({ answers, dimensions, group }: StandingAnswer, instrument: string): Promise<boolean> {
  try {
    const { handOver } = await import('../next-step/house.ts');
    return handOver(browserStore('sessionStorage'), {
      format: 2,
      instrument,
      answers,
      verdicts: Object.fromEntries(
        dimensions.flatMap(({ dimension, verdict }) => (verdict ? [[dimension, verdict] as const] : [])),
      ),
      groups: [
        ...(group.shown !== null && group.label !== null ? [{ key: group.shown, label: group.label }] : []),
        ...group.alternatives.map(({ key, label }) => ({ key, label })).reverse(),
      ],
    });
  } catch {
    return false;
  }
}

const WORDS = words({
  de: {
    noStore:
      'Ihr Browser merkt sich nichts, auch nicht für diesen Tab. Öffnen Sie „Nächster Schritt“ im Menü; dort können Sie mit einer eigenen Idee beginnen.',
  },
  en: {
    noStore:
      'Your browser keeps nothing, not even for this tab. Open “Next step” in the menu; there you can begin with an idea of your own.',
  },
});
