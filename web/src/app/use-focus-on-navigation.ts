import { useLocation } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';

/** Moves focus to the main part when another page stands there, as a loaded page would. */
export function useFocusOnNavigation() {
  const { pathname } = useLocation();
  const main = useRef<HTMLElement>(null);
  const shown = useRef(pathname);
  useEffect(() => {
    if (shown.current !== pathname) {
      shown.current = pathname;
      main.current?.focus({ preventScroll: true });
    }
  }, [pathname]);
  return main;
}
