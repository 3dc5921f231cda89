import type { Service } from '@keyward/shared/services';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useMembership } from '../../../lib/membership.ts';
import { CreateKeyForm } from './create-key-form.tsx';
import { type MintedKey, SecretStep } from './secret-step.tsx';

interface CreateKeyFlowProps {
  services: readonly Service[];
  askedService: string | undefined;
}

/** First the form, then the secret, once. The secret lives in this state and nowhere else. */
export function CreateKeyFlow({ services, askedService }: CreateKeyFlowProps) {
  const { organization } = useMembership();
  const navigate = useNavigate();
  const [minted, setMinted] = useState<MintedKey | null>(null);
  if (minted === null) {
    return <CreateKeyForm services={services} askedService={askedService} onCreated={setMinted} />;
  }
  return (
    <SecretStep
      minted={minted}
      service={services.find(({ slug }) => slug === minted.key.service)}
      onStored={() =>
        void navigate({
          to: '/o/$organizationSlug/keys',
          params: { organizationSlug: organization.slug },
          ignoreBlocker: true,
        })
      }
    />
  );
}
