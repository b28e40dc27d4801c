import { describe, expect, test } from 'vitest';
import { FieldComparison } from '#contracts/answers/group-figures';
import { FIRST, memoryReleases, SECOND } from './release-fixtures.ts';
import { testService } from './test-service.ts';

const PATH = '/v1/field-comparison?instrument=digitalcheck.1';

describe('who took part beside the field', () => {
  test('is told in the language asked for, from released values alone, at a frozen address too', async () => {
    const { send } = await testService({ releases: memoryReleases([FIRST, SECOND]) });
    const response = await send(PATH);
    expect([response.status, response.headers.get('Cache-Control')]).toEqual([200, 'public, max-age=60']);
    const answer = FieldComparison.parse(await response.json());
    expect(answer.frame).toMatchObject({ id: 'bagfw-2020', asOf: '2020-12-31' });
    const care = answer.parts.find(({ codes }) => codes[0] === 'elder-care')!;
    // 65 to 69 of 270 to 274 took part; 21,015 of 125,370 are in the field.
    expect(care).toMatchObject({ fieldShare: 17, participantShare: 25, coverage: 3, reading: 'over' });
    expect(care.sentence).toBe(
      'Altenhilfe und Pflege ist überrepräsentiert: 25 % der Teilnahmen, 17 % der Einrichtungen.',
    );
    const hidden = answer.parts.find(({ codes }) => codes.includes('health'))!;
    expect(hidden).toMatchObject({ participantShare: null, reading: 'unknown' });
    expect(answer.standardised).toBeNull();
    expect(JSON.stringify(answer)).not.toMatch(/repräsentativ\b/);
    expect(FieldComparison.parse(await (await send(answer.url)).json())).toEqual(answer);
    const english = FieldComparison.parse(await (await send(`${PATH}&lang=en`)).json());
    expect(english.parts[2]!.sentence).toBe(
      'Elder care is over-represented: 25% of participations, 17% of facilities.',
    );
  });
});
