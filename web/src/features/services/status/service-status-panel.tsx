import type { Service } from '@keyward/shared/services';
import { Button, Group, Title } from '@mantine/core';
import { useState } from 'react';
import { describeReceipt } from '../../../lib/describe-receipt.ts';
import { trpc } from '../../../lib/trpc.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { notify } from '../../../ui/notify.ts';
import { notifyFailure } from '../../../ui/notify-failure.ts';
import { Panel } from '../../../ui/panel.tsx';
import { DisableService } from './disable-service.tsx';
import classes from './service-status-panel.module.css';

/** Whether keys of the service are accepted at all. */
export function ServiceStatusPanel({ service }: { service: Service }) {
  const { slug, name, status } = service;
  const [isAsking, setAsking] = useState(false);
  const utils = trpc.useUtils();
  const set = trpc.services.setStatus.useMutation({
    onSuccess: ({ service: changed, receipt }) => {
      utils.services.get.setData({ slug }, changed);
      void utils.services.list.invalidate();
      setAsking(false);
      void notify({
        title: `${name} is ${changed.status === 'disabled' ? 'disabled' : 'enabled'}`,
        message: `${describeReceipt(receipt)}.`,
      });
    },
    onError: notifyFailure,
  });
  const isActive = status === 'active';
  return (
    <Panel>
      <section aria-labelledby="availability">
        <Title order={2} id="availability">
          Availability
        </Title>
        <p className={classes.text}>
          {isActive
            ? 'The service is enabled: its keys are judged, and new ones can be made.'
            : 'The service is disabled: every key of it is refused, and none can be made. Enable it, and the same keys work again.'}
        </p>
        <Group>
          {isActive ? (
            <Button variant="default" onClick={() => setAsking(true)}>
              Disable service
            </Button>
          ) : (
            <Button loading={set.isPending} onClick={() => set.mutate({ slug, status: 'active' })}>
              Enable service
            </Button>
          )}
        </Group>
      </section>
      <Dialog title={`Disable ${name}`} isOpen={isAsking} onClose={() => setAsking(false)}>
        <DisableService
          service={service}
          isPending={set.isPending}
          onDisable={() => set.mutate({ slug, status: 'disabled' })}
          onClose={() => setAsking(false)}
        />
      </Dialog>
    </Panel>
  );
}
