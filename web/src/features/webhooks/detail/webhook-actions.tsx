import type { Webhook, WebhookWithSecret } from '@keyward/shared/webhooks';
import { ActionIcon, Button } from '@mantine/core';
import {
  IconDots,
  IconKey,
  IconPencil,
  IconPlayerPause,
  IconPlayerPlay,
  IconTrash,
} from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { Dialog } from '../../../ui/dialog.tsx';
import { Menu } from '../../../ui/menu.tsx';
import { useUpdateWebhook } from '../use-update-webhook.ts';
import { EditWebhookForm } from './edit-webhook-form.tsx';
import { RemoveWebhookForm } from './remove-webhook-form.tsx';
import { RotateSecretForm } from './rotate-secret-form.tsx';
import classes from './webhook-page.module.css';

interface WebhookActionsProps {
  webhook: Webhook;
  onRotated: (rotated: WebhookWithSecret) => void;
}

type Asked = 'edit' | 'rotate' | 'remove';

/** What can be done with a webhook. */
export function WebhookActions({ webhook, onRotated }: WebhookActionsProps) {
  const [asked, setAsked] = useState<Asked | null>(null);
  const trigger = useRef<HTMLButtonElement>(null);
  const update = useUpdateWebhook();
  const { id, enabled } = webhook;
  const close = () => setAsked(null);
  const ask = (what: Asked) => () => {
    // The menu goes away with its items: the dialog is to give the focus back to what remains.
    trigger.current?.focus();
    setAsked(what);
  };
  return (
    <div className={classes.buttons}>
      <Button
        variant="default"
        leftSection={<IconPencil size={16} />}
        onClick={() => setAsked('edit')}
      >
        Edit
      </Button>
      <Menu position="bottom-end" width={208}>
        <Menu.Target>
          <ActionIcon ref={trigger} variant="default" size={36} aria-label="More actions">
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconKey size={16} />} onClick={ask('rotate')}>
            Rotate the secret
          </Menu.Item>
          <Menu.Item
            leftSection={enabled ? <IconPlayerPause size={16} /> : <IconPlayerPlay size={16} />}
            onClick={() => update.mutate({ id, changes: { enabled: !enabled } })}
          >
            {enabled ? 'Disable' : 'Enable'}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={ask('remove')}>
            Remove
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Dialog title="Edit webhook" isOpen={asked === 'edit'} onClose={close} isWide>
        <EditWebhookForm webhook={webhook} onDone={close} />
      </Dialog>
      <Dialog title="Rotate the secret" isOpen={asked === 'rotate'} onClose={close}>
        <RotateSecretForm webhook={webhook} onRotated={onRotated} onClose={close} />
      </Dialog>
      <Dialog title="Remove this webhook" isOpen={asked === 'remove'} onClose={close}>
        <RemoveWebhookForm webhook={webhook} onClose={close} />
      </Dialog>
    </div>
  );
}
