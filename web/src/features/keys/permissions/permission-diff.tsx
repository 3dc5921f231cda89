import type { Permission } from '@keyward/shared/built-in-permissions';
import type { PermissionChanges } from '@keyward/shared/permission-changes';
import { IconArrowRight } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './permission-diff.module.css';

interface PermissionDiffProps {
  changes: PermissionChanges;
  /** Whether what stays is told too. */
  withKept?: boolean;
}

/** What a change of permissions adds, narrows and takes away. */
export function PermissionDiff({ changes, withKept = false }: PermissionDiffProps) {
  const { added, narrowed, removed, kept } = changes;
  return (
    <div className={classes.root}>
      <Part title="Added" mark="+" permissions={added} tone="added" />
      {narrowed.length > 0 && (
        <Group title="Narrowed" count={narrowed.length}>
          {narrowed.map(({ from, to }) => (
            <li key={from} data-tone="narrowed">
              <del>
                <code>{from}</code>
              </del>
              <IconArrowRight size={14} aria-hidden="true" className={classes.arrow} />
              <span className="visually-hidden">becomes</span>
              {to.map((one) => (
                <code key={one} className={classes.kept}>
                  {one}
                </code>
              ))}
            </li>
          ))}
        </Group>
      )}
      <Part title={withKept ? 'Goes' : 'Removed'} mark="−" permissions={removed} tone="removed" />
      {withKept && <Part title="Stays" mark="" permissions={kept} tone="kept" />}
    </div>
  );
}

interface PartProps {
  title: string;
  mark: string;
  permissions: readonly Permission[];
  tone: 'added' | 'removed' | 'kept';
}

function Part({ title, mark, permissions, tone }: PartProps) {
  return (
    permissions.length > 0 && (
      <Group title={title} count={permissions.length}>
        {permissions.map((permission) => (
          <li key={permission} data-tone={tone}>
            <span aria-hidden="true" className={classes.mark}>
              {mark}
            </span>
            <code>{permission}</code>
          </li>
        ))}
      </Group>
    )
  );
}

function Group({ title, count, children }: { title: string; count: number; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h3 className={classes.title}>
        {title} <span className={classes.count}>{count}</span>
      </h3>
      <ul className={classes.list}>{children}</ul>
    </section>
  );
}
