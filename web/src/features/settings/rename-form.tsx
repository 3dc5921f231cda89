import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { describeReceipt } from '../../lib/describe-receipt.ts';
import { toFailure } from '../../lib/failure.ts';
import { useMembership } from '../../lib/membership.ts';
import { trpc } from '../../lib/trpc.ts';
import { notify } from '../../ui/notify.ts';
import classes from './rename-form.module.css';

const longest = 80;

export function RenameForm({ onChanged }: { onChanged: () => Promise<void> }) {
  const { organization } = useMembership();
  const [name, setName] = useState(organization.name);
  const update = trpc.organizations.update.useMutation({
    onSuccess: async (changed) => {
      void notify({
        title: `Renamed to ${changed.organization.name}`,
        message: `${describeReceipt(changed.receipt)}.`,
      });
      await onChanged();
    },
  });
  const isSame = name.trim() === organization.name;
  return (
    <form
      noValidate
      className={classes.root}
      onSubmit={(event) => {
        event.preventDefault();
        update.mutate({ id: organization.id, changes: { name: name.trim() } });
      }}
    >
      <TextInput
        label="Name"
        autoComplete="off"
        maxLength={longest}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={update.isError && describeFault(update.error)}
        className={classes.field}
      />
      <Button
        type="submit"
        variant="default"
        disabled={isSame || name.trim() === ''}
        loading={update.isPending}
      >
        Rename
      </Button>
    </form>
  );
}

function describeFault(error: unknown): string {
  const { detail, issues } = toFailure(error);
  return issues[0]?.message ?? detail;
}
