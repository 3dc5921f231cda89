import type { Key } from '@keyward/shared/keys';
import { Button } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
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
import { Menu } from '../../ui/menu.tsx';
import { type KeyAction, KeyDialogs } from './key-dialogs.tsx';
import classes from './key-header-actions.module.css';

/** What can be done with a key from its page. A revoked one is as it is. */
export function KeyHeaderActions({ apiKey }: { apiKey: Key }) {
  const membership = useMembership();
  const [asked, setAsked] = useState<KeyAction | null>(null);
  const trigger = useRef<HTMLButtonElement>(null);
  const isPhone = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  const askFromMenu = (action: KeyAction) => {
    // The menu goes away with its items: the dialog is to give the focus back to what remains.
    trigger.current?.focus();
    setAsked(action);
  };
  const secrets = {
    to: '/o/$organizationSlug/keys/$keyId/secrets',
    params: { organizationSlug: membership.organization.slug, keyId: apiKey.id },
  } as const;
  const rotate = apiKey.secrets.length > 1 ? 'See rotation' : 'Rotate';
  return (
    <>
      {apiKey.status !== 'revoked' && (
        <div className={classes.root}>
          {!isPhone && (
            <>
              <Button variant="default" onClick={() => setAsked('edit')}>
                Edit
              </Button>
              <Button variant="default" renderRoot={(props) => <Link {...secrets} {...props} />}>
                {rotate}
              </Button>
            </>
          )}
          <Menu position={isPhone ? 'bottom-start' : 'bottom-end'} width={184}>
            <Menu.Target>
              <Button
                ref={trigger}
                variant="default"
                aria-label="Actions"
                {...(isPhone
                  ? { leftSection: <IconDots size={18} /> }
                  : { className: classes.more })}
              >
                {isPhone ? 'Actions' : <IconDots size={18} />}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {isPhone && (
                <>
                  <Menu.Item
                    leftSection={<IconPencil size={16} />}
                    onClick={() => askFromMenu('edit')}
                  >
                    Edit
                  </Menu.Item>
                  <Menu.Item
                    leftSection={<IconRotateClockwise2 size={16} />}
                    renderRoot={(props) => <Link {...secrets} {...props} />}
                  >
                    {rotate}
                  </Menu.Item>
                </>
              )}
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
