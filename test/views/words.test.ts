import { describe, expect, test } from 'vitest';
import { GroupReason, type Verdict } from '#contracts/standing';
import { SUPPRESSED } from '#contracts/suppressed';
import type { Lang } from '#contracts/text';
import { distributionTable, standingTable } from '#views/figures-table';
import { verdictsFinding, voiceOf } from '#views/finding';
import { groupLabel } from '#views/group-label';
import { groupSentence, nothingPublishedSentence, whyNoFigures } from '#views/group-words';
import { marksSentence, movedSentence } from '#views/release-words';
import { listed, maturityWord, rangeSentence, shownShare, signed, wouldBeSeenSentence } from '#views/standing-words';
import { textLines, textWidth } from '#views/text-lines';
import { CASES, CHECK, figuresOf, INVENTED, REAL, RELEASE } from './cells.ts';

describe('group labels', () => {
  test.each([
    [{ where: {} }, 'Organisationen', 'organisations'],
    [{ unitType: 'facility', where: {} }, 'Einrichtungen', 'facilities'],
    [
      { unitType: 'carrier', where: { sector: 'elder-care', size: '50-249' } },
      'Trägerorganisationen der Altenhilfe und Pflege mit 50 bis 249 Beschäftigten',
      'provider organisations in elder care and nursing with 50 to 249 employees',
    ],
    [{ unitType: 'facility', where: { region: 'de-sl' } }, 'Einrichtungen im Saarland', 'facilities in Saarland'],
    [
      { unitType: 'facility', where: { sector: 'care-disability-health' } },
      'Einrichtungen der Pflege, Teilhabe und Gesundheit',
      'facilities in care, disability and health',
    ],
    [
      { unitType: 'facility', where: { sector: 'elder-care', size: 'up-to-49' } },
      'Einrichtungen der Altenhilfe und Pflege mit bis zu 49 Beschäftigten',
      'facilities in elder care and nursing with up to 49 employees',
    ],
    [
      { unitType: 'facility', where: { sector: 'daycare' }, association: 'c-0a1b2c3d' },
      'Einrichtungen der Kindertagesbetreuung Ihres Verbands',
      'facilities in child day care in your association',
    ],
  ])('%j', (group, de, en) => {
    expect(groupLabel(CHECK, group, 'de')).toBe(de);
    expect(groupLabel(CHECK, group, 'en')).toBe(en);
  });

  test('a code without a name of its own stands behind with its label', () => {
    const profile = CHECK.profile.map((attribute) => ({
      ...attribute,
      codes: attribute.codes.map(({ id, label }) => ({ id, label })),
    }));
    expect(groupLabel({ ...CHECK, profile }, { unitType: 'facility', where: { sector: 'health' } }, 'de')).toBe(
      'Organisationen (Gesundheitshilfe)',
    );
  });
});

describe('a standing in words', () => {
  test.each([
    [{ from: 551.2, to: 803.4 }, 'Sie sind weiter als 55 bis 81\u00a0% der Gruppe'],
    [{ from: 0, to: 121 }, 'Sie sind weiter als höchstens 13\u00a0% der Gruppe'],
    [{ from: 790, to: 1000 }, 'Sie sind weiter als mindestens 79\u00a0% der Gruppe'],
    [{ from: 0, to: 1000 }, 'lässt sich Ihr Platz in der Gruppe nicht eingrenzen'],
  ])('a range of %j is rounded outward', (range, words) => {
    expect(rangeSentence(range, 'de')).toContain(words);
    expect(rangeSentence(range, 'en')).toMatch(/^You/);
  });

  test.each([
    [{ from: 41, to: 57 }, 'Erkennbar wäre ein Unterschied ab 58 oder bis 40 Punkten.'],
    [{ from: 0, to: 57 }, 'Erkennbar wäre ein Unterschied ab 58 Punkten.'],
    [{ from: 41, to: 100 }, 'Erkennbar wäre ein Unterschied bis 40 Punkten.'],
    [{ from: 0, to: 100 }, 'Kein Wert wäre von der Mitte zu unterscheiden.'],
  ])('beside a zone of %j stands what would be seen', (zone, words) => {
    expect(wouldBeSeenSentence(zone, 'de')).toBe(words);
    expect(wouldBeSeenSentence(zone, 'en')).toMatch(/would show|No score/);
  });

  test.each([
    [[5, 10, 5], 'die Mitte bei rund 170 Einrichtungen meist um höchstens 10 Punkte.'],
    [[5, null], 'die Mitte bei rund 170 Einrichtungen meist um höchstens 5 Punkte, soweit sich das sagen lässt.'],
    [[null, null], 'wie weit, lässt sich bei rund 170 Einrichtungen aus den veröffentlichten Werten nicht sagen.'],
  ])('how far figures were moved: %j', (moved, words) => {
    const group = { organisations: 'Einrichtungen', participations: 170 };
    const told = movedSentence(moved, group, { hasScore: true, hasVerdict: true }, 'de');
    expect(told).toContain(words);
    expect(told).toContain('Ihr eigener Wert ist genau; das Urteil berücksichtigt die Verschiebung.');
    expect(movedSentence(moved, group, { hasScore: false, hasVerdict: false }, 'de')).not.toContain('eigener');
  });

  test('shares are told in steps of five, changes with a real sign', () => {
    expect([0, 2, 3, 52, 53, 98, 100].map(shownShare)).toEqual([0, 0, 5, 50, 55, 100, 100]);
    expect([4, 0, -4].map(signed)).toEqual(['+4', '±0', '−4']);
  });

  test('marks are told of invented figures alone', () => {
    expect(marksSentence(REAL, 'de')).toBe('');
    expect(marksSentence(INVENTED, 'de')).toBe('Erfundene Beispieldaten aus einem Probebetrieb.');
    expect(marksSentence({ ...REAL, isInvented: true }, 'en')).toBe('Invented sample data.');
    expect(marksSentence({ ...INVENTED, hasKnownKey: true }, 'en')).toContain('drawn with a known key');
  });

  test('maturity words change exactly at their bounds', () => {
    expect([0, 24, 25, 49, 50, 74, 75, 100].map((score) => maturityWord(CHECK, score, 'de'))).toEqual([
      'Einstieg',
      'Einstieg',
      'Aufbau',
      'Aufbau',
      'Etabliert',
      'Etabliert',
      'Prägend',
      'Prägend',
    ]);
    expect(maturityWord(CHECK, null, 'de')).toBeNull();
  });

  test('several are named together', () => {
    expect(listed(['IT', 'Prozesse', 'Innovation'], 'de')).toBe('IT, Prozesse und Innovation');
  });
});

describe('verdicts as one finding', () => {
  const [it, processes, leadership, innovation] = CHECK.dimensions.map(({ id }) => id) as [
    string,
    string,
    string,
    string,
  ];
  const finding = (verdicts: Record<string, Verdict | null>, lang: Lang = 'de') =>
    verdictsFinding(
      Object.entries(verdicts).map(([dimension, verdict]) => ({ dimension, verdict })),
      CHECK,
      voiceOf('service', CHECK, undefined, lang),
      lang,
    );

  test('told apart first, the rest together, the upper quarter as ahead', () => {
    expect(finding({ [it]: 'near', [processes]: 'near', [leadership]: 'ahead', [innovation]: 'upper-quarter' })).toBe(
      'In Führung und Innovation liegen Sie vor der Mitte, in IT und Prozessen ungefähr in der Mitte.',
    );
    expect(finding({ [it]: 'near', [processes]: 'near', [leadership]: 'near', [innovation]: 'ahead' }, 'en')).toBe(
      'In innovation you are ahead of the middle, in the other areas about in the middle.',
    );
    expect(finding({ [it]: 'near', [processes]: 'behind', [leadership]: 'ahead', [innovation]: 'near' })).toBe(
      'In Führung liegen Sie vor der Mitte, in Prozessen hinter der Mitte und in IT und Innovation ungefähr in der Mitte.',
    );
  });

  test('all alike in few words, and no word of those without a verdict', () => {
    const all = { [it]: 'near', [processes]: 'near', [leadership]: 'near', [innovation]: 'near' } as const;
    expect(finding(all)).toBe('In allen Bereichen liegen Sie ungefähr in der Mitte.');
    expect(finding({ ...all, [it]: null })).toBe(
      'In Prozessen, Führung und Innovation liegen Sie ungefähr in der Mitte.',
    );
    expect(finding({ [it]: null })).toBe('');
  });
});

describe('which group is shown', () => {
  const { chosen } = CASES.broader.standing;

  test('and why, in one sentence for every reason that shows one', () => {
    for (const reason of GroupReason.options)
      for (const lang of ['de', 'en'] as const) {
        const sentence = groupSentence({ ...chosen, reason }, CHECK, lang);
        if (reason === 'nothing-published' || reason === 'no-release') expect(sentence).toBe('');
        else
          expect(sentence).toMatch(
            /^\p{Lu}[^:]*: (rund|around) 1[.,]250 (Trägerorganisationen|provider organisations) .*\.$/u,
          );
      }
    expect(groupSentence(chosen, CHECK, 'de')).toBe(
      'Vergleichsgruppe: rund 1.250 Trägerorganisationen der sozialen Hilfen, Beratung und Bildung, die erste der festen Reihenfolge, die groß genug ist.',
    );
  });

  test('of a broader one, how many are of the own field, where that is published', () => {
    const ownField = {
      key: 'level=carrier,sector=special-situations',
      group: { key: '', unitType: 'carrier', where: { sector: 'special-situations' } },
      participations: 35,
    };
    expect(groupSentence({ ...chosen, ownField }, CHECK, 'de')).toContain(
      'groß genug ist. Rund 35 davon sind aus Ihrem Feld.',
    );
  });

  test('or why none is', () => {
    const given = { instrument: CHECK, minParticipations: 20 };
    expect(whyNoFigures(null, { tried: [] }, given, 'de')).toContain('mindestens 20 vollständige Teilnahmen');
    const release = { cutoffOn: '2026-06-30', nextReleaseOn: '2026-12-27' };
    expect(nothingPublishedSentence(['Einrichtungen', 'Einrichtungen'], release, 'de')).toBe(
      'In der Veröffentlichung zum 30. Juni 2026 sind die Werte zum Schutz nicht veröffentlicht (Einrichtungen). Der nächste Stichtag ist frühestens der 27. Dezember 2026.',
    );
  });
});

describe('tables', () => {
  test('a standing, one row a dimension, the overall score last', () => {
    const input = CASES.deciles;
    const { columns, rows } = standingTable({ ...input, lang: 'de' });
    expect(rows.map((row) => row.dimension)).toEqual(['it', 'processes', 'leadership', 'innovation', 'overall']);
    expect(columns).toContain('cut_p25');
    const [it] = input.standing.dimensions;
    expect(rows[0]).toMatchObject({
      state: 'compared',
      score: 62,
      maturity: 'Etabliert',
      verdict: it!.placing!.verdict,
      range_from: Math.round(it!.placing!.range.from) / 10,
      zone_from: it!.group!.zone!.from,
      participations: 80,
      cutoff_on: '2026-06-30',
      is_invented: false,
      moved: it!.group!.moved,
      cut_p50: it!.group!.median,
    });
  });

  test('what does not exist is an empty field with a state, never a zero', () => {
    const missing = standingTable({ ...CASES.missing, lang: 'de' }).rows[2];
    expect(missing).toMatchObject({ state: 'no-score', score: '', range_from: '', verdict: '', cut_p50: 55 });
    const small = standingTable({ ...CASES.medians, lang: 'de' }).rows[0];
    expect(small).toMatchObject({ state: 'compared', verdict: '', zone_from: '', moved: '' });
    const alone = { instrument: CHECK, own: CASES.fives.own, standing: null, release: null, lang: 'de' as const };
    expect(standingTable(alone).rows[0]).toMatchObject({ state: 'no-comparison', group: '', cutoff_on: '' });
  });

  test('a group with its cuts, and a suppressed one with the same rows and no figure', () => {
    const cell = CASES.fives.standing.cell!;
    const given = { instrument: CHECK, release: RELEASE, lang: 'de' as const };
    const { rows } = distributionTable({ ...given, cell, figures: figuresOf(cell) });
    expect(rows[0]).toMatchObject({ state: 'published', participations: 225, cutoff_on: '2026-06-30', cut_p50: 50 });
    const suppressed = distributionTable({ ...given, cell: { group: cell.group, ...SUPPRESSED }, figures: null });
    expect(suppressed.rows).toHaveLength(5);
    for (const row of suppressed.rows) {
      expect(row).toMatchObject({ state: 'suppressed', participations: '', cutoff_on: '' });
      expect(JSON.stringify({ ...row, group: '' })).not.toMatch(/\d/);
    }
  });
});

describe('lines of text', () => {
  test('no line is wider than asked, and nothing is lost', () => {
    const text = 'weiter als etwa 60 bis 70 % von rund 140 Organisationen der Hilfe in besonderen sozialen Situationen';
    const lines = textLines(text, 250, 12);
    expect(lines.join(' ')).toBe(text);
    for (const line of lines) expect(textWidth(line, 12)).toBeLessThanOrEqual(250);
  });

  test('a word longer than a line stands alone', () => {
    expect(textLines('an Verwaltungsvereinfachungsgesetzgebung da', 40, 12)).toHaveLength(3);
    expect(textLines('', 40, 12)).toEqual([]);
  });
});
