import type { Lang } from '#contracts/text';
import { Island } from '../components/island.tsx';
import { List } from '../components/list.tsx';
import { Page } from '../components/page.tsx';
import JoinForm from '../islands/join-form.tsx';
import { pathsOf, pathTo } from '../site-map.ts';
import { words } from '../words.ts';

/** `/de/mitmachen`: where an association's link leads. Says what the association sees before anything is entered. */
export function JoinPage({ lang }: { lang: Lang }) {
  const text = WORDS[lang];
  return (
    <Page lang={lang} title={text.title} lead={text.lead} paths={pathsOf('join')} isUnlisted={true}>
      <Island name="join-form" component={JoinForm} props={{ lang }} noScript={text.noScript} />
      <h2>{text.seesTitle}</h2>
      <List items={text.sees} />
      <h2>{text.seesNotTitle}</h2>
      <List items={text.seesNot} />
      <h2>{text.voluntaryTitle}</h2>
      <p>{text.voluntary}</p>
      <p>
        <a href={pathTo('privacy', lang)}>{text.privacy}</a>
      </p>
    </Page>
  );
}

const WORDS = words({
  de: {
    title: 'Mit Ihrem Verband mitmachen',
    lead: 'Ihr Verband lädt Sie zum Digitalisierungscheck ein. Ihre Antworten zählen dann zu den Werten seiner Mitglieder, ohne dass er Ihre Antworten darin sieht.',
    noScript: 'Zum Einlösen des Codes braucht diese Seite JavaScript, ebenso wie der Check.',
    seesTitle: 'Was der Verband sieht',
    sees: [
      'Wenige Male während der Runde und einmal danach, wie viele Mitglieder ungefähr teilgenommen haben: zum Schutz zufällig verschoben, auf Fünfer abgerundet, keine Zahl unter zehn.',
      'Nach jeder Veröffentlichung die Werte aller teilnehmenden Mitglieder zusammen, auch nach Handlungsfeld, jeweils ab 20 Organisationen und zum Schutz zufällig verschoben.',
      'Wie sich die Werte derer verändern, die mehrmals teilnehmen, wieder nur gemeinsam.',
    ],
    seesNotTitle: 'Was der Verband nicht sieht',
    seesNot: [
      'Eine Liste, wer teilgenommen hat: Die gibt es nicht. Nur wer von allen anderen Mitgliedern weiß, ob sie dabei waren, könnte es aus der Zahl schließen.',
      'Was Ihre Organisation geantwortet hat und wo sie steht.',
      'Wer welchen Code verwendet hat. Ob ein Einladungscode schon verwendet wurde, sagen wir niemandem.',
    ],
    voluntaryTitle: 'Freiwillig, und jederzeit zu ändern',
    voluntary:
      'Ohne Code nehmen Sie am Vergleich mit dem ganzen Feld teil. Wenn Sie später einen Check ohne den Code senden, verlassen Sie die Mitgliedergruppe und bleiben im Feld. Mit Ihrem Rückkehr-Code können Sie alles zurückziehen.',
    privacy: 'Datenschutz im Einzelnen',
  },
  en: {
    title: 'Take part with your association',
    lead: 'Your association invites you to the digital check. Your answers then count among its members’ figures, without it seeing your answers in them.',
    noScript: 'To use the code, this page needs JavaScript, as does the check.',
    seesTitle: 'What the association sees',
    sees: [
      'A few times during the campaign and once after it, about how many members took part: shifted at random for protection, rounded down to fives, no number below ten.',
      'After each release, the figures of all participating members together, also by field of work, each from 20 organisations on and shifted at random for protection.',
      'How the figures change of those that take part more than once, again only jointly.',
    ],
    seesNotTitle: 'What the association does not see',
    seesNot: [
      'A list of who took part: there is none. Only someone who knows of all other members whether they took part could infer it from the number.',
      'What your organisation answered, and where it stands.',
      'Who used which code. We tell nobody whether an invitation code has been used.',
    ],
    voluntaryTitle: 'Voluntary, and open to change at any time',
    voluntary:
      'Without a code you take part in the comparison with the whole field. If you later send a check without the code, you leave the member group and stay in the field. With your return code you can withdraw everything.',
    privacy: 'Data protection in detail',
  },
});
