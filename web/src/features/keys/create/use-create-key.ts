import type { Guardrails } from '@keyward/shared/guardrails';
import type { Key } from '@keyward/shared/keys';
import { useState } from 'react';
import { type Failure, toFailure } from '../../../lib/failure.ts';
import { trpc } from '../../../lib/trpc.ts';
import { judgeDraft } from './judge-draft.ts';
import type { KeyDraft } from './key-draft.ts';
import { toFormErrors } from './to-form-errors.ts';

/** A key that was just made, with its plaintext. */
export interface CreatedKey {
  key: Key;
  secret: string;
}

interface CreateKey {
  submit: (draft: KeyDraft) => void;
  failure: Failure | null;
  isPending: boolean;
}

interface CreateKeyOptions {
  rules: Guardrails;
  onCreated: (created: CreatedKey) => void;
  /** By the field of the form; empty when there are none. */
  onErrors: (errors: Record<string, string>) => void;
}

/**
 * Creates a key and hands its secret over. The mutation is forgotten at once, and with it the only
 * other place in this page that holds the secret.
 */
export function useCreateKey({ rules, onCreated, onErrors }: CreateKeyOptions): CreateKey {
  const utils = trpc.useUtils();
  const [isJudging, setJudging] = useState(false);
  const create = trpc.keys.create.useMutation({
    gcTime: 0,
    onSuccess: ({ key, secret }) => {
      void utils.keys.invalidate();
      if (secret !== null) {
        onCreated({ key, secret });
      }
    },
    onSettled: (_, error) => {
      if (error === null) {
        create.reset();
      }
    },
  });
  const send = async (draft: KeyDraft) => {
    setJudging(true);
    const { issues, input } = await judgeDraft(draft, rules);
    setJudging(false);
    onErrors(toFormErrors(issues, draft));
    if (issues.length > 0) {
      create.reset();
      return;
    }
    create.mutate(input, {
      onError: (error) => onErrors(toFormErrors(toFailure(error).issues, draft)),
    });
  };
  const isPending = isJudging || create.isPending;
  return {
    submit: (draft) => {
      if (!isPending) {
        void send(draft);
      }
    },
    failure: create.isError ? toFailure(create.error) : null,
    isPending,
  };
}
