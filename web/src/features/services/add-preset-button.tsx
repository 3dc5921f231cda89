import { type PresetName, servicePresets } from '@keyward/shared/service-presets';
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { trpc } from '../../lib/trpc.ts';
import { notify } from '../../ui/notify.ts';
import { notifyFailure } from '../../ui/notify-failure.ts';

export function AddPresetButton({ preset }: { preset: PresetName }) {
  const { name, slug } = servicePresets[preset];
  const utils = trpc.useUtils();
  const put = trpc.services.put.useMutation({
    onSuccess: async () => {
      await utils.services.invalidate();
      // The button is gone with its card; the focus goes where the service now stands.
      document.getElementById('catalog')?.focus();
      void notify({ title: `${name} added`, message: 'Keys of it can be created now.' });
    },
    onError: notifyFailure,
  });
  return (
    <Button
      size="xs"
      leftSection={<IconPlus size={16} />}
      aria-label={`Add ${name}`}
      loading={put.isPending}
      onClick={() => put.mutate({ slug, service: { preset }, expectedUpdatedAt: null })}
    >
      Add
    </Button>
  );
}
