import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, organisationOf, sha256Hex, submissionKeyOf } from '#store/hashes';

describe('hashes', () => {
  it('are SHA-256 as published', () => {
    expect(sha256Hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(sha256Hex(new Uint8Array())).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(organisationOf('abc')).toBe(Buffer.from(sha256Hex('abc'), 'hex').toString('base64url'));
  });

  it('tell every pair of instrument and key apart', () => {
    expect(submissionKeyOf('a.1', '1')).not.toBe(submissionKeyOf('a.11', ''));
    expect(submissionKeyOf('a.1', 'key')).toMatch(/^[\w-]{43}$/);
  });
});

describe('canonical JSON', () => {
  it('is the same for equal values, whatever the order of their entries, and parses back', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(reversed(value))).toBe(text);
      }),
    );
  });

  it('leaves out what is undefined and refuses what JSON cannot say', () => {
    expect(canonicalJson({ b: undefined, a: [1, null, 'ä'] })).toBe('{"a":[1,null,"ä"]}');
    expect(canonicalJson({ at: new Date(0) })).toBe('{"at":"1970-01-01T00:00:00.000Z"}');
    for (const value of [undefined, Number.NaN, Number.POSITIVE_INFINITY, [undefined], () => 1, 1n])
      expect(() => canonicalJson(value)).toThrow(TypeError);
  });
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, entry]) => [name, reversed(entry)]),
  );
}
