import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { Operator } from '#contracts/operator';
import { loadInstruments } from '#instruments/load-instruments';
import type { ApiDependencies } from '../http/dependencies.ts';
import { readSiteLinks } from '../site/site-links.ts';
import { jsonVariable, parseEnvironment, ServiceOrigin } from './environment.ts';
import { FilePlace, filesAt, namesOnePlace } from './files-at.ts';
import { loadedLater } from './lazy-stores.ts';
import { readProgram } from './program.ts';

/** What a deployment of the api must and may set. */
export const ApiEnvironment = z
  .object({
    SUBMISSIONS_TABLE: z.string().min(3),
    RELEASES_TABLE: z.string().min(3),
    REGISTRY_TABLE: z.string().min(3),
    INVITATIONS_TABLE: z.string().min(3),
    ...FilePlace,
    /** A further folder of instrument files. */
    INSTRUMENTS_DIR: z.string().min(1).optional(),
    /** JSON list of partners: `[{"id": "open-check", "keyHash": "<sha256 hex>", "isTrusted": false}]`. */
    PARTNER_SOURCES: jsonVariable(
      z.array(
        z.strictObject({
          id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,29}$/),
          keyHash: z.string().regex(/^[0-9a-f]{64}$/),
          isTrusted: z.boolean(),
          perMinute: z.int().min(1).optional(),
        }),
      ),
    ).prefault('[]'),
    /** Who runs the campaigns of associations: they themselves, with their keys, or the operator alone. */
    CAMPAIGNS_BY: z.enum(['association', 'operator']).default('association'),
    /** Signs the challenges of the proof of work; without it submissions cost no work. */
    PROOF_OF_WORK_SECRET: z.string().min(32).optional(),
    /** Header value by which the own CloudFront is known; without it anybody may call. */
    ORIGIN_SECRET: z.string().min(20).optional(),
    /** Address under which people reach the service, if it is not the gateway's. */
    SERVICE_URL: ServiceOrigin.optional(),
    /** File with the names of the built styles and scripts, made by `npm run build`; without it pages have none. */
    SITE_LINKS: z.string().min(1).optional(),
    /** Who the imprint names, as JSON. */
    OPERATOR: jsonVariable(Operator).optional(),
    /** Another DynamoDB than the region's. */
    DYNAMODB_ENDPOINT: z.url().optional(),
  })
  .check(namesOnePlace);
export type ApiEnvironment = z.infer<typeof ApiEnvironment>;

/** Reads the environment once. Throws an Error that names every variable that is missing or wrong, never its value. */
export const parseApiEnvironment = (variables: Record<string, string | undefined>): ApiEnvironment =>
  parseEnvironment('The api', ApiEnvironment, variables);

/** The stores, clock and randomness of a deployment. */
export async function dependenciesFrom(environment: ApiEnvironment): Promise<ApiDependencies> {
  const { INSTRUMENTS_DIR: folder } = environment;
  // Under way from the start, so that it is there for the first request that reads a table; no other waits for it.
  const stores = import('./stores.ts').then(({ createStores }) => createStores(environment));
  const [registry, invitations] = [loadedLater(stores, 'registry'), loadedLater(stores, 'invitations')];
  return {
    operator: environment.OPERATOR,
    origin: environment.SERVICE_URL,
    instruments: await loadInstruments(folder ? [folder] : []),
    submissions: loadedLater(stores, 'submissions'),
    releases: loadedLater(stores, 'releases'),
    registry,
    invitations,
    ...(environment.CAMPAIGNS_BY === 'association' ? { campaigns: { registry, invitations } } : {}),
    participation: loadedLater(stores, 'participation'),
    files: filesAt(environment, { mayList: false }),
    sources: environment.PARTNER_SOURCES,
    ...(environment.PROOF_OF_WORK_SECRET ? { proofOfWork: { secret: environment.PROOF_OF_WORK_SECRET } } : {}),
    ...(environment.SITE_LINKS ? { assets: await readSiteLinks(environment.SITE_LINKS) } : {}),
    program: readProgram(),
    now: () => new Date(),
    randomBytes,
    log: (entry) => process.stdout.write(`${JSON.stringify(entry)}\n`),
  };
}
