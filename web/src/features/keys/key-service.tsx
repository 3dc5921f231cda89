import type { Key } from '@keyward/shared/keys';
import { trpc } from '../../lib/trpc.ts';
import classes from './key-pieces.module.css';
import { environmentLabels } from './labels.ts';

interface KeyServiceProps {
  apiKey: Key;
  /** What the service is called; undefined while that is not known. */
  name: string | undefined;
}

/** What it opens, in which tier and environment. */
export function KeyService({ apiKey, name = apiKey.service }: KeyServiceProps) {
  const { tier, environment } = apiKey;
  return (
    <>
      <span className={classes.first} title={name}>
        {name}
      </span>
      <span className={classes.second}>
        {tier === 'default' ? '' : `${tier} · `}
        {environmentLabels[environment]}
      </span>
    </>
  );
}

/** The same in a list, whose filter has the catalog anyway. */
export function ListedService({ apiKey }: { apiKey: Key }) {
  const services = trpc.services.list.useQuery();
  const found = services.data?.find(({ slug }) => slug === apiKey.service);
  return <KeyService apiKey={apiKey} name={found?.name} />;
}
