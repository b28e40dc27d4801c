import { readFileSync } from 'node:fs';
import { Cron } from 'croner';
import * as z from 'zod';
import { InstrumentId } from '#contracts/instrument-id';
import { Operator } from '#contracts/operator';
import { tableNames } from '#store/tables';
import { ApiEnvironment } from './api-environment.ts';
import { jsonVariable, parseEnvironment, ServiceOrigin } from './environment.ts';
import { namesOnePlace } from './files-at.ts';
import { PublishEnvironment } from './publish-environment.ts';
import { BERLIN } from './schedule.ts';

/** A time in five fields as crontab has them: "0 4 2 1,7 *" is four o'clock on the second of January and July. */
const CronPattern = z.string().refine(isPattern, 'must be five fields as in a crontab: minute hour day month weekday');

const TABLES = ['SUBMISSIONS_TABLE', 'RELEASES_TABLE', 'REGISTRY_TABLE', 'INVITATIONS_TABLE'] as const;

/** The tables are named after a prefix; no CloudFront stands before it, and it has its pages' files itself. */
const GIVEN = [...TABLES, 'ORIGIN_SECRET', 'SITE_LINKS'] as const;

function without<Shape extends object, Name extends string>(shape: Shape, names: readonly Name[]): Omit<Shape, Name> {
  return Object.fromEntries(Object.entries(shape).filter(([name]) => !names.includes(name as Name))) as Omit<
    Shape,
    Name
  >;
}

/** What a server must and may set: what the api and the publisher of a deployment do, and where it listens. */
const ServerEnvironment = z
  .object({
    ...without(ApiEnvironment.shape, GIVEN),
    ...without(PublishEnvironment.shape, TABLES),
    /** Which of the two trust boundaries this process is: each can have a user of its own at the database. */
    ROLE: z.enum(['both', 'api', 'publisher']).default('both'),
    HOST: z.string().min(1).default('127.0.0.1'),
    PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
    /** The database, and the user there; a local engine takes any. */
    DYNAMODB_ENDPOINT: z.url({ protocol: /^https?$/ }),
    AWS_ACCESS_KEY_ID: z.string().min(1),
    AWS_SECRET_ACCESS_KEY: z.string().min(1),
    AWS_REGION: z.string().min(1).default('eu-central-1'),
    /** Beginning of the names of the tables, which are made where they are missing. */
    TABLE_PREFIX: z
      .string()
      .regex(/^[A-Za-z0-9_.-]{1,200}$/)
      .default('sektorspiegel'),
    /** Without the right to make tables: a server then expects them (`--tables` makes them, once, with another user). */
    CREATE_TABLES: z.stringbool().default(true),
    /** Where people reach the service. Pages, files and data sets name it. */
    SERVICE_URL: ServiceOrigin,
    /** Who the imprint names. */
    OPERATOR: jsonVariable(Operator),
    /** What is published when, in Berlin's time: `[{"instrument": "digitalcheck.1", "schedule": "0 4 2 1,7 *"}]`. */
    RELEASES: jsonVariable(z.array(z.strictObject({ instrument: InstrumentId, schedule: CronPattern }))).prefault('[]'),
    /** Requests one address may make in a minute; 0 leaves counting to the proxy, behind which all have its address. */
    REQUESTS_PER_MINUTE: z.coerce.number().int().min(0).default(0),
    /** After a signal: how long it still answers while `/readyz` says no, so that a proxy looks elsewhere. */
    DRAIN_SECONDS: z.coerce.number().int().min(0).max(60).default(3),
  })
  .check(namesOnePlace);

export interface ServerEnvironment extends z.infer<typeof ServerEnvironment> {
  /** As the api and the publisher name them. */
  tables: Record<(typeof TABLES)[number], string>;
}

/**
 * Reads the settings once. Each may also come from a file that `NAME_FILE` names, as secrets of containers do.
 *
 * @throws Error naming every variable that is missing or wrong, never its value
 */
export function parseServerEnvironment(variables: Record<string, string | undefined>): ServerEnvironment {
  const known = Object.keys(ServerEnvironment.shape);
  const given = Object.fromEntries(
    known.flatMap((name) => {
      const value = variables[`${name}_FILE`] ? secretIn(variables[`${name}_FILE`]!, name) : variables[name];
      // An empty variable counts as unset: compose files hand on what nobody set.
      return value === undefined || value === '' ? [] : [[name, value]];
    }),
  );
  const environment = parseEnvironment('The server', ServerEnvironment, given);
  const names = tableNames(environment.TABLE_PREFIX);
  return {
    ...environment,
    tables: {
      SUBMISSIONS_TABLE: names.submissions,
      RELEASES_TABLE: names.releases,
      REGISTRY_TABLE: names.registry,
      INVITATIONS_TABLE: names.invitations,
    },
  };
}

function secretIn(file: string, name: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw new Error(`The server cannot start: ${name}_FILE cannot be read (${(error as NodeJS.ErrnoException).code}).`);
  }
}

function isPattern(text: string): boolean {
  try {
    return new Cron(text, { timezone: BERLIN, mode: '5-part', paused: true }).nextRun() !== null;
  } catch {
    return false;
  }
}
