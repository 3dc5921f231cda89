import type { Key } from '@keyward/shared/keys';
import { describeRateLimit } from '../../../lib/describe-rate-limit.ts';
import { formatCount } from '../../../lib/format-time.ts';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { Fact } from '../fact.tsx';
import { KeyOrigin } from '../key-origin.tsx';
import { KeyOwner } from '../key-owner.tsx';
import { KeyService } from '../key-service.tsx';
import { KeyStanding } from '../key-standing.tsx';
import { LastUsed } from '../last-used.tsx';
import classes from './key-facts.module.css';

/** All that is known of a key, but for what it may do. */
export function KeyFacts({ apiKey }: { apiKey: Key }) {
  const { id, usage, rateLimit, ipAllowlist, externalId } = apiKey;
  return (
    <Panel>
      <dl className={classes.facts}>
        <Fact name="Status">
          <KeyStanding apiKey={apiKey} />
        </Fact>
        <Fact name="Last used">
          <LastUsed apiKey={apiKey} />
        </Fact>
        <Fact name="Calls">{formatCount(usage.totalRequests)}</Fact>
        <Fact name="Owner">
          <KeyOwner apiKey={apiKey} />
        </Fact>
        <Fact name="Service">
          <KeyService apiKey={apiKey} />
        </Fact>
        <Fact name="Rate limit">{describeRateLimit(rateLimit)}</Fact>
        <Fact name="Created">
          <KeyOrigin apiKey={apiKey} />
        </Fact>
        <Fact name="Allowed addresses">
          {ipAllowlist.length === 0 ? 'Any' : ipAllowlist.join(', ')}
        </Fact>
        <Fact name="External id">{externalId ?? 'None'}</Fact>
        <Fact name="Key id">
          <span className={classes.id}>
            <code>{id}</code>
            <CopyButton text={id} label="Copy key id" />
          </span>
        </Fact>
      </dl>
    </Panel>
  );
}
