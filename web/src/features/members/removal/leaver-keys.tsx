import { Title } from '@mantine/core';
import { isAdmin, useMembership } from '../../../lib/membership.ts';
import { trpc } from '../../../lib/trpc.ts';
import type { LeaverKey as Leaver } from '../member.ts';
import classes from './leaver-key.module.css';
import { LeaverKey } from './leaver-key.tsx';

interface LeaverKeysProps {
  leaverKeys: readonly Leaver[];
  /** Of bot keys that were just made, by the id of the key that they follow. */
  secrets: ReadonlyMap<string, string>;
  onMinted: (leaver: Leaver, secret: string) => void;
  onStored: (keyId: string) => void;
}

/** The keys that die with the membership, the most used first. */
export function LeaverKeys({ leaverKeys, secrets, onMinted, onStored }: LeaverKeysProps) {
  const mayHandOver = isAdmin(useMembership());
  const services = trpc.services.list.useQuery(undefined, { enabled: mayHandOver });
  const refusalOf = ({ key }: Leaver): string | null => {
    if (key.status === 'expired') {
      return 'An expired key has no work to hand over.';
    }
    const service = services.data?.find(({ slug }) => slug === key.service);
    return service === undefined || service.kinds.includes('bot')
      ? null
      : `${service.name} has no bot keys, so this one cannot be handed over.`;
  };
  return (
    <section aria-labelledby="keys">
      <Title order={2} id="keys" mb="sm">
        {leaverKeys.length === 1 ? 'The key that dies' : 'The keys that die'}
      </Title>
      <ul className={classes.list} aria-labelledby="keys">
        {leaverKeys.map((leaver) => (
          <LeaverKey
            key={leaver.key.id}
            leaver={leaver}
            mayHandOver={mayHandOver}
            handOverRefusal={refusalOf(leaver)}
            secret={secrets.get(leaver.key.id) ?? null}
            onMinted={(secret) => onMinted(leaver, secret)}
            onStored={() => onStored(leaver.key.id)}
          />
        ))}
      </ul>
    </section>
  );
}
