import { Button } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import type { Failure } from '../lib/failure.ts';
import { CopyButton } from './copy-button.tsx';
import classes from './failure-notice.module.css';

interface FailureNoticeProps {
  failure: Failure;
  /** Tries again, where that may help. */
  onRetry?: () => void;
}

/** The one way in which the console says that something went wrong. */
export function FailureNotice({ failure, onRetry }: FailureNoticeProps) {
  const { title, detail, issues, requestId, mayPass } = failure;
  const others = issues.map((issue) => issue.message).filter((message) => message !== detail);
  return (
    <div role="alert" className={classes.root}>
      <IconAlertCircle size={18} className={classes.icon} aria-hidden="true" />
      <div className={classes.body}>
        <p className={classes.title}>{title}</p>
        <p>{detail}</p>
        {others.map((message) => (
          <p key={message}>{message}</p>
        ))}
        {onRetry && mayPass && (
          <Button variant="default" size="xs" mt="sm" onClick={onRetry}>
            Try again
          </Button>
        )}
        {requestId !== null && (
          <p className={classes.request}>
            Request <code>{requestId}</code>
            <CopyButton text={requestId} label="Copy request id" />
          </p>
        )}
      </div>
    </div>
  );
}
