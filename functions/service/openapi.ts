import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { createDocument, type ZodOpenApiPathsObject } from 'zod-openapi';
import * as associationAnswers from '#contracts/answers/association';
import * as figureAnswers from '#contracts/answers/group-figures';
import * as lists from '#contracts/answers/lists';
import * as standingAnswers from '#contracts/answers/own-standing';
import * as serviceAnswers from '#contracts/answers/service';
import * as submissionAnswers from '#contracts/answers/submission';
import * as codeList from '#contracts/code-list';
import * as instrument from '#contracts/instrument';
import * as instrumentId from '#contracts/instrument-id';
import * as participation from '#contracts/participation';
import * as policy from '#contracts/policy';
import * as problems from '#contracts/problem';
import * as registry from '#contracts/registry';
import * as release from '#contracts/release';
import * as releaseFile from '#contracts/release-file';
import * as releaseId from '#contracts/release-id';
import * as standing from '#contracts/standing';
import * as statements from '#contracts/statements';
import * as submission from '#contracts/submission';
import * as suppressed from '#contracts/suppressed';
import * as text from '#contracts/text';
import { allReleasesOperations } from '../api/all-releases.ts';
import { associationOperations } from '../api/associations.ts';
import { campaignOperations } from '../api/campaigns.ts';
import { changeOperations } from '../api/changes.ts';
import { fieldComparisonOperations } from '../api/field-comparison.ts';
import { figureOperations } from '../api/figures.ts';
import { fileOperations } from '../api/files.ts';
import { instrumentOperations } from '../api/instruments.ts';
import { overviewOperations } from '../api/overview.ts';
import { pageOperations } from '../api/pages.tsx';
import { receiptOperations } from '../api/receipts.ts';
import { releaseOperations } from '../api/releases.ts';
import { serviceOperations } from '../api/service.ts';
import { standingOperations } from '../api/standing.ts';
import { submissionOperations } from '../api/submissions.ts';
import { problemType } from '../http/problem.ts';
import { FIELD_RULES, PROBLEMS, type ProblemName } from '../http/problem-texts.ts';
import { type Operations, problemResponses } from '../http/responses.ts';

/**
 * `npm run openapi` writes openapi.json from the zod schemas. It is committed, so that the service need not carry the
 * generator; a test fails when it is out of date.
 */
export function openApiDocument() {
  const paths = pathsOf({
    ...receiptOperations,
    ...submissionOperations,
    ...instrumentOperations,
    ...releaseOperations,
    ...figureOperations,
    ...overviewOperations,
    ...changeOperations,
    ...fieldComparisonOperations,
    ...standingOperations,
    ...associationOperations,
    ...campaignOperations,
    ...fileOperations,
    ...allReleasesOperations,
    ...pageOperations,
    ...serviceOperations,
  });
  const document = createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Sektorspiegel',
      version: '1.0.0',
      description: DESCRIPTION,
      license: { name: 'EUPL-1.2', identifier: 'EUPL-1.2' },
    },
    servers: [{ url: '/' }],
    tags: [
      { name: 'Submissions', description: 'Send a check, read the own history, withdraw. Needs a receipt.' },
      { name: 'Instruments', description: 'What is asked and how it is scored. Public.' },
      { name: 'Releases', description: 'Published figures, frozen at a cut-off date. Public.' },
      { name: 'Standing', description: 'Where the own organisation stands. Needs a receipt.' },
      {
        name: 'Associations',
        description: "What an association sees of its members as a group. Needs the association's key.",
      },
      { name: 'Service', description: 'This document, pages for people, health.' },
    ],
    paths,
    components: {
      schemas: SCHEMAS,
      securitySchemes: {
        associationKey: {
          type: 'http',
          scheme: 'bearer',
          description: "The association's key, `c-….` and 43 characters. Opens its own association's addresses alone.",
        },
        receipt: {
          type: 'http',
          scheme: 'bearer',
          description: 'The receipt (Rückkehr-Code), 27 symbols; case, spaces and hyphens do not matter.',
        },
      },
    },
  });
  document.components!.schemas!.Problem!.description = PROBLEM_LIST;
  return withoutUnused(JSON.parse(JSON.stringify(document).replaceAll(/(?<=[/"])(\w+)Output(?=")/g, '$1')));
}

/** The document without the schemas that nothing in it refers to. */
function withoutUnused(document: ReturnType<typeof createDocument>): ReturnType<typeof createDocument> {
  const text = JSON.stringify(document);
  const { schemas = {} } = document.components ?? {};
  const unused = Object.keys(schemas).filter((name) => !text.includes(`"#/components/schemas/${name}"`));
  for (const name of unused) delete schemas[name];
  return unused.length === 0 ? document : withoutUnused(document);
}

/** Every schema of the contracts by the name it is exported under; the description holds those that it refers to. */
const SCHEMAS: Record<string, z.ZodType> = Object.fromEntries(
  [
    ...[associationAnswers, figureAnswers, lists, standingAnswers, serviceAnswers, submissionAnswers],
    ...[codeList, instrument, instrumentId, participation, policy, problems, registry, release, releaseFile, releaseId],
    ...[standing, statements, submission, suppressed, text],
  ].flatMap((module) =>
    Object.entries(module).filter((entry): entry is [string, z.ZodType] => entry[1] instanceof z.ZodType),
  ),
);

/** Operations as the document lists them, each with the problems that follow from how it is opened and that all may have. */
function pathsOf(operations: Operations): ZodOpenApiPathsObject {
  const paths: ZodOpenApiPathsObject = {};
  for (const [place, { ok, problems = [], ...operation }] of Object.entries(operations)) {
    const [method, path] = place.split(' ') as ['GET', string];
    const ofCredentials = (operation.security ?? []).flatMap((scheme) => PROBLEMS_OF[Object.keys(scheme)[0]!]!);
    const all = new Set([...ofCredentials, ...problems, ...EVERYWHERE]);
    paths[path] = {
      ...paths[path],
      [method.toLowerCase()]: { ...operation, responses: { ...ok, ...problemResponses(...all) } },
    };
  }
  return paths;
}

const PROBLEMS_OF: Record<string, ProblemName[]> = {
  receipt: ['receipt-missing', 'receipt-mistyped'],
  associationKey: ['association-key-missing', 'association-key-unknown', 'association-forbidden'],
};
const EVERYWHERE: ProblemName[] = ['too-many-requests', 'internal'];

const DESCRIPTION = `Organisations fill in a digital-maturity check without naming themselves; at a cut-off date all
submissions are folded into one frozen release; from that release everyone reads the same figures.

An organisation is known by its receipt alone, a random secret that it keeps. Every error is a problem of RFC 9457
(application/problem+json), in German or English by Accept-Language, with one entry in \`errors\` for each failing field.`;

const PROBLEM_LIST = `RFC 9457. The types are a closed list:\n\n${(Object.keys(PROBLEMS) as ProblemName[])
  .map((name) => `- \`${problemType(name)}\` (${PROBLEMS[name].status}): ${PROBLEMS[name].title.en}`)
  .join('\n')}\n\nRules of field errors: ${Object.keys(FIELD_RULES)
  .map((rule) => `\`${rule}\``)
  .join(', ')}.`;

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const file = fileURLToPath(new URL('../api/openapi.json', import.meta.url));
  writeFileSync(file, `${JSON.stringify(openApiDocument(), null, 2)}\n`);
}
