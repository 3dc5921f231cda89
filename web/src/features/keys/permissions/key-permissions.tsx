import { Title } from '@mantine/core';
import { groupPermissions } from '../../../lib/permission-groups.ts';
import { Panel } from '../../../ui/panel.tsx';
import { useKey } from '../key-context.ts';
import classes from './key-permissions.module.css';

/** What a key may do, resource by resource. */
export function KeyPermissions() {
  const { permissions } = useKey();
  return (
    <section aria-labelledby="permissions" className={classes.root}>
      <Title order={2} id="permissions" mb="sm">
        Permissions
      </Title>
      <Panel>
        {permissions.length === 0 ? (
          <p className={classes.none}>It is a valid key, and may do nothing else.</p>
        ) : (
          <dl className={classes.groups}>
            {groupPermissions(permissions).map(({ resource, actions }) => (
              <div key={resource} className={classes.group}>
                <dt>{resource}</dt>
                <dd>{actions.includes('*') ? 'every action' : actions.join(', ')}</dd>
              </div>
            ))}
          </dl>
        )}
      </Panel>
    </section>
  );
}
