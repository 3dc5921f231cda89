import { Button } from '@mantine/core';
import { IconChevronDown, IconLifebuoy } from '@tabler/icons-react';
import { useState } from 'react';
import { Dialog } from '../../ui/dialog.tsx';
import { Menu } from '../../ui/menu.tsx';
import { RemoveFactorsForm } from './remove-factors-form.tsx';
import { ResetLinkForm } from './reset-link-form.tsx';

/** What an operator does for somebody who cannot sign in any more. */
export function AccountHelpMenu() {
  const [open, setOpen] = useState<'reset' | 'factors' | null>(null);
  const close = () => setOpen(null);
  return (
    <>
      <Menu position="bottom-end" width={230}>
        <Menu.Target>
          <Button
            variant="default"
            leftSection={<IconLifebuoy size={16} />}
            rightSection={<IconChevronDown size={14} />}
          >
            Sign-in help
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setOpen('reset')}>Password reset link</Menu.Item>
          <Menu.Item onClick={() => setOpen('factors')}>Remove second factors</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Dialog title="Password reset link" isOpen={open === 'reset'} onClose={close}>
        <ResetLinkForm onDone={close} />
      </Dialog>
      <Dialog title="Remove second factors" isOpen={open === 'factors'} onClose={close}>
        <RemoveFactorsForm onDone={close} />
      </Dialog>
    </>
  );
}
