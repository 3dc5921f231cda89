import type { ServiceProfile } from '@keyward/shared/service-profile';
import { describeRateLimit } from '../../../lib/describe-rate-limit.ts';
import classes from './tier-preview.module.css';

/** The tiers in plain words. */
export function TierPreview({ profile: { tiers, defaults } }: { profile: ServiceProfile }) {
  return (
    <ul className={classes.list}>
      {tiers.map(({ name, description, rateLimit, prefixes }, index) => (
        // Two tiers may have the same name while they are written.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <li key={index}>
          <strong>{name === '' ? 'Unnamed' : name}</strong>
          {tiers.length > 1 && name === defaults.tier && (
            <span className={classes.default}> (default)</span>
          )}
          : {describeLimit(rateLimit)}
          {prefixes.live === undefined && prefixes.test !== undefined && ' Test keys only.'}
          {prefixes.test === undefined && prefixes.live !== undefined && ' Live keys only.'}
          {description !== '' && <span className={classes.description}>{description}</span>}
        </li>
      ))}
    </ul>
  );
}

function describeLimit(rateLimit: ServiceProfile['tiers'][number]['rateLimit']): string {
  if (rateLimit === null) {
    return 'no rate limit.';
  }
  return rateLimit.limit > 0 && rateLimit.windowSeconds > 0
    ? `at most ${describeRateLimit(rateLimit)}, counted from the first one.`
    : 'a limit that is still to be written.';
}
