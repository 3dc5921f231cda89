import type { Key } from '@keyward/shared/keys';
import { describeRateLimit } from '../../../lib/describe-rate-limit.ts';
import pieces from '../key-pieces.module.css';
import { useService } from '../use-service.ts';

/** The limit that counts, and whether the tier or the key itself has it. */
export function KeyLimit({ apiKey: { service, tier, rateLimit } }: { apiKey: Key }) {
  const found = useService(service)?.tiers.find(({ name }) => name === tier);
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
