import { useEffect, useState } from 'preact/hooks';
import type { Lang } from '#contracts/text';
import type { AssociationCard } from '#contracts/answers/association';
import { longDate } from '#views/standing-words';
import { joinCodesFrom } from '../check/join-code.ts';
import { ButtonLink } from '../components/button.tsx';
import { Card } from '../components/card.tsx';
import { Notice } from '../components/notice.tsx';
import { pathTo } from '../site-map.ts';
import { words } from '../words.ts';

/** Takes the code from the link's fragment, or as typed, to the check. It is sent nowhere from here. */
export default function JoinForm({ lang }: { lang: Lang }) {
  const text = WORDS[lang];
  const [code, setCode] = useState('');
  const [card, setCard] = useState<AssociationCard | null>(null);
  useEffect(() => {
    const [linked] = joinCodesFrom(location.hash);
    if (linked) setCode(linked);
    const id = new URLSearchParams(location.hash.slice(1)).get('association') ?? '';
    if (/^c-[0-9a-f]{8}$/.test(id)) readCard(id).then(setCard);
  }, []);
  const campaign = card?.campaigns.at(-1);
  const isReady = code.trim().length >= 4;
  return (
    <Card>
      {card ? (
        <>
          <p>
            {text.invites} <strong>{card.name}</strong>
          </p>
          {campaign ? <p>{text.until(longDate(campaign.closesOn, lang), longDate(campaign.resultsOn, lang))}</p> : null}
          {card.contact ? (
            <p>
              {text.contact} {card.contact}
            </p>
          ) : null}
          {card.isClosed ? (
            <Notice kind="warning">
              <p>{text.closed}</p>
            </Notice>
          ) : null}
        </>
      ) : null}
      <div class="field">
        <label class="field__label" for="join-code">
          {text.code}
        </label>
        <input
          id="join-code"
          class="code-field"
          type="text"
          value={code}
          autocomplete="off"
          autocapitalize="characters"
          spellcheck={false}
          maxLength={40}
          onInput={(event) => setCode(event.currentTarget.value)}
        />
      </div>
      <p class="buttons">
        <ButtonLink href={`${pathTo('check', lang)}${isReady ? `#join=${encodeURIComponent(code.trim())}` : ''}`}>
          {isReady ? text.go : text.goWithout}
        </ButtonLink>
      </p>
      <p class="quiet">{text.fragment}</p>
    </Card>
  );
}

async function readCard(id: string): Promise<AssociationCard | null> {
  const response = await fetch(`/v1/associations/${id}`).catch(() => null);
  return response?.ok ? ((await response.json()) as AssociationCard) : null;
}

const WORDS = words({
  de: {
    invites: 'Es lädt ein:',
    until: (closes: string, results: string) =>
      `Sie können bis zum ${closes} mitmachen. Gemeinsame Ergebnisse soll es ab dem ${results} geben.`,
    contact: 'Bei Fragen:',
    closed: 'Dieser Verband nimmt keine neuen Mitglieder mehr auf. Ohne Code können Sie weiterhin teilnehmen.',
    code: 'Ihr Verbands- oder Einladungscode',
    go: 'Mit diesem Code zum Check',
    goWithout: 'Ohne Code zum Check',
    fragment: 'Der Code bleibt in Ihrem Browser, bis Sie den Check absenden.',
  },
  en: {
    invites: 'You are invited by',
    until: (closes: string, results: string) =>
      `You can take part until ${closes}. Joint results are planned from ${results}.`,
    contact: 'Questions:',
    closed: 'This association takes no more members. Without the code you can still take part.',
    code: "Your association's code or invitation code",
    go: 'To the check with this code',
    goWithout: 'To the check without a code',
    fragment: 'The code stays in your browser until you send the check.',
  },
});
