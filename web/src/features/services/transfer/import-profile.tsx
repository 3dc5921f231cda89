import type { ServiceProfile } from '@keyward/shared/service-profile';
import { Button, Group, Stack } from '@mantine/core';
import { useState } from 'react';
import { IssueList } from '../../../ui/issue-list.tsx';
import { TextSource } from '../../../ui/text-source.tsx';
import type { ProfileIssue } from '../editor/validate-profile.ts';
import { ImportPreview } from './import-preview.tsx';
import { readProfile } from './read-profile.ts';

interface ImportProfileProps {
  saved: ServiceProfile | null;
  onTake: (profile: ServiceProfile) => void;
  onClose: () => void;
}

/** First the text, then what it would change; the form takes it over, and saving is asked for there. */
export function ImportProfile({ saved, onTake, onClose }: ImportProfileProps) {
  const [text, setText] = useState('');
  const [issues, setIssues] = useState<ProfileIssue[]>([]);
  const [profile, setProfile] = useState<ServiceProfile | null>(null);
  const change = (next: string) => {
    setText(next);
    setIssues([]);
    setProfile(null);
  };
  const look = async () => {
    const result = await readProfile(text);
    setIssues(result.issues);
    setProfile(result.profile);
  };
  return (
    <Stack gap="md">
      <TextSource
        text={text}
        isWrong={issues.length > 0}
        accept=".json,application/json"
        onChange={change}
      />
      {issues.length > 0 && <IssueList issues={issues} />}
      {profile !== null && <ImportPreview saved={saved} profile={profile} />}
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        {profile === null ? (
          <Button onClick={() => void look()}>Check it</Button>
        ) : (
          <Button onClick={() => onTake(profile)}>Take it over</Button>
        )}
      </Group>
    </Stack>
  );
}
