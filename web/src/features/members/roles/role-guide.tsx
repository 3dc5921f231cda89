import { Disclosure } from '../../../ui/disclosure.tsx';
import classes from './role-guide.module.css';
import { rolesInOrder, roleWords } from './role-words.ts';

/** What each role may do, for whoever wonders which one to give. */
export function RoleGuide() {
  return (
    <Disclosure title="What each role may do">
      <dl className={classes.roles}>
        {rolesInOrder.map((role) => (
          <div key={role}>
            <dt>{roleWords[role].label}</dt>
            <dd>
              <ul>
                {roleWords[role].allows.map((line) => (
                  <li key={line}>{line}</li>
                ))}
              </ul>
            </dd>
          </div>
        ))}
      </dl>
    </Disclosure>
  );
}
