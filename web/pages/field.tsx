import type { Lang } from '#contracts/text';
import { Page } from '../components/page.tsx';
import { pathsOf, pathTo } from '../site-map.ts';
import { words } from '../words.ts';

export function FieldPage({ lang }: { lang: Lang }) {
  const text = WORDS[lang];
  return (
    <Page lang={lang} title={text.title} paths={pathsOf('field')}>
      <h1>{text.title}</h1>
      <p class="lead">{text.lead}</p>
      <p>
        <a href={pathTo('questionnaire', lang)}>{text.questionnaire}</a>
      </p>
    </Page>
  );
}

const WORDS = words({
  de: { title: 'Das Feld', lead: 'Diese Seite ist im Entstehen.', questionnaire: 'Fragebogen zum Ausdrucken' },
  en: { title: 'The field', lead: 'This page is being made.', questionnaire: 'Questionnaire to print' },
});
