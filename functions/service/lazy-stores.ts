/** A store of which only methods are used that answer a promise. */
// biome-ignore lint/suspicious/noExplicitAny: the arguments of any method.
type Method = (...given: any[]) => unknown;

/**
 * Stands in for `stores[name]` while the stores are being loaded: each call waits for them. A failure to load rejects
 * every call and nothing else, so that a request is told, and what needs no store is answered.
 */
export function loadedLater<Stores extends object, Name extends keyof Stores>(
  stores: Promise<Stores>,
  name: Name,
): Promised<Stores[Name]> {
  stores.catch(() => {}); // told by the calls
  const call =
    (method: string | symbol) =>
    async (...given: unknown[]) => {
      const store = (await stores)[name] as Record<string | symbol, Method>;
      return store[method]!(...given);
    };
  return new Proxy({} as Promised<Stores[Name]>, { get: (_, method) => call(method) });
}

/** The methods of a store that answer a promise; the others cannot wait for it to load. */
export type Promised<Store> = {
  [Method in keyof Store as Store[Method] extends (...given: never) => Promise<unknown>
    ? Method
    : never]: Store[Method];
};
