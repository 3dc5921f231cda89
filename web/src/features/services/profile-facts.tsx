import type { ServiceProfile, Tier } from '@keyward/shared/service-profile';
import { describeKinds } from '../../lib/describe-kinds.ts';
import { describeRateLimit } from '../../lib/describe-rate-limit.ts';
import { describeHeader } from './describe-header.ts';
import classes from './profile-facts.module.css';

const prefixesOf = ({ prefixes }: Tier): string[] => [
  ...new Set([prefixes.live, prefixes.test].filter((prefix) => prefix !== undefined)),
];

/** What a profile decides, in plain words. */
export function ProfileFacts({ profile }: { profile: ServiceProfile }) {
  const { tiers, resources } = profile;
  return (
    <dl className={classes.facts}>
      <dt>Header</dt>
      <dd>
        <code>{describeHeader(profile)}</code>
      </dd>
      <dt>{tiers.length === 1 ? 'Prefix, limit' : 'Tiers'}</dt>
      <dd>
        {tiers.map((tier) => (
          <span key={tier.name} className={classes.tier}>
            {tiers.length > 1 && <span>{tier.name}</span>}
            {prefixesOf(tier).map((prefix) => (
              <code key={prefix}>{prefix}</code>
            ))}
            <span className={classes.limit}>{describeRateLimit(tier.rateLimit)}</span>
          </span>
        ))}
      </dd>
      <dt>Keys</dt>
      <dd>{describeKinds(profile)}</dd>
      <dt>Resources</dt>
      <dd>
        {resources.length === 0
          ? 'Keyward’s own only'
          : resources.map((resource) => resource.name).join(', ')}
      </dd>
    </dl>
  );
}
