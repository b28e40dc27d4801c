import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Instrument } from '#contracts/instrument';
import { InstrumentFileError } from '#instruments/instrument-file-error';
import { loadInstruments, scoringHash } from '#instruments/load-instruments';
import egovernment from '../fixtures/instruments/egovernment.1.json' with { type: 'json' };

const FIXTURES = join(import.meta.dirname, '../fixtures/instruments');
type Json = Record<string, unknown>;
interface CodeJson {
  id: string;
  label: unknown;
}
const sectorOf = (copy: Json) => (copy.profile as { codes: CodeJson[]; broaderCodes?: unknown[] }[])[0]!;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'instruments-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Writes a variant of the e-government instrument. */
function write(name: string, change: (copy: Json) => void = () => {}): Promise<void> {
  const copy = structuredClone(egovernment) as Json;
  change(copy);
  return writeFile(join(folder, name), JSON.stringify(copy));
}

async function refusal(folders = [folder]): Promise<string> {
  const error = await loadInstruments(folders).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(InstrumentFileError);
  return (error as Error).message;
}

describe('loading', () => {
  it('knows the built-in check without any folder', async () => {
    expect([...(await loadInstruments([])).keys()]).toEqual(['digitalcheck.1', 'digitalcheck.1.1']);
  });

  it('adds every instrument file of every folder, and nothing else that lies there', async () => {
    await write('other.json', (copy) => {
      copy.id = 'other.2';
    });
    await writeFile(join(folder, 'notes.txt'), 'not an instrument');
    const instruments = await loadInstruments([FIXTURES, folder]);
    expect([...instruments.keys()].sort()).toEqual(['digitalcheck.1', 'digitalcheck.1.1', 'egovernment.1', 'other.2']);
    expect(instruments.get('other.2')?.kind).toBe('scores');
  });

  it('reads a file with a byte order mark', async () => {
    await writeFile(join(folder, 'a.json'), `\uFEFF${JSON.stringify(egovernment)}`);
    expect((await loadInstruments([folder])).has('egovernment.1')).toBe(true);
  });
});

describe('refusing', () => {
  it('names the folder that does not exist', async () => {
    expect(await refusal([join(folder, 'nowhere')])).toBe(
      `${join(folder, 'nowhere')}: this folder of instruments cannot be read (ENOENT).`,
    );
  });

  it('names the file that is not JSON', async () => {
    await writeFile(join(folder, 'broken.json'), '{"id": ');
    expect(await refusal()).toMatch(/broken\.json: this is not valid JSON \(.+\)\.$/);
  });

  const broken: [string, (copy: Json) => void, RegExp][] = [
    ['a field of the wrong type', (copy) => Object.assign(copy, { windowMonths: 'two years' }), /, windowMonths: .+/],
    ['an unknown field', (copy) => Object.assign(copy, { colour: 'blue' }), /, \$: .*colour/],
    ['a bad id', (copy) => Object.assign(copy, { id: 'egovernment' }), /, id: an instrument id is name\.major/],
    [
      'a code with capitals',
      (copy) => Object.assign((copy.dimensions as Json[])[1]!, { id: 'Services' }),
      /, dimensions\[1\]\.id: a code is 1 to 40 lower-case letters/,
    ],
    [
      'a text without English',
      (copy) => delete ((copy.profile as Json[])[0]!.why as Json).en,
      /, profile\[0\]\.why\.en: /,
    ],
    [
      'two codes of one name',
      (copy) => (copy.dimensions as Json[]).push((copy.dimensions as Json[])[0]!),
      /, dimensions: ids must be unique/,
    ],
    [
      'a group of an attribute that is not asked',
      (copy) => (copy.catalogue as unknown[]).push([{ attribute: 'height' }]),
      /, catalogue\[5\]: attribute "height" is not in the profile/,
    ],
    [
      'a group of a level that its code list does not have',
      (copy) => (copy.catalogue as unknown[]).splice(1, 0, [{ attribute: 'sector', level: 1 }]),
      /, catalogue\[1\]: attribute "sector" has no codes of level 1/,
    ],
    [
      'a default group outside the catalogue',
      (copy) =>
        (copy.fallbackOrder as unknown[]).unshift({
          set: [{ attribute: 'sector' }, { attribute: 'region' }],
          fromN: 50,
        }),
      /, fallbackOrder\[0\]: the set \[sector,region\] is not in the catalogue/,
    ],
    [
      'a fallback order that ends early',
      (copy) => (copy.fallbackOrder as unknown[]).pop(),
      /, fallbackOrder: the last set must be \[\]/,
    ],
    [
      'a broader code that is not there',
      (copy) => Object.assign(sectorOf(copy).codes[0]!, { broader: 'nowhere' }),
      /, profile\[0\]\.codes\[0\]\.broader: "nowhere" is not one of the broader codes/,
    ],
    [
      'a broader code above itself',
      (copy) => {
        const { codes, ...list } = sectorOf(copy);
        const broader = (id: string, above: string) => ({ ...codes[0]!, id, broader: above });
        Object.assign(sectorOf(copy), { ...list, broaderCodes: [broader('one', 'two'), broader('two', 'one')] });
        Object.assign(codes[0]!, { broader: 'one' });
      },
      /is broader than itself/,
    ],
    [
      'two broader codes of one code',
      (copy) => Object.assign(sectorOf(copy).codes[0]!, { broader: ['one', 'two'] }),
      /, profile\[0\]\.codes\[0\]\.broader: /,
    ],
    [
      'a broader code that gathers nothing',
      (copy) => Object.assign(sectorOf(copy), { broaderCodes: [{ ...sectorOf(copy).codes[0]!, id: 'empty' }] }),
      /no code names "empty" as its broader one/,
    ],
    [
      'a score step that does not divide 100',
      (copy) => Object.assign(copy, { scoreStep: 3 }),
      /, scoreStep: .*must divide 100/,
    ],
    [
      'a question and a dimension of one name',
      (copy) => {
        const { codes } = sectorOf(copy);
        const { label } = codes[0]!;
        const id = 'services';
        const options = codes.slice(0, 2).map((code) => ({ id: code.id, label: code.label }));
        (copy.questions as unknown[]) = [{ id, title: label, question: label, why: label, codes: options }];
      },
      /names another dimension, item or question already/,
    ],
    [
      'an experiment for an item that is not asked',
      (copy) => {
        const word = { de: 'x', en: 'x' };
        copy.firstExperiments = { height: [{ what: word, withWhom: word, weeks: 4, sign: word }] };
      },
      /, firstExperiments\.height: item "height" is not defined/,
    ],
    [
      'an experiment that never ends',
      (copy) => {
        const word = { de: 'x', en: 'x' };
        copy.firstExperiments = { height: [{ what: word, withWhom: word, weeks: 60, sign: word }] };
      },
      /, firstExperiments\.height\[0\]\.weeks: /,
    ],
    [
      'a questionnaire without items',
      (copy) => Object.assign(copy, { kind: 'questionnaire' }),
      /, items: dimension "participation" has 0 items; a score needs at least three \(and 3 more\)/,
    ],
  ];
  it.each(broken)('%s', async (_, change, message) => {
    await write('bad.json', change);
    const text = await refusal();
    expect(text).toMatch(message);
    expect(text).toContain('bad.json');
    expect(text.trim().split('\n')).toHaveLength(1);
    expect(text.endsWith('.')).toBe(true);
  });

  it('the same id twice, also in two folders, naming both files', async () => {
    await write('again.json');
    const text = await refusal([FIXTURES, folder]);
    expect(text).toContain('again.json');
    expect(text).toContain(join(FIXTURES, 'egovernment.1.json'));
    expect(text).toContain('"egovernment.1" is already defined');
  });

  it('a file that claims the id of the built-in check', async () => {
    await write('own.json', (copy) => {
      copy.id = 'digitalcheck.1';
    });
    expect(await refusal()).toContain('packages/instruments/digitalcheck.1.json');
  });
});

describe('minor versions', () => {
  it('may correct words and order', async () => {
    await write('a.json', (copy) => {
      copy.id = 'egovernment.1.1';
      copy.title = { de: 'Staaten im Netz', en: 'States online' };
      (copy.dimensions as Json[]).reverse();
    });
    const instruments = await loadInstruments([FIXTURES, folder]);
    expect(scoringHash(instruments.get('egovernment.1.1')!)).toBe(scoringHash(instruments.get('egovernment.1')!));
  });

  const changes: [string, string, (copy: Json) => void][] = [
    ['dimensions', 'a dimension', (copy) => (copy.dimensions as Json[]).pop()],
    ['profile', 'a profile code', (copy) => ((copy.profile as Json[])[0]!.codes as Json[]).pop()],
    ['profile', 'whether a question must be answered', (copy) => ((copy.profile as Json[])[2]!.required = false)],
    ['windowMonths', 'the window months', (copy) => (copy.windowMonths = 12)],
    [
      'unitTypeAttribute',
      'the unit type attribute',
      (copy) =>
        Object.assign(copy, {
          unitTypeAttribute: 'size',
          catalogue: [[], [{ attribute: 'sector' }]],
          fallbackOrder: [{ set: [], fromN: 50 }],
          memberSets: [[]],
        }),
    ],
    ['scoreStep', 'the distance of two scores', (copy) => Object.assign(copy, { scoreStep: 5 })],
    [
      'catalogue',
      'the groups',
      (copy) =>
        Object.assign(copy, {
          catalogue: (copy.catalogue as unknown[]).slice(0, -1),
          fallbackOrder: [{ set: [], fromN: 50 }],
        }),
    ],
    ['memberSets', 'the groups of members', (copy) => Object.assign(copy, { memberSets: [[]] })],
    [
      'profile',
      'what codes roll up to',
      (copy) => {
        Object.assign(sectorOf(copy), { broaderCodes: [{ ...sectorOf(copy).codes[0]!, id: 'old-world' }] });
        Object.assign(sectorOf(copy).codes[0]!, { broader: 'old-world' });
      },
    ],
  ];
  it.each(changes)('may not change the scoring: %s, %s', async (part, _, change) => {
    await write('a.json', (copy) => {
      copy.id = 'egovernment.1.1';
      change(copy);
    });
    const text = await refusal([FIXTURES, folder]);
    expect(text).toContain(`a.json, ${part}: `);
    expect(text).toContain('changed scoring needs a new major version');
  });

  it('may offer further codes of a question, and may not drop or rename one', async () => {
    const asking = (id: string, ...codes: string[]) =>
      write(`${id}.json`, (copy) => {
        copy.id = id;
        const text = { de: 'x', en: 'x' };
        copy.questions = [
          { id: 'obstacle', title: text, question: text, why: text, codes: codes.map((id) => ({ id, label: text })) },
        ];
      });
    await asking('egovernment.4', 'time', 'money');
    await asking('egovernment.4.1', 'money', 'time', 'staff');
    expect((await loadInstruments([folder])).size).toBeGreaterThan(2);
    await asking('egovernment.4.2', 'time', 'money');
    expect(await refusal()).toContain(
      'egovernment.4.2.json, questions: obstacle.staff of "egovernment.4.1" is missing',
    );
  });

  it('may not move an item or change the default unit type', async () => {
    const check = (await loadInstruments([])).get('digitalcheck.1')!;
    const moved: Instrument = structuredClone(check);
    moved.items[0]!.dimension = 'processes';
    const turned: Instrument = structuredClone(check);
    turned.profile.find((attribute) => attribute.id === 'level')!.codes.reverse();
    const hashes = new Set([check, moved, turned].map(scoringHash));
    expect(hashes.size).toBe(3);
  });

  it('need the version they correct', async () => {
    await write('a.json', (copy) => {
      copy.id = 'egovernment.3.1';
    });
    expect(await refusal()).toContain('"egovernment.3.1" corrects "egovernment.3", which is in no folder');
  });

  it('a new major version is free', async () => {
    await write('a.json', (copy) => {
      copy.id = 'egovernment.2';
      (copy.dimensions as Json[]).pop();
    });
    expect((await loadInstruments([FIXTURES, folder])).get('egovernment.2')?.dimensions).toHaveLength(3);
  });
});

describe('the example in docs/instruments.md', () => {
  it('is a valid instrument once its items are complete', async () => {
    const page = await readFile(join(import.meta.dirname, '../../docs/instruments.md'), 'utf8');
    const example = JSON.parse(/```json\n([\s\S]+?)```/.exec(page)![1]!) as Json;
    const [item] = example.items as Json[];
    example.items = ['access', 'second', 'third'].map((id) => ({ ...item, id }));
    await writeFile(join(folder, 'shelters.1.json'), JSON.stringify(example));
    expect((await loadInstruments([folder])).get('shelters.1')?.items).toHaveLength(3);
  });
});
