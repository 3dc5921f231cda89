import type { ErrorIssue } from '@keyward/shared/errors';
import { readAllowlist } from '../create/allowlist-lines.ts';

/** The entries of an allowlist as it is typed, each of them once. */
export function readEntries(typed: string): string[] {
  return [...new Set(readAllowlist(typed).map(({ text }) => text))];
}

/** What is wrong with an allowlist, naming the entry: `office: Write an IPv4 or IPv6 address`. */
export function describeIssue(
  issues: readonly ErrorIssue[],
  entries: readonly string[],
): string | null {
  const issue = issues.find(({ path }) => path.includes('ipAllowlist'));
  if (issue === undefined) {
    return null;
  }
  const entry = entries[Number(/\.(\d+)$/.exec(issue.path)?.[1])];
  return entry === undefined ? issue.message : `${entry}: ${issue.message}`;
}
