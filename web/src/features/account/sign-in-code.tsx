import type { Challenge } from '@keyward/shared/accounts';
import { Button, Stack } from '@mantine/core';
import { useState } from 'react';
import { canUsePasskeys } from '../../lib/passkeys.ts';
import { AuthCard } from '../../ui/auth-card.tsx';
import { PasskeySignIn } from './passkey-sign-in.tsx';
import { SignInCodeForm } from './sign-in-code-form.tsx';

interface SignInCodeProps {
  challenge: Challenge;
  onSignedIn: () => void;
  onRestart: () => void;
}

type Way = 'passkey' | 'authenticator' | 'recovery';

const descriptions: Readonly<Record<Way, string>> = {
  passkey: 'Use the passkey that you added to your account.',
  authenticator: 'Give the code that your authenticator app shows.',
  recovery: 'Give one of the recovery codes that you kept. It is good once.',
};

const offers: Readonly<Record<Way, string>> = {
  passkey: 'Use a passkey',
  authenticator: 'Use the authenticator app',
  recovery: 'Use a recovery code',
};

/** The second step of a sign-in, by what the account has. */
export function SignInCode({ challenge, onSignedIn, onRestart }: SignInCodeProps) {
  const { passkey, authenticator } = challenge.factors;
  const ways: Way[] = [
    ...(passkey && canUsePasskeys() ? (['passkey'] as const) : []),
    ...(authenticator ? (['authenticator'] as const) : []),
    'recovery',
  ];
  const [way, setWay] = useState<Way>(ways[0] ?? 'recovery');
  return (
    <AuthCard title="Confirm it is you" description={descriptions[way]}>
      <Stack gap="md">
        {way === 'passkey' ? (
          <PasskeySignIn challenge={challenge.token} variant="filled" onSignedIn={onSignedIn} />
        ) : (
          <SignInCodeForm
            key={way}
            challenge={challenge.token}
            isRecovery={way === 'recovery'}
            onSignedIn={onSignedIn}
          />
        )}
        {ways
          .filter((other) => other !== way)
          .map((other) => (
            <Button key={other} variant="subtle" onClick={() => setWay(other)}>
              {offers[other]}
            </Button>
          ))}
        <Button variant="subtle" color="gray" onClick={onRestart}>
          Sign in as somebody else
        </Button>
      </Stack>
    </AuthCard>
  );
}
