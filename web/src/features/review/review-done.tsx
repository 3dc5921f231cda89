import { Button } from '@mantine/core';
import { IconCircleCheck, IconKey } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { formatCount } from '../../lib/format-time.ts';
import { useMembership } from '../../lib/membership.ts';
import { CalendarDate } from '../../ui/calendar-date.tsx';
import { EmptyNotice } from '../../ui/empty-notice.tsx';

interface ReviewDoneProps {
  total: number;
  reviewed: number;
  nextDueAt: string | null;
  /** How many that are due were skipped. */
  skipped: number;
  onUnskip: () => void;
}

/** Where no key is left to ask about. */
export function ReviewDone({ total, reviewed, nextDueAt, skipped, onUnskip }: ReviewDoneProps) {
  const { organization } = useMembership();
  const params = { organizationSlug: organization.slug };
  if (total === 0) {
    return (
      <EmptyNotice
        icon={<IconKey size={22} />}
        title="No keys to review"
        action={
          <Button
            renderRoot={(props) => (
              <Link to="/o/$organizationSlug/keys/new" params={params} {...props} />
            )}
          >
            Create key
          </Button>
        }
      >
        Once there are keys, this page asks of each whether it is still needed.
      </EmptyNotice>
    );
  }
  if (skipped > 0) {
    return (
      <EmptyNotice
        icon={<IconCircleCheck size={22} />}
        title={`Only what you skipped is left`}
        action={<Button onClick={onUnskip}>Go through what was skipped</Button>}
      >
        {skipped === 1
          ? 'One key that is due was skipped.'
          : `${formatCount(skipped)} keys that are due were skipped.`}
      </EmptyNotice>
    );
  }
  return (
    <EmptyNotice
      icon={<IconCircleCheck size={22} />}
      title="Every key is reviewed"
      action={
        <Button
          variant="default"
          renderRoot={(props) => (
            <Link to="/o/$organizationSlug/overview" params={params} {...props} />
          )}
        >
          Back to the overview
        </Button>
      }
    >
      {reviewed === 1 ? 'The one key was' : `All ${formatCount(reviewed)} keys were`} reviewed in
      the last 90 days.
      {nextDueAt !== null && (
        <>
          {' '}
          The next one is due on <CalendarDate time={nextDueAt} />.
        </>
      )}
    </EmptyNotice>
  );
}
