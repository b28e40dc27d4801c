import { describe, expect, it } from 'vitest';
import {
  cellKey,
  changeKey,
  createTableInput,
  manifestKey,
  membersKey,
  tableDefinitions,
  tableNames,
} from '#store/tables';

describe('the tables', () => {
  const definitions = tableDefinitions(tableNames('sektorspiegel'));

  it('are four, on demand, without index or stream', () => {
    expect(definitions.map((definition) => definition.name)).toEqual([
      'sektorspiegel-submissions',
      'sektorspiegel-releases',
      'sektorspiegel-registry',
      'sektorspiegel-invitations',
    ]);
    for (const definition of definitions) {
      const input = createTableInput(definition);
      expect(input.BillingMode).toBe('PAY_PER_REQUEST');
      expect(Object.keys(input).sort()).toEqual(['AttributeDefinitions', 'BillingMode', 'KeySchema', 'TableName']);
    }
    expect(definitions.find((definition) => definition.name.endsWith('submissions'))?.timeToLive).toBe('expiresAt');
  });

  it('keep everything of a release in one partition, so that nothing of it can be left behind', () => {
    const id = 'digitalcheck.1-2026-06-30-0000000a';
    const keys = [manifestKey(id), cellKey(id, 'all'), changeKey(id, 'all'), membersKey(id, 'c-0a1b2c3d')];
    for (const key of keys) expect(key.pk).toEqual({ S: `release#${id}` });
    expect(new Set(keys.map(({ sk }) => sk!.S)).size).toBe(keys.length);
  });
});
