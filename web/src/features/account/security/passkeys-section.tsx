import { Button, Skeleton } from '@mantine/core';
import { useState } from 'react';
import { toFailure } from '../../../lib/failure.ts';
import { canUsePasskeys } from '../../../lib/passkeys.ts';
import { trpc } from '../../../lib/trpc.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import { AddPasskey } from './add-passkey.tsx';
import classes from './forms.module.css';
import { PasskeyRow } from './passkey-row.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';
import { RemovePasskey } from './remove-passkey.tsx';
import { Section } from './section.tsx';
import listClasses from './sessions-section.module.css';

interface PasskeysSectionProps {
  /** Whether browsers make passkeys for the address of this Keyward. */
  isPossible: boolean;
  onChanged: () => void;
}

/** Passkeys: made, listed with their last use, and removed. */
export function PasskeysSection({ isPossible, onChanged }: PasskeysSectionProps) {
  const list = trpc.account.passkeys.list.useQuery();
  const utils = trpc.useUtils();
  const [isAdding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<{ id: string; name: string } | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const changed = () => {
    void utils.account.passkeys.list.invalidate();
    void utils.account.secondFactor.get.invalidate();
    void utils.account.ways.invalidate();
    onChanged();
  };
  return (
    <Section
      title="Passkeys"
      description="A key on your device, unlocked by your face, finger or PIN. It signs you in by itself, cannot be phished, and counts as a second factor."
    >
      {list.isError && (
        <FailureNotice failure={toFailure(list.error)} onRetry={() => void list.refetch()} />
      )}
      {list.isPending && <Skeleton height={36} width={180} aria-label="Loading passkeys" />}
      {list.data !== undefined && list.data.length > 0 && (
        <ul className={listClasses.list} aria-label="Passkeys">
          {list.data.map((passkey) => (
            <PasskeyRow key={passkey.id} passkey={passkey} onRemove={() => setRemoving(passkey)} />
          ))}
        </ul>
      )}
      {isPossible && canUsePasskeys() ? (
        <div className={list.data?.length === 0 ? undefined : listClasses.actions}>
          <Button variant="default" onClick={() => setAdding(true)}>
            Add a passkey
          </Button>
        </div>
      ) : (
        <p className={classes.facts}>
          {isPossible
            ? 'This browser has no passkeys.'
            : 'Browsers make passkeys for a name with https, or for localhost, and not for this address. Whoever runs this Keyward sets KEYWARD_PUBLIC_URL.'}
        </p>
      )}
      <Dialog title="Add a passkey" isOpen={isAdding} onClose={() => setAdding(false)}>
        <AddPasskey
          onCancel={() => setAdding(false)}
          onDone={(made) => {
            setAdding(false);
            setCodes(made);
            changed();
          }}
        />
      </Dialog>
      <Dialog
        title="Keep your recovery codes"
        isOpen={codes !== null}
        onClose={() => setCodes(null)}
      >
        {codes !== null && <RecoveryCodes codes={codes} onDone={() => setCodes(null)} />}
      </Dialog>
      <Dialog title="Remove passkey" isOpen={removing !== null} onClose={() => setRemoving(null)}>
        {removing !== null && (
          <RemovePasskey
            passkey={removing}
            isLast={list.data?.length === 1}
            onCancel={() => setRemoving(null)}
            onDone={() => {
              setRemoving(null);
              changed();
            }}
          />
        )}
      </Dialog>
    </Section>
  );
}
