import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Instrument } from '#contracts/instrument';
import { Lang, type LocalText } from '#contracts/text';
import { loadInstruments } from '#instruments/load-instruments';

let check: Instrument;
let egovernment: Instrument;
beforeAll(async () => {
  const instruments = await loadInstruments([join(import.meta.dirname, '../fixtures/instruments')]);
  check = instruments.get('digitalcheck.1.1')!;
  egovernment = instruments.get('egovernment.1')!;
});

/** Every text of an instrument with its place, found by walking it, so that no new field is forgotten. */
function textsOf(value: unknown, place = ''): { place: string; text: LocalText }[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('de' in value && typeof value.de === 'string') return [{ place, text: value as LocalText }];
  return Object.entries(value).flatMap(([key, entry]) => textsOf(entry, place ? `${place}.${key}` : key));
}

/** Places whose text breaks a rule: an empty list says that all keep it, and a failure names them. */
const offenders = (instrument: Instrument, breaks: (text: string, lang: Lang, place: string) => boolean) =>
  textsOf(instrument).flatMap(({ place, text }) =>
    Lang.options.filter((lang) => breaks(text[lang], lang, place)).map((lang) => `${place}.${lang}: ${text[lang]}`),
  );

describe('the check as a whole', () => {
  it('has five items in each of the four dimensions, in their order', () => {
    expect(check.dimensions.map((dimension) => dimension.id)).toEqual(['it', 'processes', 'leadership', 'innovation']);
    expect(check.items.map((item) => item.dimension)).toEqual(
      check.dimensions.flatMap((dimension) => Array<string>(5).fill(dimension.id)),
    );
  });

  it('asks level, sector, size and region, and says why', () => {
    expect(check.profile.map((attribute) => attribute.id)).toEqual(['level', 'sector', 'size', 'region']);
    for (const attribute of check.profile) {
      for (const lang of Lang.options) expect(attribute.why[lang].length).toBeGreaterThan(30);
      expect(attribute.required).toBe(true);
    }
    expect(check.unitTypeAttribute).toBe('level');
    expect(check.profile[0]?.codes.map((code) => code.id)).toEqual(['facility', 'carrier']);
    expect(check.profile[1]?.codes).toHaveLength(9);
    expect(check.profile[2]?.codes.map((code) => code.id)).toEqual([
      'volunteers-only',
      '1-9',
      '10-49',
      '50-249',
      '250-999',
      '1000-plus',
    ]);
    expect(check.profile[3]?.codes).toHaveLength(17);
    expect(check.profile[3]?.codes.at(-1)?.id).toBe('outside');
  });

  it('keeps every unscored question short and answerable', () => {
    expect(check.questions.map((question) => question.id)).toEqual([
      'role',
      'answered-by',
      'obstacle',
      'support',
      'tried',
      'tried-outcome',
      'lost-code',
      'planned',
    ]);
    for (const question of check.questions) {
      if (['tried', 'planned'].includes(question.id)) {
        expect(question.maxChoices).toBe(3);
        expect(question.codes.slice(0, -1).map((code) => code.id)).toEqual(check.items.map((item) => item.id));
      } else {
        expect(question.codes.length).toBeLessThanOrEqual(12);
      }
      if (question.codes.length > 3) expect(question.exclusive).toBe('none');
    }
    const returning = check.questions.filter((question) => question.returningOnly).map((question) => question.id);
    expect(returning).toEqual(['tried', 'tried-outcome']);
  });

  it('names an import column only once: items, dimensions, profile and questions share no id', () => {
    const ids = [check.items, check.dimensions, check.profile].flatMap((list) => list.map((entry) => entry.id));
    expect(new Set([...ids, 'organisation', 'conductedOn', 'associations']).size).toBe(ids.length + 3);
  });

  it('puts scores into four bands of equal width', () => {
    expect(check.maturityBands.map((band) => band.from)).toEqual([0, 25, 50, 75]);
    expect(check.maturityBands.map((band) => band.label.de)).toEqual(['Einstieg', 'Aufbau', 'Etabliert', 'Prägend']);
  });
});

describe('experiments to begin with', () => {
  const all = () => Object.entries(check.firstExperiments).flatMap(([id, list]) => list.map((one) => ({ id, ...one })));

  it('are two for every item, of which one fits every level below the highest', () => {
    expect(Object.keys(check.firstExperiments)).toEqual(check.items.map(({ id }) => id));
    for (const [first, second, ...more] of Object.values(check.firstExperiments)) {
      expect(first!.upToLevel).toBeLessThan(3);
      expect(second!.upToLevel).toBeUndefined();
      expect(more).toEqual([]);
    }
  });

  it('end within two months, name people, and say what one would see: each once', () => {
    for (const { id, weeks, withWhom, sign, what } of all()) {
      expect(weeks, id).toBeLessThanOrEqual(8);
      for (const lang of Lang.options) {
        expect(what[lang], id).not.toMatch(/\.$/);
        expect(what[lang].length, what[lang]).toBeLessThanOrEqual(170);
        expect(withWhom[lang].length, withWhom[lang]).toBeLessThanOrEqual(140);
        expect(sign[lang], id).toMatch(/\.$/);
      }
    }
    for (const part of ['what', 'withWhom', 'sign'] as const)
      expect(new Set(all().map((one) => one[part].de)).size, part).toBe(40);
  });
});

describe('anchors', () => {
  it('are short enough for a phone, and say enough to be seen in a house', () => {
    for (const item of check.items) {
      for (const anchor of item.anchors) {
        for (const lang of Lang.options) {
          expect(anchor[lang].length, anchor[lang]).toBeLessThanOrEqual(160);
          expect(anchor[lang].split(' ').length, anchor[lang]).toBeGreaterThanOrEqual(5);
          expect(anchor[lang], anchor[lang]).toMatch(/\.$/);
        }
      }
    }
  });

  it('are never used twice', () => {
    for (const lang of Lang.options) {
      const anchors = check.items.flatMap((item) => item.anchors.map((anchor) => anchor[lang]));
      expect(new Set(anchors).size).toBe(100);
    }
  });

  it('do not begin alike within an item, so that the eye tells them apart', () => {
    for (const item of check.items) {
      for (const lang of Lang.options) {
        const openings = item.anchors.map((anchor) => anchor[lang].split(' ').slice(0, 4).join(' '));
        expect(new Set(openings).size, `${item.id} ${lang}`).toBe(5);
      }
    }
  });
});

describe.each(['digitalcheck.1.1', 'egovernment.1'])('every text of %s', (id) => {
  const instrument = () => (id === check.id ? check : egovernment);

  it('has no stray space, no straight quote and no three dots typed singly', () => {
    expect(offenders(instrument(), (text) => /^\s|\s$|\s{2}|["']|\.\.\./.test(text))).toEqual([]);
  });

  it('quotes in the way of its language', () => {
    expect(offenders(instrument(), (text, lang) => (lang === 'de' ? /[”‟’]/ : /[„‚]/).test(text))).toEqual([]);
    expect(
      offenders(instrument(), (text) => (text.match(/„/g)?.length ?? 0) > (text.match(/“/g)?.length ?? 0)),
    ).toEqual([]);
  });

  it('asks in whole questions', () => {
    expect(offenders(instrument(), (text, _, place) => place.endsWith('.question') && !text.includes('?'))).toEqual([]);
  });

  it('does not leave German in the English or the other way round', () => {
    const german = /\b(und|oder|nicht|werden|wird|die|der|das|für|mit)\b/i;
    const english = /\b(and|the|with|are|not|your|for)\b/i;
    expect(offenders(instrument(), (text, lang) => (lang === 'en' ? german : english).test(text))).toEqual([]);
  });

  it('uses no word that only specialists know', () => {
    const jargon =
      /\b(Workflow|Tool|Tools|Cloud|Software|Backup|Schnittstelle|Roll-?out|Change|Stakeholder|User|agil|Kunde|Kunden|KPI|Use Case|KI|AI|API|ERP|CRM|best practice)\b/;
    expect(offenders(instrument(), (text, lang) => lang === 'de' && jargon.test(text))).toEqual([]);
  });

  it('speaks of people in words that include everyone', () => {
    const exclusive = /\b(Mitarbeiter|Nutzer|Bewohner|Klienten|Kollegen|Chef|Chefs)\b|[a-zäöü](?:\*|:|_|I)innen/;
    expect(offenders(instrument(), (text, lang) => lang === 'de' && exclusive.test(text))).toEqual([]);
  });

  it('never says that more is better', () => {
    const judging =
      /\b(besser|schlecht(?:er|e)?|gut aufgestellt|rückständig|vorbildlich|endlich|leider|better|worse)\b/i;
    expect(offenders(instrument(), (text, _, place) => judging.test(text) && !place.startsWith('questions'))).toEqual(
      [],
    );
  });
});

describe('groups in running text', () => {
  it('every code of every attribute has words that stand after "von rund 140" and after "unter"', () => {
    for (const instrument of [check, egovernment]) {
      for (const attribute of instrument.profile) {
        for (const code of attribute.codes) {
          expect(code.organisations, `${attribute.id}=${code.id}`).toBeDefined();
          // Dative plural ends in -n or -s (Organisationen, Einrichtungen, Staaten), and needs no article.
          expect(code.organisations?.de.split(' ')[0], code.id).toMatch(/^[A-ZÄÖÜ]\p{L}+en$/u);
          expect(code.organisations?.en, code.id).toMatch(/^[a-z]/);
        }
      }
    }
  });
});
