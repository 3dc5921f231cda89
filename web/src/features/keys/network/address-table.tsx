import { CheckBox } from '../../../ui/check-box.tsx';
import { useKey } from '../key-context.ts';
import { AddressRow } from './address-row.tsx';
import classes from './address-table.module.css';
import type { SeenAddress } from './seen-address.ts';

interface AddressTableProps {
  addresses: readonly SeenAddress[];
  /** Which of them are chosen; null where there is nothing to choose them for. */
  choice: { chosen: ReadonlySet<string>; onChoose: (chosen: ReadonlySet<string>) => void } | null;
}

/** Addresses, newest first. Those that were accepted can be chosen. */
export function AddressTable({ addresses, choice }: AddressTableProps) {
  const { ipAllowlist } = useKey();
  const isLocked = ipAllowlist.length > 0;
  const accepted = addresses.flatMap((one) => (one.accepted > 0 ? [one.address] : []));
  const choose = (address: string, isChosen: boolean) => {
    const chosen = new Set(choice?.chosen);
    if (isChosen) {
      chosen.add(address);
    } else {
      chosen.delete(address);
    }
    choice?.onChoose(chosen);
  };
  return (
    <div className={classes.frame}>
      <table className={classes.table}>
        <caption className="visually-hidden">Addresses seen, newest first</caption>
        <thead>
          <tr>
            {choice !== null && (
              <th scope="col" className={classes.choice}>
                <CheckBox
                  aria-label="Choose every accepted address"
                  checked={choice.chosen.size === accepted.length}
                  isPartial={choice.chosen.size > 0 && choice.chosen.size < accepted.length}
                  onChange={(isChosen) => choice.onChoose(new Set(isChosen ? accepted : []))}
                />
              </th>
            )}
            <th scope="col">Address</th>
            <th scope="col" className={classes.number}>
              Accepted
            </th>
            <th scope="col" className={classes.number}>
              Refused
            </th>
            <th scope="col" className={classes.wide}>
              First seen
            </th>
            <th scope="col" className={classes.wide}>
              Last seen
            </th>
          </tr>
        </thead>
        <tbody>
          {addresses.map((seen) => (
            <AddressRow
              key={seen.address}
              seen={seen}
              isLocked={isLocked}
              isChosen={choice?.chosen.has(seen.address)}
              onChoose={(isChosen) => choose(seen.address, isChosen)}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}
