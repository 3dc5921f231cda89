import { IconKey } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { isAdmin, useMembership } from '../../lib/membership.ts';
import { findSecret, isKeyId, mayBeSecret } from '../../lib/secret-like.ts';
import type { Command } from './command.ts';
import { useIdentify } from './use-identify.ts';
import { useKeyCommands, useToKeyCommand } from './use-key-commands.ts';
import { usePageCommands } from './use-page-commands.ts';

const secretGroup = 'The key of this secret';

/** What there is to choose for the text that was typed, and a word on what is not there. */
export function useCommands() {
  const membership = useMembership();
  const [text, setText] = useState('');
  const { identified, identify, forget } = useIdentify();
  const toKeyCommand = useToKeyCommand();
  const openById = useOpenById();
  const pages = usePageCommands();
  const found = useKeyCommands(text);

  const change = (next: string) => {
    const trimmed = next.trim();
    const secret = findSecret(next);
    // A secret goes no further than the call: browsers keep what stands in inputs.
    setText(secret === null ? next : secret.slice(-4));
    if (isAdmin(membership) && !isKeyId(trimmed) && (secret !== null || mayBeSecret(next))) {
      void identify(secret ?? trimmed);
    } else {
      forget();
    }
  };

  const needle = text.trim().toLowerCase();
  const commands: Command[] = [
    ...(identified?.state === 'found' ? [toKeyCommand(identified.key, secretGroup)] : []),
    ...(isKeyId(text) ? [openById(text.trim())] : []),
    ...found.commands,
    ...pages.filter(({ label }) => label.toLowerCase().includes(needle)),
  ];
  return { text, change, commands: withoutRepeats(commands), note: tellNote() };

  function tellNote(): string | null {
    if (identified?.state === 'failed') {
      return identified.failure.code === 'not_found'
        ? 'No key of this organization has this secret.'
        : identified.failure.detail;
    }
    if (identified?.state === 'asking' || found.isSearching) {
      return 'Searching…';
    }
    return commands.length === 0 ? 'Nothing found. Try part of a name, or the last four.' : null;
  }
}

// A key that its secret leads to may be found by its last four too.
const withoutRepeats = (commands: readonly Command[]) =>
  [...new Map([...commands].reverse().map((command) => [command.id, command])).values()].reverse();

function useOpenById(): (keyId: string) => Command {
  const { organization } = useMembership();
  const navigate = useNavigate();
  return (keyId) => ({
    id: `id-${keyId}`,
    group: 'Keys',
    label: 'Open the key with this id',
    description: keyId,
    Icon: IconKey,
    run: () =>
      void navigate({
        to: '/o/$organizationSlug/keys/$keyId',
        params: { organizationSlug: organization.slug, keyId },
      }),
  });
}
