import type { Service } from '@keyward/shared/services';
import { Button, NativeSelect, PasswordInput, Stack } from '@mantine/core';
import { useRef, useState } from 'react';
import type { Failure } from '../../../lib/failure.ts';
import { splitIssues } from '../../../lib/split-issues.ts';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { useKey } from '../key-context.ts';
import { AddressField } from './address-field.tsx';
import { permissionOptions } from './permission-options.ts';
import type { Question } from './use-explain-key.ts';

interface ExplainFormProps {
  /** Null while they are read. */
  services: readonly Service[] | null;
  failure: Failure | null;
  isPending: boolean;
  onAsk: (secret: string, question: Question) => void;
}

const any = '';

/** What the caller sent, and what the call was for. */
export function ExplainForm({ services, failure, isPending, onAsk }: ExplainFormProps) {
  const key = useKey();
  // Not in any state: the field is the one place that holds what was pasted.
  const secret = useRef<HTMLInputElement>(null);
  const [service, setService] = useState(key.service);
  const [permission, setPermission] = useState(any);
  const [address, setAddress] = useState('');
  const [isMissing, setMissing] = useState(false);
  const known = services?.find(({ slug }) => slug === (service === any ? key.service : service));
  const permissions = permissionOptions(known?.resources ?? []);
  const { byField, rest } = splitIssues(failure?.issues ?? [], ['key', 'permissions', 'ip']);
  const isShownByFields = failure !== null && failure.issues.length > 0 && rest.length === 0;
  const ask = () => {
    const pasted = secret.current?.value.trim() ?? '';
    setMissing(pasted === '');
    if (pasted === '') {
      secret.current?.focus();
      return;
    }
    onAsk(pasted, {
      service: service === any ? null : service,
      permission: findChosen(permissions, permission),
      address: address.trim() === '' ? null : address.trim(),
    });
  };
  return (
    <Panel>
      <form
        noValidate
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          ask();
        }}
      >
        <Stack gap="md">
          <PasswordInput
            ref={secret}
            label="Key"
            description="It is sent to be judged, and kept nowhere."
            placeholder={`${key.start}…`}
            autoComplete="off"
            spellCheck={false}
            data-1p-ignore
            data-lpignore="true"
            visibilityToggleButtonProps={{ 'aria-label': 'Show the key', tabIndex: 0 }}
            error={isMissing ? 'Paste the key that the caller sent.' : byField.key}
          />
          <NativeSelect
            label="Service"
            value={service}
            onChange={(event) => {
              setService(event.currentTarget.value);
              setPermission(any);
            }}
            data={[
              ...(services ?? [{ slug: key.service, name: key.service }]).map(({ slug, name }) => ({
                value: slug,
                label: name,
              })),
              { value: any, label: 'Any service' },
            ]}
          />
          <NativeSelect
            label="Permission"
            value={permission}
            onChange={(event) => setPermission(event.currentTarget.value)}
            error={byField.permissions}
            data={[{ value: any, label: 'None asked for' }, ...permissions]}
          />
          <AddressField
            value={address}
            onChange={setAddress}
            error={byField.ip}
            lastUsed={key.usage.lastUsedIp}
          />
          {failure !== null && !isShownByFields && <FailureNotice failure={failure} />}
          <Button type="submit" loading={isPending}>
            Explain
          </Button>
        </Stack>
      </form>
    </Panel>
  );
}

/** The option that was chosen, which is a permission; null for none. */
function findChosen(options: ReturnType<typeof permissionOptions>, chosen: string) {
  return options.flatMap(({ items }) => items).find(({ value }) => value === chosen)?.value ?? null;
}
