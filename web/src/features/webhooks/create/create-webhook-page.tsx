import type { WebhookWithSecret } from '@keyward/shared/webhooks';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { isAdmin, useMembership } from '../../../lib/membership.ts';
import { ForAdmins } from '../../../ui/for-admins.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { BackToWebhooks } from '../back-to-webhooks.tsx';
import { WebhookSecret } from '../secret/webhook-secret.tsx';
import { CreateWebhookForm } from './create-webhook-form.tsx';

/** First the form, then the secret, once. It lives in this state and nowhere else. */
export function CreateWebhookPage() {
  const membership = useMembership();
  const navigate = useNavigate();
  const [made, setMade] = useState<WebhookWithSecret | null>(null);
  if (made !== null) {
    const { webhook, secret } = made;
    const params = { organizationSlug: membership.organization.slug, webhookId: webhook.id };
    return (
      <WebhookSecret
        webhook={webhook}
        secret={secret}
        onStored={() =>
          void navigate({
            to: '/o/$organizationSlug/webhooks/$webhookId',
            params,
            ignoreBlocker: true,
          })
        }
      />
    );
  }
  return (
    <>
      <BackToWebhooks />
      <PageHeader
        title="Add a webhook"
        description="Keyward posts a signed message there for each event. When your receiver fails, it tries again for three days."
      />
      {isAdmin(membership) ? (
        <CreateWebhookForm onCreated={setMade} />
      ) : (
        <ForAdmins what="add webhooks" />
      )}
    </>
  );
}
