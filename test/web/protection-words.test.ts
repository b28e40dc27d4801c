import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Association, Campaign } from '#contracts/registry';
import { Lang } from '#contracts/text';
import { campaignKit } from '#functions/operator/admin/campaign-kit';
import { type PageName, pathTo, SITE_MAP } from '#web/site-map.ts';
import { memoryReleases, releaseFixture } from '../api/release-fixtures.ts';
import { testService } from '../api/test-service.ts';

/** What the first method said, and what is not so. */
const UNTRUE = [
  /ab (zehn|10) (Organisationen|Teilnahmen|Checks|vollständigen)/i,
  /(at least|from) (ten|10) (organisations|participations|on)/i,
  /leicht (verschoben|verändert)|slightly (moved|changed)/i,
  /carried forward|unverändert aus einer früheren/i,
  /(Stand der Daten|Data as of)/i,
  /nie, ob Sie teilgenommen|nor whether (you|it) took part|auch nicht, ob sie teilgenommen/i,
  /nicht auf (einzelne|wenige) (Organisationen )?schließen (lässt|lassen)|infer a (single|few)/i,
  /Omega|omega|Spearman|Isolation|isolat(es|ed)/,
  /\bbesser als\b(?!“)/,
];

/** Words that stood for small counts. Questions of the check may say so. */
const SMALL_COUNTS = /fast (niemand|niemandem|keine|alle)\b|almost (none|all)\b/i;
const WITH_QUESTIONS: PageName[] = ['check', 'team', 'questionnaire'];

const marks = { isTrial: true, isInvented: true, hasKnownKey: false };
const groups = [
  {},
  { where: { sector: 'care-disability-health' }, participations: 135, matched: 45 },
  { where: { sector: 'elder-care' }, participations: 65 },
  { where: { sector: 'elder-care', size: 'up-to-49' }, participations: 25 },
  { where: { sector: 'health' }, suppressed: true as const },
];
const pages = (Object.keys(SITE_MAP) as PageName[]).flatMap((page) =>
  Lang.options.map((lang) => ({ page, lang, path: pathTo(page, lang) })),
);
const real = await testService({ releases: memoryReleases([releaseFixture('2026-03-31', groups)]) });
const invented = await testService({ releases: memoryReleases([releaseFixture('2026-03-31', groups, { marks })]) });
const before = await testService();
const textOf = async (service: typeof real, path: string) => {
  const response = await service.send(path);
  expect(response.status).toBe(200);
  return (await response.text()).replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');
};

describe('every page says what protects now', () => {
  test.each(pages)('$path says nothing of the first method', async ({ page, path }) => {
    const rules = WITH_QUESTIONS.includes(page) ? UNTRUE : [...UNTRUE, SMALL_COUNTS];
    for (const service of [real, invented, before])
      for (const untrue of rules) expect(await textOf(service, path)).not.toMatch(untrue);
  });

  test('and neither do the words that scripts show', () => {
    const files = ['web', 'packages/views'].flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.tsx?$/.test(name) && !/node_modules|dist/.test(name))
        .map((name) => `${folder}/${name}`),
    );
    expect(files.length).toBeGreaterThan(100);
    const hits = files.flatMap((file) => {
      const source = readFileSync(file, 'utf8').replaceAll(/^\s*(\/?\*|\/\/).*$/gm, '');
      return [...UNTRUE, SMALL_COUNTS]
        .flatMap((untrue) => source.match(untrue)?.[0] ?? [])
        .map((words) => `${file}: ${words}`);
    });
    expect(hits).toEqual([]);
  });

  test.each(Lang.options)('from how many, moved at random, and that taking part is not hidden (%s)', async (lang) => {
    const start = await textOf(before, pathTo('start', lang));
    expect(start).toMatch(lang === 'de' ? /ab 20 Teilnahmen/ : /at least 20 participations/);
    for (const page of ['method', 'privacy', 'associations', 'join'] as const) {
      const text = await textOf(real, pathTo(page, lang));
      expect(text).toMatch(lang === 'de' ? /zufällig (nach oben oder unten )?verschoben/ : /at random/);
      expect(text).toMatch(lang === 'de' ? /von allen anderen/ : /of all other/);
      expect(text).toMatch(/\b20\b/);
    }
    expect(await textOf(real, pathTo('method', lang))).toMatch(lang === 'de' ? /Zensus 2022/ : /census of 2022/);
  });
});

describe('marks', () => {
  test.each(['start', 'field', 'data', 'method'] as const)(
    '%s says where figures are invented, and only there',
    async (page) => {
      for (const lang of Lang.options) {
        const words =
          lang === 'de' ? /Erfundene Beispieldaten aus einem Probebetrieb/ : /Invented sample data of a trial/;
        expect(await textOf(invented, pathTo(page, lang))).toMatch(words);
        expect(await textOf(real, pathTo(page, lang))).not.toMatch(words);
      }
    },
  );
});

describe('the field', () => {
  test('offers groups of every level by name, with how many', async () => {
    const text = await textOf(real, '/de/feld?group=sector=care-disability-health');
    for (const option of [
      'Einrichtungen (rund 140)',
      'Einrichtungen der Pflege, Teilhabe und Gesundheit (rund 135)',
      'Einrichtungen der Altenhilfe und Pflege mit bis zu 49 Beschäftigten (rund 25)',
    ])
      expect(text).toContain(option);
    expect(text).toContain('bei rund 45, die zweimal teilgenommen haben');
    expect(text).toContain('Rückkehr zur Mitte');
    expect(text).toContain('Stichtag 31. März 2026.');
  });

  test('says of a group without items why it has none, and of a suppressed one the one public reason', async () => {
    const small = await textOf(real, '/de/feld?group=sector=elder-care,size=up-to-49');
    expect(small).toContain('nur von Gruppen mit höchstens einem Merkmal gezeigt, und erst ab 40 Teilnahmen');
    const suppressed = await textOf(real, '/de/feld?group=sector=health');
    expect(suppressed).toContain('wenn genügend Organisationen darin sind');
    expect(suppressed).toContain('Einrichtungen der Pflege, Teilhabe und Gesundheit');
  });
});

describe('the kit', () => {
  const association: Association = {
    id: 'c-0a1b2c3d',
    name: 'Verband A',
    joinCode: 'ABCD-EFG',
    createdAt: '2026-01-01T00:00:00.000Z',
  };
  const campaign: Campaign = {
    id: 'k-0a1b2c3d',
    instrument: 'digitalcheck.1',
    opensOn: '2026-05-01',
    closesOn: '2026-05-31',
    resultsOn: '2026-07-15',
  };

  test.each([campaign, { ...campaign, invitations: 40 }])('says what holds, with and without own codes', (given) => {
    const files = campaignKit(association, given, 'https://example.org').filter(({ name }) => name.endsWith('.txt'));
    for (const { text } of files) for (const untrue of UNTRUE) expect(text).not.toMatch(untrue);
    const textIn = (name: string) => files.find((file) => file.name === name)!.text.replaceAll(/\s+/g, ' ');
    for (const name of ['de/1-einladung.txt', 'de/fragen-und-antworten.txt', 'de/datenschutz.txt'])
      expect(textIn(name)).toMatch(/20 Organisationen.*zufällig|zufällig.*20 Organisationen/);
    for (const name of ['en/1-invitation.txt', 'en/questions-and-answers.txt', 'en/data-protection.txt'])
      expect(textIn(name)).toMatch(/20 organisations.*at random|at random.*20 organisations/);
    for (const name of ['de/fragen-und-antworten.txt', 'de/datenschutz.txt'])
      expect(textIn(name)).toContain('von allen anderen Mitgliedern weiß');
    expect(textIn('en/data-protection.txt')).toContain('There is no list of who took part');
  });
});
