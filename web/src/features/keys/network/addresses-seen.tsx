import { Button, Skeleton, Title } from '@mantine/core';
import { IconWorld } from '@tabler/icons-react';
import { useState } from 'react';
import { toFailure } from '../../../lib/failure.ts';
import { trpc } from '../../../lib/trpc.ts';
import { EmptyNotice } from '../../../ui/empty-notice.tsx';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import { useKey } from '../key-context.ts';
import { askAgainAfter } from '../use-key-usage.ts';
import { AddressTable } from './address-table.tsx';
import classes from './addresses-seen.module.css';

interface AddressesSeenProps {
  mayChange: boolean;
  onLock: (addresses: readonly string[]) => void;
}

/** From where the key was used and refused, and the way from there to an allowlist. */
export function AddressesSeen({ mayChange, onLock }: AddressesSeenProps) {
  const { id } = useKey();
  const query = trpc.keys.addresses.useQuery(
    { id },
    { refetchInterval: ({ state }) => askAgainAfter(state.data?.length === 0) },
  );
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const addresses = query.data;
  const canLock = mayChange && addresses?.some(({ accepted }) => accepted > 0);
  return (
    <section aria-labelledby="seen">
      <div className={classes.heading}>
        <div>
          <Title order={2} id="seen">
            Addresses seen
          </Title>
          <p className={classes.lead}>
            The newest hundred. What was not seen for 90 days is forgotten.
            {canLock && ' Choose those that are yours to lock the key to them.'}
          </p>
        </div>
        {canLock && (
          <Button disabled={chosen.size === 0} onClick={() => onLock([...chosen])}>
            {chosen.size === 0 ? 'Lock to these' : `Lock to these ${chosen.size}`}
          </Button>
        )}
      </div>
      {query.isError && (
        <FailureNotice failure={toFailure(query.error)} onRetry={() => void query.refetch()} />
      )}
      {query.isPending && <Skeleton height={220} radius="lg" />}
      {addresses?.length === 0 && <NoAddresses />}
      {addresses !== undefined && addresses.length > 0 && (
        <AddressTable
          addresses={addresses}
          choice={canLock ? { chosen, onChoose: setChosen } : null}
        />
      )}
    </section>
  );
}

function NoAddresses() {
  const { usage } = useKey();
  return (
    <EmptyNotice icon={<IconWorld size={22} />} title="No addresses yet">
      {usage.lastUsedAt === null
        ? 'They show here with the first call.'
        : 'The calls so far came without the caller’s address.'}{' '}
      Send it as <code>ip</code> with each verification, or use forward-auth, which takes it from
      the request.
    </EmptyNotice>
  );
}
