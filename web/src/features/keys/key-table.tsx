import type { KeyListProps } from './key-list-props.ts';
import { KeyRow } from './key-row.tsx';
import classes from './key-table.module.css';
import { SelectAll } from './select-all.tsx';

const columns = [
  ['name', 'Key'],
  ['owner', 'Owner'],
  ['service', 'Service'],
  ['permissions', 'Permissions'],
  ['days', '7 days'],
  ['used', 'Last used'],
  ['expiry', 'Expires'],
  ['created', 'Created'],
  ['health', 'Health'],
] as const;

export function KeyTable({ keys, activity, isExposed, selection, onRevoke }: KeyListProps) {
  return (
    <div className={classes.frame}>
      <table className={classes.table}>
        <caption className="visually-hidden">API keys, newest first</caption>
        <colgroup>
          <col className={classes.check} />
          {columns.map(([name]) => (
            <col key={name} className={classes[name]} />
          ))}
          <col className={classes.actions} />
        </colgroup>
        <thead>
          <tr>
            <td className={classes.box}>
              <SelectAll keys={keys} selection={selection} />
            </td>
            {columns.map(([name, label]) => (
              <th key={name} scope="col" className={name === 'created' ? classes.roomy : undefined}>
                {label}
              </th>
            ))}
            <th scope="col">
              <span className="visually-hidden">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => (
            <KeyRow
              key={key.id}
              apiKey={key}
              days={activity(key.id)}
              isExposed={isExposed(key.id)}
              isSelected={selection.has(key.id)}
              onSelect={(isSelected) => selection.set([key.id], isSelected)}
              onRevoke={onRevoke}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}
