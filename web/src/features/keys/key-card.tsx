import type { Key } from '@keyward/shared/keys';
import { StatusMark } from '../../ui/status-mark.tsx';
import { KeyActions } from './key-actions.tsx';
import classes from './key-cards.module.css';
import { KeyExpiry } from './key-expiry.tsx';
import { KeyLink } from './key-link.tsx';
import { KeyOrigin } from './key-origin.tsx';
import { KeyOwner } from './key-owner.tsx';
import { KeyService } from './key-service.tsx';
import { statusLabels, statusTones } from './labels.ts';
import { LastUsed } from './last-used.tsx';
import { MaskedSecret } from './masked-secret.tsx';
import { PermissionSummary } from './permission-summary.tsx';

export function KeyCard({ apiKey, onRevoke }: { apiKey: Key; onRevoke: (key: Key) => void }) {
  return (
    <li className={classes.card}>
      <div className={classes.heading}>
        <div className={classes.name}>
          <KeyLink apiKey={apiKey} />
          <MaskedSecret apiKey={apiKey} />
        </div>
        <StatusMark tone={statusTones[apiKey.status]}>{statusLabels[apiKey.status]}</StatusMark>
        <KeyActions apiKey={apiKey} onRevoke={onRevoke} />
      </div>
      <dl className={classes.facts}>
        <dt>Owner</dt>
        <dd>
          <KeyOwner apiKey={apiKey} />
        </dd>
        <dt>Service</dt>
        <dd>
          <KeyService apiKey={apiKey} />
        </dd>
        <dt>Permissions</dt>
        <dd>
          <PermissionSummary permissions={apiKey.permissions} />
        </dd>
        <dt>Last used</dt>
        <dd>
          <LastUsed apiKey={apiKey} />
        </dd>
        <dt>Created</dt>
        <dd>
          <KeyOrigin apiKey={apiKey} />
        </dd>
        <dt>{apiKey.status === 'revoked' ? 'Revoked' : 'Expires'}</dt>
        <dd>
          <KeyExpiry apiKey={apiKey} />
        </dd>
      </dl>
    </li>
  );
}
