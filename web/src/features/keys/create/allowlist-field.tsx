import { Button, Textarea } from '@mantine/core';
import { IconMapPin } from '@tabler/icons-react';
import { useState } from 'react';
import { toFailure } from '../../../lib/failure.ts';
import { trpc } from '../../../lib/trpc.ts';
import { addToAllowlist } from './allowlist-lines.ts';
import type { DraftForm } from './draft-form.ts';
import classes from './field.module.css';

interface AllowlistFieldProps {
  form: DraftForm;
  /** Why the organization asks for addresses here; undefined where it does not. */
  demand: string | undefined;
  /** Called with what is typed when it may be judged. */
  onDone: (typed: string) => void;
}

/** From where calls with the key may come. */
export function AllowlistField({ form, demand, onDone }: AllowlistFieldProps) {
  const { account } = trpc.useUtils();
  const [answer, setAnswer] = useState('');
  const [isAsking, setAsking] = useState(false);
  const addOwn = async () => {
    setAsking(true);
    try {
      const { address } = await account.address.fetch(undefined, { staleTime: 0 });
      if (address === null) {
        setAnswer('A proxy between you and Keyward hides your address. Write it by hand.');
      } else {
        const typed = addToAllowlist(form.getValues().ipAllowlist, address);
        form.setFieldValue('ipAllowlist', typed);
        onDone(typed);
        setAnswer(`Keyward sees you at ${address}.`);
      }
    } catch (error) {
      setAnswer(toFailure(error).detail);
    }
    setAsking(false);
  };
  return (
    <div>
      <Textarea
        label="Allowed addresses"
        description="One address or range a line, such as 203.0.113.0/24. Left empty, calls may come from anywhere."
        autosize={false}
        rows={3}
        spellCheck={false}
        className={classes.mono}
        classNames={{ error: classes.lines }}
        {...form.getInputProps('ipAllowlist')}
        onBlur={(event) => onDone(event.currentTarget.value)}
      />
      <div className={classes.actions}>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconMapPin size={14} />}
          loading={isAsking}
          // The field keeps the focus: left now, it would tell its errors, and push this away from the pointer.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => void addOwn()}
        >
          My address
        </Button>
        <span role="status">{answer}</span>
      </div>
      {demand !== undefined && !form.errors.ipAllowlist && (
        <p className={classes.warning}>{demand}</p>
      )}
    </div>
  );
}
