import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { quantileSorted } from 'simple-statistics';
import * as z from 'zod';
import { CannotRun } from '#functions/local/cannot-run';
import { createCommand, startIfProgram } from './command.ts';

const USAGE = `npm start | tee service.log        keep the log, then
npm run metrics -- service.log     sum it up

npm run metrics [-- FILE ...]
  FILE  logs of the service, one JSON object a line; without a file, standard input. Other lines are passed over.

Prints, for each route: requests, answers by class, and milliseconds (median, 95 %, 99 %, longest); then problems by
name, and unexpected errors with the place where they came from.
`;

/** The line that each request leaves, see functions/http/request-log.ts. */
const RequestLine = z.object({
  event: z.literal('request'),
  method: z.string(),
  route: z.string(),
  status: z.int(),
  ms: z.number(),
  problem: z.string().optional(),
  error: z.string().optional(),
  frames: z.array(z.string()).optional(),
});
type RequestLine = z.infer<typeof RequestLine>;

/** Sums up request lines; pure. `ms` of each route are kept, so memory grows with the log: some 8 bytes a request. */
function createSummary() {
  const routes = new Map<string, RouteFigures>();
  const problems = new Map<string, number>();
  const errors = new Map<string, number>();
  const count = (counts: Map<string, number>, name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);
  let others = 0;

  return {
    /** Takes one line of a log. */
    add(line: string): void {
      const entry = parseLine(line);
      if (!entry) {
        if (line.trim() !== '') others += 1;
        return;
      }
      const name = `${entry.method} ${entry.route}`;
      const route: RouteFigures = routes.get(name) ?? { ms: [], classes: new Map() };
      routes.set(name, route);
      route.ms.push(entry.ms);
      count(route.classes, `${Math.floor(entry.status / 100)}xx`);
      if (entry.problem) count(problems, entry.problem);
      if (entry.error) count(errors, `${entry.error} ${entry.frames?.[0] ?? ''}`.trim());
    },
    /** The summary as lines of text. */
    lines(): string[] {
      const rows = [...routes].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, route]) => rowOf(name, route));
      const head = ['route', 'requests', '2xx', '3xx', '4xx', '5xx', 'median ms', '95 %', '99 %', 'longest'];
      return [
        ...(rows.length === 0 ? ['No request was logged.'] : aligned([head, ...rows])),
        ...section('Problems', problems),
        ...section('Unexpected errors', errors),
        ...(others === 0 ? [] : ['', `${others} other lines were passed over.`]),
      ];
    },
  };
}

function parseLine(line: string): RequestLine | undefined {
  // The local server writes text for people between its log lines.
  if (!line.startsWith('{')) return undefined;
  try {
    return RequestLine.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

interface RouteFigures {
  ms: number[];
  /** Answers by class, `2xx` to `5xx`. */
  classes: Map<string, number>;
}

function rowOf(name: string, { ms, classes }: RouteFigures): string[] {
  const sorted = Float64Array.from(ms).sort() as unknown as number[];
  const at = (p: number) => String(Math.round(quantileSorted(sorted, p)));
  const counts = ['2xx', '3xx', '4xx', '5xx'].map((kind) => String(classes.get(kind) ?? 0));
  return [name, String(ms.length), ...counts, at(0.5), at(0.95), at(0.99), at(1)];
}

/** The first column to the left, the others to the right. */
function aligned(rows: readonly string[][]): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!))).join('  '),
  );
}

function section(title: string, counts: Map<string, number>): string[] {
  if (counts.size === 0) return [];
  const sorted = [...counts].sort(([, a], [, b]) => b - a);
  return ['', title, ...sorted.map(([name, count]) => `  ${count}  ${name}`)];
}

export const main = createCommand({
  usage: USAGE,
  options: {},
  takesWords: true,
  async run({ words: files, out, input = process.stdin }) {
    const summary = createSummary();
    const sources = files.length > 0 ? files.map((file) => createReadStream(file)) : [input];
    try {
      for (const source of sources) for await (const line of createInterface({ input: source })) summary.add(line);
    } catch (error) {
      throw new CannotRun((error as Error).message);
    }
    out.write(`${summary.lines().join('\n')}\n`);
    return 0;
  },
});

await startIfProgram(import.meta.url, main);
