/** The commands of the AWS CLI that a document tells its reader to type, each on one line, loops unrolled. */
export function cliCommands(text: string): string[] {
  const blocks = [...text.matchAll(/^```sh\n([\s\S]*?)^```/gm)].map(([, block]) => unrolled(block!));
  const inline = [...text.matchAll(/`(aws [^`]+)`/g)].map(([, command]) => command!);
  return [...blocks.join('\n').replaceAll('\\\n', ' ').split('\n'), ...inline]
    .flatMap((line) => [...line.matchAll(/\$\((aws [^)]*)\)/g)].map(([, nested]) => nested!).concat(line))
    .map((line) => line.replaceAll(/"?\$\(aws [^)]*\)("?)/g, '"NESTED$1').replaceAll(/\s+/g, ' '))
    .flatMap((line) => /(?:^|\s)(aws [a-z0-9-]+ .*)/.exec(line.replace(/\s#.*$/, ''))?.slice(1) ?? [])
    .map((command) => command.replace(/ (&&|;|>(?!=)|\|).*$/, '').trim());
}

/** `for TABLE in a b; do ... done` as what the shell makes of it. */
const unrolled = (block: string): string =>
  block.replaceAll(/^for (\w+) in ([^;]+); do\n([\s\S]*?)^done/gm, (_, name: string, values: string, body: string) =>
    values
      .trim()
      .split(' ')
      .map((value) => body.replaceAll(`$${name}`, value))
      .join(''),
  );

/** A command as a shell splits it; what a reader fills in is filled in. */
export function wordsOf(command: string): string[] {
  const filled = command
    .replaceAll('ACCOUNT', '000000000000')
    .replaceAll(/\bARN\b/g, 'arn:aws:acm:us-east-1:000000000000:certificate/00000000-0000-0000-0000-000000000000')
    .replaceAll(/\b(ID|LEDGER|NESTED|KEY|SECRET|NEW)\b/g, 'given');
  return [...filled.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(
    ([, single, double, bare]) => single ?? double ?? bare!,
  );
}
