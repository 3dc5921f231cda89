import { formatExactTime } from '../../../lib/format-time.ts';
import { Disclosure } from '../../../ui/disclosure.tsx';
import { StatusMark } from '../../../ui/status-mark.tsx';
import type { LogAttempt } from '../standing.ts';
import { Code } from './code.tsx';
import classes from './delivery-log.module.css';

/** Each attempt to send a message, the latest first. */
export function AttemptList({ attempts }: { attempts: readonly LogAttempt[] }) {
  const numbered = attempts.map((attempt, index) => ({ attempt, number: index + 1 }));
  return (
    <>
      <h3>Attempts</h3>
      <ol className={classes.attempts}>
        {numbered.reverse().map(({ attempt, number }) => (
          <li key={number}>
            <Attempt attempt={attempt} number={number} />
          </li>
        ))}
      </ol>
    </>
  );
}

function Attempt({ attempt, number }: { attempt: LogAttempt; number: number }) {
  const { at, statusCode, durationMs, error, response, requestHeaders } = attempt;
  return (
    <>
      <div className={classes.attempt}>
        <StatusMark tone={error === null ? 'good' : 'bad'}>{statusCode ?? 'No answer'}</StatusMark>
        <span>
          Attempt {number}, {formatExactTime(at)}, {durationMs} ms
        </span>
      </div>
      {error !== null && <p className={classes.error}>{error}</p>}
      {response !== null && response !== '' && (
        <Disclosure title="Answer" isInitiallyOpen={error !== null}>
          <Code name={`Answer to attempt ${number}`} text={response} />
        </Disclosure>
      )}
      {requestHeaders !== null && (
        <Disclosure title="Request headers">
          <Code name={`Headers of attempt ${number}`} text={writeHeaders(requestHeaders)} />
        </Disclosure>
      )}
    </>
  );
}

const writeHeaders = (headers: Readonly<Record<string, string>>): string =>
  Object.entries(headers)
    .sort()
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');
