import { readFile } from 'node:fs/promises';
import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, test } from 'vitest';
import { PROBLEMS } from '#functions/http/problem-texts';
import { openApiDocument } from '#functions/service/openapi';
import { testService } from './test-service.ts';

interface Operation {
  operationId: string;
  tags: string[];
  summary: string;
  requestBody?: Response;
  responses: Record<string, Response>;
}
interface Response {
  $ref?: string;
  content?: Record<string, { schema?: Schema; examples?: Record<string, unknown> }>;
}
type Schema = Record<string, unknown>;
const committed = async () =>
  JSON.parse(await readFile('functions/api/openapi.json', 'utf8')) as {
    openapi: string;
    tags: { name: string }[];
    paths: Record<string, Record<string, Operation>>;
    components: { schemas: Record<string, Schema>; responses: Record<string, Response> };
  };

test('the committed document is current: npm run openapi', async () => {
  expect(await committed()).toEqual(JSON.parse(JSON.stringify(openApiDocument())));
});

test('it is valid OpenAPI 3.1', async () => {
  const result = await new Validator().validate(await committed());
  expect(result.errors ?? []).toEqual([]);
  expect(result.valid).toBe(true);
  expect((await committed()).openapi).toBe('3.1.0');
});

test('it is served as committed, with an ETag', async () => {
  const service = await testService();
  const response = await service.send('/v1/openapi.json');
  expect(response.headers.get('Content-Type')).toContain('application/json');
  expect(response.headers.get('ETag')).toMatch(/^"/);
  expect(await response.json()).toEqual(await committed());
});

describe('it is complete', () => {
  test('every route of the app but the pages of the site is in it, and nothing else', async () => {
    const { app } = await testService();
    const routes = app.routes
      .filter(
        ({ method, path }) =>
          method !== 'ALL' && !/^\/((embed\/)?(de|en)(\/.*)?|robots\.txt|sitemap\.xml)?$/i.test(path),
      )
      .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)(\{[^/]*\})?/g, '{$1}')}`);
    const described = Object.entries((await committed()).paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect([...new Set(routes)].sort()).toEqual(described.sort());
  });

  test('every operation has a summary, a known tag and an id of its own', async () => {
    const { paths, tags } = await committed();
    const operations = Object.values(paths).flatMap((methods) => Object.values(methods));
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
    for (const operation of operations) {
      expect(operation.summary).toBeTruthy();
      expect(tags.map(({ name }) => name)).toEqual(expect.arrayContaining(operation.tags));
    }
  });

  test('every problem is an answer of some operation, or applies to every address', async () => {
    const everywhere = ['not-found', 'method-not-allowed'];
    const { paths, components } = await committed();
    const answered = new Set(
      Object.values(paths)
        .flatMap((methods) => Object.values(methods))
        .flatMap(({ responses }) => Object.values(responses))
        .map((response) => (response.$ref ? components.responses[response.$ref.split('/').at(-1)!]! : response))
        .flatMap(({ content }) => Object.keys(content?.['application/problem+json']?.examples ?? {})),
    );
    expect([...answered, ...everywhere]).toEqual(expect.arrayContaining(Object.keys(PROBLEMS)));
  });
});

describe('a client generated from it has named types', () => {
  test('no object, list of codes or pattern is written out twice', async () => {
    const places = new Map<string, string[]>();
    const walk = (value: unknown, place: string): void => {
      if (typeof value !== 'object' || value === null) return;
      const { description: _, default: __, examples: ___, ...schema } = value as Schema;
      if (schema.properties || schema.enum || schema.pattern) {
        const text = JSON.stringify(schema);
        places.set(text, [...(places.get(text) ?? []), place]);
      }
      for (const [name, inner] of Object.entries(schema)) walk(inner, `${place}/${name}`);
    };
    const { paths, components } = await committed();
    walk(components.schemas, 'schemas');
    walk(components.responses, 'responses');
    walk(paths, 'paths');
    expect([...places.values()].filter((all) => all.length > 1)).toEqual([]);
    expect(places.size).toBeGreaterThan(60);
  });

  test('whatever goes in or comes out as JSON is a schema with a name, and every reference leads to one', async () => {
    const { paths, components } = await committed();
    const operations = Object.values(paths).flatMap((methods) => Object.values(methods));
    const contents = operations.flatMap(({ requestBody, responses }) => [
      requestBody?.content,
      ...Object.values(responses).map(({ content }) => content),
    ]);
    const schemas = contents.flatMap((content) => content?.['application/json']?.schema ?? []) as Schema[];
    expect(schemas.filter((schema) => schema.$ref === undefined)).toEqual([]);
    expect(schemas.length).toBeGreaterThan(20);
    const references = JSON.stringify({ paths, components }).matchAll(/"#\/components\/(\w+)\/([^"]+)"/g);
    for (const [, kind, name] of references)
      expect(components[kind as 'schemas'], `${kind}/${name}`).toHaveProperty([name!]);
    expect(Object.keys(components.schemas)).toEqual(
      expect.arrayContaining(['OwnStanding', 'GroupFigures', 'AssociationFigures', 'Manifest', 'Problem']),
    );
  });
});

describe('the reference page', () => {
  test.each(['de', 'en'])('shows every operation and schema, without scripts, in %s', async (lang) => {
    const service = await testService();
    const html = await (await service.send(`/docs/api?lang=${lang}`)).text();
    expect(html).toContain(`<html lang="${lang}">`);
    for (const methods of Object.values((await committed()).paths)) {
      for (const { operationId } of Object.values(methods)) expect(html).toContain(`id="${operationId}"`);
    }
    for (const anchor of new Set([...html.matchAll(/href="#([\w-]+)"/g)].map((match) => match[1]!))) {
      expect(html).toContain(`id="${anchor}"`);
    }
    expect(html).not.toMatch(/<script|style="|(href|src)="https?:/);
  });
});
