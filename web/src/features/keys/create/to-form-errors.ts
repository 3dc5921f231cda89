import { splitIssues } from '../../../lib/split-issues.ts';
import { readAllowlist } from './allowlist-lines.ts';
import type { DraftIssue } from './judge-draft.ts';
import type { KeyDraft } from './key-draft.ts';
import { readCount } from './limit-of.ts';

// The contract speaks of the input; the form asks for some of it in other words.
const formFields: Record<string, string> = {
  expiresAt: 'lifetime',
  expiresInSeconds: 'lifetime',
  rateLimit: 'limit',
};

const fields = [
  'kind',
  'service',
  'environment',
  'tier',
  'name',
  'permissions',
  'lifetime',
  'limit',
  'ipAllowlist',
  'externalId',
  'metadata',
];

/** What the contract or the server finds wrong, by the field of the form that it concerns. */
export function toFormErrors(
  issues: readonly DraftIssue[],
  draft: KeyDraft,
): Record<string, string> {
  const named = issues.map(({ path, message }) => {
    const [name = '', ...rest] = typeof path === 'string' ? path.split('.') : path.map(String);
    return { path: [formFields[name] ?? name, ...rest].join('.'), message };
  });
  const { byField } = splitIssues(named, fields);
  const lines = describeLines(named, draft);
  return {
    ...byField,
    ...(lines !== '' && { ipAllowlist: lines }),
    ...(byField.lifetime !== undefined && lacksDay(draft) && { lifetime: 'Choose a day.' }),
    ...(byField.limit !== undefined &&
      lacksLimit(draft) && { limit: 'Write a whole number of calls, 1 or more.' }),
  };
}

/** `Line 2, 300.1.2.3: …`, one a line; empty when every entry is good. */
function describeLines(issues: readonly { path: string; message: string }[], draft: KeyDraft) {
  const entries = readAllowlist(draft.ipAllowlist);
  return issues
    .flatMap(({ path, message }) => {
      const index = /^ipAllowlist\.(\d+)/.exec(path)?.[1];
      const entry = index === undefined ? undefined : entries[Number(index)];
      return entry === undefined ? [] : [`Line ${entry.line}, ${entry.text}: ${message}`];
    })
    .join('\n');
}

const lacksDay = ({ lifetime, lastDay }: KeyDraft) => lifetime === 'date' && lastDay === '';

const lacksLimit = ({ limitSource, limit }: KeyDraft) =>
  limitSource === 'own' && (readCount(limit) ?? 0) < 1;
