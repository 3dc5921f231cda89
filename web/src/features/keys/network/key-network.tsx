import type { Receipt } from '@keyward/shared/keys';
import { useState } from 'react';
import { isAdmin, useMembership } from '../../../lib/membership.ts';
import { useKey } from '../key-context.ts';
import { AddressesSeen } from './addresses-seen.tsx';
import { AllowlistDialog } from './allowlist-dialog.tsx';
import { AllowlistPanel } from './allowlist-panel.tsx';
import classes from './key-network.module.css';
import { RemoveLockDialog } from './remove-lock-dialog.tsx';

/** What is being changed: the allowlist, beginning with these entries, or whether there is one. */
type Change = { type: 'list'; title: string; entries: readonly string[] } | { type: 'removal' };

/** From where a key may be used, and from where it is. */
export function KeyNetwork() {
  const key = useKey();
  const membership = useMembership();
  const mayLoosen = isAdmin(membership);
  const mayChange = (mayLoosen || key.user?.id === membership.user.id) && key.status !== 'revoked';
  const [change, setChange] = useState<Change | null>(null);
  const [receipt, setReceipt] = useState<Receipt | null>(null);
  const close = () => setChange(null);
  const finish = (proof: Receipt) => {
    setReceipt(proof);
    close();
  };
  return (
    <div className={classes.root}>
      <AllowlistPanel
        mayChange={mayChange}
        mayLoosen={mayLoosen}
        receipt={receipt}
        onEdit={() =>
          setChange({ type: 'list', title: 'Allowed addresses', entries: key.ipAllowlist })
        }
        onRemove={() => setChange({ type: 'removal' })}
      />
      <AddressesSeen
        // What was chosen has served its purpose.
        key={receipt?.revision}
        mayChange={mayChange}
        onLock={(entries) => setChange({ type: 'list', title: 'Lock to these addresses', entries })}
      />
      <AllowlistDialog
        title={change?.type === 'list' ? change.title : ''}
        entries={change?.type === 'list' ? change.entries : null}
        onClose={close}
        onSaved={finish}
      />
      <RemoveLockDialog isOpen={change?.type === 'removal'} onClose={close} onSaved={finish} />
    </div>
  );
}
