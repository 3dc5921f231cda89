import { Title } from '@mantine/core';
import { useMembership } from '../../lib/membership.ts';
import { CalendarDate } from '../../ui/calendar-date.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { RenameForm } from './rename-form.tsx';
import classes from './settings-page.module.css';

/** What the organization is called, and by what it is known. */
export function GeneralPanel({ onChanged }: { onChanged: () => Promise<void> }) {
  const { organization, user } = useMembership();
  return (
    <Panel>
      <section aria-labelledby="general">
        <Title order={2} id="general" mb="sm">
          General
        </Title>
        {user.isOperator && <RenameForm key={organization.name} onChanged={onChanged} />}
        <dl className={classes.facts}>
          {!user.isOperator && (
            <>
              <dt>Name</dt>
              <dd>
                {organization.name}
                <span className={classes.note}>
                  Only the operator of this Keyward renames organizations.
                </span>
              </dd>
            </>
          )}
          <dt>Slug</dt>
          <dd>
            <code>{organization.slug}</code>
            <span className={classes.note}>
              It stays: addresses of the console hold it, and verifiers get it with every answer.
            </span>
          </dd>
          <dt>Id</dt>
          <dd className={classes.line}>
            <code>{organization.id}</code>
            <CopyButton text={organization.id} label="Copy organization id" />
          </dd>
          <dt>Created</dt>
          <dd>
            <CalendarDate time={organization.createdAt} />
          </dd>
        </dl>
      </section>
    </Panel>
  );
}
