import type { Webhook } from '@keyward/shared/webhooks';
import { formatMoment } from '../../../lib/format-time.ts';
import { SecretAdvice, SecretPage, SecretSection } from '../../../ui/secret-page.tsx';
import { VerifySnippets } from './verify-snippets.tsx';

const advice = [
  'Verify every message before you believe it: anybody may post to a public address.',
  'Answer with 2xx within 15 seconds, and do the work afterwards.',
  'The same message may come twice. Its webhook-id tells.',
];

interface WebhookSecretProps {
  webhook: Webhook;
  secret: string;
  onStored: () => void;
}

/** The signing secret, this once, and how messages are verified by it. */
export function WebhookSecret({ webhook, secret, onStored }: WebhookSecretProps) {
  const { url, previousSecretUntil } = webhook;
  return (
    <SecretPage
      what="this webhook"
      description={
        <>
          The receiver at <strong>{url}</strong> verifies messages by it. It will not be shown
          again.{' '}
          {previousSecretUntil !== null &&
            `Until ${formatMoment(previousSecretUntil)} messages verify by the secret before it too.`}
        </>
      }
      secret={secret}
      onStored={onStored}
      aside={<SecretAdvice lines={advice} />}
    >
      <SecretSection id="verify" title="Verify messages">
        <VerifySnippets url={url} />
      </SecretSection>
    </SecretPage>
  );
}
