import type { ExportAuditEventsInput, exportedAuditEvent } from '@keyward/shared/audit-export';
import { type CsvCell, toCsv } from '@keyward/shared/csv';
import type { z } from 'zod';
import type { Database } from '../database/connect-database.ts';
import { presentAuditEvent } from './list-audit-events.ts';
import { type StoredAuditEvent, selectAuditEvents } from './select-audit-events.ts';

const pageSize = 500;

/** What is written: of which log, what, how, and the number before which it ends. */
export interface AuditExport extends ExportAuditEventsInput {
  chain: string;
  before: number;
}

/**
 * The text of an export, newest first, page by page. What was recorded stays as it is, so that the pages
 * are of one moment without a transaction that a slow reader would hold open.
 */
export async function* exportAuditEvents(
  database: Database,
  { chain, before: end, format, ...filters }: AuditExport,
): AsyncGenerator<string> {
  const write = format === 'csv' ? writeCsv : writeNdjson;
  let before = end;
  let head = format === 'csv' ? toCsv([columns.map(([name]) => name)]) : '';
  for (;;) {
    const events = await selectAuditEvents(database, chain, filters, { before, limit: pageSize });
    yield head + write(events);
    head = '';
    if (events.length < pageSize) {
      return;
    }
    before = events.at(-1)?.number ?? 0;
  }
}

export const exportTypes = {
  ndjson: 'application/x-ndjson; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
} as const;

type Line = z.infer<typeof exportedAuditEvent>;

const toLine = (event: StoredAuditEvent): Line => {
  const { chain, previousHash, hash } = event;
  return { ...presentAuditEvent(event), chain, previousHash, hash };
};

const writeNdjson = (events: readonly StoredAuditEvent[]): string =>
  events.map((event) => `${JSON.stringify(toLine(event))}\n`).join('');

const columns: readonly [name: string, cell: (line: Line) => CsvCell][] = [
  ['number', (line) => line.number],
  ['at', (line) => line.at],
  ['action', (line) => line.action],
  ['actor_type', (line) => line.actor.type],
  ['actor_id', (line) => line.actor.id],
  ['actor_name', (line) => line.actor.name],
  ['target_type', (line) => line.targetType],
  ['target_id', (line) => line.targetId],
  ['address', (line) => line.address],
  ['user_agent', (line) => line.userAgent],
  ['request_id', (line) => line.requestId],
  ['data', (line) => JSON.stringify(line.data)],
  ['id', (line) => line.id],
  ['chain', (line) => line.chain],
  ['previous_hash', (line) => line.previousHash],
  ['hash', (line) => line.hash],
];

const writeCsv = (events: readonly StoredAuditEvent[]): string =>
  toCsv(events.map(toLine).map((line) => columns.map(([, cell]) => cell(line))));
