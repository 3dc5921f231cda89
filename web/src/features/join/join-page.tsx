import { Button, Stack, Text } from '@mantine/core';
import { toFailure } from '../../lib/failure.ts';
import { trpc } from '../../lib/trpc.ts';
import { AuthCard } from '../../ui/auth-card.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import type { Invitation } from './invitation.ts';
import { JoinForm } from './join-form.tsx';

interface JoinPageProps {
  invitation: Invitation;
  token: string;
  /** Of single sign-on; null for none. */
  provider: { name: string } | null;
  /** Who is signed in; null for a stranger. */
  user: { email: string } | null;
  onJoined: () => void;
}

export function JoinPage({ invitation, token, provider, user, onJoined }: JoinPageProps) {
  const { email, role, organization } = invitation;
  const accept = trpc.invitations.accept.useMutation({ onSuccess: onJoined });
  if (user === null) {
    return (
      <JoinForm invitation={invitation} token={token} provider={provider} onJoined={onJoined} />
    );
  }
  if (user.email !== email) {
    return (
      <AuthCard
        title={`Join ${organization.name}`}
        description={`This invitation is for ${email}, and you are signed in as ${user.email}.`}
      >
        <Text>Sign out and open the link again, or ask for an invitation of your own.</Text>
      </AuthCard>
    );
  }
  return (
    <AuthCard
      title={`Join ${organization.name}`}
      description={`You are invited as ${role === 'member' ? 'a member' : `an ${role}`}.`}
    >
      <Stack gap="md">
        {accept.isError && <FailureNotice failure={toFailure(accept.error)} />}
        <Button loading={accept.isPending} onClick={() => accept.mutate({ token })}>
          Join {organization.name}
        </Button>
      </Stack>
    </AuthCard>
  );
}
