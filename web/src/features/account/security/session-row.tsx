import type { SessionSummary } from '@keyward/shared/accounts';
import { Button } from '@mantine/core';
import { IconDeviceDesktop, IconDeviceMobile } from '@tabler/icons-react';
import { formatDate } from '../../../lib/format-time.ts';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { StatusMark } from '../../../ui/status-mark.tsx';
import classes from './session-row.module.css';

interface SessionRowProps {
  session: SessionSummary;
  isEnding: boolean;
  onEnd: () => void;
}

export function SessionRow({ session, isEnding, onEnd }: SessionRowProps) {
  const { device, address, isThis, hasSecondFactor, lastSeenAt, startedAt } = session;
  const Icon = /iPhone|iPad|Android/.test(device) ? IconDeviceMobile : IconDeviceDesktop;
  return (
    <li className={classes.root}>
      <Icon size={22} stroke={1.5} className={classes.icon} aria-hidden="true" />
      <div className={classes.text}>
        <p className={classes.device}>
          {device}
          {isThis && <StatusMark tone="good">This session</StatusMark>}
        </p>
        <p className={classes.facts}>
          {address ?? 'Unknown address'}
          {' · '}
          {isThis ? (
            'in use now'
          ) : (
            <>
              seen <RelativeTime time={lastSeenAt} />
            </>
          )}
          {' · since '}
          {formatDate(startedAt)}
          {hasSecondFactor && ' · with a second factor'}
        </p>
      </div>
      {!isThis && (
        <Button
          variant="default"
          size="xs"
          loading={isEnding}
          onClick={onEnd}
          aria-label={`Sign out ${device}, ${address ?? 'unknown address'}`}
        >
          Sign out
        </Button>
      )}
    </li>
  );
}
