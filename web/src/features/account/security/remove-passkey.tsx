import { Button, Text } from '@mantine/core';
import { trpc } from '../../../lib/trpc.ts';
import { notifyFailure } from '../../../ui/notify-failure.ts';
import classes from './forms.module.css';

interface RemovePasskeyProps {
  passkey: { id: string; name: string };
  /** Whether it is the only one. */
  isLast: boolean;
  onCancel: () => void;
  onDone: () => void;
}

export function RemovePasskey({ passkey, isLast, onCancel, onDone }: RemovePasskeyProps) {
  const factor = trpc.account.secondFactor.get.useQuery();
  const remove = trpc.account.passkeys.remove.useMutation({
    onSuccess: onDone,
    onError: (error) => {
      onCancel();
      notifyFailure(error);
    },
  });
  const isLastFactor = isLast && factor.data?.since === null;
  return (
    <>
      <Text>
        {passkey.name} does not sign you in any more. Delete it on the device too, where it goes on
        to be offered.
        {isLastFactor &&
          ' The password alone will open your account again, and an organization that asks for a second factor will not let you in.'}
      </Text>
      <div className={classes.ending}>
        <Button variant="default" data-autofocus onClick={onCancel}>
          Keep it
        </Button>
        <Button
          color="red"
          loading={remove.isPending}
          onClick={() => remove.mutate({ id: passkey.id })}
        >
          Remove
        </Button>
      </div>
    </>
  );
}
