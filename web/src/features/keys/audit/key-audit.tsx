import { Title } from '@mantine/core';
import { isAdmin, useMembership } from '../../../lib/membership.ts';
import { ForAdmins } from '../../../ui/for-admins.tsx';
import { KeyHistory } from './key-history.tsx';

/** Everything that was done to a key. */
export function KeyAudit() {
  const membership = useMembership();
  return (
    <section aria-labelledby="audit">
      <Title order={2} id="audit" mb="sm">
        Audit
      </Title>
      {isAdmin(membership) ? <KeyHistory /> : <ForAdmins what="read the audit log" />}
    </section>
  );
}
