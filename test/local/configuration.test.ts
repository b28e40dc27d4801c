import { describe, expect, it } from 'vitest';
import { CannotRun } from '#functions/local/cannot-run';
import { readServerConfiguration } from '#functions/local/configuration';

describe('the configuration of the local server', () => {
  it('has defaults for everything', () => {
    expect(readServerConfiguration([], {})).toEqual({
      dataFolder: '.data',
      instrumentFolders: [],
      tablePrefix: 'sektorspiegel',
      requestsPerMinute: 6000,
      asksForWork: false,
      port: 8080,
      isFresh: false,
      hasDemo: true,
    });
  });

  it('takes options before the environment, and an empty variable as unset', () => {
    const env = { INSTRUMENTS_DIR: 'elsewhere', DYNAMODB_ENDPOINT: '', TABLE_PREFIX: '' };
    const args = [
      '--port',
      '0',
      '--data',
      'd',
      '--instruments',
      'here',
      '--fresh',
      '--no-demo',
      '--limit',
      '60',
      '--proof-of-work',
    ];
    expect(readServerConfiguration(args, env)).toEqual({
      dataFolder: 'd',
      instrumentFolders: ['here'],
      tablePrefix: 'sektorspiegel',
      requestsPerMinute: 60,
      asksForWork: true,
      port: 0,
      isFresh: true,
      hasDemo: false,
    });
    expect(readServerConfiguration([], env)?.instrumentFolders).toEqual(['elsewhere']);
    const other = readServerConfiguration([], { DYNAMODB_ENDPOINT: 'https://x:8000', TABLE_PREFIX: 'p' });
    expect(other).toMatchObject({ dynamodbEndpoint: 'https://x:8000', tablePrefix: 'p' });
  });

  it('takes of SERVICE_URL what leads to the service', () => {
    expect(readServerConfiguration([], { SERVICE_URL: 'https://spiegel.example.org/' })?.serviceUrl).toBe(
      'https://spiegel.example.org',
    );
    for (const SERVICE_URL of ['spiegel.example.org', 'https://spiegel.example.org/de/', 'ftp://spiegel.example.org'])
      expect(() => readServerConfiguration([], { SERVICE_URL })).toThrow(/^SERVICE_URL must be/);
  });

  it('is asked for by --help alone', () => {
    expect(readServerConfiguration(['--help', '--port', 'x'], {})).toBeUndefined();
  });

  it.each([
    [['--colour'], {}, '--colour'],
    [['--port'], {}, '--port'],
    [['--port=http'], {}, '--port'],
    [['--port=65536'], {}, '--port'],
    [['--port=-1'], {}, '--port'],
    [['--port='], {}, '--port'],
    [['--limit=many'], {}, '--limit'],
    [['--data='], {}, '--data'],
    [['extra'], {}, 'extra'],
    [[], { TABLE_PREFIX: 'a b' }, 'TABLE_PREFIX'],
    [[], { DYNAMODB_ENDPOINT: 'dynamodb' }, 'DYNAMODB_ENDPOINT'],
    [[], { DYNAMODB_ENDPOINT: 'file:///x' }, 'DYNAMODB_ENDPOINT'],
    [['--fresh'], { DYNAMODB_ENDPOINT: 'http://x' }, '--fresh'],
  ])('is refused in one sentence: %j %j', (args, env, named) => {
    const read = () => readServerConfiguration(args, env);
    expect(read).toThrow(CannotRun);
    expect(read).toThrow(named);
    expect(read).toThrow(/^[^\n]+\.$/);
  });
});
