import type { Key } from '@keyward/shared/keys';
import { KeyActions } from './key-actions.tsx';
import { KeyLink } from './key-link.tsx';
import { KeyOrigin } from './key-origin.tsx';
import { KeyOwner } from './key-owner.tsx';
import { KeyService } from './key-service.tsx';
import { KeyStanding } from './key-standing.tsx';
import classes from './key-table.module.css';
import { LastUsed } from './last-used.tsx';
import { MaskedSecret } from './masked-secret.tsx';
import { PermissionSummary } from './permission-summary.tsx';

export function KeyRow({ apiKey, onRevoke }: { apiKey: Key; onRevoke: (key: Key) => void }) {
  return (
    <tr>
      <th scope="row">
        <KeyLink apiKey={apiKey} />
        <span className={classes.second}>
          <MaskedSecret apiKey={apiKey} />
        </span>
      </th>
      <td>
        <KeyOwner apiKey={apiKey} />
      </td>
      <td>
        <KeyService apiKey={apiKey} />
      </td>
      <td>
        <PermissionSummary permissions={apiKey.permissions} />
      </td>
      <td>
        <LastUsed apiKey={apiKey} />
      </td>
      <td>
        <KeyOrigin apiKey={apiKey} />
      </td>
      <td>
        <KeyStanding apiKey={apiKey} />
      </td>
      <td className={classes.actions}>
        <KeyActions apiKey={apiKey} onRevoke={onRevoke} />
      </td>
    </tr>
  );
}
