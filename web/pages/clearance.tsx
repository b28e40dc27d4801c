import type { Instrument } from '#contracts/instrument';
import type { Operator } from '#contracts/operator';
import type { Lang } from '#contracts/text';
import { Island } from '../components/island.tsx';
import { Page } from '../components/page.tsx';
import PrintButton from '../islands/print-button.tsx';
import { pathsOf, pathTo } from '../site-map.ts';
import { words } from '../words.ts';
import texts from './clearance.json' with { type: 'json' };

interface ClearanceProps {
  lang: Lang;
  instrument: Instrument;
  /** From how many organisations on a group is published. */
  minimum: number;
  /** Who runs the service; null where nobody said. */
  operator: Operator | null;
}

/** `/de/duerfen-wir`: one page to print, for those who have to agree before a house takes part. */
export function ClearancePage({ lang, instrument, minimum, operator }: ClearanceProps) {
  const text = WORDS[lang];
  const titles = (asked: { title: Instrument['title'] }[]) => asked.map(({ title }) => title[lang]).join(', ');
  const given: Record<string, string> = {
    items: `${instrument.items.length}`,
    minimum: `${minimum}`,
    profile: titles(instrument.profile),
    questions: titles(instrument.questions),
    legalBasis: operator?.legalBasis ?? text.noLegalBasis,
    controller: operator
      ? [operator.name, operator.email, operator.dataProtection, operator.processors].filter(Boolean).join('; ')
      : text.noController,
  };
  const filled = (sentences: string) => sentences.replaceAll(/\{(\w+)\}/g, (_, name: string) => given[name]!);
  return (
    <Page lang={lang} title={text.title} lead={text.lead} paths={pathsOf('clearance')}>
      <div class="no-print">
        <Island name="print-button" component={PrintButton} props={{ lang }} />
        <p>
          <a href={pathTo('privacy', lang)}>{text.privacy}</a> ·{' '}
          <a href={pathTo('questionnaire', lang)}>{text.paper}</a>
        </p>
      </div>
      <dl class="clearance">
        {Object.entries(texts).map(([name, { [lang]: written }]) => (
          <div key={name}>
            <dt>{written[0]}</dt>
            <dd>{filled(written[1]!)}</dd>
          </div>
        ))}
      </dl>
      <p class="clearance__signed">
        {[text.officer, text.council, text.date].map((who) => (
          <span key={who}>{who}</span>
        ))}
      </p>
    </Page>
  );
}

const WORDS = words({
  de: {
    title: 'Dürfen wir das ausfüllen?',
    lead: 'Eine Seite für Datenschutz und Mitarbeitervertretung: was gefragt, gespeichert und gezeigt wird.',
    privacy: 'Datenschutz, ausführlich',
    paper: 'Alle Fragen zum Lesen und Drucken',
    noLegalBasis: 'Wer diese Installation verantwortet, hat noch keine Rechtsgrundlage angegeben.',
    noController: 'Wer diese Installation verantwortet, hat noch keine Kontaktstelle hinterlegt.',
    officer: 'Datenschutz',
    council: 'Mitarbeitervertretung',
    date: 'Datum',
  },
  en: {
    title: 'May we fill this in?',
    lead: 'One page for data protection and the staff council: what is asked, stored and shown.',
    privacy: 'Privacy in full',
    paper: 'All questions to read and print',
    noLegalBasis: 'Whoever is responsible for this installation has not stated a legal basis yet.',
    noController: 'Whoever is responsible for this installation has not named a contact yet.',
    officer: 'Data protection',
    council: 'Staff council',
    date: 'Date',
  },
});
