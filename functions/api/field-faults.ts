import * as z from 'zod';
import { pointerTo } from '../http/json-body.ts';
import type { FieldFault, Word } from '../http/problem.ts';
import type { FieldRule } from '../http/problem-texts.ts';

/**
 * Translates a zod issue into faults of the catalogue, by where it is and what is there.
 *
 * @param unknownKey the rule of a field that does not exist there
 */
export function faultsOf(
  issue: z.core.$ZodIssue,
  body: unknown,
  unknownKey: FieldRule = 'unknown-field',
): FieldFault[] {
  const { path, value } = reach(body, issue.path);
  const field = pointerTo(path);
  const fault = (rule: FieldRule, words: Record<string, Word> = {}): FieldFault[] => [{ field, rule, words }];
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ field: pointerTo([key], field), rule: unknownKey }));
  if (issue.code === 'custom' && issue.params?.rule) return fault(issue.params.rule, issue.params.words);
  if (value === undefined) return fault('required');
  switch (issue.code) {
    case 'invalid_type':
      return fault('wrong-type', { expected: JSON_TYPES[issue.expected] ?? issue.expected });
    case 'invalid_value':
      return fault('unknown-code', { codes: issue.values.map(String).join(', ') });
    case 'too_big':
      return fault(issue.origin === 'string' ? 'too-long' : 'too-many', { maximum: Number(issue.maximum) });
    case 'too_small':
      return fault(issue.origin === 'string' ? 'too-short' : 'too-few', { minimum: Number(issue.minimum) });
    case 'invalid_format':
      return fault(
        issue.format === 'date' ? 'invalid-date' : path[0] === 'instrument' ? 'unknown-instrument' : 'invalid-text',
      );
    default:
      return fault('invalid-text');
  }
}

const JSON_TYPES: Record<string, Word> = {
  object: { de: 'ein Objekt', en: 'an object' },
  record: { de: 'ein Objekt', en: 'an object' },
  array: { de: 'eine Liste', en: 'a list' },
  string: { de: 'ein Text', en: 'a text' },
  number: { de: 'eine Zahl', en: 'a number' },
  int: { de: 'eine ganze Zahl', en: 'a whole number' },
};

/** Follows a path as far as the body has it: one code stands for a list of one, so `/questions/a/0` may be `/questions/a`. */
export function reach(body: unknown, path: PropertyKey[]): { path: PropertyKey[]; value: unknown } {
  let value = body;
  for (const [depth, key] of path.entries()) {
    if (typeof value !== 'object' || value === null) return { path: path.slice(0, depth), value };
    value = Object.hasOwn(value, key) ? (value as Record<PropertyKey, unknown>)[key] : undefined;
  }
  return { path, value };
}

/** Text without control characters and lone surrogates. */
export const plainText = (minimum: number, maximum: number) =>
  z
    .string()
    .min(minimum)
    .max(maximum)
    .refine((text) => !/[\p{Cc}\p{Cs}]/u.test(text), breaks('invalid-text'));

/** Parameters of a zod check that carry the catalogue's rule instead of a message. */
export const breaks = (rule: FieldRule, words: Record<string, Word> = {}) => ({ params: { rule, words } });
