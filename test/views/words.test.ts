import { describe, expect, test } from 'vitest';
import { SUPPRESSED } from '#contracts/suppressed';
import { distributionTable, standingTable } from '#views/figures-table';
import { groupLabel } from '#views/group-label';
import { defaultRung, ladderOf } from '#views/group-ladder';
import { maturityWord, positionWords, weakestWords } from '#views/standing-words';
import { textLines, textWidth } from '#views/text-lines';
import { CASES, CHECK } from './cells.ts';

describe('group labels', () => {
  test.each([
    [{ where: {} }, 'Organisationen', 'organisations'],
    [{ panel: 'facility', where: {} }, 'Einrichtungen', 'facilities'],
    [
      { panel: 'carrier', where: { sector: 'elder-care', size: '50-249' } },
      'Trägerorganisationen der Altenhilfe und Pflege mit 50 bis 249 Beschäftigten',
      'provider organisations in elder care and nursing with 50 to 249 employees',
    ],
    [{ panel: 'facility', where: { region: 'de-sl' } }, 'Einrichtungen im Saarland', 'facilities in Saarland'],
  ])('%j', (group, de, en) => {
    expect(groupLabel(CHECK, group, 'de')).toBe(de);
    expect(groupLabel(CHECK, group, 'en')).toBe(en);
  });

  test('a code without a name of its own stands behind with its label', () => {
    const profile = CHECK.profile.map((attribute) => ({
      ...attribute,
      codes: attribute.codes.map(({ id, label }) => ({ id, label })),
    }));
    expect(groupLabel({ ...CHECK, profile }, { panel: 'facility', where: { sector: 'health' } }, 'de')).toBe(
      'Organisationen (Gesundheitshilfe)',
    );
  });
});

describe('position in words', () => {
  const words = (bandFrom: number, bandTo: number, n: number) =>
    positionWords({ bandFrom, bandTo }, n, 'Organisationen der Altenhilfe', 'de');
  test.each([
    [600, 700, 140, 'weiter als etwa 60 bis 70\u00a0%'],
    [0, 50, 140, 'weiter als allenfalls etwa 5\u00a0%'],
    [950, 1000, 140, 'weiter als mindestens etwa 95\u00a0%'],
    [125, 375, 60, 'weiter als etwa 12 bis 38\u00a0%'],
    [0, 1000, 60, 'gleichauf mit der Mitte'],
    [600, 700, 45, 'in der oberen Hälfte'],
    [750, 1000, 20, 'im oberen Viertel'],
    [0, 250, 20, 'im unteren Viertel'],
    [0, 500, 10, 'in der unteren Hälfte'],
    [250, 750, 20, 'in der mittleren Hälfte'],
    [250, 1000, 20, 'oberhalb des unteren Viertels'],
    [0, 750, 20, 'unterhalb des oberen Viertels'],
  ])('%i to %i of %i', (from, to, n, phrase) => {
    expect(words(from, to, n)).toMatchObject({ phrase, among: `von rund ${n} Organisationen der Altenhilfe` });
  });

  test('large groups carry the separator of the language', () => {
    expect(words(600, 700, 1250).among).toContain('von rund 1.250 ');
    expect(positionWords({ bandFrom: 600, bandTo: 700 }, 1250, 'organisations', 'en').among).toContain('1,250');
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

  test('several weakest dimensions are named together', () => {
    expect(weakestWords(CHECK, ['it', 'processes', 'innovation'], 'de')).toBe(
      'am niedrigsten: IT, Prozesse und Innovation',
    );
  });
});

describe('the ladder', () => {
  const profile = { level: 'facility', sector: 'elder-care', size: '50-249', region: 'de-sl' };

  test('leads from the narrowest group to everybody of the panel', () => {
    expect(ladderOf(CHECK, 'facility', profile)).toEqual([
      { panel: 'facility', where: { sector: 'elder-care', size: '50-249' } },
      { panel: 'facility', where: { sector: 'elder-care' } },
      { panel: 'facility', where: {} },
    ]);
    expect(ladderOf(CHECK, 'facility', { size: '50-249' })).toEqual([{ panel: 'facility', where: {} }]);
  });

  test('the default is the first rung with 50, else the largest, else none', () => {
    const rungs = (...numbers: (number | null)[]) =>
      numbers.map((participations, index) => ({ index, participations }));
    expect(defaultRung(rungs(15, 55, 270))?.index).toBe(1);
    expect(defaultRung(rungs(50, 55, 270))?.index).toBe(0);
    expect(defaultRung(rungs(null, 30, 45))?.index).toBe(2);
    expect(defaultRung(rungs(null, 45, 45))?.index).toBe(1);
    expect(defaultRung(rungs(null, null, null))).toBeUndefined();
  });
});

describe('tables', () => {
  test('a standing, one row a dimension, the overall score last', () => {
    const { columns, rows } = standingTable({ instrument: CHECK, ...CASES.octiles, lang: 'de' });
    expect(rows.map((row) => row.dimension)).toEqual(['it', 'processes', 'leadership', 'innovation', 'overall']);
    expect(columns).toContain('cut_p12.5');
    expect(rows[0]).toMatchObject({
      state: 'compared',
      score: 62,
      maturity: 'Etabliert',
      verdict: 'indistinct',
      band_from: 62.5,
      band_to: 75,
      participations: 60,
      as_of: '2026-06-30',
      cut_p50: 48,
    });
  });

  test('what does not exist is an empty field with a state, never a zero', () => {
    const { rows } = standingTable({ instrument: CHECK, ...CASES.suppressed, lang: 'de' });
    expect(rows[1]).toMatchObject({ state: 'suppressed', score: 41, verdict: '', band_from: '', cut_p50: '' });
    const missing = standingTable({ instrument: CHECK, ...CASES.missing, lang: 'de' }).rows[2];
    expect(missing).toMatchObject({ state: 'no-score', score: '', band_from: '', cut_p50: 55 });
  });

  test('a suppressed group has the rows of a published one and no figure', () => {
    const cell = { group: CASES.ones.comparison.cell.group, ...SUPPRESSED };
    const { rows } = distributionTable(CHECK, cell, 'de');
    expect(rows).toHaveLength(5);
    for (const row of rows) {
      expect(row).toMatchObject({ state: 'suppressed', participations: '', as_of: '' });
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
