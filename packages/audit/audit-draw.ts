import { seriesOf } from '#contracts/series';
import type { AuditLog } from './audit-log.ts';
import { compareRelease } from './compare.ts';
import { countedIn } from './counted.ts';
import type { RecordKeys } from './exact.ts';
import { checkForm, type ShownRelease } from './form.ts';
import { keptOut } from './kept-out.ts';
import { drawnBy, keyedHalves } from './mechanisms.ts';
import { type AuditReport, Findings } from './report.ts';

/**
 * The last gate before a release is put in force: counts everything once more, draws every figure again with the key, and
 * demands equality, of what is suppressed too. Time and memory grow with submissions and groups alone; it refuses no
 * release for its size.
 *
 * @param log has taken in the same scan as the publisher's fold
 * @param release `key`: the 32 bytes it was drawn with
 */
export function auditDraw(log: AuditLog, release: ShownRelease & { key: Uint8Array }): AuditReport {
  const { manifest, key } = release;
  const { policy, cutoffOn } = manifest;
  const findings = new Findings();
  checkForm(log, release, findings);
  const series = seriesOf(log.instrument.id);
  return compareRelease({
    log,
    release,
    counted: countedIn(log, keptOut(log, policy.quality, release.reviews)),
    sides: (kind, unitType, cellKey) => [
      drawnBy(key, cellKey, `${series}|${unitType ?? 'all'}|${kind}|${cutoffOn}`, policy),
    ],
    more: 0,
    recordKeyOf: recordKeys(log, key),
    findings,
  });
}

/** Each organisation's record key, in halves; made once, when it is first asked for. */
function recordKeys(log: AuditLog, key: Uint8Array): RecordKeys {
  const halves = new Uint32Array(2 * log.organisations.length);
  return (organisation) => {
    const at = 2 * organisation;
    // A record key of 64 zero bits, if ever there is one, is made twice.
    if (halves[at] === 0 && halves[at + 1] === 0)
      halves.set(keyedHalves(key, `record|${log.organisations[organisation]}`), at);
    return [halves[at]!, halves[at + 1]!];
  };
}
