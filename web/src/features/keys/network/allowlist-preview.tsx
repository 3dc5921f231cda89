import { formatCount } from '../../../lib/format-time.ts';
import { isAdmin, useMembership } from '../../../lib/membership.ts';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { useKey } from '../key-context.ts';
import classes from './allowlist-preview.module.css';
import type { AllowlistPreviewFacts } from './use-preview.ts';

interface AllowlistPreviewProps {
  entries: readonly string[];
  preview: AllowlistPreviewFacts;
}

/** What a list changes, and what it would have refused of the last 30 days. */
export function AllowlistPreview({ entries, preview }: AllowlistPreviewProps) {
  const membership = useMembership();
  return (
    <div className={classes.root} role="status">
      {entries.length === 0 ? (
        <p>
          Write at least one address.
          {isAdmin(membership) && ' To allow every address again, remove the lock.'}
        </p>
      ) : (
        <>
          <Difference entries={entries} />
          {preview.fault === null && <Refused preview={preview} />}
        </>
      )}
    </div>
  );
}

function Difference({ entries }: { entries: readonly string[] }) {
  const { ipAllowlist } = useKey();
  const gone = ipAllowlist.filter((entry) => !entries.includes(entry));
  const total = `${entries.length} ${entries.length === 1 ? 'entry' : 'entries'}`;
  return (
    <p>
      The list has {total}.{gone.length > 0 && ` No longer on it: ${gone.join(', ')}.`}
    </p>
  );
}

function Refused({ preview: { used, refused } }: { preview: AllowlistPreviewFacts }) {
  if (used === undefined) {
    return <p>Looking at the last 30 days…</p>;
  }
  if (used === 0) {
    return <p>No address was accepted in the last 30 days, so there is nothing to compare.</p>;
  }
  if (refused.length === 0) {
    return (
      <p data-tone="good">
        {used === 1
          ? 'The one address that was accepted in the last 30 days stays allowed.'
          : `All ${formatCount(used)} addresses that were accepted in the last 30 days stay allowed.`}
      </p>
    );
  }
  return (
    <>
      <p data-tone="warn">
        Of {formatCount(used)} {used === 1 ? 'address' : 'addresses'} accepted in the last 30 days,
        this would have refused {formatCount(refused.length)}:
      </p>
      <ul>
        {refused.map(({ address, accepted, lastSeenAt }) => (
          <li key={address}>
            <code>{address}</code>
            <span>
              {formatCount(accepted)} accepted, last seen <RelativeTime time={lastSeenAt} />
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
