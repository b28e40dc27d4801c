import { describe, expect, it } from 'vitest';
import { syntheticSector } from '#functions/local/synthetic-sector';
import { createFold } from '#microdata/fold';
import { instrumentReport } from '#microdata/instrument-report';
import { sha256Hex } from '#store/hashes';
import { CHECK } from '../datasets/a-release.ts';
import { submissionOf } from './probe.ts';

/** The last wave but the third of an invented sector, folded as the publisher does. */
function sector(organisations: number, seed: string, shuffled = false) {
  const fold = createFold({
    instruments: new Map([[CHECK.id, CHECK]]),
    cutoffOn: '2026-06-30',
    after: '2024-06-30',
    acceptedUntil: '2026-07-01T00:00:00.000Z',
    acceptedAfter: null,
  });
  const submissions = syntheticSector(CHECK, { organisations, members: 0, seed }).filter(({ wave }) => wave !== 3);
  submissions.forEach(({ organisation, wave, profile, answers }, place) => {
    // With another house's profile no item can have to do with the field.
    const other = submissions[(place * 7919 + 13) % submissions.length]!;
    const hash = (text: string) => Buffer.from(sha256Hex(text), 'hex').toString('base64url');
    const { scores: _, ...plain } = submissionOf('', {
      organisation: hash(`${organisation}`),
      key: hash(`${organisation} ${wave}`),
      instrument: CHECK.id,
      conductedOn: wave === 1 ? '2025-06-01' : '2026-05-01',
      acceptedAt: `${wave === 1 ? '2025-06-01' : '2026-05-01'}T12:00:00.000Z`,
      admission: 'trusted',
      profile: shuffled ? other.profile : profile,
      answers,
    });
    fold.add(plain);
  });
  return instrumentReport(CHECK, fold.participations(), ['sector']);
}

describe('the instrument report', () => {
  it('finds the items whose practice is that of a field, and hardly any others', () => {
    const report = sector(900, 'fair');
    const found = report.unfair.map(({ item, code, isEasier }) => `${item} ${code} ${isEasier ? 'easier' : 'harder'}`);
    expect(found).toContain('core-services elder-care easier');
    expect(found).toContain('core-services daycare harder');
    expect(
      report.unfair.every(({ item }) => ['core-services', 'exchange', 'access', 'security'].includes(item)),
      found.join(),
    ).toBe(true);
    for (const { alpha } of report.scales) expect(alpha!).toBeGreaterThan(0.5);
    for (const { itemRest, counts } of report.items) {
      expect(itemRest!).toBeGreaterThan(0.2);
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(report.participations);
    }
  });

  it('raises at most five false alarms in a hundred fields without any', () => {
    const alarms = Array.from({ length: 20 }, (_, round) => sector(250, `none ${round}`, true).unfair.length > 0);
    expect(alarms.filter(Boolean).length).toBeLessThanOrEqual(1);
  });
});
