import { Button, Skeleton } from '@mantine/core';
import { toFailure } from '../../../lib/failure.ts';
import { trpc } from '../../../lib/trpc.ts';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import { notify } from '../../../ui/notify.ts';
import { notifyFailure } from '../../../ui/notify-failure.ts';
import { Section } from './section.tsx';
import { SessionRow } from './session-row.tsx';
import classes from './sessions-section.module.css';

/** Where one is signed in, and the ways to end that. */
export function SessionsSection({ onSignedOut }: { onSignedOut: () => void }) {
  const sessions = trpc.account.sessions.useQuery();
  const utils = trpc.useUtils();
  const refresh = () => void utils.account.sessions.invalidate();
  const end = trpc.account.endSession.useMutation({
    onSuccess: refresh,
    onError: (error) => {
      refresh();
      notifyFailure(error);
    },
  });
  const endOthers = trpc.account.endOtherSessions.useMutation({
    onSuccess: () => {
      refresh();
      void notify({ title: 'Signed out elsewhere', message: 'This is your only session now.' });
    },
    onError: notifyFailure,
  });
  const endAll = trpc.account.signOutEverywhere.useMutation({
    onSuccess: onSignedOut,
    onError: notifyFailure,
  });
  const hasOthers = (sessions.data?.length ?? 0) > 1;
  return (
    <Section
      title="Sessions"
      description="Where you are signed in. A session ends after 12 hours without use, and after 30 days in any case."
    >
      {sessions.isError && (
        <FailureNotice
          failure={toFailure(sessions.error)}
          onRetry={() => void sessions.refetch()}
        />
      )}
      {sessions.isPending && <Skeleton height={68} aria-label="Loading sessions" />}
      {sessions.data !== undefined && (
        <ul className={classes.list} aria-label="Sessions">
          {sessions.data.map((session) => (
            <SessionRow
              key={session.session}
              session={session}
              isEnding={end.isPending && end.variables.session === session.session}
              onEnd={() => end.mutate({ session: session.session })}
            />
          ))}
        </ul>
      )}
      <div className={classes.actions}>
        {hasOthers && (
          <Button
            variant="default"
            loading={endOthers.isPending}
            onClick={() => endOthers.mutate()}
          >
            Sign out everywhere else
          </Button>
        )}
        <Button
          variant="subtle"
          color="red"
          loading={endAll.isPending}
          onClick={() => endAll.mutate()}
        >
          {hasOthers ? 'Sign out everywhere, here too' : 'Sign out'}
        </Button>
      </div>
    </Section>
  );
}
