import type { Key } from '@keyward/shared/keys';
import { ActionIcon } from '@mantine/core';
import { IconBan, IconCopy, IconDots, IconEye } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useRef } from 'react';
import { copyText } from '../../lib/copy-text.ts';
import { useMembership } from '../../lib/membership.ts';
import { Menu } from '../../ui/menu.tsx';

/** What can be done with a key from the list. */
export function KeyActions({ apiKey, onRevoke }: { apiKey: Key; onRevoke: (key: Key) => void }) {
  const { organization } = useMembership();
  const trigger = useRef<HTMLButtonElement>(null);
  const revoke = () => {
    // The menu goes away with its items: the dialog is to give the focus back to what remains.
    trigger.current?.focus();
    onRevoke(apiKey);
  };
  return (
    <Menu position="bottom-end" width={176}>
      <Menu.Target>
        <ActionIcon
          ref={trigger}
          variant="subtle"
          color="gray"
          aria-label={`Actions for ${apiKey.name}`}
        >
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconEye size={16} />}
          renderRoot={(props) => (
            <Link
              to="/o/$organizationSlug/keys/$keyId"
              params={{ organizationSlug: organization.slug, keyId: apiKey.id }}
              {...props}
            />
          )}
        >
          View details
        </Menu.Item>
        <Menu.Item leftSection={<IconCopy size={16} />} onClick={() => void copyText(apiKey.id)}>
          Copy key id
        </Menu.Item>
        {apiKey.status !== 'revoked' && (
          <>
            <Menu.Divider />
            <Menu.Item color="red" leftSection={<IconBan size={16} />} onClick={revoke}>
              Revoke key
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
