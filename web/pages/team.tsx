import type { Instrument } from '#contracts/instrument';
import type { Lang } from '#contracts/text';
import { Island } from '../components/island.tsx';
import { Page } from '../components/page.tsx';
import Team from '../islands/team.tsx';
import { pathsOf, pathTo } from '../site-map.ts';
import { words } from '../words.ts';

/** `/de/teamrunde`: several people of one house agree on their answers. */
export function TeamPage({ lang, instrument }: { lang: Lang; instrument: Instrument }) {
  const { title, lead, paper, check, noScript } = WORDS[lang];
  return (
    <Page lang={lang} title={title} lead={lead} paths={pathsOf('team')}>
      <p>
        <a href={pathTo('questionnaire', lang)}>{paper}</a> · <a href={pathTo('check', lang)}>{check}</a>
      </p>
      <Island name="team" component={Team} props={{ lang, instrument }} noScript={noScript} />
    </Page>
  );
}

const WORDS = words({
  de: {
    title: 'Teamrunde',
    lead: 'Leitung, Verwaltung und Team sehen dasselbe Haus verschieden. Legen Sie Ihre Antworten nebeneinander: Wo sie auseinandergehen, lohnt das Gespräch am meisten.',
    paper: 'Fragebogen und Antwortbogen drucken',
    check: 'Zum Check',
    noScript: 'Die Teamrunde braucht JavaScript. Fragebogen und Antwortbogen lassen sich auch ohne drucken.',
  },
  en: {
    title: 'Team round',
    lead: 'Managers, administration and team see the same organisation differently. Put your answers side by side: where they differ, talking helps most.',
    paper: 'Print questionnaire and answer sheet',
    check: 'To the check',
    noScript: 'The team round needs JavaScript. You can print questionnaire and answer sheet without it.',
  },
});
