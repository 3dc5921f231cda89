import { CheckBox } from '../../ui/check-box.tsx';
import { KeyActions } from './key-actions.tsx';
import { KeyActivityBars } from './key-activity-bars.tsx';
import classes from './key-cards.module.css';
import { KeyEnd } from './key-end.tsx';
import { KeyHealth } from './key-health.tsx';
import { KeyLink } from './key-link.tsx';
import { KeyOrigin } from './key-origin.tsx';
import { KeyOwner } from './key-owner.tsx';
import type { KeyEntryProps } from './key-row.tsx';
import { ListedService } from './key-service.tsx';
import { LastUsed } from './last-used.tsx';
import { MaskedSecret } from './masked-secret.tsx';
import { PermissionSummary } from './permission-summary.tsx';

export function KeyCard({
  apiKey,
  days,
  isExposed,
  isSelected,
  onSelect,
  onRevoke,
}: KeyEntryProps) {
  return (
    <li className={classes.card} data-selected={isSelected || undefined}>
      <div className={classes.heading}>
        <CheckBox aria-label={`Select ${apiKey.name}`} checked={isSelected} onChange={onSelect} />
        <div className={classes.name}>
          <KeyLink apiKey={apiKey} />
          <MaskedSecret apiKey={apiKey} />
        </div>
        <KeyActions apiKey={apiKey} onRevoke={onRevoke} />
      </div>
      <dl className={classes.facts}>
        <dt>Health</dt>
        <dd>
          <KeyHealth apiKey={apiKey} days={days} isExposed={isExposed} />
        </dd>
        <dt>Owner</dt>
        <dd>
          <KeyOwner apiKey={apiKey} />
        </dd>
        <dt>Service</dt>
        <dd>
          <ListedService apiKey={apiKey} />
        </dd>
        <dt>Permissions</dt>
        <dd>
          <PermissionSummary permissions={apiKey.permissions} />
        </dd>
        <dt>7 days</dt>
        <dd>
          <KeyActivityBars days={days} />
        </dd>
        <dt>Last used</dt>
        <dd>
          <LastUsed apiKey={apiKey} />
        </dd>
        <dt>Created</dt>
        <dd>
          <KeyOrigin apiKey={apiKey} />
        </dd>
        <dt>Expires</dt>
        <dd>
          <KeyEnd apiKey={apiKey} />
        </dd>
      </dl>
    </li>
  );
}
