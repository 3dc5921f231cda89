import type { Key } from '@keyward/shared/keys';
import { CheckBox } from '../../ui/check-box.tsx';
import type { SparkDay } from '../../ui/spark-bars.tsx';
import { KeyActions } from './key-actions.tsx';
import { KeyActivityBars } from './key-activity-bars.tsx';
import { KeyEnd } from './key-end.tsx';
import { KeyHealth } from './key-health.tsx';
import { KeyLink } from './key-link.tsx';
import { KeyOrigin } from './key-origin.tsx';
import { KeyOwner } from './key-owner.tsx';
import { ListedService } from './key-service.tsx';
import classes from './key-table.module.css';
import { LastUsed } from './last-used.tsx';
import { MaskedSecret } from './masked-secret.tsx';
import { PermissionSummary } from './permission-summary.tsx';

/** A key as one entry of the list, which a row and a card both show whole. */
export interface KeyEntryProps {
  apiKey: Key;
  days: readonly SparkDay[] | null | undefined;
  /** Whether a secret that it has was found in the open. */
  isExposed: boolean;
  isSelected: boolean;
  onSelect: (isSelected: boolean) => void;
  onRevoke: (key: Key) => void;
}

export function KeyRow({ apiKey, days, isExposed, isSelected, onSelect, onRevoke }: KeyEntryProps) {
  return (
    <tr data-selected={isSelected || undefined}>
      <td className={classes.box}>
        <CheckBox aria-label={`Select ${apiKey.name}`} checked={isSelected} onChange={onSelect} />
      </td>
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
        <ListedService apiKey={apiKey} />
      </td>
      <td>
        <PermissionSummary permissions={apiKey.permissions} />
      </td>
      <td>
        <KeyActivityBars days={days} />
      </td>
      <td>
        <LastUsed apiKey={apiKey} />
      </td>
      <td>
        <KeyEnd apiKey={apiKey} />
      </td>
      <td className={classes.roomy}>
        <KeyOrigin apiKey={apiKey} />
      </td>
      <td>
        <KeyHealth apiKey={apiKey} days={days} isExposed={isExposed} />
      </td>
      <td className={classes.menu}>
        <KeyActions apiKey={apiKey} onRevoke={onRevoke} />
      </td>
    </tr>
  );
}
