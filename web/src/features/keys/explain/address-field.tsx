import { Button, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import { toFailure } from '../../../lib/failure.ts';
import { trpc } from '../../../lib/trpc.ts';

interface AddressFieldProps {
  value: string;
  onChange: (address: string) => void;
  error: string | undefined;
  /** From where the key was last used; null if it never was. */
  lastUsed: string | null;
}

/** From where the call came, with the two addresses that are at hand. */
export function AddressField({ value, onChange, error, lastUsed }: AddressFieldProps) {
  const { account } = trpc.useUtils();
  const [refusal, setRefusal] = useState<string | null>(null);
  const askOwn = async () => {
    try {
      const { address } = await account.address.fetch(undefined, { staleTime: 0 });
      setRefusal(address === null ? 'A proxy hides your address: write it by hand.' : null);
      onChange(address ?? '');
    } catch (failed) {
      setRefusal(toFailure(failed).detail);
    }
  };
  return (
    <div>
      <TextInput
        label="Address"
        description="Where the call came from, if the key is bound to addresses."
        placeholder="203.0.113.9"
        autoComplete="off"
        spellCheck={false}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        error={refusal ?? error}
      />
      <Group gap="xs" mt="xs">
        <Button variant="default" size="xs" onClick={() => void askOwn()}>
          My own
        </Button>
        {lastUsed !== null && (
          <Button variant="default" size="xs" onClick={() => onChange(lastUsed)}>
            The key’s last, {lastUsed}
          </Button>
        )}
      </Group>
    </div>
  );
}
