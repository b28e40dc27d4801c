import { useEffect, useState } from 'preact/hooks';
import type { AssociationCard } from '#contracts/answers/association';
import { readCode } from '#contracts/join-code';
import type { Lang } from '#contracts/text';
import { longDate } from '#views/standing-words';
import { associationFrom, joinCodesFrom } from '../check/join-code.ts';
import { ButtonLink } from '../components/button.tsx';
import { Card } from '../components/card.tsx';
import { TextField } from '../components/field.tsx';
import { Notice } from '../components/notice.tsx';
import { pathTo } from '../site-map.ts';
import { words } from '../words.ts';

/** Takes the code from the link's fragment, or as typed, to the check. It is sent nowhere from here. */
export default function JoinForm({ lang }: { lang: Lang }) {
  const text = WORDS[lang];
  const [written, setWritten] = useState('');
  const [card, setCard] = useState<AssociationCard | null>(null);
  const [isFaultTold, setFaultTold] = useState(false);
  useEffect(() => {
    setWritten(joinCodesFrom(location.hash)[0] ?? '');
    const id = associationFrom(location.hash);
    if (id) readCard(id).then(setCard);
  }, []);
  const isWritten = written.trim() !== '';
  const [code] = joinCodesFrom(`#join=${encodeURIComponent(written)}`);
  const reading = code === undefined ? null : readCode(code);
  const isUnderstood = reading !== null && !(reading.kind === 'join' && reading.isMistyped);
  return (
    <Card>
      {card ? <Invitation lang={lang} card={card} /> : null}
      <TextField
        id="join-code"
        label={text.code}
        error={isFaultTold && isWritten && !isUnderstood ? text.mistyped : undefined}
        maxLength={80}
        autocapitalize="characters"
        spellcheck={false}
        value={written}
        onInput={setWritten}
      />
      <p class="buttons">
        <ButtonLink
          href={`${pathTo('check', lang)}${code === undefined ? '' : `#join=${code}`}`}
          onClick={(event) => {
            setFaultTold(true);
            if (isWritten && !isUnderstood) event.preventDefault();
          }}
        >
          {isWritten ? text.go : text.goWithout}
        </ButtonLink>
      </p>
      <p class="quiet">{text.fragment}</p>
    </Card>
  );
}

/** Who invites, until when, and whom to ask. */
function Invitation({ lang, card }: { lang: Lang; card: AssociationCard }) {
  const text = WORDS[lang];
  const campaign = card.campaigns.at(-1);
  return (
    <>
      <p>
        {text.invites} <strong>{card.name}</strong>
      </p>
      {campaign ? <p>{text.until(longDate(campaign.closesOn, lang), longDate(campaign.resultsOn, lang))}</p> : null}
      {card.contact ? <p>{`${text.contact} ${card.contact}`}</p> : null}
      {card.isClosed ? <Notice kind="warning">{text.closed}</Notice> : null}
    </>
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
    mistyped: 'Tippfehler: Bitte vergleichen Sie den Code Zeichen für Zeichen mit Ihrer Einladung.',
    fragment: 'Der Code bleibt in Ihrem Browser, bis Sie den Check absenden.',
  },
  en: {
    invites: 'You are invited by',
    until: (closes: string, results: string) =>
      `You can take part until ${closes}. Joint results are planned from ${results}.`,
    contact: 'Questions:',
    closed: 'This association is not taking any new members. You can still take part without the code.',
    code: 'Your association’s code or invitation code',
    go: 'To the check with this code',
    goWithout: 'To the check without a code',
    mistyped: 'A typo: please compare the code symbol by symbol with your invitation.',
    fragment: 'The code stays in your browser until you send the check.',
  },
});
