import type { KeyExposure } from '@keyward/shared/exposures';
import type { Key } from '@keyward/shared/keys';
import { Button, Title } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { isAdmin, useMembership } from '../../../lib/membership.ts';
import { useRevokeDialog } from '../use-revoke-dialog.tsx';
import { adviseExposed } from './advise-exposed.ts';
import classes from './exposure-banner.module.css';
import { FoundPlace } from './found-place.tsx';
import { useExposures } from './use-exposures.ts';

const mostPlaces = 3;

/** Above the tabs of a key that was found in the open: where, and what to do. */
export function ExposureBanner({ apiKey }: { apiKey: Key }) {
  const { liveOf, allOf } = useExposures([[apiKey.id]]);
  const live = liveOf(apiKey.id);
  if (apiKey.status === 'revoked') {
    return null;
  }
  if (live.length > 0) {
    return <Exposed apiKey={apiKey} exposures={live} />;
  }
  const [last] = allOf(apiKey.id);
  return apiKey.status === 'suspended' && last !== undefined && <Over exposure={last} />;
}

function Exposed({ apiKey, exposures }: { apiKey: Key; exposures: readonly KeyExposure[] }) {
  const { organization } = useMembership();
  const { askToRevoke, dialog } = useRevokeDialog();
  const { standing, advice } = adviseExposed(apiKey);
  const more = exposures.length - mostPlaces;
  return (
    <section aria-labelledby="exposure" className={classes.root}>
      <IconAlertTriangle size={20} className={classes.icon} aria-hidden="true" />
      <div>
        <Title order={2} id="exposure" className={classes.title}>
          A secret of this key was found in the open
        </Title>
        <ul className={classes.places}>
          {exposures.slice(0, mostPlaces).map((exposure) => (
            <li key={exposure.id}>
              The secret ending in {exposure.last4} was found <FoundPlace exposure={exposure} />
            </li>
          ))}
          {more > 0 && <li>And at {more === 1 ? 'one more place' : `${more} more places`}.</li>}
        </ul>
        <p>
          <strong>{standing}</strong> {advice}
        </p>
        <div className={classes.actions}>
          <Button
            size="xs"
            renderRoot={(props) => (
              <Link
                to="/o/$organizationSlug/keys/$keyId/secrets"
                params={{ organizationSlug: organization.slug, keyId: apiKey.id }}
                {...props}
              />
            )}
          >
            {apiKey.secrets.length > 1 ? 'See its rotation' : 'Rotate it'}
          </Button>
          <Button size="xs" variant="default" onClick={() => askToRevoke(apiKey)}>
            Revoke it
          </Button>
        </div>
        {dialog}
      </div>
    </section>
  );
}

/** The secret that was found opens nothing any more, and the key waits to be let go on. */
function Over({ exposure }: { exposure: KeyExposure }) {
  const mayResume = isAdmin(useMembership());
  return (
    <section aria-labelledby="exposure" className={classes.root} data-over>
      <IconCircleCheck size={20} className={classes.icon} aria-hidden="true" />
      <div>
        <Title order={2} id="exposure" className={classes.title}>
          The secret that was found has retired
        </Title>
        <p>
          It ended in {exposure.last4}, and was found <FoundPlace exposure={exposure} />.
        </p>
        <p>
          {mayResume
            ? 'The key is still suspended: resume it, under Actions, once its callers have the new secret.'
            : 'The key is still suspended: an owner or admin can resume it once its callers have the new secret.'}
        </p>
      </div>
    </section>
  );
}
