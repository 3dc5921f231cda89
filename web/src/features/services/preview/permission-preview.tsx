import type { ServiceProfile } from '@keyward/shared/service-profile';
import { IconCheck } from '@tabler/icons-react';
import classes from './permission-preview.module.css';

// The order in which the matrix of a new key shows them.
const usual = ['create', 'read', 'update', 'delete'];

/** The matrix from which members choose, with what a new key begins with. */
export function PermissionPreview({ profile }: { profile: ServiceProfile }) {
  const resources = profile.resources.filter(({ name }) => name !== '');
  if (resources.length === 0) {
    return (
      <p className={classes.empty}>
        No resources of its own: keys can hold Keyward’s own permissions only.
      </p>
    );
  }
  const known = new Set(resources.flatMap(({ actions }) => actions.map(({ name }) => name)));
  known.delete('');
  const columns = [
    ...usual.filter((name) => known.has(name)),
    ...[...known].filter((name) => !usual.includes(name)),
  ];
  const granted: readonly string[] = profile.defaults.permissions;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard too
    <section aria-label="Permission matrix" tabIndex={0} className={classes.frame}>
      <table className={classes.table}>
        <caption className="visually-hidden">Permissions to choose from</caption>
        <thead>
          <tr>
            <th scope="col">Resource</th>
            {columns.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {resources.map((resource, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two may have the same name while they are written
            <tr key={index}>
              <th scope="row" title={resource.description}>
                {resource.name}
              </th>
              {columns.map((column) => (
                <td key={column}>
                  <Cell
                    isOffered={resource.actions.some(({ name }) => name === column)}
                    isGranted={
                      granted.includes(`${resource.name}:*`) ||
                      granted.includes(`${resource.name}:${column}`)
                    }
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Cell({ isOffered, isGranted }: { isOffered: boolean; isGranted: boolean }) {
  if (!isOffered) {
    return <span className="visually-hidden">no such action</span>;
  }
  return (
    <span className={classes.box} data-granted={isGranted || undefined}>
      {isGranted && <IconCheck size={12} stroke={3} aria-hidden="true" />}
      <span className="visually-hidden">{isGranted ? 'granted at first' : 'can be granted'}</span>
    </span>
  );
}
