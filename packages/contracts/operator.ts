import * as z from 'zod';

/** Who runs a service, as German law wants it named (§ 5 DDG, § 18 MStV). Set as JSON in the variable `OPERATOR`. */
export const Operator = z.strictObject({
  name: z.string().min(1),
  /** Lines of a postal address. */
  address: z.array(z.string().min(1)).min(1),
  email: z.email(),
  phone: z.string().min(1).optional(),
  /** Who represents a legal person. */
  representedBy: z.string().min(1).optional(),
  /** Register and number. */
  register: z.string().min(1).optional(),
  vatId: z.string().min(1).optional(),
  /** Who answers for the content. */
  responsible: z.string().min(1).optional(),
  /** The data protection officer, or whom to ask. */
  dataProtection: z.string().min(1).optional(),
  /** On what legal basis the answers are processed (Art. 13 GDPR); shown on the privacy page, as the next. */
  legalBasis: z.string().min(1).optional(),
  /** Who processes them on the operator's behalf, and where. */
  processors: z.string().min(1).optional(),
});
export type Operator = z.infer<typeof Operator>;

/** Reads the variable. Throws an Error that names every field at fault. */
export function parseOperator(text: string): Operator {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error('OPERATOR must be a JSON object.');
  }
  const parsed = Operator.safeParse(value);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'object'}: ${message}`);
  throw new Error(`OPERATOR is not valid: ${faults.join('; ')}.`);
}
