import { useId } from 'react';
import { CheckBox } from '../../../ui/check-box.tsx';
import { Hint } from '../../../ui/hint.tsx';
import classes from './permission-matrix.module.css';

interface PermissionCellProps {
  /** The column's name, shown beside the box where there are no columns. */
  label: string;
  permission: string;
  meaning: string;
  isGranted: boolean;
  isPartial?: boolean;
  /** Why it may not be granted; null when it may. */
  refusal: string | null;
  onChange: (isGranted: boolean) => void;
}

export function PermissionCell({
  label,
  permission,
  meaning,
  isGranted,
  isPartial = false,
  refusal,
  onChange,
}: PermissionCellProps) {
  const id = useId();
  const reasonId = `${id}-reason`;
  return (
    <td>
      <Hint label={refusal}>
        <label htmlFor={id} className={classes.cell} title={refusal === null ? meaning : undefined}>
          <CheckBox
            id={id}
            checked={isGranted}
            isPartial={isPartial}
            isRefused={refusal !== null}
            aria-label={`${permission}: ${meaning}`}
            aria-describedby={refusal === null ? undefined : reasonId}
            onChange={onChange}
          />
          <span className={classes.label} aria-hidden="true">
            {label}
          </span>
        </label>
      </Hint>
      {refusal !== null && (
        <span id={reasonId} className="visually-hidden">
          {refusal}
        </span>
      )}
    </td>
  );
}
