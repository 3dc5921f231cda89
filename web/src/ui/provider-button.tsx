import { Button } from '@mantine/core';
import { IconBuildingFortress } from '@tabler/icons-react';
import { useState } from 'react';
import { type Failure, toFailure } from '../lib/failure.ts';
import { FailureNotice } from './failure-notice.tsx';

interface ProviderButtonProps {
  label: string;
  variant?: 'default' | 'filled';
  /** Whether it opens a window of its own, and this page stays. */
  inWindow?: boolean;
  /** Asks the server for the way to the provider. */
  begin: () => Promise<{ url: string }>;
}

const noWindow: Failure = {
  code: null,
  title: 'Your browser opened no window',
  detail: 'Allow this site to open windows, then try again.',
  requestId: null,
  issues: [],
  mayPass: false,
};

/** Before anything is waited for: browsers let a click alone open a window. Null where they do not. */
function openWindow(): Window | null {
  const opened = window.open('about:blank', '_blank', 'popup,width=520,height=720');
  if (opened !== null) {
    // The provider's page has no business with this one.
    opened.opener = null;
  }
  return opened;
}

/** Leads to the provider of single sign-on. */
export function ProviderButton({
  label,
  variant = 'default',
  inWindow = false,
  begin,
}: ProviderButtonProps) {
  const [isLeaving, setLeaving] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const leave = async () => {
    const target = inWindow ? openWindow() : window;
    if (target === null) {
      setFailure(noWindow);
      return;
    }
    setLeaving(true);
    setFailure(null);
    try {
      target.location.assign((await begin()).url);
      setLeaving(!inWindow);
    } catch (error) {
      if (inWindow) {
        target.close();
      }
      setLeaving(false);
      setFailure(toFailure(error));
    }
  };
  return (
    <>
      {failure !== null && <FailureNotice failure={failure} />}
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
