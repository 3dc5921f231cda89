import { trpc } from '../../lib/trpc.ts';
import { notifyFailure } from '../../ui/notify-failure.ts';

/** Changes a webhook; what the pages show of it follows. */
export function useUpdateWebhook() {
  const utils = trpc.useUtils();
  return trpc.webhooks.update.useMutation({
    onSuccess: () => utils.webhooks.invalidate(),
    onError: notifyFailure,
  });
}
