import type { ServiceProfile } from '@keyward/shared/service-profile';
import { Title } from '@mantine/core';
import { ChangeList } from '../changes/change-list.tsx';
import { describeChanges } from '../describe-profile.ts';
import { ProfileFacts } from '../profile-facts.tsx';

interface ImportPreviewProps {
  saved: ServiceProfile | null;
  profile: ServiceProfile;
}

/** What an imported profile would change, or for a new service, what it would be. */
export function ImportPreview({ saved, profile }: ImportPreviewProps) {
  if (saved === null) {
    return (
      <section aria-label="What it would be">
        <Title order={3} mb="xs">
          {profile.name}
        </Title>
        <ProfileFacts profile={profile} />
      </section>
    );
  }
  const changes = describeChanges(saved, profile);
  return (
    <section aria-label="What would change">
      <Title order={3} mb="xs">
        {changes.length === 0 ? 'Nothing would change' : 'What would change'}
      </Title>
      {profile.slug !== saved.slug && (
        <p>
          The file says <code>{profile.slug}</code>. This service keeps its slug,{' '}
          <code>{saved.slug}</code>.
        </p>
      )}
      <ChangeList changes={changes} />
    </section>
  );
}
