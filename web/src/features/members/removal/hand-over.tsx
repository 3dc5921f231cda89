import { Button, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import { toFailure } from '../../../lib/failure.ts';
import { trpc } from '../../../lib/trpc.ts';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import type { LeaverKey } from '../member.ts';
import classes from './leaver-key.module.css';

const longestName = 100;

interface HandOverProps {
  leaver: LeaverKey;
  /** Why it cannot be handed over; null when it can. */
  refusal: string | null;
  onMinted: (secret: string) => void;
}

/** Makes a bot key that can do what this one can, so that its work goes on without its owner. */
export function HandOver({ leaver: { key }, refusal, onMinted }: HandOverProps) {
  const [isOpen, setOpen] = useState(false);
  const [wasOpen, setWasOpen] = useState(false);
  const [name, setName] = useState(key.name);
  const utils = trpc.useUtils();
  const handOver = trpc.keys.handOver.useMutation({
    gcTime: 0,
    onSuccess: ({ secret }) => {
      void utils.members.previewRemoval.invalidate();
      void utils.keys.list.invalidate();
      if (secret !== null) {
        onMinted(secret);
      }
      handOver.reset();
    },
  });
  if (refusal !== null) {
    return <p className={classes.note}>{refusal}</p>;
  }
  if (!isOpen) {
    return (
      <Button variant="default" size="xs" autoFocus={wasOpen} onClick={() => setOpen(true)}>
        Hand over to a bot
        <span className="visually-hidden">: {key.name}</span>
      </Button>
    );
  }
  const trimmed = name.trim();
  const close = () => {
    setWasOpen(true);
    setOpen(false);
  };
  return (
    <form
      className={classes.handOver}
      onSubmit={(event) => {
        event.preventDefault();
        if (trimmed !== '') {
          handOver.mutate({ id: key.id, name: trimmed });
        }
      }}
    >
      <TextInput
        label="Name of the bot key"
        description="Same service, permissions, limit, addresses and expiry. Another secret."
        value={name}
        maxLength={longestName}
        autoComplete="off"
        autoFocus
        error={trimmed === '' ? 'Write at least one character.' : null}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {handOver.isError && <FailureNotice failure={toFailure(handOver.error)} />}
      <Group gap="sm">
        <Button type="submit" size="xs" loading={handOver.isPending}>
          Create bot key
        </Button>
        <Button variant="default" size="xs" onClick={close}>
          Cancel
        </Button>
      </Group>
    </form>
  );
}
