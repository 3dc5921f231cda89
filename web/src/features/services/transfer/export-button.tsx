import type { ServiceProfile } from '@keyward/shared/service-profile';
import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { downloadText } from '../../../lib/download-text.ts';

/** Takes the saved profile along, as it goes into another Keyward or under version control. */
export function ExportButton({ profile }: { profile: ServiceProfile }) {
  return (
    <Button
      variant="default"
      leftSection={<IconDownload size={16} />}
      onClick={() =>
        downloadText(
          `${profile.slug}.service.json`,
          `${JSON.stringify(profile, null, 2)}\n`,
          'application/json',
        )
      }
    >
      Export
    </Button>
  );
}
