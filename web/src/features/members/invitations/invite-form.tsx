import type { Role } from '@keyward/shared/organizations';
import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { toFailure } from '../../../lib/failure.ts';
import { focusFirstError } from '../../../lib/focus-first-error.ts';
import { lazySchema } from '../../../lib/lazy-schema.ts';
import { splitIssues } from '../../../lib/split-issues.ts';
import { trpc } from '../../../lib/trpc.ts';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import { RoleChoice } from '../roles/role-choice.tsx';
import { roleWords } from '../roles/role-words.ts';
import { InvitationLink, type MadeLink } from './invitation-link.tsx';

const validate = lazySchema(async () => (await import('@keyward/shared/members')).inviteInput);
const initialValues: { email: string; role: Role } = { email: '', role: 'member' };

/** Whom to invite and as what; then the link. */
export function InviteForm({ onDone }: { onDone: () => void }) {
  const [link, setLink] = useState<MadeLink | null>(null);
  const utils = trpc.useUtils();
  const form = useForm({ initialValues, validate });
  // The answer holds the link: nothing but the state of this form keeps it.
  const invite = trpc.members.invite.useMutation({
    gcTime: 0,
    onSuccess: ({ url, expiresAt, isMailed }, { email }) => {
      void utils.invitations.list.invalidate();
      setLink({ email, url, expiresAt, isMailed });
      invite.reset();
    },
    onError: (error) => {
      const { code, detail, issues } = toFailure(error);
      form.setErrors(
        code === 'conflict' ? { email: detail } : splitIssues(issues, ['email', 'role']).byField,
      );
    },
  });
  if (link !== null) {
    return <InvitationLink link={link} onDone={onDone} />;
  }
  const submit = ({ email, role }: typeof initialValues) => {
    const waiting = utils.invitations.list
      .getData()
      ?.find((one) => one.email === email.trim().toLowerCase() && one.status === 'open');
    if (waiting === undefined) {
      invite.mutate({ email: email.trim().toLowerCase(), role });
    } else {
      form.setErrors({
        email: `Invited already, as ${roleWords[waiting.role].one}. Make a new link from the list, or revoke that invitation first.`,
      });
    }
  };
  const isRefusedByField = invite.isError && Object.keys(form.errors).length > 0;
  return (
    <form noValidate onSubmit={form.onSubmit(submit, focusFirstError(form))}>
      <Stack gap="md">
        <TextInput
          label="Email"
          type="email"
          autoComplete="off"
          placeholder="ada@example.com"
          data-autofocus
          {...form.getInputProps('email')}
        />
        <RoleChoice
          legend="Role"
          value={form.values.role}
          onChange={(role) => form.setFieldValue('role', role)}
        />
        {invite.isError && !isRefusedByField && <FailureNotice failure={toFailure(invite.error)} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
          <Button type="submit" loading={invite.isPending}>
            Create invitation
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
