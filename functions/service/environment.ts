import * as z from 'zod';
import { serviceOrigin } from '#contracts/service-address';

/** A variable that holds JSON of a shape. */
export const jsonVariable = <Shape extends z.ZodType>(shape: Shape) =>
  z
    .string()
    .transform((text, ctx): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        ctx.addIssue({ code: 'custom', message: 'must be JSON' });
        return z.NEVER;
      }
    })
    .pipe(shape);

/** Where people reach the service, as "https://example.org". */
export const ServiceOrigin = z.string().transform((address, ctx) => {
  const origin = serviceOrigin(address);
  if (origin) return origin;
  ctx.addIssue({ code: 'custom', message: 'must be an http or https address without a path' });
  return z.NEVER;
});

/**
 * Reads the environment of a function once.
 *
 * @param who whose it is, for the message
 * @throws Error naming every variable that is missing or wrong, never its value
 */
export function parseEnvironment<Schema extends z.ZodType>(
  who: string,
  schema: Schema,
  variables: Record<string, string | undefined>,
): z.infer<Schema> {
  const parsed = schema.safeParse(variables);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => {
    const name = String(path[0]);
    return variables[name] === undefined ? `${name} is missing` : `${path.join('/')} is not valid (${message})`;
  });
  throw new Error(`${who} cannot start: ${faults.join('; ')}.`);
}
