import type { Key } from '@keyward/shared/keys';
import { trpc } from '../../lib/trpc.ts';
import classes from './key-pieces.module.css';
import { environmentLabels } from './labels.ts';

/** What it opens, in which tier and environment. */
export function KeyService({ apiKey: { service, tier, environment } }: { apiKey: Key }) {
  const services = trpc.services.list.useQuery();
  const name = services.data?.find(({ slug }) => slug === service)?.name ?? service;
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
