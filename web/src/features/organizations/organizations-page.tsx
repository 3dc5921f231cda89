import type { Organization } from '@keyward/shared/organizations';
import { Button, Group, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconBuilding, IconHistory, IconPlus, IconSearch } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { toFailure } from '../../lib/failure.ts';
import { EmptyNotice } from '../../ui/empty-notice.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { AccountHelpMenu } from './account-help-menu.tsx';
import { OrganizationList } from './organization-list.tsx';
import { OrganizationListSkeleton } from './organization-list-skeleton.tsx';
import classes from './organizations-page.module.css';
import { useOrganizationPages } from './use-organization-pages.ts';

const pauseMs = 250;

/** For operators: every organization of this Keyward, and the way into each. */
export function OrganizationsPage({ own }: { own: readonly Organization[] }) {
  const [text, setText] = useState('');
  const [q] = useDebouncedValue(text.trim(), pauseMs);
  const query = useOrganizationPages(q);
  const found = query.data?.pages.flatMap(({ data }) => data);
  return (
    <div className={classes.column}>
      <PageHeader
        title="Organizations"
        description="Every organization on this Keyward. As its operator you may enter each, and manage it as its admins do."
        action={
          <Group gap="xs">
            <Button
              variant="default"
              leftSection={<IconHistory size={16} />}
              renderRoot={(props) => <Link to="/audit" {...props} />}
            >
              Audit log
            </Button>
            <AccountHelpMenu />
            <Button
              leftSection={<IconPlus size={16} />}
              renderRoot={(props) => <Link to="/organizations/new" {...props} />}
            >
              New organization
            </Button>
          </Group>
        }
      />
      <TextInput
        aria-label="Search organizations"
        placeholder="Name or slug"
        type="search"
        leftSection={<IconSearch size={16} aria-hidden="true" />}
        className={classes.search}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {query.isPending && <OrganizationListSkeleton />}
      {query.isError && (
        <FailureNotice failure={toFailure(query.error)} onRetry={() => void query.refetch()} />
      )}
      {found?.length === 0 && noneOf(q)}
      {found !== undefined && found.length > 0 && (
        <OrganizationList organizations={found} own={new Set(own.map(({ id }) => id))} />
      )}
      {query.hasNextPage && (
        <Button
          variant="default"
          mt="md"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          Show more
        </Button>
      )}
    </div>
  );
}

function noneOf(q: string): ReactNode {
  return q === '' ? (
    <EmptyNotice icon={<IconBuilding size={22} />} title="No organization yet">
      An organization holds keys, and the people who manage them. Create the first one.
    </EmptyNotice>
  ) : (
    <p role="status">No organization has “{q}” in its name or slug.</p>
  );
}
