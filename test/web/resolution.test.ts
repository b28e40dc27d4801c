import { expect, test } from 'vitest';
import { resolutionText } from '../../web/standing/resolution.ts';

const KNOWN = {
  group: 'rund 65 Einrichtungen der Altenhilfe und Pflege',
  cutoffOn: '2026-03-31',
  step: 'Ziele schriftlich festhalten. ',
  sponsor: 'Frau Yılmaz',
  hours: '20',
  until: '2026-09-23',
};

test('names group, cut-off, step, sponsor, hours and date', () => {
  expect(resolutionText(KNOWN, 'de').split('\n')).toEqual([
    '1. Das Gremium nimmt zur Kenntnis, wo die Organisation digital steht, verglichen mit rund 65 Einrichtungen der Altenhilfe und Pflege (Stichtag 31. März 2026).',
    '2. Begonnen wird mit einem Schritt, auf Probe: Ziele schriftlich festhalten.',
    '3. Rückhalt an der Spitze gibt: Frau Yılmaz.',
    '4. Dafür stehen bis zu 20 Arbeitsstunden bereit, bis zum 23. September 2026.',
    expect.stringContaining('beenden, anzupassen oder auszuweiten'),
  ]);
});

test.each(['de', 'en'] as const)('leaves blanks for what is not known yet (%s)', (lang) => {
  const text = resolutionText({ group: null, cutoffOn: null, step: ' ', sponsor: '', hours: '', until: '' }, lang);
  expect(text.match(/_{4,}/g)).toHaveLength(4);
  expect(text).not.toMatch(/null|undefined|Invalid/);
});
