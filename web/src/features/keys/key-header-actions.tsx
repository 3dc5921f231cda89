import type { Key } from '@keyward/shared/keys';
import { Button, Menu } from '@mantine/core';
import {
  IconBan,
  IconDots,
  IconPencil,
  IconPlayerPause,
  IconPlayerPlay,
  IconRotateClockwise2,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { isAdmin, useMembership } from '../../lib/membership.ts';
import { type KeyAction, KeyDialogs } from './key-dialogs.tsx';
import classes from './key-header-actions.module.css';

/** What can be done with a key from its page. A revoked one is as it is. */
export function KeyHeaderActions({ apiKey }: { apiKey: Key }) {
  const membership = useMembership();
  const [asked, setAsked] = useState<KeyAction | null>(null);
  const trigger = useRef<HTMLButtonElement>(null);
  const askFromMenu = (action: KeyAction) => {
    // The menu goes away with its items: the dialog is to give the focus back to what remains.
    trigger.current?.focus();
    setAsked(action);
  };
  const { slug } = membership.organization;
  const secrets = {
    to: '/o/$organizationSlug/keys/$keyId/secrets',
    params: { organizationSlug: slug, keyId: apiKey.id },
  } as const;
  const rotate = apiKey.secrets.length > 1 ? 'See rotation' : 'Rotate';
  return (
    <>
      {apiKey.status !== 'revoked' && (
        <div className={classes.root}>
          <Button variant="default" className={classes.beside} onClick={() => setAsked('edit')}>
            Edit
          </Button>
          <Button
            variant="default"
            className={classes.beside}
            renderRoot={(props) => <Link {...secrets} {...props} />}
          >
            {rotate}
          </Button>
          <Menu position="bottom-end" width={184}>
            <Menu.Target>
              <Button ref={trigger} variant="default" className={classes.more} aria-label="Actions">
                <IconDots size={18} aria-hidden="true" />
                <span className={classes.within}>Actions</span>
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item
                className={classes.within}
                leftSection={<IconPencil size={16} />}
                onClick={() => askFromMenu('edit')}
              >
                Edit
              </Menu.Item>
              <Menu.Item
                className={classes.within}
                leftSection={<IconRotateClockwise2 size={16} />}
                renderRoot={(props) => <Link {...secrets} {...props} />}
              >
                {rotate}
              </Menu.Item>
              <SuspendItem apiKey={apiKey} mayResume={isAdmin(membership)} onAsk={askFromMenu} />
              <Menu.Item
                color="red"
                leftSection={<IconBan size={16} />}
                onClick={() => askFromMenu('revoke')}
              >
                Revoke key
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </div>
      )}
      <KeyDialogs apiKey={apiKey} asked={asked} onClose={() => setAsked(null)} />
    </>
  );
}

interface SuspendItemProps {
  apiKey: Key;
  mayResume: boolean;
  onAsk: (action: KeyAction) => void;
}

/** Stops a key for a while, or lets it go on. What has expired is refused already. */
function SuspendItem({ apiKey: { status }, mayResume, onAsk }: SuspendItemProps) {
  if (status === 'active') {
    return (
      <Menu.Item leftSection={<IconPlayerPause size={16} />} onClick={() => onAsk('suspend')}>
        Suspend key
      </Menu.Item>
    );
  }
  // Members cannot lift a suspension that an admin put on their key.
  return (
    status === 'suspended' &&
    mayResume && (
      <Menu.Item leftSection={<IconPlayerPlay size={16} />} onClick={() => onAsk('resume')}>
        Resume key
      </Menu.Item>
    )
  );
}
