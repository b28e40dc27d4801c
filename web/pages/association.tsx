import type { Instrument } from '#contracts/instrument';
import type { Lang } from '#contracts/text';
import type { InstrumentWords } from '../association/members-figures.tsx';
import { Island } from '../components/island.tsx';
import { Page } from '../components/page.tsx';
import AssociationDashboard from '../islands/association-dashboard.tsx';
import { pathsOf } from '../site-map.ts';
import { words } from '../words.ts';

/** `/de/verband`: an association's dashboard, report and Nachweis. The page is public and empty; the key fills it. */
export function AssociationPage({ lang, instrument }: { lang: Lang; instrument: Instrument }) {
  const text = WORDS[lang];
  return (
    <Page lang={lang} title={text.title} paths={pathsOf('association')} isUnlisted={true}>
      <h1 class="no-print">{text.title}</h1>
      <Island
        name="association-dashboard"
        component={AssociationDashboard}
        props={{ lang, instrument: wordsOf(instrument, lang) }}
        noScript={text.noScript}
      />
    </Page>
  );
}

function wordsOf({ id, items, questions, profile }: Instrument, lang: Lang): InstrumentWords {
  return {
    id,
    sectors: (profile.find((attribute) => attribute.id === 'sector')?.codes ?? []).map(({ label }) => label[lang]),
    items: items.map((item) => ({ id: item.id, title: item.title[lang] })),
    questions: questions.map((question) => ({
      id: question.id,
      title: question.question[lang],
      codes: question.codes.map((code) => ({ id: code.id, label: code.label[lang] })),
    })),
  };
}

const WORDS = words({
  de: {
    title: 'Ihre Mitglieder im Überblick',
    noScript: 'Diese Seite braucht JavaScript: Der Schlüssel bleibt nur so allein in Ihrem Browser.',
  },
  en: {
    title: 'Your members at a glance',
    noScript: 'This page needs JavaScript: only then does the key stay in your browser alone.',
  },
});
