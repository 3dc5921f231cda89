import type { ServiceProfile } from '@keyward/shared/service-profile';
import { Title } from '@mantine/core';
import { Panel } from '../../../ui/panel.tsx';
import { ProfilePreview } from '../preview/profile-preview.tsx';

/** What the profile makes, as it stands now. */
export function PreviewPanel({ profile }: { profile: ServiceProfile }) {
  return (
    <Panel>
      <section aria-labelledby="preview">
        <Title order={2} id="preview" mb="sm">
          Preview
        </Title>
        <ProfilePreview profile={profile} />
      </section>
    </Panel>
  );
}
