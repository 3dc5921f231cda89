import type { IdentitySummary } from '@keyward/shared/providers';
import { Button, Skeleton } from '@mantine/core';
import { toFailure } from '../../../lib/failure.ts';
import { formatDate } from '../../../lib/format-time.ts';
import { describeProviderRefusal } from '../../../lib/provider-refusals.ts';
import { trpc } from '../../../lib/trpc.ts';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import { notifyFailure } from '../../../ui/notify-failure.ts';
import { ProviderButton } from '../../../ui/provider-button.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import classes from './forms.module.css';
import { Section } from './section.tsx';

interface ProviderSectionProps {
  provider: { name: string };
  /** Why the last way to the provider did not go through; null where it did. */
  refusal: string | null;
}

/** Who signs one in beside the password: connected, or not. */
export function ProviderSection({ provider: { name }, refusal }: ProviderSectionProps) {
  const identities = trpc.account.provider.identities.useQuery();
  const utils = trpc.useUtils();
  const begin = trpc.account.provider.beginConnection.useMutation();
  const disconnect = trpc.account.provider.disconnect.useMutation({
    onSuccess: () => {
      void utils.account.provider.identities.invalidate();
      void utils.account.ways.invalidate();
    },
    onError: notifyFailure,
  });
  return (
    <Section
      title="Single sign-on"
      description={`Have ${name} sign you in. It is connected here, and never by an email that happens to be the same.`}
    >
      {refusal !== null && (
        <div className={classes.notice}>
          <FailureNotice failure={describeProviderRefusal(refusal)} />
        </div>
      )}
      {identities.isError && (
        <FailureNotice
          failure={toFailure(identities.error)}
          onRetry={() => void identities.refetch()}
        />
      )}
      {identities.isPending && <Skeleton height={36} width={180} aria-label="Loading" />}
      {identities.data?.length === 0 && (
        <ProviderButton label={`Connect ${name}`} begin={() => begin.mutateAsync()} />
      )}
      {identities.data?.map((identity) => (
        <div key={identity.issuer}>
          <p className={classes.facts}>
            <Connected identity={identity} />
          </p>
          <Button
            variant="default"
            loading={disconnect.isPending}
            onClick={() => disconnect.mutate({ issuer: identity.issuer })}
          >
            Disconnect
          </Button>
        </div>
      ))}
    </Section>
  );
}

function Connected({ identity }: { identity: IdentitySummary }) {
  const { issuer, email, createdAt, lastUsedAt } = identity;
  return (
    <>
      Connected to {new URL(issuer).host}
      {email !== null && <> as {email}</>} since {formatDate(createdAt)}
      {lastUsedAt !== null && (
        <>
          , used <RelativeTime time={lastUsedAt} />
        </>
      )}
      .
    </>
  );
}
