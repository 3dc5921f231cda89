import type { ServiceProfile } from '@keyward/shared/service-profile';
import { Button } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { Dialog } from '../../../ui/dialog.tsx';
import { ImportProfile } from './import-profile.tsx';

interface ImportButtonProps {
  /** The profile that would be replaced; null for a new service. */
  saved: ServiceProfile | null;
  onTake: (profile: ServiceProfile) => void;
}

/** Brings a profile from elsewhere into the form. Nothing is saved by it. */
export function ImportButton({ saved, onTake }: ImportButtonProps) {
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconUpload size={16} />}
        onClick={() => setOpen(true)}
      >
        Import
      </Button>
      <Dialog title="Import a profile" isOpen={isOpen} onClose={close}>
        <ImportProfile
          saved={saved}
          onClose={close}
          onTake={(profile) => {
            onTake(profile);
            close();
          }}
        />
      </Dialog>
    </>
  );
}
