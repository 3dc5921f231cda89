import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { findSecret } from '../../lib/secret-like.ts';
import classes from './key-filter-bar.module.css';

interface KeySearchProps {
  q: string;
  onSearch: (q: string) => void;
}

const settleMs = 200;
const last4Length = 4;

/** Searches while somebody types. A whole secret is cut to its last four, lest it reach the address. */
export function KeySearch({ q, onSearch }: KeySearchProps) {
  const [typed, setTyped] = useState(q);
  const [isCut, setCut] = useState(false);
  const search = useDebouncedCallback(onSearch, settleMs);
  // The address may change by other hands: the back button, or a click on Clear.
  useEffect(() => {
    setTyped((before) => (before.trim() === q ? before : q));
  }, [q]);
  const change = (text: string) => {
    const secret = findSecret(text);
    const shown = secret === null ? text : secret.slice(-last4Length);
    setCut(secret !== null);
    setTyped(shown);
    search(shown);
  };
  return (
    <div className={classes.search}>
      <TextInput
        type="search"
        aria-label="Search by name, last four or external id"
        placeholder="Search by name, last four or external id"
        autoComplete="off"
        leftSection={<IconSearch size={16} />}
        value={typed}
        onChange={(event) => change(event.currentTarget.value)}
      />
      <p role="status" className={isCut ? classes.note : 'visually-hidden'}>
        {isCut && 'That was a whole secret: only its last four are searched.'}
      </p>
    </div>
  );
}
