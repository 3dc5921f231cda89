import { type CsvCell, toCsv } from '@keyward/shared/csv';
import type { Key } from '@keyward/shared/keys';

export type ExportFormat = 'csv' | 'json';

interface Format {
  type: string;
  /** What a page adds to the file. */
  write: (keys: readonly Key[], isFirst: boolean) => readonly string[];
  /** What the file ends with. */
  end: string;
}

const columns: readonly [name: string, cell: (key: Key) => CsvCell][] = [
  ['id', (key) => key.id],
  ['name', (key) => key.name],
  ['kind', (key) => key.kind],
  ['status', (key) => key.status],
  ['service', (key) => key.service],
  ['environment', (key) => key.environment],
  ['tier', (key) => key.tier],
  ['start', (key) => key.start],
  ['last4', (key) => key.last4],
  ['owner_name', (key) => key.user?.name ?? null],
  ['owner_email', (key) => key.user?.email ?? null],
  ['permissions', (key) => key.permissions.join(' ')],
  ['rate_limit', (key) => key.rateLimit?.limit ?? null],
  ['rate_limit_seconds', (key) => key.rateLimit?.windowSeconds ?? null],
  ['ip_allowlist', (key) => key.ipAllowlist.join(' ')],
  ['expires_at', (key) => key.expiresAt],
  ['external_id', (key) => key.externalId],
  ['metadata', (key) => JSON.stringify(key.metadata)],
  ['created_by', (key) => key.createdBy.name],
  ['created_at', (key) => key.createdAt],
  ['updated_at', (key) => key.updatedAt],
  ['revoked_at', (key) => key.revokedAt],
  ['total_requests', (key) => key.usage.totalRequests],
  ['last_used_at', (key) => key.usage.lastUsedAt],
  ['last_used_ip', (key) => key.usage.lastUsedIp],
];

const toRows = (keys: readonly Key[]): CsvCell[][] =>
  keys.map((key) => columns.map(([, cell]) => cell(key)));

/** How keys are written, page by page. What is shown of a key holds no secret and no hash. */
export const exportFormats: Readonly<Record<ExportFormat, Format>> = {
  csv: {
    type: 'text/csv',
    write: (keys, isFirst) => [
      toCsv([...(isFirst ? [columns.map(([name]) => name)] : []), ...toRows(keys)]),
    ],
    end: '',
  },
  json: {
    type: 'application/json',
    write: (keys, isFirst) => [
      isFirst ? '[\n' : ',\n',
      keys.map((key) => JSON.stringify(key)).join(',\n'),
    ],
    end: '\n]\n',
  },
};
