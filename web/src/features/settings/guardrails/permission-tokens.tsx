import type { Permission } from '@keyward/shared/permissions';
import { ActionIcon, Button, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { isPermission, permissionsOf } from '../../../lib/known-permissions.ts';
import { trpc } from '../../../lib/trpc.ts';
import classes from './permission-tokens.module.css';

interface PermissionTokensProps {
  permissions: readonly Permission[];
  onChange: (permissions: Permission[]) => void;
}

/** Which permissions a key may hold only with an IP allowlist. */
export function PermissionTokens({ permissions, onChange }: PermissionTokensProps) {
  const listId = useId();
  const [text, setText] = useState('');
  const [error, setError] = useState<string | null>(null);
  const services = trpc.services.list.useQuery(undefined, { staleTime: 60_000 });
  const known = permissionsOf(services.data ?? []).filter((one) => !permissions.includes(one));
  const add = () => {
    const asked = text.trim();
    if (!isPermission(asked)) {
      setError('Write resource:action, such as shortLinks:create, or resource:* for all of it.');
      return;
    }
    setText('');
    onChange([...new Set([...permissions, asked])]);
  };
  return (
    <fieldset className={classes.root}>
      <legend className={classes.legend}>Permissions that need an IP allowlist</legend>
      {permissions.length > 0 && (
        <ul className={classes.tokens}>
          {permissions.map((permission) => (
            <li key={permission} className={classes.token}>
              <code>{permission}</code>
              <ActionIcon
                variant="subtle"
                color="gray"
                size="sm"
                aria-label={`Remove ${permission}`}
                onClick={() => onChange(permissions.filter((one) => one !== permission))}
              >
                <IconX size={14} />
              </ActionIcon>
            </li>
          ))}
        </ul>
      )}
      <div className={classes.line}>
        <TextInput
          label="Permission"
          placeholder="shortLinks:delete"
          list={listId}
          autoComplete="off"
          spellCheck={false}
          value={text}
          error={error}
          className={classes.field}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setError(null);
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter') {
              event.preventDefault();
              add();
            }
          }}
        />
        <datalist id={listId}>
          {known.map((permission) => (
            <option key={permission} value={permission} />
          ))}
        </datalist>
        <Button variant="default" onClick={add} className={classes.add}>
          Add
        </Button>
      </div>
    </fieldset>
  );
}
