import type { CommandStreams } from './command.ts';
import { importCommand, interruption } from './import/import-command.ts';
import { languageOf } from './language.ts';
import { verifyCommand } from './verify/verify-command.ts';

/** The commands of a partner, who has no checkout: one program, of which build-partner.ts makes one file. */
const COMMANDS = {
  import: importCommand('sektorspiegel import'),
  verify: verifyCommand('sektorspiegel verify'),
};

const USAGE = {
  en: `sektorspiegel import ...   sends a workbook or CSV file of checks
sektorspiegel verify ...   holds a downloaded release against its sums

Each explains itself with --help.
`,
  de: `sektorspiegel import ...   sendet eine Arbeitsmappe oder CSV-Datei mit Checks
sektorspiegel verify ...   vergleicht eine heruntergeladene Veröffentlichung mit ihren Prüfsummen

Jeder Befehl erklärt sich mit --help.
`,
};

const { argv, env, stdout: out, stderr: err } = process;
const [name = '', ...rest] = argv.slice(2);
if (Object.hasOwn(COMMANDS, name)) {
  const streams: CommandStreams = { out, err, ...(name === 'import' ? { signal: interruption() } : {}) };
  process.exitCode = await COMMANDS[name as keyof typeof COMMANDS](rest, env, streams);
} else {
  const isHelp = ['', '--help', 'help'].includes(name);
  (isHelp ? out : err).write(USAGE[languageOf(undefined, env)]);
  process.exitCode = isHelp ? 0 : 1;
}
