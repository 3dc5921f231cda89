import { Button } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { toFailure } from '../../../lib/failure.ts';
import { trpc } from '../../../lib/trpc.ts';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import { TestResult } from './test-result.tsx';
import classes from './webhook-page.module.css';

interface TestEventProps {
  webhookId: string;
  /** What else can be done, beside the test. */
  action: ReactNode;
  children: ReactNode;
}

/** Sends a message that says nothing, and shows how the receiver answers. */
export function TestEvent({ webhookId, action, children }: TestEventProps) {
  const utils = trpc.useUtils();
  const [sent, setSent] = useState<string | null>(null);
  const ping = trpc.webhooks.ping.useMutation({
    onSuccess: ({ id }) => {
      setSent(id);
      return utils.webhooks.invalidate();
    },
  });
  return (
    <>
      <div className={classes.line}>
        {children}
        <div className={classes.buttons}>
          <Button
            variant="default"
            leftSection={<IconSend size={16} />}
            loading={ping.isPending}
            onClick={() => ping.mutate({ id: webhookId })}
          >
            Send a test event
          </Button>
          {action}
        </div>
      </div>
      {ping.isError && <FailureNotice failure={toFailure(ping.error)} />}
      <div role="status" className={classes.result}>
        {sent !== null && <TestResult key={sent} webhookId={webhookId} deliveryId={sent} />}
      </div>
    </>
  );
}
