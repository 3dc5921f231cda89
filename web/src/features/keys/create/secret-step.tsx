import type { Key } from '@keyward/shared/keys';
import type { Service } from '@keyward/shared/services';
import { Button } from '@mantine/core';
import { CopyBlock } from '../../../ui/copy-block.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { describeCurl } from './describe-curl.ts';
import { LeaveGuard } from './leave-guard.tsx';
import classes from './secret-step.module.css';

/** A key that was just made, with the plaintext that nobody will see again. */
export interface MintedKey {
  key: Key;
  secret: string;
}

interface SecretStepProps {
  minted: MintedKey;
  service: Service | undefined;
  onStored: () => void;
}

/** The secret, this once, and a first call with it. */
export function SecretStep({ minted: { key, secret }, service, onStored }: SecretStepProps) {
  return (
    <div className={classes.column}>
      <PageHeader
        title="Store this secret now"
        takesFocus
        description={
          <>
            The secret of <strong>{key.name}</strong> will not be shown again. Keyward keeps only a
            hash of it. Put it into your secret manager before you go on.
          </>
        }
      />
      <CopyBlock name="secret" text={secret} variant="filled" />
      {service !== undefined && (
        <section aria-labelledby="try" className={classes.section}>
          <h2 id="try">Try it</h2>
          <p className={classes.lead}>
            This call asks Keyward about the key itself. It uses up nothing of its limit. In your
            own calls, send the same header.
          </p>
          <CopyBlock name="curl" text={describeCurl(service, secret, window.location.origin)} />
        </section>
      )}
      <section aria-labelledby="care" className={classes.section}>
        <h2 id="care">Take care of it</h2>
        <ul className={classes.advice}>
          <li>Use it on a server only: never in a browser, an app or a repository.</li>
          <li>Give each system its own key. Then one can be revoked without the others.</li>
          <li>If it leaks, revoke it here. No node accepts it from then on.</li>
        </ul>
      </section>
      <Button size="md" mt="xl" onClick={onStored}>
        I have stored it
      </Button>
      <LeaveGuard keyName={key.name} />
    </div>
  );
}
