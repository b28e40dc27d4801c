/**
 * `digitalcheck.1.1` -> `digitalcheck.1`: the series whose submissions and releases this version of an instrument shares.
 */
export function seriesOf(instrumentId: string): string {
  return instrumentId.split('.').slice(0, 2).join('.');
}
