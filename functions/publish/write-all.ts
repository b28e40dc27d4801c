const AT_ONCE = 16;

/**
 * Carries out writes, several at once. After a failure it begins no more and ends when none is under way any longer, so that
 * whoever then removes what was written finds all of it.
 */
export async function writeAll(writes: readonly (() => Promise<unknown>)[]): Promise<void> {
  let next = 0;
  const failures: unknown[] = [];
  const worker = async () => {
    while (next < writes.length && failures.length === 0)
      await writes[next++]!().catch((error: unknown) => failures.push(error));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  if (failures.length > 0) throw failures[0];
}
