import { ActionIcon, UnstyledButton } from '@mantine/core';
import {
  IconDoorExit,
  IconDots,
  IconLock,
  IconUserMinus,
  IconUserShield,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useRef } from 'react';
import { isAdmin, useMembership } from '../../../lib/membership.ts';
import { Hint } from '../../../ui/hint.tsx';
import { Menu } from '../../../ui/menu.tsx';
import type { Member } from '../member.ts';
import { refusalOfChange } from '../roles/member-rules.ts';
import classes from './member-pieces.module.css';

interface MemberActionsProps {
  member: Member;
  members: readonly Member[];
  onChangeRole: (member: Member) => void;
}

/** What can be done with a member; where nothing can, the reason. */
export function MemberActions({ member, members, onChangeRole }: MemberActionsProps) {
  const membership = useMembership();
  const trigger = useRef<HTMLButtonElement>(null);
  const isSelf = member.userId === membership.user.id;
  if (!isSelf && !isAdmin(membership)) {
    return null;
  }
  const refusal = refusalOfChange(membership, member, members);
  if (refusal !== null) {
    return (
      <Hint label={refusal}>
        <UnstyledButton className={classes.locked} aria-label={refusal}>
          <IconLock size={16} aria-hidden="true" />
        </UnstyledButton>
      </Hint>
    );
  }
  const changeRole = () => {
    // The menu goes away with its items: the dialog is to give the focus back to what remains.
    trigger.current?.focus();
    onChangeRole(member);
  };
  const Leave = isSelf ? IconDoorExit : IconUserMinus;
  return (
    <Menu position="bottom-end" width={208}>
      <Menu.Target>
        <ActionIcon
          ref={trigger}
          variant="subtle"
          color="gray"
          aria-label={`Actions for ${member.name}`}
        >
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {isAdmin(membership) && (
          <>
            <Menu.Item leftSection={<IconUserShield size={16} />} onClick={changeRole}>
              Change role
            </Menu.Item>
            <Menu.Divider />
          </>
        )}
        <Menu.Item
          color="red"
          leftSection={<Leave size={16} />}
          renderRoot={(props) => (
            <Link
              to="/o/$organizationSlug/members/$userId/remove"
              params={{
                organizationSlug: membership.organization.slug,
                userId: member.userId,
              }}
              {...props}
            />
          )}
        >
          {isSelf ? 'Leave organization' : 'Remove member'}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
