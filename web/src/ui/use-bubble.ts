import { useRef } from 'react';
import { placeAbove } from './place-above.ts';

/** A small surface in the top layer, shown beside the first child of its anchor until something else happens. */
export function useBubble() {
  const anchor = useRef<HTMLSpanElement>(null);
  const bubble = useRef<HTMLSpanElement>(null);
  const listening = useRef<AbortController>(null);
  const hide = () => {
    listening.current?.abort();
    bubble.current?.hidePopover();
  };
  const show = () => {
    const target = anchor.current?.firstElementChild;
    if (!target || !bubble.current || bubble.current.matches(':popover-open')) {
      return;
    }
    bubble.current.showPopover();
    placeAbove(bubble.current, target);
    listening.current = new AbortController();
    const { signal } = listening.current;
    document.addEventListener('keydown', (event) => event.key === 'Escape' && hide(), { signal });
    document.addEventListener('scroll', hide, { signal, capture: true, passive: true });
  };
  return { anchor, bubble, show, hide };
}
