import { pathToFileURL } from 'node:url';
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { PolicyError } from '#disclosure/checked-policy';
import { ConfigurationError, readPlaces } from '#functions/local/configuration';
import { EndpointError, type LocalContext, openContext } from '#functions/local/context';
import { DataFolderError } from '#functions/local/data-folder';
import { EngineError } from '#functions/local/engine';
import { unwritableSentence } from '#functions/local/unwritable';
import { InstrumentFileError } from '#instruments/instrument-file-error';

/** Where a command writes. */
export interface CommandStreams {
  out: NodeJS.WritableStream;
  err: NodeJS.WritableStream;
}

type Options = NonNullable<ParseArgsConfig['options']>;
type Values<O extends Options> = ReturnType<typeof parseArgs<{ options: O }>>['values'];

/** An operator command over the local data folder, or over the database of the server that has it. */
export interface Command<O extends Options> {
  usage: string;
  /** In `parseArgs` form; `data`, `instruments` and `help` are added. */
  options: O;
  /** Takes words beside options, such as `association list`. */
  takesWords?: boolean;
  /** Failures that the command tells in their own sentence; those of opening the data folder are added. */
  expected: (abstract new (
    ...parameters: never[]
  ) => Error)[];
  /** Says in a sentence what is wrong with the arguments; undefined if nothing is. */
  complaint: (values: Values<O>, words: string[]) => string | undefined;
  /** Does the work and returns the exit code. */
  run: (values: Values<O>, context: LocalContext, out: NodeJS.WritableStream, words: string[]) => Promise<number>;
}

const SHARED_OPTIONS = {
  data: { type: 'string' },
  instruments: { type: 'string' },
  help: { type: 'boolean' },
} as const satisfies Options;

const SHARED_EXPECTED = [
  ConfigurationError,
  EndpointError,
  DataFolderError,
  EngineError,
  InstrumentFileError,
  PolicyError,
];

/** Runs a command and returns its exit code: its own, or 1 with a sentence on `err` when it could not run. */
export async function runCommand<O extends Options>(
  command: Command<O>,
  argv: string[],
  env: Record<string, string | undefined>,
  { out, err }: CommandStreams,
): Promise<number> {
  try {
    const { values, positionals } = readArguments(command, argv);
    const { data, instruments, help } = values as { data?: string; instruments?: string; help?: boolean };
    if (help) {
      out.write(command.usage);
      return 0;
    }
    const complaint = command.complaint(values as Values<O>, positionals);
    if (complaint) throw new ConfigurationError(`${complaint}\n\n${command.usage}`);
    const context = await openContext(readPlaces({ data, instruments }, env));
    try {
      return await command.run(values as Values<O>, context, out, positionals);
    } finally {
      await context.close();
    }
  } catch (error) {
    const isSentence = [...SHARED_EXPECTED, ...command.expected].some((kind) => error instanceof kind);
    const sentence = isSentence ? (error as Error).message : unwritableSentence(error);
    if (sentence === undefined) throw error;
    err.write(`${sentence}\n`);
    return 1;
  }
}

function readArguments<O extends Options>({ options, usage, takesWords = false }: Command<O>, argv: string[]) {
  try {
    return parseArgs({
      args: argv,
      options: { ...options, ...SHARED_OPTIONS } as Options,
      allowPositionals: takesWords,
    });
  } catch (error) {
    throw new ConfigurationError(`${(error as Error).message.split(/(?<=\.)\s/)[0]}\n\n${usage}`);
  }
}

/**
 * Runs a command's `main` when its module was started as a program, and not imported. Ends in a sentence also where the
 * embedded database finds no room: that throws outside of any call.
 */
export async function startIfProgram(
  moduleUrl: string,
  main: (argv: string[], env: Record<string, string | undefined>, streams: CommandStreams) => Promise<number>,
): Promise<void> {
  if (moduleUrl !== pathToFileURL(process.argv[1] ?? '').href) return;
  process.on('uncaughtException', (error) => {
    process.stderr.write(`${unwritableSentence(error) ?? error.stack}\n`);
    process.exit(1);
  });
  process.exitCode = await main(process.argv.slice(2), process.env, { out: process.stdout, err: process.stderr });
}
