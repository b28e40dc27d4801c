import { pathToFileURL } from 'node:url';
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { PolicyError } from '#disclosure/checked-policy';
import { CannotRun } from '#functions/local/cannot-run';
import { unwritableSentence } from '#functions/local/unwritable';
import { PublishError } from '#functions/publish/publish-error';
import { InstrumentFileError } from '#instruments/instrument-file-error';

/** What a command meets the world by. */
export interface CommandStreams {
  out: NodeJS.WritableStream & { isTTY?: boolean };
  err: NodeJS.WritableStream;
  /** What is read where no file is named. */
  input?: NodeJS.ReadableStream;
  /** Stops what is under way. */
  signal?: AbortSignal;
}

export type Environment = Record<string, string | undefined>;
type Main = (argv: string[], env: Environment, streams: CommandStreams) => Promise<number>;
type Options = NonNullable<ParseArgsConfig['options']>;
export type Values<O extends Options> = ReturnType<typeof parseArgs<{ options: O }>>['values'];

export interface Command<O extends Options> {
  usage: string | ((env: Environment, argv: string[]) => string);
  /** In the form of `parseArgs`; `help` is added. */
  options: O;
  /** Takes words beside options, such as `association list`. */
  takesWords?: boolean;
  /** Does the work and returns the exit code. Throws a `WrongUse` for arguments that make no sense. */
  run: (given: { values: Values<O>; words: string[]; env: Environment } & CommandStreams) => Promise<number>;
}

/** Where a command finds the local server's data and instruments: options of nearly every command. */
export const PLACES = { data: { type: 'string' }, instruments: { type: 'string' } } as const satisfies Options;

/** Wrong arguments: the sentence is followed by how the command is used. */
export class WrongUse extends Error {}

/** Failures that are told in their own sentence. */
const SENTENCES = [CannotRun, InstrumentFileError, PolicyError, PublishError];

/** A command's `main`. It returns the exit code: the command's own, or 1 with a sentence on `err` when it could not run. */
export function createCommand<O extends Options>(command: Command<O>): Main {
  return async (argv, env, streams) => {
    const usage = typeof command.usage === 'string' ? command.usage : command.usage(env, argv);
    try {
      const { values, positionals } = readArguments(command, argv);
      if ((values as { help?: boolean }).help) {
        streams.out.write(usage);
        return 0;
      }
      return await command.run({ values: values as Values<O>, words: positionals, env, ...streams });
    } catch (error) {
      const sentence = sentenceOf(error, usage);
      if (sentence === undefined) throw error;
      streams.err.write(`${sentence}\n`);
      return 1;
    }
  };
}

function sentenceOf(error: unknown, usage: string): string | undefined {
  if (error instanceof WrongUse) return `${error.message}\n\n${usage}`;
  return SENTENCES.some((kind) => error instanceof kind) ? (error as Error).message : unwritableSentence(error);
}

function readArguments<O extends Options>({ options, takesWords = false }: Command<O>, argv: string[]) {
  try {
    const all: Options = { ...options, help: { type: 'boolean' } };
    return parseArgs({ args: argv, options: all, allowPositionals: takesWords });
  } catch (error) {
    throw new WrongUse((error as Error).message.split(/(?<=\.)\s/)[0]);
  }
}

/**
 * Runs a command's `main` when its module was started as a program, and not imported. Ends in a sentence also where the
 * embedded database finds no room: that throws outside of any call.
 *
 * @param more streams beside those that every program has
 */
export async function startIfProgram(
  moduleUrl: string,
  main: Main,
  more: () => Pick<CommandStreams, 'signal'> = () => ({}),
): Promise<void> {
  if (moduleUrl !== pathToFileURL(process.argv[1] ?? '').href) return;
  process.on('uncaughtException', (error) => {
    process.stderr.write(`${unwritableSentence(error) ?? error.stack}\n`);
    process.exit(1);
  });
  const { argv, env, stdout, stderr } = process;
  process.exitCode = await main(argv.slice(2), env, { out: stdout, err: stderr, ...more() });
}
