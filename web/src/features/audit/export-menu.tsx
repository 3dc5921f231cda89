import { Button } from '@mantine/core';
import { IconDownload, IconFileTypeCsv, IconJson } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { getQueryKey } from '@trpc/react-query';
import { trpc } from '../../lib/trpc.ts';
import type { AuditScope } from '../../lib/use-audit-pages.ts';
import { Menu } from '../../ui/menu.tsx';
import { notifyFailure } from '../../ui/notify-failure.ts';
import { type AuditFilters, hasFilters, toAuditInput } from './audit-filters.ts';

interface ExportMenuProps {
  scope: AuditScope;
  filters: AuditFilters;
}

/** Takes what is filtered along as a file. The browser fetches it by itself, however long it is. */
export function ExportMenu({ scope, filters }: ExportMenuProps) {
  const queryClient = useQueryClient();
  const ofOrganization = trpc.audit.export.useMutation();
  const ofInstance = trpc.audit.instance.export.useMutation();
  const start = scope === 'organization' ? ofOrganization : ofInstance;
  const download = async (format: 'ndjson' | 'csv') => {
    try {
      const { path } = await start.mutateAsync({ ...toAuditInput(filters), format });
      follow(path);
      // The export is itself an event.
      await queryClient.invalidateQueries({ queryKey: getQueryKey(trpc.audit) });
    } catch (error) {
      notifyFailure(error);
    }
  };
  const what = hasFilters(filters) ? 'what is filtered' : 'everything';
  return (
    <Menu position="bottom-end" width={250}>
      <Menu.Target>
        <Button
          variant="default"
          leftSection={<IconDownload size={16} />}
          loading={start.isPending}
        >
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Export {what}</Menu.Label>
        <Menu.Item leftSection={<IconFileTypeCsv size={16} />} onClick={() => void download('csv')}>
          CSV, for spreadsheets
        </Menu.Item>
        <Menu.Item leftSection={<IconJson size={16} />} onClick={() => void download('ndjson')}>
          NDJSON, with every hash
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function follow(path: string): void {
  const link = document.createElement('a');
  link.href = path;
  link.download = '';
  link.click();
}
