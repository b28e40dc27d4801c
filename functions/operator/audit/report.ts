/** What the auditor tried, how far it went, and what it found. For the operator; it names cells, never organisations. */
export interface AuditReport {
  releaseId: string;
  attempts: Attempt[];
  breaks: Break[];
  /** What the release tells that no rule forbids, and that comes near a break. */
  notices: Break[];
}

/** One way of trying to break a release. */
export interface Attempt {
  name: string;
  /** How many cases were looked at, in words, e.g. `1225 pairs`. */
  tried: string;
  /** Where the attempt ended before every case was looked at; absent: it is complete. */
  limit?: string;
}

/** A way in which the release tells more than it may. */
export interface Break {
  attempt: string;
  /** The rule of docs/method.md that is broken. */
  rule: number;
  detail: string;
}

/** A collector of what was tried and found. */
export interface Findings {
  attempt(name: string, tried: string, limit?: string): void;
  break(attempt: string, rule: number, detail: string): void;
  notice(attempt: string, rule: number, detail: string): void;
}

export function createFindings(): Findings & Omit<AuditReport, 'releaseId'> {
  const attempts: Attempt[] = [];
  const breaks: Break[] = [];
  const notices: Break[] = [];
  return {
    attempts,
    breaks,
    notices,
    notice: (attempt, rule, detail) => notices.push({ attempt, rule, detail }),
    attempt: (name, tried, limit) => attempts.push({ name, tried, ...(limit === undefined ? {} : { limit }) }),
    break: (attempt, rule, detail) => breaks.push({ attempt, rule, detail }),
  };
}

const SHOWN = 20;

/** The report as lines for a terminal. */
export function reportLines({ releaseId, attempts, breaks, notices }: AuditReport): string[] {
  const lines = [`Audit of ${releaseId}`];
  for (const { name, tried, limit } of attempts) {
    const found = breaks.filter((entry) => entry.attempt === name).length;
    const near = notices.filter((entry) => entry.attempt === name).length;
    const verdict = found > 0 ? `${found} BREAKS` : near > 0 ? `no break, ${near} notices` : 'nothing found';
    lines.push(`  ${name}: ${tried}; ${verdict}${limit ? `; ended early: ${limit}` : ''}`);
  }
  for (const [word, entries] of [
    ['BREAK', breaks],
    ['notice', notices],
  ] as const) {
    for (const { attempt, rule, detail } of entries.slice(0, SHOWN))
      lines.push(`  ${word} (rule ${rule}, ${attempt}): ${detail}`);
    if (entries.length > SHOWN) lines.push(`  ... and ${entries.length - SHOWN} more`);
  }
  lines.push(
    breaks.length === 0
      ? 'No break was found by what was tried above.'
      : `${breaks.length} breaks: this release must not be published.`,
  );
  return lines;
}
