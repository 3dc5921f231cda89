import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { tellConfirmed } from '../../../lib/confirmation.ts';
import { describeProviderRefusal } from '../../../lib/provider-refusals.ts';
import { AuthCard } from '../../../ui/auth-card.tsx';
import { FailureNotice } from '../../../ui/failure-notice.tsx';

/**
 * What a provider's confirmation comes back to: it tells the page that waits, and goes.
 * @param refusal why it did not confirm; null where it did.
 */
export function ConfirmedPage({ refusal }: { refusal: string | null }) {
  useEffect(() => {
    if (refusal === null) {
      tellConfirmed();
      window.close();
    }
  }, [refusal]);
  return (
    <AuthCard
      title={refusal === null ? 'It is you' : 'Not confirmed'}
      description={
        refusal === null
          ? 'Close this window: the page that asked goes on by itself.'
          : 'Close this window: the page that asked still waits, and nothing on it is lost.'
      }
      footer={
        <Anchor renderRoot={(props) => <Link to="/" {...props} />}>Open the console here</Anchor>
      }
    >
      {refusal !== null && <FailureNotice failure={describeProviderRefusal(refusal)} />}
    </AuthCard>
  );
}
