import type { Instrument } from '#contracts/instrument';
import type { Manifest } from '#contracts/release';
import type { Lang } from '#contracts/text';
import { inLanguage, Page } from './page.tsx';

/** A panel on the start page: its instrument, and the release in force if there is one. */
export interface PanelInForce {
  instrument: Instrument;
  manifest: Manifest | undefined;
}

/** `/`: what the service is, for whom, what it never shows, and what is published. */
export function StartPage({ lang, panels, origin }: { lang: Lang; panels: PanelInForce[]; origin: string }) {
  const text = TEXTS[lang];
  const isDemo = panels.some(({ manifest }) => manifest?.policy.stamp === 'demo');
  return (
    <Page lang={lang} title={text.title} path="/">
      <h1>{text.question}</h1>
      <p class="lead">{text.lead}</p>
      <ol class="steps">
        {text.steps.map(({ title, body }) => (
          <li>
            <h3>{title}</h3>
            <p>{body}</p>
          </li>
        ))}
      </ol>

      <h2 id="releases">{text.releases}</h2>
      {isDemo ? (
        <div class="note">
          <p>{text.demo}</p>
        </div>
      ) : null}
      <Releases lang={lang} panels={panels} />

      <h2 id="protection">{text.protection}</h2>
      <ul>
        {text.protects.map((sentence) => (
          <li>{sentence}</li>
        ))}
      </ul>

      <h2 id="try">{text.tryIt}</h2>
      <p>
        {text.tryItBody} <a href={inLanguage('/docs/api', lang)}>{text.reference}</a> ·{' '}
        <a href="/v1/openapi.json">OpenAPI 3.1</a>
      </p>
      <pre tabindex={0}>
        <code>{`curl ${origin}/v1/instruments\ncurl -X POST ${origin}/v1/receipts\ncurl '${origin}/v1/benchmarks?instrument=${panels[0]?.instrument.id ?? ''}&group=all'`}</code>
      </pre>
    </Page>
  );
}

/** One card a panel: a table of five columns would not fit a narrow screen. */
function Releases({ lang, panels }: { lang: Lang; panels: PanelInForce[] }) {
  const text = TEXTS[lang];
  return (
    <div class="cards">
      {panels.map(({ instrument, manifest }) => (
        <article>
          <h3>
            <a href={`/v1/instruments/${instrument.id}`}>{instrument.title[lang]}</a>
          </h3>
          {manifest ? (
            <dl>
              <dt>{text.cutoff}</dt>
              <dd>
                <a href={`/v1/releases/${manifest.releaseId}`}>{dateIn(lang, manifest.cutoffOn)}</a>
              </dd>
              <dt>{text.participations}</dt>
              <dd>
                <WholePanels instrument={instrument} manifest={manifest} lang={lang} />
              </dd>
              <dt>{text.groups}</dt>
              <dd>{manifest.cells.filter((cell) => cell.state === 'published').length}</dd>
              <dt>{text.next}</dt>
              <dd>{dateIn(lang, manifest.nextReleaseOn)}</dd>
            </dl>
          ) : (
            <p>{text.noRelease}</p>
          )}
        </article>
      ))}
    </div>
  );
}

/** The shown, rounded-down number of participations of each whole panel: "Einrichtung: mindestens 225". */
function WholePanels({ instrument, manifest, lang }: { instrument: Instrument; manifest: Manifest; lang: Lang }) {
  const text = TEXTS[lang];
  const codes = instrument.profile.find(({ id }) => id === instrument.panelAttribute)?.codes ?? [];
  const wholes = manifest.cells.filter(({ group }) => Object.keys(group.where).length === 0 && !group.cohort);
  return (
    <ul class="plain">
      {wholes.map((cell) => {
        const label = codes.find(({ id }) => id === cell.group.panel)?.label[lang];
        const count =
          cell.state === 'published' ? text.atLeast(cell.participations.toLocaleString(lang)) : text.protected;
        return <li>{label ? `${label}: ${count}` : count}</li>;
      })}
    </ul>
  );
}

const dateIn = (lang: Lang, date: string) =>
  new Intl.DateTimeFormat(lang === 'de' ? 'de-DE' : 'en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(`${date}T00:00:00Z`),
  );

const TEXTS = {
  de: {
    title: 'Sektorspiegel – wo steht Ihre Organisation?',
    question: 'Wo steht Ihre Organisation bei der Digitalisierung?',
    lead: 'Wie ein Mietspiegel für Mieten ist der Sektorspiegel ein veröffentlichter, datierter Spiegel eines Feldes: Soziale Organisationen füllen einen Check aus, ohne sich zu nennen, und sehen, wo sie unter ihresgleichen stehen.',
    steps: [
      {
        title: 'Check ausfüllen',
        body: 'Zwanzig Fragen zu IT, Prozessen, Führung und Innovation, höchstens zehn Minuten. Die eigenen Werte sehen Sie sofort.',
      },
      {
        title: 'Rückkehr-Code behalten',
        body: 'Statt eines Kontos erhalten Sie einen Code. Nur wer ihn hat, liest die eigenen Ergebnisse wieder oder zieht sie zurück.',
      },
      {
        title: 'Standort lesen',
        body: 'Aus der geltenden Veröffentlichung erfahren Sie je Dimension, wie weit Sie im Vergleich sind und wie sicher diese Aussage ist.',
      },
    ],
    releases: 'Was veröffentlicht ist',
    demo: 'Diese Installation zeigt Beispieldaten: Alle Organisationen darin sind erfunden.',
    cutoff: 'Stichtag',
    participations: 'Teilnahmen',
    groups: 'Vergleichsgruppen',
    next: 'Nächste Veröffentlichung ab',
    noRelease:
      'Noch nichts veröffentlicht. Eigene Werte gibt es schon heute, den Vergleich mit der ersten Veröffentlichung.',
    protected: 'zum Schutz nicht veröffentlicht',
    atLeast: (count: string) => `mindestens ${count}`,
    protection: 'Was geschützt bleibt',
    protects: [
      'Namen, E-Mail-Adressen und IP-Adressen werden nicht gespeichert.',
      'Veröffentlichte Werte fassen mindestens zehn Teilnahmen zusammen; kleinere Gruppen bleiben zum Schutz unveröffentlicht.',
      'Verbände sehen ihre Mitglieder nur als Gruppe, nie eine einzelne Organisation und nicht, wer teilgenommen hat.',
      'Ein neu eingereichter Check ändert keinen veröffentlichten Wert; erst die nächste Veröffentlichung berücksichtigt ihn.',
    ],
    tryIt: 'Für Entwicklerinnen und Entwickler',
    tryItBody: 'Alles, was der Dienst kann, steht über eine offene Schnittstelle bereit:',
    reference: 'Beschreibung der Schnittstelle',
  },
  en: {
    title: 'Sektorspiegel – where does your organisation stand?',
    question: 'Where does your organisation stand with digitalisation?',
    lead: 'Like the published rent index for rents, Sektorspiegel is a published, dated mirror of a field: social organisations fill in a check without naming themselves, and see where they stand among their peers.',
    steps: [
      {
        title: 'Fill in the check',
        body: 'Twenty questions on IT, processes, leadership and innovation, ten minutes at most. You see your own scores at once.',
      },
      {
        title: 'Keep the receipt',
        body: 'Instead of an account you get a code. Only its holder can read the own results again or withdraw them.',
      },
      {
        title: 'Read your standing',
        body: 'From the release in force you learn, for each dimension, how far along you are in comparison, and how sure that is.',
      },
    ],
    releases: 'What is published',
    demo: 'This installation shows sample data: every organisation in it is invented.',
    cutoff: 'Cut-off date',
    participations: 'Participations',
    groups: 'Peer groups',
    next: 'Next release from',
    noRelease: 'Nothing published yet. Your own scores are there today, the comparison comes with the first release.',
    protected: 'not published, for protection',
    atLeast: (count: string) => `at least ${count}`,
    protection: 'What stays protected',
    protects: [
      'Names, e-mail addresses and IP addresses are not stored.',
      'Published figures summarise at least ten participations; smaller groups stay unpublished for protection.',
      'Associations see their members as a group only, never a single organisation, nor who took part.',
      'A newly submitted check changes no published figure; only the next release takes it into account.',
    ],
    tryIt: 'For developers',
    tryItBody: 'Everything the service does is open to use through an interface:',
    reference: 'API reference',
  },
} as const satisfies Record<Lang, unknown>;
