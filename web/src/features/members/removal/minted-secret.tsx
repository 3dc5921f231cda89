import { Button, Title } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { CopyBlock } from '../../../ui/copy-block.tsx';
import classes from './leaver-key.module.css';

interface MintedSecretProps {
  keyName: string;
  secret: string;
  onStored: () => void;
}

/** The secret of the bot key that was just made, this once. */
export function MintedSecret({ keyName, secret, onStored }: MintedSecretProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <div className={classes.secret}>
      <Title order={3} ref={heading} tabIndex={-1}>
        Store this secret now
      </Title>
      <p className={classes.note}>
        It is the bot key’s, and will not be shown again. Put it where the secret of {keyName}{' '}
        stands today, and deploy. Then come back: the first call shows here by itself.
      </p>
      <CopyBlock name="secret" text={secret} variant="filled" />
      <Button size="xs" onClick={onStored}>
        I have stored it
      </Button>
    </div>
  );
}
