/** What the auditor looked at and what it found. For the operator; it names groups, never organisations. */
export interface AuditReport {
  releaseId: string;
  /** What the release tells that it may not, or says otherwise than the auditor counts. */
  breaks: { rule: number; detail: string }[];
  /** What could not be looked at in full, one sentence each. Anything here stops a publication like a break. */
  incomplete: string[];
  checked: Checked;
}

export interface Checked {
  /** Organisations that count. */
  participations: number;
  /** Cells and changes, the suppressed among them. */
  groups: number;
  /** Published figures that were drawn again, or compared with what the draw can have made of them. */
  figures: number;
  /** How far the published medians of the overall score lie from the exact ones, points; null where none is published. */
  moved: { mean: number; most: number } | null;
}

/** Collects what an audit finds. */
export class Findings {
  readonly breaks: AuditReport['breaks'] = [];
  readonly incomplete: string[] = [];
  figures = 0;

  break(rule: number, detail: string): void {
    this.breaks.push({ rule, detail });
  }

  /** A break unless it holds. */
  demand(holds: boolean, rule: number, detail: string): void {
    if (!holds) this.break(rule, detail);
  }
}

const SHOWN = 20;

/** The report as lines for a terminal. */
export function reportLines({ releaseId, breaks, incomplete, checked }: AuditReport): string[] {
  const { participations, groups, figures, moved } = checked;
  return [
    `Audit of ${releaseId}`,
    `  ${participations} participations, ${groups} groups and changes, ${figures} published figures compared`,
    ...(moved
      ? [
          `  medians of the overall score were moved by ${moved.mean.toFixed(1)} points on average, ${moved.most} at most`,
        ]
      : []),
    ...breaks.slice(0, SHOWN).map(({ rule, detail }) => `  BREAK (rule ${rule}): ${detail}`),
    ...(breaks.length > SHOWN ? [`  ... and ${breaks.length - SHOWN} more`] : []),
    ...incomplete.map((sentence) => `  NOT COMPLETE: ${sentence}`),
    breaks.length > 0
      ? `${breaks.length} breaks: this release must not be given out.`
      : incomplete.length > 0
        ? 'No break was found, but not everything could be looked at.'
        : 'No break was found.',
  ];
}
