import { describe, expect, test } from 'vitest';
import { readServerConfiguration } from '#functions/local/configuration';
import { parseApiEnvironment } from '#functions/service/api-environment';
import { testService } from '../api/test-service.ts';

const operator = {
  name: 'Muster e. V.',
  address: ['Musterweg 1', '10115 Berlin'],
  email: 'kontakt@example.org',
  representedBy: 'Erika Muster',
  legalBasis: 'Art. 6 (1) f GDPR',
  processors: 'Hosting GmbH, Frankfurt',
};

describe('the operator', () => {
  test('is named in the imprint, for questions of privacy and for associations', async () => {
    const service = await testService({ operator });
    const imprint = await (await service.send('/de/impressum')).text();
    for (const word of ['Muster e. V.', '10115 Berlin', 'mailto:kontakt@example.org', 'Erika Muster'])
      expect(imprint).toContain(word);
    expect(imprint).not.toContain('Noch nicht eingetragen');
    const privacy = await (await service.send('/en/privacy')).text();
    for (const word of ['mailto:kontakt@example.org', 'Art. 6 (1) f GDPR', 'Hosting GmbH, Frankfurt'])
      expect(privacy).toContain(word);
    expect(await (await service.send('/de/verbaende')).text()).toContain('mailto:kontakt@example.org');
  });

  test('is set by one variable, in both places', () => {
    const text = JSON.stringify(operator);
    expect(readServerConfiguration([], { OPERATOR: text })?.operator).toEqual(operator);
    const tables = { SUBMISSIONS_TABLE: 'aaa', RELEASES_TABLE: 'bbb', REGISTRY_TABLE: 'ccc', FILES_DIR: '/files' };
    const others = { INVITATIONS_TABLE: 'ddd', ...tables };
    expect(parseApiEnvironment({ ...others, OPERATOR: text }).OPERATOR).toEqual(operator);
    expect(() => parseApiEnvironment({ ...others, OPERATOR: '{}' })).toThrow(/OPERATOR.*email/);
  });

  test.each(['{', '{"name": "Muster"}', '{"name": "M", "address": ["A"], "email": "kontakt"}'])(
    'that is not complete keeps the server from starting: %s',
    (text) => {
      expect(() => readServerConfiguration([], { OPERATOR: text })).toThrow(/OPERATOR/);
    },
  );
});
