import { STATUS_CODES } from 'node:http';
import type { Lang } from '#contracts/text';
import { Page } from '#web/components/page.tsx';
import { pathsWithQuery } from '#web/site-map.ts';
import { problemType } from '../http/problem.ts';
import { PROBLEMS, type ProblemName } from '../http/problem-texts.ts';

/** `/problems/<name>`: the page a problem's type URI leads to. */
export function ProblemPage({ lang, name }: { lang: Lang; name: ProblemName }) {
  const { title, detail, remedy, status } = PROBLEMS[name];
  const text = TEXTS[lang];
  return (
    <Page lang={lang} title={title[lang]} paths={pathsWithQuery(problemType(name))}>
      <h1>{title[lang]}</h1>
      <p class="lead">
        <code>{problemType(name)}</code>, HTTP {status} {STATUS_CODES[status]}
      </p>
      {name === 'receipt-mistyped' ? null : <p>{detail[lang].replaceAll(/\{\w+\}/g, '…')}</p>}
      <h2>{text.remedy}</h2>
      <p>{remedy[lang]}</p>
      <p>
        <a href={pathsWithQuery('/problems')[lang]}>{text.all}</a>
      </p>
    </Page>
  );
}

/** `/problems`: the whole catalogue. */
export function ProblemsPage({ lang }: { lang: Lang }) {
  const text = TEXTS[lang];
  return (
    <Page lang={lang} title={text.all} paths={pathsWithQuery('/problems')}>
      <h1>{text.all}</h1>
      <p class="lead">{text.lead}</p>
      <ProblemTable lang={lang} />
    </Page>
  );
}

export function ProblemTable({ lang }: { lang: Lang }) {
  const text = TEXTS[lang];
  return (
    <div class="table table--plain">
      <table>
        <thead>
          <tr>
            <th scope="col">{text.status}</th>
            <th scope="col">{text.type}</th>
            <th scope="col">{text.meaning}</th>
          </tr>
        </thead>
        <tbody>
          {(Object.keys(PROBLEMS) as ProblemName[]).map((name) => (
            <tr>
              <td>{PROBLEMS[name].status}</td>
              <th scope="row">
                <a href={pathsWithQuery(problemType(name))[lang]}>
                  <code>{name}</code>
                </a>
              </th>
              <td>{PROBLEMS[name].title[lang]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const TEXTS = {
  de: {
    remedy: 'Was hilft',
    all: 'Alle Fehlermeldungen',
    lead: 'Jede Fehlermeldung hat eine feste Adresse. Antworten folgen RFC 9457 (application/problem+json).',
    status: 'Status',
    type: 'Name',
    meaning: 'Bedeutung',
  },
  en: {
    remedy: 'What helps',
    all: 'All problems',
    lead: 'Every problem has a stable address. Answers follow RFC 9457 (application/problem+json).',
    status: 'Status',
    type: 'Name',
    meaning: 'Meaning',
  },
} as const satisfies Record<Lang, Record<string, string>>;
