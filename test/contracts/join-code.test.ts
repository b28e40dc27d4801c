import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { associationOfKey, formatAssociationKey, readAssociationKey } from '#contracts/association-key';
import { formatInvitationCode, formatJoinCode, readCode } from '#contracts/join-code';
import { joiningOf } from '#contracts/joining';
import type { Association } from '#contracts/registry';

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const joinCodes = bytes(5).map(formatJoinCode);
const invitationCodes = bytes(10).map(formatInvitationCode);
const drawn = (codes: fc.Arbitrary<string | null>) => codes.filter((code) => code !== null);

describe('codes', () => {
  it('are groups of four ordinary symbols', () => {
    fc.assert(fc.property(drawn(joinCodes), (code) => /^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/.test(code)));
    fc.assert(
      fc.property(drawn(invitationCodes), (code) => /^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/.test(code)),
    );
  });

  it('are read as people type them', () => {
    fc.assert(
      fc.property(drawn(joinCodes), drawn(invitationCodes), (join, invitation) => {
        const plain = (code: string) => code.replaceAll('-', '');
        expect(readCode(join.toLowerCase().replace('-', ' '))).toEqual({
          kind: 'join',
          code: plain(join),
          isMistyped: false,
        });
        expect(readCode(` ${plain(invitation).replaceAll('0', 'o')}`)).toEqual({
          kind: 'invitation',
          code: plain(invitation),
        });
      }),
    );
  });

  it('with one wrong symbol are told as mistyped, never taken for another', () => {
    fc.assert(
      fc.property(drawn(invitationCodes), fc.nat(15), fc.integer({ min: 1, max: 31 }), (code, place, shift) => {
        const symbols = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
        const plain = code.replaceAll('-', '');
        const wrong = symbols[(symbols.indexOf(plain[place]!) + shift) % 32]!;
        expect(readCode(plain.slice(0, place) + wrong + plain.slice(place + 1))).toMatchObject({ isMistyped: true });
      }),
    );
  });

  it('that were made up by hand are join codes as they stand', () => {
    expect(readCode('DEMO-VERBAND')).toEqual({ kind: 'join', code: 'DEMO-VERBAND', isMistyped: false });
    expect(readCode('')).toEqual({ kind: 'join', code: '', isMistyped: false });
  });
});

describe('association keys', () => {
  it('name their association and are no other kind of secret', () => {
    const key = formatAssociationKey('c-0a1b2c3d', 'x'.repeat(43));
    expect(associationOfKey(key)).toBe('c-0a1b2c3d');
    for (const other of ['', 'c-0a1b2c3d', `${key}x`, key.slice(1), '7ZQ-000-000-000-000-000-000-000-000'])
      expect(associationOfKey(other)).toBeUndefined();
    expect(() => formatAssociationKey('c-0a1b2c3d', 'short')).toThrow(TypeError);
  });

  it('are read however they were copied: with invisible signs, another dash, a line break', () => {
    const key = formatAssociationKey('c-0a1b2c3d', `-_${'x'.repeat(41)}`);
    const copied = `\ufeff ${key.replaceAll('-', '\u2013').slice(0, 20)}\r\n\u200b${key.slice(20)}\u2060\u00ad `;
    expect(readAssociationKey(copied)).toBe(key);
    for (const other of ['', 'c-0a1b2c3d.short', `${key}.`]) expect(readAssociationKey(other)).toBeUndefined();
  });
});

describe('joiningOf', () => {
  const association = (changed: Partial<Association>): Association => ({
    id: 'c-0a1b2c3d',
    name: 'Verband A',
    joinCode: 'ABCD-EFG',
    createdAt: '2026-01-01T00:00:00.000Z',
    ...changed,
  });
  const campaign = (opensOn: string, closesOn: string, more = {}) => ({
    id: 'k-00000001',
    instrument: 'digitalcheck.1',
    opensOn,
    closesOn,
    resultsOn: closesOn,
    ...more,
  });
  const on = (campaigns: ReturnType<typeof campaign>[], today: string, changed: Partial<Association> = {}) =>
    joiningOf(association({ campaigns, ...changed }), 'digitalcheck.1.1', today).state;

  it('without campaigns is open until the association is closed', () => {
    expect(on([], '2026-05-01')).toBe('open');
    expect(on([], '2026-05-01', { closedAt: '2026-04-01T00:00:00.000Z' })).toBe('closed');
  });

  it('follows the days of the campaigns, both ends included', () => {
    const two = [campaign('2026-09-01', '2026-09-30'), campaign('2026-03-01', '2026-03-31')];
    const states = ['2026-02-28', '2026-03-01', '2026-03-31', '2026-04-01', '2026-09-30', '2026-10-01'];
    expect(states.map((day) => on(two, day))).toEqual(['not-yet', 'open', 'open', 'not-yet', 'open', 'over']);
  });

  it('takes no join code while members have invitation codes', () => {
    expect(on([campaign('2026-03-01', '2026-03-31', { invitations: 48 })], '2026-03-05')).toBe('by-invitation');
  });

  it('heeds only campaigns of the same check', () => {
    expect(on([campaign('2026-03-01', '2026-03-31', { instrument: 'egovernment.1' })], '2026-05-05')).toBe('open');
  });
});
