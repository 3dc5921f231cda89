import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useMembership } from '../../../lib/membership.ts';
import { useKey } from '../key-context.ts';
import type { Remedy } from './worst-gate.ts';

/** Where the limit stands on the page. */
export const limitId = 'limit';

const places = {
  permissions: { to: '/o/$organizationSlug/keys/$keyId/permissions', label: 'See its permissions' },
  network: { to: '/o/$organizationSlug/keys/$keyId/network', label: 'See its addresses' },
  secrets: { to: '/o/$organizationSlug/keys/$keyId/secrets', label: 'See its secrets' },
  explain: { to: '/o/$organizationSlug/keys/$keyId/explain', label: 'Explain a refusal' },
  limit: { to: '/o/$organizationSlug/keys/$keyId', label: 'See its limit' },
} as const;

/** Leads to what mends a refusal. */
export function RemedyLink({ remedy }: { remedy: Remedy }) {
  const { organization } = useMembership();
  const { id } = useKey();
  const { to, label } = places[remedy];
  return (
    <Anchor
      renderRoot={(props) => (
        <Link
          to={to}
          params={{ organizationSlug: organization.slug, keyId: id }}
          {...(remedy === 'limit' && { hash: limitId, search: true })}
          {...props}
        />
      )}
    >
      {label}
    </Anchor>
  );
}
