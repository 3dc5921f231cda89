import { Anchor, Button, Skeleton, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { toFailure } from '../../lib/failure.ts';
import { useMembership } from '../../lib/membership.ts';
import { trpc } from '../../lib/trpc.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Panel } from '../../ui/panel.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import classes from './second-factor-panel.module.css';

/** Whether members are let in with a password alone. */
export function SecondFactorPanel() {
  const { organization, role } = useMembership();
  const own = trpc.organizations.list.useQuery();
  // An operator who is no member has it from elsewhere.
  const { slug } = organization;
  const seen = trpc.organizations.get.useQuery({ slug }, { enabled: role === null });
  const utils = trpc.useUtils();
  const demand = trpc.organizations.setSecondFactor.useMutation({
    onSuccess: () => utils.organizations.invalidate(),
  });
  const failure = demand.isError ? toFailure(demand.error) : null;
  const isRequired = (own.data?.find(({ id }) => id === organization.id) ?? seen.data)
    ?.requiresSecondFactor;
  return (
    <Panel>
      <section aria-labelledby="second-factor">
        <div className={classes.head}>
          <Title order={2} id="second-factor">
            Second factor
          </Title>
          {isRequired !== undefined && (
            <StatusMark tone={isRequired ? 'good' : 'quiet'}>
              {isRequired ? 'Required' : 'Optional'}
            </StatusMark>
          )}
        </div>
        <p className={classes.text}>
          {isRequired === true
            ? `Whoever signs in with a password alone is kept out of ${organization.name}, and led to setting one up. Keys are not touched.`
            : `Members may sign in to ${organization.name} with a password alone. When you require a second factor, whoever has none is kept out until they set one up. Keys are not touched.`}
        </p>
        {isRequired === undefined ? (
          <Skeleton height={36} width={220} />
        ) : (
          <Button
            variant="default"
            loading={demand.isPending}
            onClick={() => demand.mutate({ isRequired: !isRequired })}
          >
            {isRequired ? 'Make it optional' : 'Require a second factor'}
          </Button>
        )}
        {failure !== null && (
          <div className={classes.failure}>
            <FailureNotice failure={failure} />
            {failure.code === 'second_factor_required' && (
              <Anchor renderRoot={(props) => <Link to="/account" {...props} />}>
                Set one up in your account
              </Anchor>
            )}
          </div>
        )}
      </section>
    </Panel>
  );
}
