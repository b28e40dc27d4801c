import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseServerEnvironment } from '#functions/service/server-environment';

const complete = {
  DYNAMODB_ENDPOINT: 'http://engine:8000',
  AWS_ACCESS_KEY_ID: 'server',
  AWS_SECRET_ACCESS_KEY: 'secret-of-the-server',
  FILES_DIR: '/files',
  SERVICE_URL: 'https://spiegel.verband.de/',
  PUBLISHER_NAME: 'Verband e. V.',
  OPERATOR: '{"name":"Verband e. V.","address":["Weg 1"],"email":"info@verband.de"}',
};

describe('the settings of a server', () => {
  it('suffice with seven, and are real, not a trial', () => {
    const environment = parseServerEnvironment(complete);
    expect(environment).toMatchObject({
      ROLE: 'both',
      SERVICE_URL: 'https://spiegel.verband.de',
      INVENTED_DATA: false,
      RELEASES: [],
      tables: { SUBMISSIONS_TABLE: 'sektorspiegel-submissions', INVITATIONS_TABLE: 'sektorspiegel-invitations' },
    });
  });

  it('are all named where they are missing or wrong, and never shown', () => {
    const { FILES_DIR: _, OPERATOR: __, ...rest } = complete;
    const wrong = {
      ...rest,
      PORT: 'eighty-secret',
      RELEASES: '[{"instrument":"digitalcheck.1","schedule":"monthly"}]',
    };
    expect(() => parseServerEnvironment(wrong)).toThrow(/OPERATOR is missing/);
    expect(() => parseServerEnvironment(wrong)).toThrow(/PORT is not valid/);
    expect(() => parseServerEnvironment(wrong)).toThrow(/RELEASES\/0\/schedule is not valid \(must be five fields/);
    expect(() => parseServerEnvironment(wrong)).not.toThrow(/eighty-secret|secret-of-the-server/);
    for (const name of Object.keys(complete).filter((one) => one !== 'FILES_DIR'))
      expect(() => parseServerEnvironment({ ...complete, [name]: '' }), name).toThrow(`${name} is missing`);
    expect(() => parseServerEnvironment(rest)).toThrow(/OPERATOR is missing/);
    expect(() => parseServerEnvironment({ ...rest, OPERATOR: complete.OPERATOR })).toThrow(/FILES_BUCKET is missing/);
  });

  it('may come from files, as secrets do', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'secret-')), 'key');
    writeFileSync(file, 'from-a-file\n');
    const { AWS_SECRET_ACCESS_KEY: _, ...rest } = complete;
    const { AWS_SECRET_ACCESS_KEY } = parseServerEnvironment({ ...rest, AWS_SECRET_ACCESS_KEY_FILE: file });
    expect(AWS_SECRET_ACCESS_KEY).toBe('from-a-file');
    expect(() => parseServerEnvironment({ ...rest, AWS_SECRET_ACCESS_KEY_FILE: `${file}-none` })).toThrow(
      'AWS_SECRET_ACCESS_KEY_FILE cannot be read (ENOENT)',
    );
  });
});
