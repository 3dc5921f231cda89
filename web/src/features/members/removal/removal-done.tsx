import { Button, Stack } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useMembership } from '../../../lib/membership.ts';
import { PageHeader } from '../../../ui/page-header.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { ReceiptLine } from '../../../ui/receipt-line.tsx';
import type { Removed } from './remove-and-confirm.ts';

/** `3 keys are dead`, as the receipt goes on: `on all 3 nodes after 12 ms`. */
export const deadKeys = (count: number): string =>
  count === 1 ? '1 key is dead' : `${count} keys are dead`;

/** What became of it, in words, with the proof. */
export function RemovalDone({ name, removed }: { name: string; removed: Removed }) {
  const { organization } = useMembership();
  const { revokedKeys, receipt } = removed;
  return (
    <>
      <PageHeader
        takesFocus
        title="Removed"
        description={`${name} is no longer a member of ${organization.name}.`}
      />
      <Panel>
        <Stack gap="md" align="flex-start">
          <div role="status">
            {revokedKeys > 0 && receipt !== null ? (
              <>
                <span className="visually-hidden">Removed. </span>
                <ReceiptLine what={deadKeys(revokedKeys)} receipt={receipt} />
              </>
            ) : (
              'Removed. There was no key to revoke.'
            )}
          </div>
          <Button
            renderRoot={(props) => (
              <Link
                to="/o/$organizationSlug/members"
                params={{ organizationSlug: organization.slug }}
                {...props}
              />
            )}
          >
            Back to members
          </Button>
        </Stack>
      </Panel>
    </>
  );
}
