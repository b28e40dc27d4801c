import type { VNode } from 'preact';
import type { Lang } from '#contracts/text';
import { LongText, type Section } from '#web/components/long-text.tsx';
import { Page } from '#web/components/page.tsx';
import { pathsWithQuery } from '#web/site-map.ts';
import { words } from '#web/words.ts';
import { problemType } from '../http/problem.ts';
import { FIELD_RULES } from '../http/problem-texts.ts';
import openApi from './openapi.json' with { type: 'json' };
import { ProblemTable } from './problem-page.tsx';

/**
 * `/docs/api`: the OpenAPI document for people. It says what the document says; nothing is written twice.
 *
 * @param origin where the service is reached, for requests to try
 */
export function ReferencePage({ lang, origin }: { lang: Lang; origin: string }) {
  return (
    <Page lang={lang} title={WORDS[lang].title} lead={WORDS[lang].lead} paths={pathsWithQuery('/docs/api')}>
      <p>
        <a href="/v1/openapi.json">OpenAPI 3.1</a>
      </p>
      <div lang="en">
        {DOCUMENT.info.description.split('\n\n').map((paragraph) => (
          <p>
            <Prose text={paragraph} />
          </p>
        ))}
      </div>
      <LongText lang={lang} sections={sectionsOf(lang, origin)} />
    </Page>
  );
}

function OperationEntry({ lang, operation, place }: { lang: Lang; operation: Operation; place: [string, string] }) {
  const text = WORDS[lang];
  const [path, method] = place;
  const needs = operation.security?.flatMap((scheme) => Object.keys(scheme)) ?? [];
  return (
    <article class="operation" id={operation.operationId}>
      <h3>
        <span class="method">{method.toUpperCase()}</span>
        <code>{path}</code>
      </h3>
      <p lang="en">
        <strong>{operation.summary}.</strong> <Prose text={operation.description} />
      </p>
      {needs.includes('receipt') ? <p>{text.needsReceipt}</p> : null}
      {needs.includes('associationKey') ? <p>{text.needsKey}</p> : null}
      {operation.parameters ? (
        <>
          <h4>{text.parameters}</h4>
          <ul class="fields" lang="en">
            {operation.parameters.map(({ name, in: where, required, schema, description }) => (
              <Field
                name={name}
                schema={{ ...schema, description: description ?? schema.description }}
                more={required ? `${where}, ${text.required}` : where}
              />
            ))}
          </ul>
        </>
      ) : null}
      {operation.requestBody ? (
        <>
          <h4>{text.body}</h4>
          <Contents content={operation.requestBody.content} />
        </>
      ) : null}
      <h4>{text.answers}</h4>
      <div class="table table--plain">
        <table lang="en">
          <tbody>
            {Object.entries(operation.responses).map(([status, response]) => (
              <tr>
                <th scope="row">{status}</th>
                <td>
                  <AnswerEntry lang={lang} response={resolved(response)} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </article>
  );
}

/** An answer: a list of linked problems, or what it holds. */
function AnswerEntry({ lang, response: { description, content = {} } }: { lang: Lang; response: Answer }) {
  const problems = Object.entries(content['application/problem+json']?.examples ?? {});
  if (problems.length === 0)
    return (
      <>
        <p>
          <Prose text={description} />
        </p>
        <Contents content={content} />
      </>
    );
  return (
    <>
      {problems.map(([name, example], index) => (
        <>
          {index > 0 ? <br /> : null}
          <a href={pathsWithQuery(problemType(name as 'internal'))[lang]}>
            <code>{name}</code>
          </a>{' '}
          {resolved(example).value.title}
        </>
      ))}
    </>
  );
}

function Contents({ content }: { content: Record<string, Media> }) {
  return (
    <ul class="fields" lang="en">
      {Object.entries(content).map(([type, { schema = {} }]) => (
        <Field name={type} schema={schema} />
      ))}
    </ul>
  );
}

/** A field: its name and type, and the fields within it as a nested list; named schemas are linked, not repeated. */
function Field({ name, schema, more = '' }: { name: string; schema: Schema; more?: string }) {
  return (
    <li>
      <code>{name}</code>{' '}
      <span class="type">
        <Type schema={schema} />
        {more && `, ${more}`}
      </span>{' '}
      <Prose text={schema.description} />
      <Fields schema={schema} />
    </li>
  );
}

function Fields({ schema }: { schema: Schema }) {
  const { properties, required = [] } =
    [schema, schema.items, ...(schema.anyOf ?? [])].find((one) => one?.properties) ?? {};
  if (!properties) return null;
  return (
    <ul class="fields">
      {Object.entries(properties).map(([name, field]) => (
        <Field name={name} schema={field} more={required.includes(name) ? '' : 'optional'} />
      ))}
    </ul>
  );
}

/** A schema's type in a few words: `integer 0 to 100 or null`, `"de" or "en"`, `list of text`; a named one as a link. */
function Type({ schema }: { schema: Schema }): VNode {
  const { $ref, type, items, additionalProperties: values, maximum = 1e6, minimum = 0, format } = schema;
  const options = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  if ($ref) return <a href={`#schema-${nameOf($ref)}`}>{nameOf($ref)}</a>;
  if (options)
    return (
      <>
        {options.map((option, index) => (
          <>
            {index > 0 ? ' or ' : ''}
            <Type schema={option} />
          </>
        ))}
      </>
    );
  const listed = schema.enum ?? (schema.const === undefined ? [] : [schema.const]);
  if (listed.length > 0) return <>{listed.map((value) => JSON.stringify(value)).join(' or ')}</>;
  const inner = type === 'array' ? items : typeof values === 'object' ? values : undefined;
  if (inner)
    return (
      <>
        {type === 'array' ? 'list of ' : 'map to '}
        <Type schema={inner} />
      </>
    );
  if (type === 'integer' && maximum < 1e6) return <>{`integer ${minimum} to ${maximum}`}</>;
  return <>{[type ?? 'any', format].flat().filter(Boolean).join(' ')}</>;
}

/** A description of the document: what stands between back quotes is set as code. */
function Prose({ text = '' }: { text?: string | undefined }) {
  return <>{text.split('`').map((part, index) => (index % 2 === 1 ? <code>{part}</code> : part))}</>;
}

/** As much of OpenAPI as the page reads. */
interface Schema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  description?: string | undefined;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  const?: unknown;
  enum?: unknown[];
  minimum?: number;
  maximum?: number;
  additionalProperties?: boolean | Schema;
}
interface Media {
  schema?: Schema;
  examples?: Record<string, Reference | { value: { title: string } }>;
}
interface Answer {
  description: string;
  content?: Record<string, Media>;
}
interface Operation {
  operationId: string;
  tags: string[];
  summary: string;
  description?: string;
  security?: Record<string, unknown>[];
  parameters?: { name: string; in: string; required?: boolean; description?: string; schema: Schema }[];
  requestBody?: { content: Record<string, Media> };
  responses: Record<string, Reference | Answer>;
}
interface Reference {
  $ref: string;
}

const DOCUMENT = openApi as unknown as {
  info: { description: string };
  tags: { name: string; description: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: Record<string, Record<string, unknown>> & { schemas: Record<string, Schema> };
};

const nameOf = (ref: string): string => ref.split('/').at(-1)!;

/** What a reference stands for. */
function resolved<Value extends object>(given: Reference | Value): Value {
  if (!('$ref' in given)) return given;
  const [, , kind, name] = given.$ref.split('/');
  return DOCUMENT.components[kind!]![name!] as Value;
}

const WORDS = words({
  de: {
    title: 'Schnittstelle',
    lead: 'Alle Adressen des Dienstes, mit Eingaben, Antworten und Fehlermeldungen; die Beschreibungen sind englisch.',
    needsReceipt: 'Braucht den Rückkehr-Code: Authorization: Bearer …',
    needsKey: 'Braucht den Schlüssel des Verbands: Authorization: Bearer …',
    parameters: 'Parameter',
    body: 'Inhalt der Anfrage',
    answers: 'Antworten',
    required: 'erforderlich',
    try: 'Zum Ausprobieren',
    tryLead:
      'Was veröffentlicht ist, liest man ohne Anmeldung: alle Veröffentlichungen, eine Gruppe als JSON, eine als CSV.',
    problems: 'Fehlermeldungen',
    problemsLead:
      'Jeder Fehler ist ein Problem nach RFC 9457, auf Deutsch oder Englisch je nach Accept-Language. „errors“ nennt jede fehlerhafte Stelle.',
    rules: 'Regeln für einzelne Felder',
    schemas: 'Datentypen',
  },
  en: {
    title: 'API reference',
    lead: 'Every address of the service, with what goes in, what comes out and what can go wrong.',
    needsReceipt: 'Needs the receipt: Authorization: Bearer …',
    needsKey: 'Needs the association’s key: Authorization: Bearer …',
    parameters: 'Parameters',
    body: 'Body of the request',
    answers: 'Answers',
    required: 'required',
    try: 'To try',
    tryLead: 'What is published is read without registering: all releases, a group as JSON, one as CSV.',
    problems: 'Problems',
    problemsLead:
      'Every error is a problem of RFC 9457, in German or English by Accept-Language. "errors" names each failing field.',
    rules: 'Rules of single fields',
    schemas: 'Data types',
  },
});

/** Public figures, from the list of releases to one group as a table. */
const EXAMPLES = [
  '/v1/releases',
  '/v1/figures?instrument=digitalcheck.1',
  '/v1/figures.csv?instrument=digitalcheck.1&group=sector=elder-care&lang=en',
];

function sectionsOf(lang: Lang, origin: string): Section[] {
  const text = WORDS[lang];
  return [
    { id: 'try', title: text.try, body: <Try lead={text.tryLead} origin={origin} /> },
    ...DOCUMENT.tags.map((tag) => ({ id: tag.name, title: tag.name, body: <Operations lang={lang} tag={tag} /> })),
    { id: 'problems', title: text.problems, body: <Problems lang={lang} /> },
    { id: 'schemas', title: text.schemas, body: <Schemas /> },
  ];
}

function Try({ lead, origin }: { lead: string; origin: string }) {
  return (
    <>
      <p>{lead}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <pre tabIndex={0}>
        <code>{EXAMPLES.map((path) => `curl '${origin}${path}'\n`)}</code>
      </pre>
    </>
  );
}

function Operations({ lang, tag: { name, description } }: { lang: Lang; tag: (typeof DOCUMENT.tags)[number] }) {
  return (
    <>
      <p lang="en">{description}</p>
      {Object.entries(DOCUMENT.paths).flatMap(([path, methods]) =>
        Object.entries(methods)
          .filter(([, { tags }]) => tags.includes(name))
          .map(([method, operation]) => <OperationEntry lang={lang} operation={operation} place={[path, method]} />),
      )}
    </>
  );
}

function Problems({ lang }: { lang: Lang }) {
  return (
    <>
      <p>{WORDS[lang].problemsLead}</p>
      <ProblemTable lang={lang} />
      <h3>{WORDS[lang].rules}</h3>
      <dl>
        {Object.entries(FIELD_RULES).map(([rule, message]) => (
          <>
            <dt>
              <code>{rule}</code>
            </dt>
            <dd>{message[lang].replaceAll(/\{\w+\}/g, '…')}</dd>
          </>
        ))}
      </dl>
    </>
  );
}

const Schemas = () => (
  <>
    {Object.entries(DOCUMENT.components.schemas).map(([name, schema]) => (
      <article class="operation" id={`schema-${name}`} lang="en">
        <h3>{name}</h3>
        <p class="type">
          <Type schema={schema} /> <Prose text={schema.description} />
        </p>
        <Fields schema={schema} />
      </article>
    ))}
  </>
);
