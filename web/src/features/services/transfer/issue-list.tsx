import { Title } from '@mantine/core';
import type { ProfileIssue } from '../editor/validate-profile.ts';
import classes from './issue-list.module.css';

/** What is wrong with a text, and where. */
export function IssueList({ issues }: { issues: readonly ProfileIssue[] }) {
  return (
    <div role="alert" className={classes.root}>
      <Title order={3}>
        {issues.length === 1 ? 'One thing is wrong' : `${issues.length} things are wrong`}
      </Title>
      <ul className={classes.list}>
        {issues.map(({ path, message }) => (
          <li key={`${path} ${message}`}>
            {path !== '' && (
              <>
                <code>{path}</code>:{' '}
              </>
            )}
            {message}
          </li>
        ))}
      </ul>
    </div>
  );
}
