import { DomainError, type ErrorIssue } from '@keyward/shared/errors';
import type { ZodError, z } from 'zod';

/** What a schema found wrong, as the refusal that both faces tell. */
export function describeInvalidInput(error: ZodError): DomainError {
  const issues = error.issues.flatMap((issue) => toIssues(issue, []));
  const [first] = issues;
  const detail = first?.path
    ? `${first.path}: ${first.message}`
    : (first?.message ?? 'Check the input.');
  return new DomainError('invalid_request', detail, { issues });
}

function toIssues(issue: z.core.$ZodIssue, outer: readonly PropertyKey[]): ErrorIssue[] {
  const path = [...outer, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((name) => ({
      path: [...path, name].join('.'),
      message: 'This field is not known: leave it out.',
    }));
  }
  if (issue.code === 'invalid_union') {
    // The alternative that fits best is the one that was meant.
    const [closest] = [...issue.errors].sort((a, b) => a.length - b.length);
    if (closest !== undefined && closest.length > 0 && issue.message === 'Invalid input') {
      return closest.flatMap((inner) => toIssues(inner, path));
    }
  }
  return [{ path: path.join('.'), message: issue.message }];
}
