import type { TakenOver } from './take-over.ts';
import classes from './taken-over-note.module.css';

/** What came of taking over another key's permissions. */
export function TakenOverNote({ result: { name, taken, leftOut } }: { result: TakenOver }) {
  return (
    <div className={classes.root}>
      <p>
        {taken.length === 0
          ? `Nothing of ${name} could be taken over.`
          : `Took over ${count(taken.length)} of ${name}.`}
      </p>
      {leftOut.length > 0 && (
        <>
          <p>Left out:</p>
          <ul>
            {leftOut.map(({ permission, reason }) => (
              <li key={permission}>
                <code>{permission}</code> {reason}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

const count = (number: number) => `${number} ${number === 1 ? 'permission' : 'permissions'}`;
