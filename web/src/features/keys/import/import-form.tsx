import type { Service } from '@keyward/shared/services';
import { Button, Group, NativeSelect, Stack } from '@mantine/core';
import { useState } from 'react';
import { IssueList } from '../../../ui/issue-list.tsx';
import { TextSource } from '../../../ui/text-source.tsx';
import { chooseService } from '../create/choose-service.ts';
import { FormatHelp } from './format-help.tsx';
import { FoundPreview } from './found-preview.tsx';
import { type FoundKey, type ReadKeys, readKeys } from './read-keys.ts';

interface ImportFormProps {
  services: readonly Service[];
  onImport: (found: readonly FoundKey[]) => void;
}

/** Nothing is sent before it was looked at, and while one line is wrong, none is. */
export function ImportForm({ services, onImport }: ImportFormProps) {
  const [text, setText] = useState('');
  const [service, setService] = useState(chooseService(services, undefined).slug);
  const [read, setRead] = useState<ReadKeys | null>(null);
  const isGood = read !== null && read.issues.length === 0;
  return (
    <Stack gap="md">
      <FormatHelp />
      <TextSource
        text={text}
        isWrong={read !== null && !isGood}
        accept=".csv,.json,.ndjson,.jsonl,text/csv,application/json"
        onChange={(next) => {
          setText(next);
          setRead(null);
        }}
      />
      <NativeSelect
        label="Service of the keys that name none"
        data={services.map(({ slug, name }) => ({ value: slug, label: name }))}
        value={service}
        onChange={(event) => {
          setService(event.currentTarget.value);
          setRead(null);
        }}
      />
      {read !== null && !isGood && <IssueList issues={read.issues} />}
      {isGood && <FoundPreview found={read.found} />}
      <Group justify="flex-end" gap="sm">
        {isGood ? (
          <Button onClick={() => onImport(read.found)}>
            Import {read.found.length.toLocaleString()} {read.found.length === 1 ? 'key' : 'keys'}
          </Button>
        ) : (
          <Button onClick={() => void readKeys(text, services, service).then(setRead)}>
            Check it
          </Button>
        )}
      </Group>
    </Stack>
  );
}
