import type { Membership } from '../lib/membership.ts';
import classes from './suspension-notice.module.css';

/** Above every page of a suspended organization: why nothing of it works. */
export function SuspensionNotice({ membership }: { membership: Membership }) {
  const { organization, user } = membership;
  if (organization.status === 'active') {
    return null;
  }
  return (
    <p className={classes.root}>
      <strong>{organization.name} is suspended.</strong>{' '}
      {user.isOperator
        ? 'All its keys are refused, and its members are kept out. Its settings resume it.'
        : 'All its keys are refused, and nothing of it can be seen or changed. Ask whoever runs this Keyward to resume it.'}
    </p>
  );
}
