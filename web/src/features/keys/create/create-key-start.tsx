import type { Guardrails } from '@keyward/shared/guardrails';
import { toFailure } from '../../../lib/failure.ts';
import { trpc } from '../../../lib/trpc.ts';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { BackToKeys } from '../back-to-keys.tsx';
import { CreateKeyForm } from './create-key-form.tsx';
import { CreateKeySkeleton } from './create-key-skeleton.tsx';
import type { MintedKey } from './secret-step.tsx';

/** For when the organization's rules cannot be read: the server holds to them in any case. */
const noRules: Guardrails = {
  maximumLifetimeSeconds: null,
  ipAllowlistRequiredFor: [],
  suspendAfterUnusedDays: null,
};

interface CreateKeyStartProps {
  askedService: string | undefined;
  onCreated: (minted: MintedKey) => void;
}

/** The form, once the catalog and the organization's rules are known: without them it cannot ask anything. */
export function CreateKeyStart({ askedService, onCreated }: CreateKeyStartProps) {
  const services = trpc.services.list.useQuery(undefined, { staleTime: 60_000 });
  const rules = trpc.organizations.guardrails.useQuery();
  const instance = trpc.account.instance.useQuery(undefined, { staleTime: Infinity });
  const isPending = services.isPending || rules.isPending || instance.isPending;
  const active = services.data?.filter((service) => service.status === 'active') ?? [];
  if (!isPending && active.length > 0) {
    const publicUrl = instance.data?.publicUrl ?? window.location.origin;
    return (
      <CreateKeyForm
        services={active}
        askedService={askedService}
        rules={rules.data ?? noRules}
        onCreated={({ key, secret }) => {
          const service = active.find(({ slug }) => slug === key.service);
          onCreated({ key, secret, service, publicUrl });
        }}
      />
    );
  }
  return (
    <>
      <BackToKeys />
      <PageHeader title="Create key" />
      {services.isError && (
        <FailureNotice
          failure={toFailure(services.error)}
          onRetry={() => void services.refetch()}
        />
      )}
      {!services.isError && isPending && <CreateKeySkeleton />}
      {services.isSuccess && !isPending && (
        <p>No service is active. Ask the operator to enable one.</p>
      )}
    </>
  );
}
