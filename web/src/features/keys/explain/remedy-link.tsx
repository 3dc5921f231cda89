import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useMembership } from '../../../lib/membership.ts';
import type { Remedy, RemedyPlace } from './remedies.ts';

const addresses = {
  overview: '/o/$organizationSlug/keys/$keyId',
  permissions: '/o/$organizationSlug/keys/$keyId/permissions',
  network: '/o/$organizationSlug/keys/$keyId/network',
  secrets: '/o/$organizationSlug/keys/$keyId/secrets',
  'new key': '/o/$organizationSlug/keys/new',
  members: '/o/$organizationSlug/members',
  services: '/o/$organizationSlug/services',
  settings: '/o/$organizationSlug/settings',
} as const satisfies Record<RemedyPlace, string>;

interface RemedyLinkProps {
  link: NonNullable<Remedy['link']>;
  keyId: string;
  /** For a key that is to be made. */
  service: string;
}

/** The way to where a refusal is mended. */
export function RemedyLink({ link: { place, label }, keyId, service }: RemedyLinkProps) {
  const { organization } = useMembership();
  return (
    <Button
      variant="default"
      size="xs"
      renderRoot={(props) => (
        <Link
          to={addresses[place]}
          params={{ organizationSlug: organization.slug, keyId }}
          {...(place === 'new key' && { search: { service } })}
          {...props}
        />
      )}
    >
      {label}
    </Button>
  );
}
