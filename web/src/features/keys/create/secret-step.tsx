import type { Service } from '@keyward/shared/services';
import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { downloadText } from '../../../lib/download-text.ts';
import { SecretAdvice, SecretPage, SecretSection } from '../../../ui/secret-page.tsx';
import { writeEnvFile } from '../snippets/env-file.ts';
import { LazySnippets } from '../snippets/lazy-snippets.tsx';
import { variableName } from '../snippets/snippet.ts';
import { FirstCall } from './first-call.tsx';
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
    <SecretPage
      what={key.name}
      description={
        <>
          The secret of <strong>{key.name}</strong> will not be shown again. Keyward keeps only a
          hash of it. Put it into your secret manager before you go on.
        </>
      }
      secret={secret}
      onStored={onStored}
      aside={
        <>
          <FirstCall apiKey={key} />
          <SecretAdvice lines={advice} />
        </>
      }
    >
      {service !== undefined && (
        <>
          <EnvDownload service={service} secret={secret} />
          <SecretSection id="try" title="Use it">
            <LazySnippets facts={{ service, publicUrl }} secret={secret} />
          </SecretSection>
        </>
      )}
    </SecretPage>
  );
}

const advice = [
  'Use it on a server only: never in a browser, an app or a repository.',
  'Give each system its own key. Then one can be revoked without the others.',
  'If it leaks, revoke it here. No node accepts it from then on.',
];

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
