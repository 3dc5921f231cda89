import { Button } from '@mantine/core';
import { IconShieldLock } from '@tabler/icons-react';
import { trpc } from '../../../lib/trpc.ts';
import classes from './demand-notice.module.css';

interface DemandNoticeProps {
  /** The organization that asks for a second factor. */
  name: string;
  /** Whether this session has one now. */
  isMet: boolean;
  onContinue: () => void;
  onSignOut: () => void;
}

/** Why one stands here and not in the organization, and what leads there. */
export function DemandNotice({ name, isMet, onContinue, onSignOut }: DemandNoticeProps) {
  const factor = trpc.account.secondFactor.get.useQuery();
  const isOn = factor.data?.isOn === true;
  const signOut = trpc.account.signOut.useMutation({ onSuccess: onSignOut });
  return (
    <div className={classes.root} role="status">
      <IconShieldLock size={20} className={classes.icon} aria-hidden="true" />
      <div>
        <p className={classes.title}>
          {isMet ? `${name} lets you in now` : `${name} asks for a second factor`}
        </p>
        {!isMet && !isOn && <p>Set one up below, and you are let in.</p>}
        {!isMet && isOn && <p>You have one, and signed in here without it. Sign in again.</p>}
        {isMet && (
          <Button size="xs" mt="sm" onClick={onContinue}>
            Continue to {name}
          </Button>
        )}
        {!isMet && isOn && (
          <Button size="xs" mt="sm" loading={signOut.isPending} onClick={() => signOut.mutate()}>
            Sign out
          </Button>
        )}
      </div>
    </div>
  );
}
