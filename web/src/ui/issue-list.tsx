import classes from './issue-list.module.css';

const mostShown = 20;

interface TextIssue {
  /** Where it is; empty when it is the whole. */
  path: string;
  message: string;
}

/** What is wrong with a text, and where. */
export function IssueList({ issues }: { issues: readonly TextIssue[] }) {
  return (
    <div role="alert" className={classes.root}>
      <p className={classes.title}>
        {issues.length === 1 ? 'One thing is wrong' : `${issues.length} things are wrong`}
      </p>
      <ul className={classes.list}>
        {issues.slice(0, mostShown).map(({ path, message }) => (
          <li key={`${path} ${message}`}>
            {path !== '' && (
              <>
                <code>{path}</code>:{' '}
              </>
            )}
            {message}
          </li>
        ))}
        {issues.length > mostShown && <li>and {issues.length - mostShown} more</li>}
      </ul>
    </div>
  );
}
