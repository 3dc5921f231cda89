import type { Key } from '@keyward/shared/keys';
import { TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { Dialog } from '../../../ui/dialog.tsx';
import { FoundKeys } from './found-keys.tsx';

interface SameAsKeyDialogProps {
  isOpen: boolean;
  onChoose: (key: Key) => void;
  onClose: () => void;
}

/** Which key the new one is to be like. */
export function SameAsKeyDialog({ isOpen, onChoose, onClose }: SameAsKeyDialogProps) {
  return (
    <Dialog title="Same as another key" isOpen={isOpen} onClose={onClose}>
      <KeySearch onChoose={onChoose} />
    </Dialog>
  );
}

const settleMs = 200;

function KeySearch({ onChoose }: { onChoose: (key: Key) => void }) {
  const [typed, setTyped] = useState('');
  const [settled] = useDebouncedValue(typed.trim(), settleMs);
  return (
    <>
      <p>Its permissions are taken over as far as you may grant them.</p>
      <TextInput
        type="search"
        aria-label="Search by name, last four or external id"
        placeholder="Search by name, last four or external id"
        leftSection={<IconSearch size={16} />}
        maxLength={100}
        mt="sm"
        mb="sm"
        data-autofocus
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        // In a form, Enter would create the key.
        onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
      />
      <FoundKeys q={settled} onChoose={onChoose} />
    </>
  );
}
