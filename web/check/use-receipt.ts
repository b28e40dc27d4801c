import { useCallback, useEffect, useState } from 'preact/hooks';
import { forgetCode, rememberCode, rememberedCode } from '../kept-code.ts';
import { browserStore } from '../text-store.ts';

export type TabReceipt = ReturnType<typeof useReceipt>;

/** The Rückkehr-Code in this page's memory, and in the tab's session storage if the visitor wants that. */
export function useReceipt() {
  const [state, setState] = useState({
    /** Canonical, 27 symbols; undefined until one is made or entered. */
    receipt: undefined as string | undefined,
    /** Whether the tab keeps it until it is closed. */
    isRemembered: false,
  });
  useEffect(() => {
    const remembered = rememberedCode(browserStore('sessionStorage'));
    if (remembered) setState({ receipt: remembered, isRemembered: true });
  }, []);

  const keep = (receipt: string | undefined, isRemembered: boolean) => {
    const session = browserStore('sessionStorage');
    if (receipt && isRemembered) return rememberCode(session, receipt);
    forgetCode(session);
    return isRemembered;
  };
  const setReceipt = useCallback((receipt: string | undefined) => {
    setState(({ isRemembered }) => ({ receipt, isRemembered: keep(receipt, isRemembered) }));
  }, []);
  const setRemembered = useCallback((isRemembered: boolean) => {
    setState(({ receipt }) => ({ receipt, isRemembered: keep(receipt, isRemembered) }));
  }, []);
  return { ...state, setReceipt, setRemembered };
}
