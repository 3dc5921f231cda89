import type { ErrorIssue } from '@keyward/shared/errors';

/**
 * Sorts what is wrong with an input onto the fields of a form: `ipAllowlist.2` belongs to `ipAllowlist`.
 * Of several issues of one field the first is shown; what fits no field is handed back.
 */
export function splitIssues(issues: readonly ErrorIssue[], fields: readonly string[]) {
  const byField: Record<string, string> = {};
  const rest: ErrorIssue[] = [];
  for (const issue of issues) {
    const field = issue.path.split('.')[0] ?? '';
    if (fields.includes(field)) {
      byField[field] ??= issue.message;
    } else {
      rest.push(issue);
    }
  }
  return { byField, rest };
}
