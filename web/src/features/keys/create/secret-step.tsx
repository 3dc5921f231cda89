import type { Service } from '@keyward/shared/services';
import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { downloadText } from '../../../lib/download-text.ts';
import { CopyBlock } from '../../../ui/copy-block.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { writeEnvFile } from '../snippets/env-file.ts';
import { LazySnippets } from '../snippets/lazy-snippets.tsx';
import { variableName } from '../snippets/snippet.ts';
import { FirstCall } from './first-call.tsx';
import { LeaveGuard } from './leave-guard.tsx';
import classes from './secret-step.module.css';
import type { CreatedKey } from './use-create-key.ts';

/** A key that was just made, with the plaintext that nobody will see again, and what its snippets need. */
export interface MintedKey extends CreatedKey {
  service: Service | undefined;
  publicUrl: string;
}

interface SecretStepProps {
  minted: MintedKey;
  onStored: () => void;
}

/** The secret, this once, how to use it, and whether it is used. */
export function SecretStep({ minted, onStored }: SecretStepProps) {
  const { key, secret, service, publicUrl } = minted;
  return (
    <>
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
      <div className={classes.columns}>
        <div className={classes.main}>
          <CopyBlock name="secret" text={secret} variant="filled" />
          {service !== undefined && <EnvDownload service={service} secret={secret} />}
          {service !== undefined && (
            <section aria-labelledby="try" className={classes.section}>
              <h2 id="try">Use it</h2>
              <LazySnippets facts={{ service, publicUrl }} secret={secret} />
            </section>
          )}
        </div>
        <div className={classes.aside}>
          <FirstCall apiKey={key} />
          <section aria-labelledby="care" className={classes.section}>
            <h2 id="care">Take care of it</h2>
            <ul className={classes.advice}>
              <li>Use it on a server only: never in a browser, an app or a repository.</li>
              <li>Give each system its own key. Then one can be revoked without the others.</li>
              <li>If it leaks, revoke it here. No node accepts it from then on.</li>
            </ul>
          </section>
        </div>
      </div>
      <Button size="md" mt="xl" onClick={onStored}>
        I have stored it
      </Button>
      <LeaveGuard keyName={key.name} />
    </>
  );
}

function EnvDownload({ service, secret }: { service: Service; secret: string }) {
  const { name, text } = writeEnvFile(service, secret);
  return (
    <div className={classes.download}>
      <Button
        variant="default"
        leftSection={<IconDownload size={16} />}
        onClick={() => downloadText(name, text)}
      >
        Download {name}
      </Button>
      <span>
        It sets <code>{variableName(service)}</code>.
      </span>
    </div>
  );
}
