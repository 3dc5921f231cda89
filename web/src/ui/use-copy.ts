import { useTimeout } from '@mantine/hooks';
import { useState } from 'react';
import { copyText } from '../lib/copy-text.ts';

const shownForMs = 2_000;

/** Copies, and says for a moment what came of it. */
export function useCopy(text: string) {
  const [state, setState] = useState<'idle' | 'copied' | 'refused'>('idle');
  const { start } = useTimeout(() => setState('idle'), shownForMs);
  const copy = async () => {
    setState((await copyText(text)) ? 'copied' : 'refused');
    start();
  };
  return { state, copy: () => void copy() };
}
