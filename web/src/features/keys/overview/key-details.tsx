import type { Key } from '@keyward/shared/keys';
import { Title } from '@mantine/core';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { Fact } from '../fact.tsx';
import { KeyOrigin } from '../key-origin.tsx';
import { KeyOwner } from '../key-owner.tsx';
import { KeyService } from '../key-service.tsx';
import { useService } from '../use-service.ts';
import classes from './key-details.module.css';
import { KeyLimit } from './key-limit.tsx';
import { limitId } from './remedy-link.tsx';

/** What a key is, but for what it may do. */
export function KeyDetails({ apiKey }: { apiKey: Key }) {
  const service = useService(apiKey.service);
  const { id, ipAllowlist, externalId, metadata } = apiKey;
  const hasMetadata = Object.keys(metadata).length > 0;
  return (
    <section aria-labelledby="details">
      <Title order={2} id="details" mb="sm">
        Details
      </Title>
      <Panel>
        <dl className={classes.facts}>
          <Fact name="Owner">
            <KeyOwner apiKey={apiKey} />
          </Fact>
          <Fact name="Service">
            <KeyService apiKey={apiKey} name={service?.name} />
          </Fact>
          <Fact name="Limit" id={limitId} className={classes.limit}>
            <KeyLimit apiKey={apiKey} />
          </Fact>
          <Fact name="Allowed addresses">
            {ipAllowlist.length === 0 ? 'Any' : ipAllowlist.join(', ')}
          </Fact>
          <Fact name="Created">
            <KeyOrigin apiKey={apiKey} />
          </Fact>
          <Fact name="External id">{externalId ?? 'None'}</Fact>
          <Fact name="Key id">
            <span className={classes.id}>
              <code>{id}</code>
              <CopyButton text={id} label="Copy key id" />
            </span>
          </Fact>
          {!hasMetadata && <Fact name="Metadata">None</Fact>}
          {hasMetadata && (
            <Fact name="Metadata" className={classes.wide}>
              <pre className={classes.metadata}>{JSON.stringify(metadata, null, 2)}</pre>
            </Fact>
          )}
        </dl>
      </Panel>
    </section>
  );
}
