import { useEffect, useRef, useState } from 'react';
import { downloadText } from '../../../lib/download-text.ts';
import { type Failure, toFailure } from '../../../lib/failure.ts';
import { useMembership } from '../../../lib/membership.ts';
import { trpc } from '../../../lib/trpc.ts';
import { type KeyFilters, toSearchInput } from '../key-filters.ts';
import { type ExportFormat, exportFormats } from './write-keys.ts';

/** The largest page that the server gives. */
const pageSize = 200;

export interface KeyExport {
  state: 'ready' | 'running' | 'stopped';
  /** How many keys were read. */
  count: number;
  /** Why it stopped, where nobody stopped it. */
  failure: Failure | null;
  start: (format: ExportFormat) => void;
  stop: () => void;
  /** From where it stopped. */
  goOn: () => void;
}

/** What was read, as the text that it is written as, and what comes next. */
interface Progress {
  format: ExportFormat;
  parts: string[];
  count: number;
  cursor: string | null;
}

/** Reads the keys that pass the filters page by page, and hands them over as one file when all are read. */
export function useKeyExport(filters: KeyFilters, onDone: (count: number) => void): KeyExport {
  const { client } = trpc.useUtils();
  const { organization } = useMembership();
  const [state, setState] = useState<KeyExport['state']>('ready');
  const [count, setCount] = useState(0);
  const [failure, setFailure] = useState<Failure | null>(null);
  const progress = useRef<Progress | null>(null);
  const reading = useRef<AbortController | null>(null);
  const stop = () => reading.current?.abort();
  // Whoever leaves the page reads no more.
  useEffect(() => () => reading.current?.abort(), []);

  const readAll = async (so: Progress, { signal }: AbortController) => {
    do {
      const page = await client.keys.list.query(
        {
          ...toSearchInput(filters),
          limit: pageSize,
          ...(so.cursor !== null && { cursor: so.cursor }),
        },
        { signal },
      );
      so.parts.push(...exportFormats[so.format].write(page.data, so.count === 0));
      so.count += page.data.length;
      so.cursor = page.nextCursor;
      setCount(so.count);
    } while (so.cursor !== null);
  };
  const run = async (so: Progress) => {
    const controller = new AbortController();
    reading.current = controller;
    setFailure(null);
    setState('running');
    try {
      await readAll(so, controller);
    } catch (error) {
      setState('stopped');
      setFailure(controller.signal.aborted ? null : toFailure(error));
      return;
    }
    const { end, type } = exportFormats[so.format];
    const day = new Date().toISOString().slice(0, 10);
    downloadText(`${organization.slug}-keys-${day}.${so.format}`, [...so.parts, end], type);
    onDone(so.count);
  };
  return {
    state,
    count,
    failure,
    start: (format) => {
      progress.current = { format, parts: [], count: 0, cursor: null };
      void run(progress.current);
    },
    stop,
    goOn: () => progress.current !== null && void run(progress.current),
  };
}
