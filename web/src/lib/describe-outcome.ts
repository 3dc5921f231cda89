import type { Outcome } from '@keyward/shared/outcomes';

interface Description {
  label: string;
  /** Of its bars, in both themes. */
  color: string;
}

/** Each verdict as an admin reads it, in the order in which its gate is judged. */
export const describeOutcome: Readonly<Record<Outcome, Description>> = {
  VALID: { label: 'Accepted', color: 'var(--kw-mark)' },
  NOT_FOUND: { label: 'Unknown key', color: 'var(--mantine-color-gray-6)' },
  REVOKED: { label: 'Revoked', color: 'var(--mantine-color-red-7)' },
  RETIRED: { label: 'Replaced secret', color: 'var(--mantine-color-pink-6)' },
  EXPIRED: { label: 'Expired', color: 'var(--mantine-color-grape-6)' },
  SUSPENDED: { label: 'Suspended', color: 'var(--mantine-color-orange-6)' },
  ORGANIZATION_SUSPENDED: {
    label: 'Organization suspended',
    color: 'var(--mantine-color-orange-8)',
  },
  SERVICE_DISABLED: { label: 'Service disabled', color: 'var(--mantine-color-gray-5)' },
  WRONG_SERVICE: { label: 'Wrong service', color: 'var(--mantine-color-indigo-5)' },
  IP_NOT_ALLOWED: { label: 'Address not allowed', color: 'var(--mantine-color-violet-5)' },
  INSUFFICIENT_PERMISSIONS: { label: 'Permission missing', color: 'var(--mantine-color-red-4)' },
  RATE_LIMITED: { label: 'Over the limit', color: 'var(--mantine-color-yellow-6)' },
};
