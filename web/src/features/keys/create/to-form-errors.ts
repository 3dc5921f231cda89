import { splitIssues } from '../../../lib/split-issues.ts';

// The contract speaks of the input; the form asks for some of it in other words.
const formFields: Record<string, string> = { expiresAt: 'lastDay', expiresInSeconds: 'lastDay' };

const fields = [
  'kind',
  'service',
  'environment',
  'tier',
  'name',
  'permissions',
  'lastDay',
  'ipAllowlist',
  'externalId',
];

interface Issue {
  path: string | readonly PropertyKey[];
  message: string;
}

/** What the contract or the server finds wrong, by the field of the form that it concerns. */
export function toFormErrors(issues: readonly Issue[]): Record<string, string> {
  const named = issues.map(({ path, message }) => {
    const [name = '', ...rest] = typeof path === 'string' ? path.split('.') : path.map(String);
    return { path: [formFields[name] ?? name, ...rest].join('.'), message };
  });
  return splitIssues(named, fields).byField;
}
