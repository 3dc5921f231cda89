import type { Sql, TransactionSql } from 'postgres';

/** Changes the audit log as only somebody can who may alter its tables. */
export async function tamper(
  sql: Sql,
  change: (transaction: TransactionSql) => Promise<unknown>,
): Promise<void> {
  await sql.begin(async (transaction) => {
    await transaction`alter table audit_events disable trigger user`;
    await transaction`alter table audit_heads disable trigger user`;
    await change(transaction);
    await transaction`alter table audit_events enable always trigger audit_events_kept`;
    await transaction`alter table audit_heads enable always trigger audit_heads_advanced`;
    await transaction`alter table audit_heads enable always trigger audit_heads_kept`;
  });
}
