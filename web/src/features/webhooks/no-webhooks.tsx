import { IconWebhook } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { EmptyNotice } from '../../ui/empty-notice.tsx';
import classes from './no-webhooks.module.css';

/** What webhooks are for, where there is none. */
export function NoWebhooks({ action }: { action: ReactNode }) {
  return (
    <EmptyNotice icon={<IconWebhook size={22} />} title="No webhooks yet" action={action}>
      <p>
        A webhook is an address of yours. Keyward posts a signed message to it whenever something
        happens that you want to know.
      </p>
      <ul className={classes.list}>
        <li>
          Post to the team’s chat before a key expires: <code>key.expiring</code>
        </li>
        <li>
          Drop a cache as soon as a key is revoked: <code>key.revoked</code>
        </li>
        <li>
          Look into a key that is suddenly refused: <code>key.refused</code>
        </li>
      </ul>
    </EmptyNotice>
  );
}
