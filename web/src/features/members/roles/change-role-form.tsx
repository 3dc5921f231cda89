import type { Role } from '@keyward/shared/organizations';
import { Button, Group, Stack } from '@mantine/core';
import { useState } from 'react';
import { toFailure } from '../../../lib/failure.ts';
import { useMembership } from '../../../lib/membership.ts';
import { trpc } from '../../../lib/trpc.ts';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import { notify } from '../../../ui/notify.ts';
import { ReceiptLine } from '../../../ui/receipt-line.tsx';
import type { Member } from '../member.ts';
import { DemotionNotice } from './demotion-notice.tsx';
import { RoleChoice } from './role-choice.tsx';
import { roleWords } from './role-words.ts';

interface ChangeRoleFormProps {
  member: Member;
  onDone: () => void;
  /** The reader's own role has changed, and with it what the console shows them. */
  onOwnRoleChanged: () => void;
}

export function ChangeRoleForm({ member, onDone, onOwnRoleChanged }: ChangeRoleFormProps) {
  const { user } = useMembership();
  const isSelf = member.userId === user.id;
  const [role, setRole] = useState<Role>(member.role);
  const utils = trpc.useUtils();
  const change = trpc.members.changeRole.useMutation({
    onSuccess: ({ member: changed, receipt }) => {
      void utils.members.list.invalidate();
      void utils.invitations.list.invalidate();
      void notify({
        title: `${isSelf ? 'You are' : `${changed.name} is`} now ${roleWords[changed.role].one}`,
        message: <ReceiptLine what="True" receipt={receipt} />,
      });
      if (isSelf) {
        onOwnRoleChanged();
      }
      onDone();
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate({ userId: member.userId, role });
      }}
    >
      <Stack gap="md">
        <RoleChoice legend={`Role of ${member.name}`} value={role} onChange={setRole} />
        {role === 'member' && member.role !== 'member' && (
          <DemotionNotice member={member} isSelf={isSelf} />
        )}
        {change.isError && <FailureNotice failure={toFailure(change.error)} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
          <Button type="submit" disabled={role === member.role} loading={change.isPending}>
            Change role
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
