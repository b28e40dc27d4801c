import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import * as z from 'zod';

/**
 * `npm run audit:packages`: known vulnerabilities of the installed packages, from `npm audit`. Those of `high` and above
 * fail unless audit-allow.json names them with a reason and a day until which it holds. A registry without advisories
 * is said to be one; with `--strict` that fails as well.
 */

/** An advisory that is known and does not concern us, for the time being. */
export const Allowed = z.array(
  z.strictObject({
    /** As in the advisory's address, e.g. `GHSA-xxxx-xxxx-xxxx`. */
    advisory: z.string().regex(/^GHSA(-[0-9a-z]{4}){3}$/),
    reason: z.string().min(20),
    until: z.iso.date(),
  }),
);
export type Allowed = z.infer<typeof Allowed>;

/** The part of `npm audit --json` that counts here. */
const Report = z.object({
  vulnerabilities: z.record(
    z.string(),
    z.object({
      via: z.array(z.union([z.string(), z.object({ title: z.string(), url: z.string(), severity: z.string() })])),
    }),
  ),
});

export type Verdict = { state: 'checked'; faults: string[] } | { state: 'not-checked'; reason: string };

/** What `npm audit --json` printed, held against the list; `today` as YYYY-MM-DD. Faults are sentences. */
export function judge(printed: string, allowed: Allowed, today: string): Verdict {
  const report = Report.safeParse(JSON.parse(printed));
  if (!report.success) {
    const { message = 'its answer is not an audit' } = JSON.parse(printed) as { message?: string };
    return { state: 'not-checked', reason: message };
  }
  const found = new Map<string, string>();
  for (const [name, { via }] of Object.entries(report.data.vulnerabilities))
    for (const entry of via)
      if (typeof entry === 'object' && ['high', 'critical'].includes(entry.severity))
        found.set(entry.url.split('/').at(-1)!, `${name}: ${entry.title} (${entry.severity}), ${entry.url}`);
  const faults = allowed.flatMap(({ advisory, until }) => {
    if (!found.delete(advisory)) return [`${advisory} is allowed for nothing; take it from the list.`];
    return until < today ? [`The reason for ${advisory} held until ${until}; look at it again.`] : [];
  });
  return { state: 'checked', faults: [...found.values(), ...faults] };
}

async function main(isStrict: boolean): Promise<number> {
  const allowed = Allowed.parse(JSON.parse(await readFile(new URL('audit-allow.json', import.meta.url), 'utf8')));
  const { stdout } = await promisify(execFile)('npm', ['audit', '--json'], { maxBuffer: 64 * 2 ** 20 }).catch(
    (error: { stdout?: string }) => ({ stdout: error.stdout ?? '' }),
  );
  const verdict = judge(stdout || '{}', allowed, new Date().toISOString().slice(0, 10));
  if (verdict.state === 'not-checked') {
    process.stdout.write(
      `Packages NOT checked for vulnerabilities: the registry has no advisories (${verdict.reason}).\n`,
    );
    return isStrict ? 1 : 0;
  }
  const { faults } = verdict;
  process.stdout.write(
    faults.length === 0 ? 'No vulnerability of high severity is known.\n' : `${faults.join('\n')}\n`,
  );
  return faults.length === 0 ? 0 : 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  process.exitCode = await main(process.argv.includes('--strict'));
