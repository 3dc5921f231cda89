import type { Service, ServiceKeyCounts } from '@keyward/shared/services';
import { Button, Group, Stack } from '@mantine/core';
import { useId, useState } from 'react';
import { toFailure } from '../../../lib/failure.ts';
import { formatCount } from '../../../lib/format-time.ts';
import { trpc } from '../../../lib/trpc.ts';
import { CheckBox } from '../../../ui/check-box.tsx';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import classes from './disable-service.module.css';

interface DisableServiceProps {
  service: Service;
  isPending: boolean;
  onDisable: () => void;
  onClose: () => void;
}

/** What follows from disabling a service, and the button that does it. */
export function DisableService({ service, isPending, onDisable, onClose }: DisableServiceProps) {
  const id = useId();
  const [isConfirmed, setConfirmed] = useState(false);
  const counts = trpc.services.keyCounts.useQuery({ slug: service.slug }, { staleTime: 0 });
  return (
    <Stack gap="md">
      <p className={classes.text} aria-live="polite">
        {counts.data === undefined
          ? 'Every key of it is refused at once, on every node.'
          : describeReach(counts.data)}
      </p>
      <ul className={classes.list}>
        <li>
          Callers get 401 with the code <code>service_disabled</code>; verifiers get{' '}
          <code>SERVICE_DISABLED</code>.
        </li>
        <li>No key of it can be made until it is enabled again.</li>
        <li>Nothing is lost: enable it, and the same keys work as before.</li>
      </ul>
      {counts.isError && <FailureNotice failure={toFailure(counts.error)} />}
      <label htmlFor={id} className={classes.confirm}>
        <CheckBox id={id} checked={isConfirmed} onChange={setConfirmed} data-autofocus />
        <span>I know that whatever uses a key of {service.name} stops working.</span>
      </label>
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button color="red" disabled={!isConfirmed} loading={isPending} onClick={onDisable}>
          Disable service
        </Button>
      </Group>
    </Stack>
  );
}

function describeReach({ organizations, tiers }: ServiceKeyCounts): string {
  const live = tiers.reduce((sum, tier) => sum + tier.live, 0);
  if (live === 0) {
    return 'It has no live keys, so no call is refused that works today.';
  }
  const keys = `${formatCount(live)} live ${live === 1 ? 'key' : 'keys'}`;
  const holders =
    organizations === 1 ? 'one organization' : `${formatCount(organizations)} organizations`;
  return `${keys} of ${holders} ${live === 1 ? 'is' : 'are'} refused at once, on every node.`;
}
