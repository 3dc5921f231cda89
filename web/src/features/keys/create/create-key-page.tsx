import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useMembership } from '../../../lib/membership.ts';
import { CreateKeyStart } from './create-key-start.tsx';
import { type MintedKey, SecretStep } from './secret-step.tsx';

/** Where keys are made: first the form, then the secret, once. It lives in this state and nowhere else. */
export function CreateKeyPage({ askedService }: { askedService: string | undefined }) {
  const { organization } = useMembership();
  const navigate = useNavigate();
  const [minted, setMinted] = useState<MintedKey | null>(null);
  if (minted === null) {
    return <CreateKeyStart askedService={askedService} onCreated={setMinted} />;
  }
  return (
    <SecretStep
      minted={minted}
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
