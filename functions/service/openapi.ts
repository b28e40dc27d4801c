import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createDocument, type ZodOpenApiPathsObject } from 'zod-openapi';
import { Instrument } from '#contracts/instrument';
import { FieldError, Problem } from '#contracts/problem';
import { OwnSubmission, SubmissionBody } from '#contracts/submission';
import { LocalText } from '#contracts/text';
import { associationPaths } from '../api/association-paths.ts';
import { benchmarkPaths } from '../api/benchmark-paths.ts';
import { benchmarksPaths } from '../api/benchmarks-paths.ts';
import { changePaths } from '../api/change-paths.ts';
import { filePaths } from '../api/files.ts';
import { instrumentPaths } from '../api/instrument-paths.ts';
import { AcceptedSubmission } from '../api/own-submission.ts';
import { pagePaths } from '../api/page-paths.ts';
import { receiptPaths } from '../api/receipts.ts';
import { releasePaths } from '../api/release-paths.ts';
import { submissionPaths } from '../api/submissions.ts';
import { problemType } from '../http/problem.ts';
import { problemResponses } from '../http/problem-responses.ts';
import { FIELD_RULES, PROBLEMS, type ProblemName } from '../http/problem-texts.ts';

/**
 * `npm run openapi` writes openapi.json from the zod schemas. It is committed, so that the service need not carry the
 * generator; a test fails when it is out of date.
 */
export function openApiDocument() {
  const paths = withRequestLimit({
    ...receiptPaths,
    ...submissionPaths,
    ...instrumentPaths,
    ...releasePaths,
    ...benchmarksPaths,
    ...changePaths,
    ...benchmarkPaths,
    ...associationPaths,
    ...filePaths,
    ...pagePaths,
  });
  return createDocument({
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
      schemas: {
        Problem: Problem.meta({ description: PROBLEM_LIST }),
        FieldError,
        LocalText,
        SubmissionBody,
        OwnSubmission,
        AcceptedSubmission,
        Instrument,
      },
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
}

/** Every operation may find that its caller asks too often. */
function withRequestLimit(paths: ZodOpenApiPathsObject): ZodOpenApiPathsObject {
  const limited = problemResponses('too-many-requests');
  return Object.fromEntries(
    Object.entries(paths).map(([path, methods]) => [
      path,
      Object.fromEntries(
        Object.entries(methods).map(([method, operation]) => [
          method,
          { ...operation, responses: { ...limited, ...operation.responses } },
        ]),
      ),
    ]),
  );
}

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
