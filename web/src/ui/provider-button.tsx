import { Button } from '@mantine/core';
import { IconBuildingFortress } from '@tabler/icons-react';
import { useState } from 'react';
import { toFailure } from '../lib/failure.ts';
import { FailureNotice } from './failure-notice.tsx';

interface ProviderButtonProps {
  label: string;
  variant?: 'default' | 'filled';
  /** Asks the server for the way to the provider. */
  begin: () => Promise<{ url: string }>;
}

/** Leads to the provider of single sign-on, and away from this page. */
export function ProviderButton({ label, variant = 'default', begin }: ProviderButtonProps) {
  const [isLeaving, setLeaving] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const leave = async () => {
    setLeaving(true);
    setError(null);
    try {
      window.location.assign((await begin()).url);
    } catch (reason) {
      setLeaving(false);
      setError(reason);
    }
  };
  return (
    <>
      {error !== null && <FailureNotice failure={toFailure(error)} />}
      <Button
        variant={variant}
        leftSection={<IconBuildingFortress size={18} aria-hidden="true" />}
        loading={isLeaving}
        onClick={() => void leave()}
      >
        {label}
      </Button>
    </>
  );
}
