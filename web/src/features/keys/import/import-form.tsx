import type { Service } from '@keyward/shared/services';
import { Button, Group, NativeSelect, Stack } from '@mantine/core';
import { useState } from 'react';
import { IssueList } from '../../../ui/issue-list.tsx';
import { TextSource } from '../../../ui/text-source.tsx';
import { chooseService } from '../create/choose-service.ts';
import { FormatHelp } from './format-help.tsx';
import { FoundPreview } from './found-preview.tsx';
import { type FoundKey, type ReadKeys, readKeys } from './read-keys.ts';

/** What is to be imported, as it stands in the form. */
export interface ImportDraft {
  text: string;
  /** The slug for keys that name none. */
  service: string;
}

interface ImportFormProps {
  services: readonly Service[];
  /** Null before anything was written. */
  draft: ImportDraft | null;
  onDraft: (draft: ImportDraft) => void;
  onImport: (found: readonly FoundKey[]) => void;
}

/** Nothing is sent before it was looked at, and while one line is wrong, none is. */
export function ImportForm({ services, draft, onDraft, onImport }: ImportFormProps) {
  const { text, service } = draft ?? { text: '', service: chooseService(services, undefined).slug };
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
          onDraft({ text: next, service });
          setRead(null);
        }}
      />
      <NativeSelect
        label="Service of the keys that name none"
        data={services.map(({ slug, name }) => ({ value: slug, label: name }))}
        value={service}
        onChange={(event) => {
          onDraft({ text, service: event.currentTarget.value });
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
