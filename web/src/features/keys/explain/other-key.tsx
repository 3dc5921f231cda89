import { Link } from '@tanstack/react-router';
import { useMembership } from '../../../lib/membership.ts';
import { trpc } from '../../../lib/trpc.ts';
import { Caution } from '../../../ui/caution.tsx';
import { MaskedSecret } from '../masked-secret.tsx';
import classes from './verdict.module.css';

/** Says that the secret is that of another key, and leads there. */
export function OtherKey({ keyId }: { keyId: string }) {
  const { organization } = useMembership();
  const key = trpc.keys.get.useQuery({ id: keyId });
  return (
    <Caution title="This secret belongs to another key">
      {key.data === undefined ? (
        <code>{keyId}</code>
      ) : (
        <>
          <Link
            to="/o/$organizationSlug/keys/$keyId"
            params={{ organizationSlug: organization.slug, keyId }}
            className={classes.link}
          >
            {key.data.name}
          </Link>{' '}
          (<MaskedSecret apiKey={key.data} />)
        </>
      )}
    </Caution>
  );
}
