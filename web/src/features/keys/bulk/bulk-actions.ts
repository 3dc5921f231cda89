import type { Key } from '@keyward/shared/keys';

export type BulkAction = 'suspend' | 'resume' | 'revoke';

interface Description {
  label: string;
  doing: string;
  done: string;
  /** What it means for whoever calls. */
  effect: string;
  isFor: (key: Key) => boolean;
  /** Why another key is left out, after `it is` or `they are`. */
  otherwise: string;
}

export const bulkActions: Record<BulkAction, Description> = {
  suspend: {
    label: 'Suspend',
    doing: 'Suspending',
    done: 'suspended',
    effect:
      'Calls with these keys are refused at once, on every node, until an owner or admin resumes them.',
    isFor: ({ status }) => status === 'active',
    otherwise: 'not active',
  },
  resume: {
    label: 'Resume',
    doing: 'Resuming',
    done: 'resumed',
    effect: 'Calls with these keys are accepted again, with the permissions and limits they have.',
    isFor: ({ status }) => status === 'suspended',
    otherwise: 'not suspended',
  },
  revoke: {
    label: 'Revoke',
    doing: 'Revoking',
    done: 'revoked',
    effect: 'Calls with these keys are refused at once, on every node. This cannot be undone.',
    isFor: ({ status }) => status !== 'revoked',
    otherwise: 'revoked already',
  },
};

export const countKeys = (count: number): string => `${count} ${count === 1 ? 'key' : 'keys'}`;
