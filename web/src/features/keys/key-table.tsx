import type { Key } from '@keyward/shared/keys';
import { KeyRow } from './key-row.tsx';
import classes from './key-table.module.css';

interface KeyTableProps {
  keys: readonly Key[];
  onRevoke: (key: Key) => void;
}

export function KeyTable({ keys, onRevoke }: KeyTableProps) {
  return (
    <div className={classes.frame}>
      <table className={classes.table}>
        <caption className="visually-hidden">API keys, newest first</caption>
        <thead>
          <tr>
            <th scope="col">Key</th>
            <th scope="col">Owner</th>
            <th scope="col">Service</th>
            <th scope="col">Permissions</th>
            <th scope="col">Last used</th>
            <th scope="col">Created</th>
            <th scope="col">Status</th>
            <th scope="col">
              <span className="visually-hidden">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => (
            <KeyRow key={key.id} apiKey={key} onRevoke={onRevoke} />
          ))}
        </tbody>
      </table>
    </div>
  );
}
