import { Button } from '@mantine/core';
import { useMembership } from '../../../lib/membership.ts';
import { CalendarDate } from '../../../ui/calendar-date.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { StatusMark } from '../../../ui/status-mark.tsx';
import type { OpenInvitation } from '../member.ts';
import { refusalOfRole } from '../roles/member-rules.ts';
import { roleWords } from '../roles/role-words.ts';
import classes from './invitation-list.module.css';
import { MailAgain } from './mail-again.tsx';

interface InvitationRowProps {
  invitation: OpenInvitation;
  onRenew: (invitation: OpenInvitation) => void;
  onCancel: (invitation: OpenInvitation) => void;
}

/** Somebody who was invited and has not answered. */
export function InvitationRow({ invitation, onRenew, onCancel }: InvitationRowProps) {
  const membership = useMembership();
  const { email, role, invitedBy, createdAt } = invitation;
  const refusal = refusalOfRole(membership, role);
  return (
    <li className={classes.row}>
      <div className={classes.who}>
        <span className={classes.email} title={email}>
          {email}
        </span>
        <span className={classes.second}>
          As {roleWords[role].one}, invited by{' '}
          {invitedBy?.id === membership.user.id ? 'you' : (invitedBy?.name ?? 'somebody')}{' '}
          <RelativeTime time={createdAt} />
        </span>
      </div>
      <div className={classes.standing}>
        <InvitationStanding invitation={invitation} />
        <MailStanding mail={invitation.mail} />
      </div>
      {refusal === null ? (
        <div className={classes.actions}>
          {invitation.mail !== null && invitation.status === 'open' && (
            <MailAgain invitation={invitation} />
          )}
          <Button variant="default" size="xs" onClick={() => onRenew(invitation)}>
            New link<span className="visually-hidden"> for {email}</span>
          </Button>
          <Button variant="subtle" color="red" size="xs" onClick={() => onCancel(invitation)}>
            Revoke invitation<span className="visually-hidden"> of {email}</span>
          </Button>
        </div>
      ) : (
        <p className={classes.refusal}>{refusal}</p>
      )}
    </li>
  );
}

/** Whether its link leads anywhere, and until when. */
function InvitationStanding({ invitation: { status, expiresAt } }: { invitation: OpenInvitation }) {
  if (status === 'void') {
    return (
      <>
        <StatusMark tone="bad">Link is dead</StatusMark>
        <span className={classes.second}>Whoever sent it may not invite any more</span>
      </>
    );
  }
  return (
    <>
      <StatusMark tone={status === 'open' ? 'good' : 'quiet'}>
        {status === 'open' ? 'Waiting' : 'Expired'}
      </StatusMark>
      <span className={classes.second}>
        {status === 'open' ? 'Expires ' : 'On '}
        <CalendarDate time={expiresAt} />
      </span>
    </>
  );
}

const mailWords = { waiting: 'Mail is on its way', sent: 'Mailed', failed: 'Mail not delivered' };

/** What became of the mail; nothing where none was sent. */
function MailStanding({ mail }: { mail: OpenInvitation['mail'] }) {
  if (mail === null) {
    return null;
  }
  const { status, failure } = mail;
  return (
    <span className={status === 'failed' ? classes.failed : classes.second}>
      {status === 'waiting' && failure !== null
        ? `${failure} It is tried again.`
        : `${mailWords[status]}${failure === null ? '' : `: ${failure}`}`}
    </span>
  );
}
