import type { Instrument } from '#contracts/instrument';
import type { Operator } from '#contracts/operator';
import type { Lang } from '#contracts/text';
import { Facts } from '../components/facts.tsx';
import { Island } from '../components/island.tsx';
import { Page } from '../components/page.tsx';
import { WrittenText } from '../components/written-text.tsx';
import Withdraw from '../islands/withdraw.tsx';
import { pathsOf } from '../site-map.ts';
import { words } from '../words.ts';
import texts from './privacy.json' with { type: 'json' };

export interface PrivacyPageProps {
  lang: Lang;
  instrument: Instrument;
  /** Who answers for it; null where none is configured. */
  controller: Operator | null;
}

/** `/de/datenschutz`: what is stored and what is not, for how long, and the way to withdraw it. */
export function PrivacyPage({ lang, instrument, controller }: PrivacyPageProps) {
  const { title, lead, noScript } = WORDS[lang];
  return (
    <Page lang={lang} title={title} lead={lead} paths={pathsOf('privacy')}>
      <WrittenText
        lang={lang}
        of={texts}
        given={{ profile: instrument.profile.map((attribute) => attribute.title[lang]).join(', ') }}
        parts={{
          withdraw: <Island name="withdraw" component={Withdraw} props={{ lang }} noScript={noScript} />,
          controller: <Controller lang={lang} controller={controller} />,
        }}
      />
    </Page>
  );
}

function Controller({ lang, controller }: Pick<PrivacyPageProps, 'lang' | 'controller'>) {
  const text = WORDS[lang];
  if (!controller) return <p>{text.unknown}</p>;
  return (
    <>
      <p>
        {controller.name}, <a href={`mailto:${controller.email}`}>{controller.email}</a>
      </p>
      <Facts
        facts={(['dataProtection', 'legalBasis', 'processors'] as const).flatMap((field) =>
          controller[field] ? [{ term: text[field], value: controller[field] }] : [],
        )}
      />
    </>
  );
}

const WORDS = words({
  de: {
    title: 'Datenschutz',
    lead: 'Was gespeichert wird, was nicht, wie lange, und wie Sie alles wieder zurückziehen. Ohne Konto und ohne jemanden fragen zu müssen.',
    noScript:
      'Dafür braucht diese Seite JavaScript. Ohne geht es über die Schnittstelle: eine Anfrage GET (nachsehen) oder DELETE (zurückziehen) an /v1/submissions mit der Kopfzeile „Authorization: Bearer“ und dem Code.',
    dataProtection: 'Datenschutz',
    legalBasis: 'Rechtsgrundlage',
    processors: 'Im Auftrag verarbeitet durch',
    unknown: 'Wer diese Installation verantwortet, hat noch keine Kontaktstelle hinterlegt.',
  },
  en: {
    title: 'Privacy',
    lead: 'What is stored and what is not, for how long, and how to withdraw all of it. Without an account, and without having to ask anybody.',
    noScript:
      'This needs JavaScript. Without it, use the interface: a GET (to see) or DELETE (to withdraw) request to /v1/submissions with the header “Authorization: Bearer” and the code.',
    dataProtection: 'Data protection',
    legalBasis: 'Legal basis',
    processors: 'Processed on its behalf by',
    unknown: 'Whoever is responsible for this installation has not named a contact yet.',
  },
});
