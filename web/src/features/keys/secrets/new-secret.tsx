import type { Key } from '@keyward/shared/keys';
import { Button, Title } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { CopyBlock } from '../../../ui/copy-block.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { SecretGuard } from '../../../ui/secret-guard.tsx';
import classes from './new-secret.module.css';
import { useConfirmStored } from './use-confirm-stored.ts';

/** The plaintext of a secret that was just made, which nobody will see again. */
export interface MintedSecret {
  secret: string;
  last4: string;
}

interface NewSecretProps {
  apiKey: Key;
  minted: MintedSecret;
  onStored: () => void;
}

/** The new secret, this once. */
export function NewSecret({ apiKey, minted, onStored }: NewSecretProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const confirm = useConfirmStored(apiKey.id);
  return (
    <Panel className={classes.root}>
      <Title order={2} ref={heading} tabIndex={-1}>
        Store the new secret now
      </Title>
      <p className={classes.lead}>
        It will not be shown again: Keyward keeps only a hash of it. Put it into your secret manager
        before you go on.
      </p>
      <CopyBlock name="secret" text={minted.secret} variant="filled" />
      <Button
        variant="default"
        mt="md"
        loading={confirm.isPending}
        // Whether the word was recorded or not: it is stored, and leaves the page.
        onClick={() =>
          confirm.mutate({ id: apiKey.id, last4: minted.last4 }, { onSettled: onStored })
        }
      >
        I have stored it
      </Button>
      <SecretGuard what={apiKey.name} />
    </Panel>
  );
}
