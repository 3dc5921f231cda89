import type { AuditVerdict } from '@keyward/shared/audit-verdict';
import type { Database } from '../database/connect-database.ts';
import { findAuditChain, listAuditChains } from './list-audit-chains.ts';
import { verifyAuditChain } from './verify-audit-chain.ts';

interface ReportOptions {
  /** A slug or an id; null for every log. */
  organization: string | null;
  /** A line of the report. */
  tell: (line: string) => void;
  /** How far a long one has come. */
  tellProgress: (line: string) => void;
}

const progressEvery = 50_000;

/** Looks through the logs and tells of each in a line. Whether all of them are whole. */
export async function reportAuditChains(
  database: Database,
  { organization, tell, tellProgress }: ReportOptions,
): Promise<boolean> {
  const chains =
    organization === null
      ? await listAuditChains(database)
      : [await findAuditChain(database, organization)];
  let isWhole = true;
  for (const { chain, name } of chains) {
    const verdict = await verifyAuditChain(database, chain, {
      onProgress: (looked, all) => {
        if (looked % progressEvery === 0) {
          tellProgress(`${name}: ${looked} of ${all} events`);
        }
      },
    });
    isWhole &&= verdict.broken === null;
    tell(describeVerdict(name, verdict));
  }
  return isWhole;
}

function describeVerdict(name: string, { events, head, since, broken }: AuditVerdict): string {
  if (broken !== null) {
    return `${name}: BROKEN at event ${broken.number} (${broken.reason}). ${broken.detail}`;
  }
  return head === null
    ? `${name}: no event yet`
    : `${name}: ${events} events, unbroken since ${since}. Head: ${head.number} ${head.hash}`;
}
