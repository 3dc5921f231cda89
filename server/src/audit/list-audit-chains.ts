import { DomainError } from '@keyward/shared/errors';
import { eq, or } from 'drizzle-orm';
import { union } from 'drizzle-orm/pg-core';
import type { Database } from '../database/connect-database.ts';
import { auditEvents, auditHeads } from '../database/schema/audit.ts';
import { organizations } from '../database/schema/organizations.ts';
import { instanceChain } from './record-audit-event.ts';

export interface AuditChain {
  chain: string;
  /** What people call it. */
  name: string;
}

/** Every log that there is, or of which only a part is left. */
export async function listAuditChains(database: Database): Promise<AuditChain[]> {
  const known = await database
    .select({ chain: organizations.id, name: organizations.slug })
    .from(organizations);
  const found = await union(
    database.selectDistinct({ chain: auditEvents.chain }).from(auditEvents),
    database.select({ chain: auditHeads.chain }).from(auditHeads),
  );
  const names = new Map([
    ...found.map(({ chain }) => [chain, chain] as const),
    ...known.map(({ chain, name }) => [chain, name] as const),
    [instanceChain, 'accounts and services'] as const,
  ]);
  return [...names].map(([chain, name]) => ({ chain, name }));
}

/** The log of one organization, by its slug or id. */
export async function findAuditChain(
  database: Database,
  organization: string,
): Promise<AuditChain> {
  const [row] = await database
    .select({ chain: organizations.id, name: organizations.slug })
    .from(organizations)
    .where(or(eq(organizations.id, organization), eq(organizations.slug, organization)));
  if (row === undefined) {
    throw new DomainError('not_found', `There is no organization ${organization}.`);
  }
  return row;
}
