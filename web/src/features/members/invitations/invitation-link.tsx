import { Button, Group, Stack } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { formatExactTime } from '../../../lib/format-time.ts';
import { useHoldPage } from '../../../lib/hold-page.ts';
import { CopyBlock } from '../../../ui/copy-block.tsx';
import classes from './invitation-link.module.css';

export interface MadeLink {
  email: string;
  url: string;
  expiresAt: string;
  /** Whether it goes out by mail too. */
  isMailed: boolean;
}

/** The link of an invitation, this once: Keyward keeps only a hash of it. */
export function InvitationLink({ link, onDone }: { link: MadeLink; onDone: () => void }) {
  const { email, url, expiresAt, isMailed } = link;
  useHoldPage();
  const text = useRef<HTMLParagraphElement>(null);
  // It stands where the form stood that made it.
  useEffect(() => text.current?.focus(), []);
  return (
    <Stack gap="md">
      <p ref={text} tabIndex={-1} className={classes.text}>
        {isMailed ? (
          <>
            A mail is on its way to <strong>{email}</strong>. You may hand over this link as well.
          </>
        ) : (
          <>
            Send this link to <strong>{email}</strong> yourself: Keyward sends no mail here.
          </>
        )}{' '}
        It works once, for this email alone, and is good for {describeTimeLeft(expiresAt)}, until{' '}
        <time dateTime={expiresAt}>{formatExactTime(expiresAt)}</time>.
      </p>
      <CopyBlock name="link" text={url} variant="filled" />
      <p className={classes.note}>
        It is shown this once. If it gets lost, make a new one from the list of invitations.
      </p>
      <Group justify="flex-end">
        <Button variant="default" onClick={onDone}>
          Done
        </Button>
      </Group>
    </Stack>
  );
}

/** `7 days`: what is left, in whole days where there are some. */
function describeTimeLeft(expiresAt: string): string {
  const hours = Math.round((new Date(expiresAt).getTime() - Date.now()) / 3_600_000);
  const days = Math.round(hours / 24);
  if (days > 1) {
    return `${days} days`;
  }
  return hours === 1 ? 'an hour' : `${hours} hours`;
}
