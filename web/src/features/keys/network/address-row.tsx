import { formatCount } from '../../../lib/format-time.ts';
import { CalendarDate } from '../../../ui/calendar-date.tsx';
import { CheckBox } from '../../../ui/check-box.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { StatusMark } from '../../../ui/status-mark.tsx';
import classes from './address-table.module.css';
import type { SeenAddress } from './seen-address.ts';

interface AddressRowProps {
  seen: SeenAddress;
  /** Whether the key has an allowlist at all. */
  isLocked: boolean;
  /** Undefined where nothing is chosen. */
  isChosen: boolean | undefined;
  onChoose: (isChosen: boolean) => void;
}

export function AddressRow({ seen, isLocked, isChosen, onChoose }: AddressRowProps) {
  const { address, accepted, refused, firstSeenAt, lastSeenAt, isAllowed } = seen;
  return (
    <tr>
      {isChosen !== undefined && (
        <td className={classes.choice}>
          {accepted > 0 && (
            <CheckBox aria-label={`Choose ${address}`} checked={isChosen} onChange={onChoose} />
          )}
        </td>
      )}
      <th scope="row">
        <code className={classes.address}>{address}</code>
        {isLocked && (
          <StatusMark tone={isAllowed ? 'good' : 'bad'}>
            {isAllowed ? 'Allowed' : 'Not allowed'}
          </StatusMark>
        )}
        <span className={classes.narrow}>
          Last seen <RelativeTime time={lastSeenAt} />
        </span>
      </th>
      <td className={classes.number}>{formatCount(accepted)}</td>
      <td className={classes.number} data-none={refused === 0 || undefined}>
        {formatCount(refused)}
      </td>
      <td className={classes.wide}>
        <CalendarDate time={firstSeenAt} />
      </td>
      <td className={classes.wide}>
        <RelativeTime time={lastSeenAt} />
      </td>
    </tr>
  );
}
