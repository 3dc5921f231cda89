import type { Key } from '@keyward/shared/keys';
import { useDebouncedValue } from '@mantine/hooks';
import { IconKey } from '@tabler/icons-react';
import { keepPreviousData } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMembership } from '../../lib/membership.ts';
import { mayBeSecret } from '../../lib/secret-like.ts';
import { trpc } from '../../lib/trpc.ts';
import type { Command } from './command.ts';

const settleMs = 200;
const mostFound = 8;

const describe = ({ start, last4, status, service }: Key) =>
  [`${start}…${last4}`, service, ...(status === 'active' ? [] : [status])].join(' · ');

/** Makes the way to a key a command. */
export function useToKeyCommand(): (key: Key, group: string) => Command {
  const { organization } = useMembership();
  const navigate = useNavigate();
  return (key, group) => ({
    id: key.id,
    group,
    label: key.name,
    description: describe(key),
    Icon: IconKey,
    run: () =>
      void navigate({
        to: '/o/$organizationSlug/keys/$keyId',
        params: { organizationSlug: organization.slug, keyId: key.id },
      }),
  });
}

/** The keys that a text finds. What may be a secret is not searched for: it would rest in the cache. */
export function useKeyCommands(text: string): { commands: Command[]; isSearching: boolean } {
  const toCommand = useToKeyCommand();
  const [settled] = useDebouncedValue(text.trim(), settleMs);
  const isAsked = settled !== '' && !mayBeSecret(settled);
  const found = trpc.keys.list.useQuery(
    { q: settled, limit: mostFound },
    { enabled: isAsked, placeholderData: keepPreviousData },
  );
  const isWanted = text.trim() !== '' && isAsked;
  return {
    commands: isWanted ? (found.data?.data ?? []).map((key) => toCommand(key, 'Keys')) : [],
    isSearching: text.trim() !== settled || (isAsked && found.isFetching),
  };
}
