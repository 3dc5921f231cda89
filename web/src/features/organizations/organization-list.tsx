import type { Organization } from '@keyward/shared/organizations';
import { Link } from '@tanstack/react-router';
import { CalendarDate } from '../../ui/calendar-date.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import classes from './organizations-page.module.css';

interface OrganizationListProps {
  organizations: readonly Organization[];
  /** The ids of those that the operator is a member of. */
  own: ReadonlySet<string>;
}

export function OrganizationList({ organizations, own }: OrganizationListProps) {
  return (
    <ul className={classes.list}>
      {organizations.map(({ id, slug, name, status, createdAt }) => (
        <li key={id} className={classes.item}>
          <div className={classes.names}>
            <Link
              to="/o/$organizationSlug/keys"
              params={{ organizationSlug: slug }}
              className={classes.name}
            >
              {name}
            </Link>
            <code className={classes.slug}>{slug}</code>
          </div>
          {own.has(id) && <span className={classes.note}>You are a member</span>}
          <span className={classes.note}>
            Created <CalendarDate time={createdAt} />
          </span>
          <StatusMark tone={status === 'active' ? 'good' : 'warn'}>
            {status === 'active' ? 'Active' : 'Suspended'}
          </StatusMark>
        </li>
      ))}
    </ul>
  );
}
