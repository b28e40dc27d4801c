import { parseArgs } from 'node:util';
import * as z from 'zod';
import { type Operator, parseOperator } from '#contracts/operator';
import { serviceOrigin } from '#contracts/service-address';
import { CannotRun } from './cannot-run.ts';
import { DEFAULT_DATA_FOLDER } from './data-folder.ts';

/** Where the local programs find their data, database and instruments. */
export interface LocalPlaces {
  dataFolder: string;
  /** Further folders of instrument files. */
  instrumentFolders: string[];
  /** Another DynamoDB in place of the embedded one. */
  dynamodbEndpoint?: string;
  tablePrefix: string;
}

export interface ServerConfiguration extends LocalPlaces {
  /** 0: any free port. */
  port: number;
  isFresh: boolean;
  hasDemo: boolean;
  /** Requests that one address may make in a minute; 0: any number. */
  requestsPerMinute: number;
  /** New submissions cost their sender a little work. */
  asksForWork: boolean;
  /** Who the imprint names. */
  operator?: Operator;
  /** Where people reach the service, when a proxy stands before it. */
  serviceUrl?: string;
}

export const SERVER_USAGE = `npm start -- [options]

  --port N           port of the service on this machine (default: 8080)
  --data DIR         data folder (default: ${DEFAULT_DATA_FOLDER})
  --instruments DIR  a folder with further instrument files (default: INSTRUMENTS_DIR)
  --fresh            start anew: removes what the data folder holds
  --limit N          requests one address may make in a minute (default: 6000; 0: any number)
  --proof-of-work    new submissions cost their sender a little computation
  --no-demo          no invented sector in an empty database
  --help             this text

Environment: INSTRUMENTS_DIR; DYNAMODB_ENDPOINT, the address of another DynamoDB (then no embedded one is started);
TABLE_PREFIX, the beginning of its table names (default: sektorspiegel); OPERATOR, who the imprint names, as JSON
(packages/contracts/operator.ts); SERVICE_URL, where people reach the service, when a proxy stands before it.
`;

/** Reads the server's options; undefined when help is asked for. Throws a CannotRun. */
export function readServerConfiguration(
  argv: string[],
  env: Record<string, string | undefined>,
): ServerConfiguration | undefined {
  const options = parseOptions(argv);
  if (options.help) return undefined;
  const port = Number(options.port ?? '8080');
  if (!/^\d{1,5}$/.test(options.port ?? '8080') || port > 65_535)
    throw new CannotRun(`--port ${options.port} is not a port; use a number from 1 to 65535.`);
  const limit = options.limit ?? '6000';
  if (!/^\d{1,9}$/.test(limit)) throw new CannotRun(`--limit ${limit} is not a number of requests.`);
  const places = readPlaces({ data: options.data, instruments: options.instruments }, env);
  const isFresh = options.fresh ?? false;
  if (isFresh && places.dynamodbEndpoint !== undefined)
    throw new CannotRun(
      '--fresh empties the embedded database only; unset DYNAMODB_ENDPOINT, or name another TABLE_PREFIX.',
    );
  return {
    ...places,
    port,
    isFresh,
    hasDemo: options['no-demo'] !== true,
    requestsPerMinute: Number(limit),
    asksForWork: options['proof-of-work'] === true,
    ...(env.OPERATOR ? { operator: operatorOf(env.OPERATOR) } : {}),
    ...(env.SERVICE_URL ? { serviceUrl: originAt(env.SERVICE_URL) } : {}),
  };
}

/** Who the variable OPERATOR names. Throws a CannotRun. */
export function operatorOf(text: string): Operator {
  try {
    return parseOperator(text);
  } catch (error) {
    throw new CannotRun((error as Error).message);
  }
}

/** "https://example.org" of an address. Throws a CannotRun. */
function originAt(address: string): string {
  const origin = serviceOrigin(address);
  if (origin) return origin;
  throw new CannotRun('SERVICE_URL must be an address such as https://spiegel.example.org, without a path.');
}

/** The places from the options `--data` and `--instruments` and from the environment. Throws a CannotRun. */
export function readPlaces(
  options: { data?: string | undefined; instruments?: string | undefined },
  env: Record<string, string | undefined>,
): LocalPlaces {
  // An empty variable counts as unset, as in a shell's `X= npm start`.
  const parsed = Environment.safeParse(Object.fromEntries(Object.entries(env).filter(([, value]) => value !== '')));
  if (!parsed.success) throw new CannotRun(parsed.error.issues[0]!.message);
  if (options.data === '') throw new CannotRun('--data needs the name of a folder.');
  const { DYNAMODB_ENDPOINT, TABLE_PREFIX, INSTRUMENTS_DIR } = parsed.data;
  const instruments = options.instruments ?? INSTRUMENTS_DIR;
  return {
    dataFolder: options.data ?? DEFAULT_DATA_FOLDER,
    instrumentFolders: instruments === undefined ? [] : [instruments],
    ...(DYNAMODB_ENDPOINT === undefined ? {} : { dynamodbEndpoint: DYNAMODB_ENDPOINT }),
    tablePrefix: TABLE_PREFIX,
  };
}

const Environment = z.object({
  DYNAMODB_ENDPOINT: z
    .url({ protocol: /^https?$/, error: 'DYNAMODB_ENDPOINT must be an address such as http://localhost:8000.' })
    .optional(),
  TABLE_PREFIX: z
    .string()
    .regex(/^[A-Za-z0-9_.-]{1,200}$/, 'TABLE_PREFIX must consist of letters, digits, points, hyphens and underscores.')
    .default('sektorspiegel'),
  INSTRUMENTS_DIR: z.string().optional(),
});

function parseOptions(argv: string[]) {
  try {
    return parseArgs({
      args: argv,
      options: {
        port: { type: 'string' },
        data: { type: 'string' },
        instruments: { type: 'string' },
        fresh: { type: 'boolean' },
        limit: { type: 'string' },
        'proof-of-work': { type: 'boolean' },
        'no-demo': { type: 'boolean' },
        help: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    const [sentence] = (error as Error).message.split(/(?<=\.)\s/);
    throw new CannotRun(`${sentence} "npm start -- --help" lists the options.`);
  }
}
