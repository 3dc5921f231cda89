import { valueAt } from './audit-data.ts';
import { describeRateLimit } from './describe-rate-limit.ts';
import { formatDuration } from './format-duration.ts';
import { formatExactTime } from './format-time.ts';

/** One field that an event changed. Lists tell what came and went, the rest what it was and is. */
export interface AuditChange {
  field: string;
  label: string;
  /** Null where nothing is told of it, as of a thing that was just made. */
  before: string | null;
  after: string | null;
  added: readonly string[];
  removed: readonly string[];
}

/** The fields worth telling, in this order, as they are called in the console. */
const labels: Readonly<Record<string, string>> = {
  name: 'Name',
  description: 'Description',
  slug: 'Slug',
  role: 'Role',
  service: 'Service',
  environment: 'Environment',
  tier: 'Tier',
  status: 'Status',
  permissions: 'Permissions',
  rateLimit: 'Rate limit',
  ipAllowlist: 'Allowed addresses',
  expiresAt: 'Expiry',
  externalId: 'External id',
  metadata: 'Metadata',
  maximumLifetimeSeconds: 'Longest lifetime',
  ipAllowlistRequiredFor: 'Permissions that need allowed addresses',
  suspendAfterUnusedDays: 'Days unused before suspension',
  header: 'Header',
  resources: 'Resources',
  tiers: 'Tiers',
  defaults: 'Defaults',
  kinds: 'Kinds of keys',
  userKeysPerMember: 'User keys per member',
};

/** What an event changed, field by field. Empty where it records no fields. */
export function auditChanges(data: unknown): AuditChange[] {
  const before = valueAt(data, 'before');
  const after = valueAt(data, 'after');
  if (typeof after !== 'object' || after === null) {
    return [];
  }
  const isNew = typeof before !== 'object' || before === null;
  return Object.entries(labels)
    .filter(([field]) => field in after || (!isNew && field in before))
    .map(([field, label]) => {
      const values = [valueAt(before, field), valueAt(after, field)] as const;
      return { ...compare(field, values, isNew), field, label };
    })
    .filter((change) => isTold(change, isNew));
}

type Compared = Omit<AuditChange, 'field' | 'label'>;

function compare(
  field: string,
  [before, after]: readonly [unknown, unknown],
  isNew: boolean,
): Compared {
  if (isTexts(before ?? []) && isTexts(after)) {
    const was = isTexts(before) ? before : [];
    return {
      before: null,
      after: null,
      added: after.filter((one) => !was.includes(one)),
      removed: was.filter((one) => !after.includes(one)),
    };
  }
  return {
    before: isNew ? null : describeValue(field, before),
    after: describeValue(field, after),
    added: [],
    removed: [],
  };
}

const empty = new Set(['None', 'Never', 'No limit', '{}']);

// Of a thing that was just made, what was left empty is not worth a line.
function isTold({ before, after, added, removed }: AuditChange, isNew: boolean): boolean {
  if (added.length + removed.length > 0) {
    return true;
  }
  return isNew ? after !== null && !empty.has(after) : before !== after;
}

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string');

function describeValue(field: string, value: unknown): string {
  if (field === 'rateLimit') {
    return describeLimit(value);
  }
  if (value === null || value === undefined) {
    return field === 'expiresAt' ? 'Never' : 'None';
  }
  if (field === 'expiresAt' && typeof value === 'string') {
    return formatExactTime(value);
  }
  if (field === 'maximumLifetimeSeconds' && typeof value === 'number') {
    return formatDuration(value);
  }
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function describeLimit(value: unknown): string {
  const [limit, windowSeconds] = [valueAt(value, 'limit'), valueAt(value, 'windowSeconds')];
  return describeRateLimit(
    typeof limit === 'number' && typeof windowSeconds === 'number'
      ? { limit, windowSeconds }
      : null,
  );
}
