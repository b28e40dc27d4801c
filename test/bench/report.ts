import { readFile, writeFile } from 'node:fs/promises';

/** What one benchmark printed. */
export interface ReportSection {
  name: string;
  title: string;
  printed: string;
}

const PAGE = new URL('../../docs/benchmarks.md', import.meta.url);

const HEAD = `# Benchmarks

Every figure stands beside a named peer or floor measured in the same run, because machines differ and are shared: read
the ratios, not the milliseconds. Nothing in the tests depends on them. \`a (b to c)\` is a median with the least and the
greatest of the rounds.

To repeat it: \`npm ci && npm run bench -- --report\`, about forty minutes on two cores, writes this page anew;
\`npm run bench -- --report release read\` renews single sections. Each says on which machine it ran. The site's part needs
a Chromium.
`;
const GLANCE = 'At a glance';

/** Writes the section that was run into the page; the others stay as they were. */
export async function writeReport(machine: readonly string[], section: ReportSection): Promise<void> {
  const former = await readFile(PAGE, 'utf8').catch(() => '');
  await writeFile(PAGE, reportPage(former, machine, [section]));
}

/** The page with the given sections renewed, in order of their titles, and the ratios of all before them. */
export function reportPage(former: string, machine: readonly string[], sections: readonly ReportSection[]): string {
  const bodies = new Map<string, string>();
  for (const [, title = '', body = ''] of former.matchAll(/^## (.+)\n([\s\S]*?)(?=^## |$(?![\s\S]))/gm))
    if (title !== GLANCE) bodies.set(title, body.trim());
  for (const { name, title, printed } of sections)
    bodies.set(
      title,
      `\`npm run bench -- ${name}\` on ${machine[0]}. ${machine[1]}\n\n\`\`\`\n${printed.trimEnd()}\n\`\`\``,
    );
  const sorted = [...bodies].sort(([a], [b]) => (a < b ? -1 : 1));
  const ratios = sorted.map(([title, body]) => [title, body.split('\n').filter(isRatio)] as const);
  const glance = ratios.map(([title, lines]) => `- ${title}\n${lines.map((line) => `  - ${line.trim()}\n`).join('')}`);
  const chapters = [[GLANCE, glance.join('').trimEnd()] as const, ...sorted];
  return `${HEAD}\n${chapters.map(([title, body]) => `## ${title}\n\n${body}\n`).join('\n')}`;
}

/** Whether a printed line sets something against its peer. */
function isRatio(line: string): boolean {
  return /[\d)] (times|x)\b/.test(line);
}
