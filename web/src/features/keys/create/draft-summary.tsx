import type { RateLimitRule } from '@keyward/shared/rate-limit';
import type { Service } from '@keyward/shared/services';
import { describeRateLimit } from '../../../lib/describe-rate-limit.ts';
import { formatDate } from '../../../lib/format-time.ts';
import { describeGrants } from './describe-grants.ts';
import classes from './draft-summary.module.css';
import type { KeyDraft } from './key-draft.ts';
import { previewExpiry, toCreateInput } from './to-create-input.ts';

/** The draft in words, as it changes. */
export function DraftSummary({ draft, service }: { draft: KeyDraft; service: Service }) {
  const tier = service.tiers.find((one) => one.name === draft.tier);
  const addresses = toCreateInput(draft).ipAllowlist;
  const grants = describeGrants(draft.permissions, service.resources);
  const tierName = service.tiers.length > 1 ? `${draft.tier}, ` : '';
  return (
    <div className={classes.root}>
      <p>
        A {draft.kind} key of <strong>{service.name}</strong>, {tierName}
        {draft.environment}, that {grants.length === 0 ? 'may do nothing yet.' : 'may'}
      </p>
      {grants.length > 0 && (
        <ul>
          {grants.map((grant) => (
            <li key={grant}>{grant}</li>
          ))}
        </ul>
      )}
      <p>{describeExpiry(previewExpiry(draft))}</p>
      <p>{describeLimit(tier?.rateLimit ?? null)}</p>
      {addresses.length > 0 && (
        <p>
          Calls from {addresses.length}{' '}
          {addresses.length === 1 ? 'address or range' : 'addresses or ranges'} only.
        </p>
      )}
    </div>
  );
}

function describeLimit(rateLimit: RateLimitRule | null): string {
  return rateLimit === null ? 'It has no rate limit.' : `At most ${describeRateLimit(rateLimit)}.`;
}

function describeExpiry(expiry: Date | null | undefined): string {
  if (expiry === undefined) {
    return 'Choose the day on which it expires.';
  }
  return expiry === null ? 'It never expires.' : `It expires ${formatDate(expiry)}.`;
}
