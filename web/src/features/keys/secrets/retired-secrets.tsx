import { Title } from '@mantine/core';
import { formatCount, formatMoment } from '../../../lib/format-time.ts';
import { Panel } from '../../../ui/panel.tsx';
import { MaskedSecret } from '../masked-secret.tsx';
import classes from './retired-secrets.module.css';
import type { KeyRotation } from './rotation.ts';

/** The secrets that were good once, and whether anybody still calls with them. */
export function RetiredSecrets({ rotation: { retired, refusedCalls } }: { rotation: KeyRotation }) {
  if (retired.length === 0) {
    return null;
  }
  return (
    <section aria-labelledby="retired-secrets">
      <Title order={2} id="retired-secrets" mb="sm">
        Retired
      </Title>
      <Panel>
        <ul className={classes.list}>
          {retired.map(({ start, last4, createdAt, retiredAt }) => (
            <li key={`${last4}${createdAt}`}>
              <MaskedSecret apiKey={{ start, last4 }} />
              <span>
                {formatMoment(createdAt)} to {formatMoment(retiredAt)}
              </span>
            </li>
          ))}
        </ul>
        {refusedCalls > 0 && (
          <p className={classes.calls}>
            {refusedCalls === 1 ? 'One call' : `${formatCount(refusedCalls)} calls`} with a retired
            secret in the last 24 hours, all refused: something still has it.
          </p>
        )}
      </Panel>
    </section>
  );
}
