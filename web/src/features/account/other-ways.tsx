import { Stack } from '@mantine/core';
import { canUsePasskeys } from '../../lib/passkeys.ts';
import { trpc } from '../../lib/trpc.ts';
import { ProviderButton } from '../../ui/provider-button.tsx';
import { OrLine } from './or-line.tsx';
import { PasskeySignIn } from './passkey-sign-in.tsx';

interface OtherWaysProps {
  /** Whether browsers make passkeys for the address of this Keyward. */
  takesPasskeys: boolean;
  provider: { name: string } | null;
  returnTo: string;
  onSignedIn: () => void;
}

/** The ways to sign in beside email and password. */
export function OtherWays({ takesPasskeys, provider, returnTo, onSignedIn }: OtherWaysProps) {
  const begin = trpc.account.provider.beginSignIn.useMutation();
  const byPasskey = takesPasskeys && canUsePasskeys();
  if (!byPasskey && provider === null) {
    return null;
  }
  return (
    <>
      <OrLine />
      <Stack gap="sm">
        {provider !== null && (
          <ProviderButton
            label={`Sign in with ${provider.name}`}
            begin={() => begin.mutateAsync({ returnTo })}
          />
        )}
        {byPasskey && <PasskeySignIn challenge={null} variant="default" onSignedIn={onSignedIn} />}
      </Stack>
    </>
  );
}
