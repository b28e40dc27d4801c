import type { Operator } from '#contracts/operator';
import type { Lang } from '#contracts/text';
import { Facts } from '../components/facts.tsx';
import { Notice } from '../components/notice.tsx';
import { Page } from '../components/page.tsx';
import { pathsOf } from '../site-map.ts';
import { words } from '../words.ts';

/** `/de/impressum`: the operator; where none is configured, how to do it. */
export function ImprintPage({ lang, operator }: { lang: Lang; operator: Operator | undefined }) {
  const text = WORDS[lang];
  return (
    <Page lang={lang} title={text.title} paths={pathsOf('imprint')}>
      <h1>{text.title}</h1>
      {operator ? (
        <>
          <address class="operator">
            <strong>{operator.name}</strong>
            {operator.address.map((line) => (
              <span key={line}>{line}</span>
            ))}
            <a href={`mailto:${operator.email}`}>{operator.email}</a>
            {operator.phone ? <a href={`tel:${operator.phone.replaceAll(/[^+\d]/g, '')}`}>{operator.phone}</a> : null}
          </address>
          <Facts
            facts={(['representedBy', 'register', 'vatId', 'responsible', 'dataProtection'] as const).flatMap(
              (field) => (operator[field] ? [{ term: text[field], value: operator[field] }] : []),
            )}
          />
        </>
      ) : (
        <Notice kind="warning" title={text.missingTitle}>
          <p>{text.missing}</p>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
          <pre tabIndex={0}>
            <code>{EXAMPLE}</code>
          </pre>
        </Notice>
      )}
      <h2 id="software">{text.software}</h2>
      <p>{text.softwareBody}</p>
    </Page>
  );
}

const EXAMPLE = `OPERATOR='{
  "name": "Muster e. V.",
  "address": ["Musterweg 1", "10115 Berlin"],
  "email": "kontakt@example.org"
}' npm start`;

const WORDS = words({
  de: {
    title: 'Impressum',
    representedBy: 'Vertreten durch',
    register: 'Register',
    vatId: 'Umsatzsteuer-Identifikationsnummer',
    responsible: 'Verantwortlich für den Inhalt',
    dataProtection: 'Datenschutz',
    missingTitle: 'Noch nicht eingetragen',
    missing:
      'Wer diese Installation betreibt, trägt hier Namen, Anschrift und Kontakt ein, bevor sie öffentlich wird. Das geschieht in der Umgebungsvariable OPERATOR:',
    software: 'Die Software',
    softwareBody:
      'Sektorspiegel ist freie Software unter der EUPL 1.2. Schriften, Bilder und Programme kommen von diesem Server allein.',
  },
  en: {
    title: 'Imprint',
    representedBy: 'Represented by',
    register: 'Register',
    vatId: 'VAT identification number',
    responsible: 'Responsible for the content',
    dataProtection: 'Data protection',
    missingTitle: 'Not filled in yet',
    missing:
      'Whoever runs this installation enters name, address and contact here before it becomes public, in the environment variable OPERATOR:',
    software: 'The software',
    softwareBody:
      'Sektorspiegel is free software under the EUPL 1.2. Fonts, pictures and programs come from this server alone.',
  },
});
