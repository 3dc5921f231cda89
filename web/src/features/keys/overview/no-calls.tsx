import { IconActivity } from '@tabler/icons-react';
import { CopyBlock } from '../../../ui/copy-block.tsx';
import { EmptyNotice } from '../../../ui/empty-notice.tsx';
import { useKey } from '../key-context.ts';
import { usageRanges } from '../usage-range.ts';
import type { KeyUsage } from '../use-key-usage.ts';
import { useService } from '../use-service.ts';
import classes from './no-calls.module.css';

/** No call in the range: how to make the first one, where there was none at all. */
export default function NoCalls({ usage: { range, from } }: { usage: KeyUsage }) {
  const key = useKey();
  const isNew = key.usage.lastUsedAt === null && new Date(key.createdAt) >= from;
  if (key.usage.lastUsedAt !== null || key.status !== 'active') {
    return (
      <EmptyNotice icon={<IconActivity size={22} />} title="No calls">
        Nobody has called with this key in the last {usageRanges[range].label}.
      </EmptyNotice>
    );
  }
  return (
    <EmptyNotice
      icon={<IconActivity size={22} />}
      title={isNew ? 'Not called yet' : `Not called in the last ${usageRanges[range].label}`}
    >
      <FirstCall />
    </EmptyNotice>
  );
}

/** How the service takes its keys. The secret itself is nowhere but with whoever stored it. */
function FirstCall() {
  const key = useKey();
  const service = useService(key.service);
  if (service === undefined) {
    return null;
  }
  const { name, scheme } = service.header;
  const value = `${scheme === null ? '' : `${scheme} `}${key.start}…${key.last4}`;
  return (
    <>
      <p className={classes.lead}>
        {service.name} takes the key in one header of each call. The first call shows here by
        itself.
      </p>
      <div className={classes.header}>
        <CopyBlock name="header" text={`${name}: ${value}`} />
      </div>
      <p className={classes.fine}>
        Put the whole secret in place of <code>{`${key.start}…${key.last4}`}</code>: Keyward does
        not keep it.
      </p>
    </>
  );
}
