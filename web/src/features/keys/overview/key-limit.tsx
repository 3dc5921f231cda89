import type { Key } from '@keyward/shared/keys';
import { describeRateLimit } from '../../../lib/describe-rate-limit.ts';
import { trpc } from '../../../lib/trpc.ts';
import pieces from '../key-pieces.module.css';

/** The limit that counts, and whether the tier or the key itself has it. */
export function KeyLimit({ apiKey: { service, tier, rateLimit } }: { apiKey: Key }) {
  const services = trpc.services.list.useQuery();
  const found = services.data
    ?.find(({ slug }) => slug === service)
    ?.tiers.find(({ name }) => name === tier);
  const text = describeRateLimit(rateLimit);
  const usual = found && describeRateLimit(found.rateLimit);
  return (
    <>
      {text}
      <span className={pieces.second}>
        {usual === undefined || usual === text
          ? `Of the tier ${tier}`
          : `Its own; the tier ${tier} has ${usual}`}
      </span>
    </>
  );
}
