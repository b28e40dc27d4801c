import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Mapping, readMapping } from '#functions/operator/import/mapping';
import { proposeMapping } from '#functions/operator/import/propose-mapping';
import type { ReadRow } from '#functions/operator/import/row';
import { writeTemplate } from '#functions/operator/import/template';
import { loadInstruments } from '#instruments/load-instruments';
import { readRows, type Workplace, workplace } from './import-run.ts';

const TOOLS = path.join(import.meta.dirname, 'import-tools');
const digitalcheck = (await loadInstruments([])).get('digitalcheck.1')!;

let place: Workplace;
beforeEach(async () => {
  place = await workplace();
});
afterEach(() => place.remove());

const propose = (tool: string, csv: string) =>
  proposeMapping(tool, { csv, file: place.at('map.json'), instrument: digitalcheck });

describe('the file of another tool', () => {
  it('of LimeSurvey is placed by codes, what is not certain is named, and the mapping reads it', async () => {
    const csv = path.join(TOOLS, 'limesurvey.csv');
    const said = (await propose('limesurvey', csv)).map(({ de }) => de).join('\n');
    expect(said).toContain('Nicht zugeordnet und unter „leaveOut“ weggelassen: zufrieden. Wie zufrieden');
    expect(said).toContain('Keine Spalte gefunden für: level, access');
    const mapping = await readMapping(place.at('map.json'));
    expect(mapping.columns).toMatchObject({
      'token. Zugangscode': { to: 'organisation' },
      'submitdate. Datum Abgeschickt': { to: 'conductedOn' },
      'it[itsupport]. [IT-Betreuung] IT': { to: 'it-support' },
      'tried[data]. [Datenqualität] Was haben Sie ausprobiert?': { to: 'tried', chosen: 'data' },
      'sector. In welchem Feld arbeiten Sie?': { values: { youthfamily: 'youth-family' } },
    });
    expect(mapping.answers).toEqual({ A1: '0', A2: '1', A3: '2', A4: '3', A5: '4', 'k.A.': 'na' });
    expect(mapping.leaveOut).toEqual(expect.arrayContaining(['ipaddr. IP-Adresse', 'interviewtime. Gesamtzeit']));

    const { read } = await readRows(csv, digitalcheck, { mapping });
    expect(read.map((row) => (row as ReadRow).body)).toMatchObject([
      {
        conductedOn: '2026-06-30',
        profile: { level: 'facility', sector: 'elder-care', size: '10-49', region: 'de-nw' },
        answers: { workplaces: 2, systems: 3, security: 4, data: 0, 'it-support': 1, 'core-services': 2 },
        questions: { tried: ['workplaces'], obstacle: ['money'] },
      },
      {
        profile: { sector: 'youth-family', size: 'volunteers-only' },
        answers: { security: 'na' },
        questions: { tried: ['workplaces', 'data'] },
      },
    ]);
    expect((read[0] as ReadRow).organisation).toBe('aB3xY9');
  });

  it('of Kobo is placed by its groups and levels from 1', async () => {
    const csv = path.join(TOOLS, 'kobo.csv');
    await propose('kobo', csv);
    const mapping = await readMapping(place.at('map.json'));
    const { read } = await readRows(csv, digitalcheck, { mapping });
    expect(read[0]).toMatchObject({
      organisation: '3d9f1c2a-0000-4000-8000-000000000001',
      conductedOn: '2026-06-30',
      body: {
        profile: { sector: 'elder-care', size: '10-49', region: 'de-nw' },
        answers: { workplaces: 0, systems: 1, security: 2, data: 3, 'it-support': 4 },
        questions: { tried: ['workplaces', 'data'] },
      },
    });
    expect(mapping.leaveOut).toContain('kommentar');
  });

  it('of any other tool is placed by titles; what is the same in all rows is said once', async () => {
    const csv = await place.write(
      'rows.csv',
      'ID;Datum;Feld;Größe;Land;Digitale Ziele;Bemerkung\n1;30.06.2026;Altenheim;1 bis 9 Beschäftigte;Bayern;hoch;x\n',
    );
    const said = (await propose('generic', csv)).map(({ en }) => en).join('\n');
    expect(said).toContain('left out under "leaveOut": Feld, Bemerkung');
    expect(said).toContain('Values without a meaning, to be completed: answers: hoch');
    const mapping: Mapping = await readMapping(place.at('map.json'));
    const completed: Mapping = {
      ...mapping,
      columns: { ...mapping.columns, Feld: { to: 'sector', values: { altenheim: 'elder-care' } } },
      answers: { hoch: '3' },
      always: { level: 'carrier' },
      leaveOut: ['Bemerkung'],
    };
    expect((await readRows(csv, digitalcheck, { mapping: completed })).read[0]).toMatchObject({
      organisation: '1',
      body: {
        profile: { level: 'carrier', sector: 'elder-care', size: '1-9', region: 'de-by' },
        answers: { strategy: 3 },
      },
    });
  });

  it.each([
    ['{', 'this is not JSON'],
    ['{"columns": {"a": {}}}', 'a fault at "columns.a.to"'],
    ['{"columns": {}, "more": 1}', 'a fault at'],
  ])('with a mapping that is wrong stops with file and field: %s', async (text, message) => {
    await expect(readMapping(await place.write('map.json', text))).rejects.toThrow(message);
  });

  it('stops at a column that the mapping does not name, and at a part that does not exist', async () => {
    const csv = await place.write('rows.csv', 'a;b\n1;2\n');
    const mapping = (columns: Mapping['columns']): Mapping => ({ columns, answers: {}, always: {}, leaveOut: [] });
    await expect(readRows(csv, digitalcheck, { mapping: mapping({ a: { to: 'organisation' } }) })).rejects.toThrow(
      'the mapping (--map) does not name a column: "b"',
    );
    await expect(readRows(csv, digitalcheck, { mapping: mapping({ a: { to: 'nothing' } }) })).rejects.toThrow(
      'the column "a" is to become "nothing", which there is not',
    );
    await expect(propose('other', csv)).rejects.toThrow('--map-from knows limesurvey, kobo, generic.');
  });

  it('is never written over', async () => {
    await place.write('map.json', '{}');
    await expect(propose('limesurvey', path.join(TOOLS, 'limesurvey.csv'))).rejects.toThrow('exists already');
    expect(await readFile(place.at('map.json'), 'utf8')).toBe('{}');
  });
});

describe('the template', () => {
  it.each(['de', 'en'] as const)('in %s is a workbook whose columns and labels are read back', async (lang) => {
    const file = place.at('template.xlsx');
    await writeTemplate(file, digitalcheck, lang);
    const { header, read, table } = await readRows(file, digitalcheck);
    expect(read).toEqual([]);
    expect(header.places.every((column) => column !== undefined)).toBe(true);
    expect(table.notes[0]?.de).toContain(lang === 'de' ? 'Checks, Erklärung, Listen' : 'Checks, Explanation, Lists');
    await expect(writeTemplate(file, digitalcheck, lang)).rejects.toThrow('exists already');
  });
});
