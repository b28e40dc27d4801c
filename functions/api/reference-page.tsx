import type { Lang } from '#contracts/text';
import { LongText } from '#web/components/long-text.tsx';
import { Page } from '#web/components/page.tsx';
import { pathsWithQuery } from '#web/site-map.ts';
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
  const text = TEXTS[lang];
  return (
    <Page lang={lang} title={text.title} paths={pathsWithQuery('/docs/api')}>
      <h1>{text.title}</h1>
      <p class="lead">
        {text.lead} <a href="/v1/openapi.json">OpenAPI 3.1</a>
      </p>
      <LongText
        lang={lang}
        contents={[
          { id: 'try', title: text.try },
          ...OPERATIONS_BY_TAG.map(({ tag }) => ({ id: tag.name, title: tag.name })),
          { id: 'problems', title: text.problems },
          { id: 'schemas', title: text.schemas },
        ]}
      >
        <div lang="en">
          {DOCUMENT.info.description.split('\n\n').map((paragraph) => (
            <p>
              <Prose text={paragraph} />
            </p>
          ))}
        </div>
        <h2 id="try">{text.try}</h2>
        <p>{text.tryLead}</p>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
        <pre tabIndex={0}>
          <code>{EXAMPLES.map((path) => `curl '${origin}${path}'\n`)}</code>
        </pre>
        {OPERATIONS_BY_TAG.map(({ tag, operations }) => (
          <section aria-labelledby={tag.name}>
            <h2 id={tag.name} lang="en">
              {tag.name}
            </h2>
            <p lang="en">{tag.description}</p>
            {operations.map((operation) => (
              <OperationEntry lang={lang} operation={operation} />
            ))}
          </section>
        ))}
        <section aria-labelledby="problems">
          <h2 id="problems">{text.problems}</h2>
          <p>{text.problemsLead}</p>
          <ProblemTable lang={lang} />
          <h3>{text.rules}</h3>
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
        </section>
        <section aria-labelledby="schemas">
          <h2 id="schemas">{text.schemas}</h2>
          {Object.entries(DOCUMENT.components.schemas).map(([name, schema]) => (
            <article class="operation" id={`schema-${name}`} lang="en">
              <h3>{name}</h3>
              <SchemaEntry schema={schema} text={text} />
            </article>
          ))}
        </section>
      </LongText>
    </Page>
  );
}

function OperationEntry({ lang, operation }: { lang: Lang; operation: Operation & Place }) {
  const text = TEXTS[lang];
  const body = operation.requestBody?.content;
  return (
    <article class="operation" id={operation.operationId}>
      <h3>
        <span class="method">{operation.method.toUpperCase()}</span>
        <code>{operation.path}</code>
      </h3>
      <p lang="en">
        <strong>{operation.summary}.</strong> <Prose text={operation.description} />
      </p>
      {operation.security?.some((scheme) => 'receipt' in scheme) ? <p>{text.needsReceipt}</p> : null}
      {operation.security?.some((scheme) => 'associationKey' in scheme) ? <p>{text.needsKey}</p> : null}
      {operation.parameters ? (
        <>
          <h4>{text.parameters}</h4>
          <ul class="fields" lang="en">
            {operation.parameters.map((parameter) => (
              <li>
                <code>{parameter.name}</code>{' '}
                <span class="type">
                  {parameter.in}, {typeOf(parameter.schema)}
                  {parameter.required ? `, ${text.required}` : ''}
                </span>{' '}
                <Prose text={parameter.description ?? parameter.schema.description} />
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {body ? (
        <details>
          <summary>{text.body}</summary>
          <Contents content={body} text={text} />
        </details>
      ) : null}
      <h4>{text.answers}</h4>
      <div class="table table--plain">
        <table lang="en">
          <tbody>
            {Object.entries(operation.responses).map(([status, response]) => (
              <tr>
                <th scope="row">{status}</th>
                <td>
                  <AnswerEntry lang={lang} response={response} />
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
function AnswerEntry({ lang, response }: { lang: Lang; response: Answer }) {
  const problems = response.content?.['application/problem+json']?.examples;
  if (problems) {
    return (
      <>
        {Object.entries(problems).map(([name, { value }], index) => (
          <>
            {index > 0 ? <br /> : null}
            <a href={pathsWithQuery(problemType(name as 'internal'))[lang]}>
              <code>{name}</code>
            </a>{' '}
            {value.title}
          </>
        ))}
      </>
    );
  }
  return (
    <>
      <p>
        <Prose text={response.description} />
      </p>
      {response.content ? <Contents content={response.content} text={TEXTS[lang]} /> : null}
    </>
  );
}

function Contents({ content, text }: { content: Record<string, Media>; text: Texts }) {
  return (
    <>
      {Object.entries(content).map(([type, media]) => (
        <div lang="en">
          <p>
            <code>{type}</code>
          </p>
          {media.schema ? <SchemaEntry schema={media.schema} text={text} /> : null}
        </div>
      ))}
    </>
  );
}

/** A schema: its type, and the fields of objects as a nested list; named schemas are linked, not repeated. */
function SchemaEntry({ schema, text }: { schema: Schema; text: Texts }) {
  if (schema.$ref) return <SchemaLink schema={schema} />;
  const inner = schema.properties ?? schema.items?.properties;
  const required = schema.required ?? schema.items?.required ?? [];
  if (!inner) return <p class="type">{typeOf(schema)}</p>;
  return (
    <ul class="fields">
      {Object.entries(inner).map(([name, field]) => (
        <li>
          <code>{name}</code>{' '}
          <span class="type">
            {refOf(field) ? (
              <SchemaLink schema={refOf(field) as Schema} isList={field.type === 'array'} />
            ) : (
              typeOf(field)
            )}
            {required.includes(name) ? '' : `, ${text.optional}`}
          </span>{' '}
          <Prose text={field.description} />
          {field.properties || field.items?.properties ? <SchemaEntry schema={field} text={text} /> : null}
        </li>
      ))}
    </ul>
  );
}

/** A description of the document: what stands between back quotes is set as code. */
function Prose({ text = '' }: { text?: string | undefined }) {
  return <>{text.split('`').map((part, index) => (index % 2 === 1 ? <code>{part}</code> : part))}</>;
}

function SchemaLink({ schema, isList = false }: { schema: Schema; isList?: boolean }) {
  const name = schema.$ref?.split('/').at(-1) ?? '';
  return (
    <>
      {isList ? 'list of ' : ''}
      <a href={`#schema-${name}`}>{name}</a>
    </>
  );
}

const refOf = (schema: Schema): Schema | undefined =>
  schema.$ref ? schema : schema.items?.$ref ? schema.items : undefined;

/** A schema's type in a few words: `integer 0 to 100 or null`, `"de" or "en"`, `list of text`. */
function typeOf(schema: Schema): string {
  if (schema.$ref) return schema.$ref.split('/').at(-1) ?? '';
  const options = schema.anyOf ?? schema.oneOf;
  if (options) return [...new Set(options.map(typeOf))].join(' or ');
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' or ');
  if (Array.isArray(schema.type)) return schema.type.join(' or ');
  if (schema.type === 'array') return schema.prefixItems ? 'list' : `list of ${typeOf(schema.items ?? {})}`;
  if (schema.type === 'object') {
    return typeof schema.additionalProperties === 'object' ? `map to ${typeOf(schema.additionalProperties)}` : 'object';
  }
  if (schema.type === 'integer' && schema.maximum !== undefined && schema.maximum < 1e6) {
    return `integer ${schema.minimum ?? 0} to ${schema.maximum}`;
  }
  return [schema.type ?? 'any', schema.format].filter(Boolean).join(' ');
}

/** As much of OpenAPI as the page reads. */
interface Schema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  description?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  prefixItems?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  const?: unknown;
  enum?: unknown[];
  minimum?: number;
  maximum?: number;
  additionalProperties?: boolean | Schema;
}
interface Media {
  schema?: Schema;
  examples?: Record<string, { value: { title: string } }>;
}
interface Answer {
  description: string;
  content?: Record<string, Media>;
}
interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  description?: string;
  schema: Schema;
}
interface Operation {
  operationId: string;
  tags: string[];
  summary: string;
  description?: string;
  security?: Record<string, string[]>[];
  parameters?: Parameter[];
  requestBody?: { content: Record<string, Media> };
  responses: Record<string, Answer>;
}
interface Place {
  path: string;
  method: string;
}
interface OpenApi {
  info: { description: string };
  tags: { name: string; description: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
}

const DOCUMENT = openApi as unknown as OpenApi;

const OPERATIONS_BY_TAG = DOCUMENT.tags
  .map((tag) => ({
    tag,
    operations: Object.entries(DOCUMENT.paths).flatMap(([path, methods]) =>
      Object.entries(methods)
        .filter(([, operation]) => operation.tags.includes(tag.name))
        .map(([method, operation]) => ({ ...operation, path, method })),
    ),
  }))
  .filter(({ operations }) => operations.length > 0);

/** Public figures, from the list of releases to one group as a table. */
const EXAMPLES = [
  '/v1/releases',
  '/v1/figures?instrument=digitalcheck.1',
  '/v1/figures.csv?instrument=digitalcheck.1&group=sector=elder-care&lang=en',
];

type Texts = Record<keyof (typeof TEXTS)['de'], string>;
const TEXTS = {
  de: {
    title: 'Schnittstelle',
    lead: 'Alle Adressen des Dienstes, mit Eingaben, Antworten und Fehlermeldungen; die Beschreibungen sind englisch. Maschinenlesbar:',
    try: 'Zum Ausprobieren',
    tryLead:
      'Was veröffentlicht ist, liest man ohne Anmeldung: alle Veröffentlichungen, eine Gruppe als JSON, eine als CSV.',
    problems: 'Fehlermeldungen',
    problemsLead:
      'Jeder Fehler ist ein Problem nach RFC 9457, auf Deutsch oder Englisch je nach Accept-Language. „errors“ nennt jede fehlerhafte Stelle.',
    rules: 'Regeln für einzelne Felder',
    schemas: 'Datentypen',
    needsReceipt: 'Braucht den Rückkehr-Code: Authorization: Bearer …',
    needsKey: 'Braucht den Schlüssel des Verbands: Authorization: Bearer …',
    parameters: 'Parameter',
    body: 'Inhalt der Anfrage',
    answers: 'Antworten',
    required: 'erforderlich',
    optional: 'freiwillig',
  },
  en: {
    title: 'API reference',
    lead: 'Every address of the service, with what goes in, what comes out and what can go wrong. For machines:',
    try: 'To try',
    tryLead: 'What is published is read without registering: all releases, a group as JSON, one as CSV.',
    problems: 'Problems',
    problemsLead:
      'Every error is a problem of RFC 9457, in German or English by Accept-Language. "errors" names each failing field.',
    rules: 'Rules of single fields',
    schemas: 'Data types',
    needsReceipt: 'Needs the receipt: Authorization: Bearer …',
    needsKey: 'Needs the association’s key: Authorization: Bearer …',
    parameters: 'Parameters',
    body: 'Body of the request',
    answers: 'Answers',
    required: 'required',
    optional: 'optional',
  },
} as const satisfies Record<Lang, Record<string, string>>;
