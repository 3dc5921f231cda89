import { Title } from '@mantine/core';
import { RelativeTime } from '../../ui/relative-time.tsx';
import type { ReviewItem } from './review-item.ts';
import classes from './review-part.module.css';

/** From where the key is used, and from where it may be. */
export function SeenAddresses({ item: { key, addresses } }: { item: ReviewItem }) {
  const { ipAllowlist } = key;
  return (
    <section aria-labelledby="review-addresses" className={classes.root}>
      <Title order={3} id="review-addresses">
        Addresses
      </Title>
      <p className={classes.quiet}>
        {ipAllowlist.length === 0
          ? 'May be used from anywhere.'
          : `May be used from ${ipAllowlist.slice(0, 3).join(', ')}${ipAllowlist.length > 3 ? ` and ${ipAllowlist.length - 3} more` : ''}.`}
      </p>
      {addresses.length === 0 ? (
        <p className={classes.quiet}>
          {key.usage.lastUsedIp === null
            ? 'No address has been seen.'
            : `Last used from ${key.usage.lastUsedIp}.`}
        </p>
      ) : (
        <ul className={classes.rows}>
          {addresses.map(({ address, lastSeenAt }) => (
            <li key={address}>
              <code>{address}</code>
              <span className={classes.use}>
                <RelativeTime time={lastSeenAt} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
