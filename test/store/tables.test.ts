import { describe, expect, it } from 'vitest';
import { cellKey, createTableInput, tableDefinitions, tableNames } from '#store/tables';

describe('the tables', () => {
  const definitions = tableDefinitions(tableNames('sektorspiegel'));

  it('are five, on demand, without index or stream', () => {
    expect(definitions.map((definition) => definition.name)).toEqual([
      'sektorspiegel-submissions',
      'sektorspiegel-ledger',
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

  it('keep the cells of an association in a partition of its own', () => {
    const id = 'digitalcheck.1-2026-06-30-0000000a';
    expect(cellKey(id, 'level=facility,cohort=c-0a1b2c3d').pk).toEqual({ S: 'cohort#c-0a1b2c3d' });
    expect(cellKey(id, 'cohort=c-0a1b2c3d,sector=health').pk).toEqual({ S: 'cohort#c-0a1b2c3d' });
    expect(cellKey(id, 'sector=elder-care').pk).toEqual({ S: `release#${id}` });
  });
});
