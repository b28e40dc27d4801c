/** The browser's own store, or undefined where it is blocked: then merely asking for it throws. */
export function browserStore(name: 'localStorage' | 'sessionStorage'): Storage | undefined {
  try {
    return globalThis[name];
  } catch {
    return undefined;
  }
}
