import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './timeline-step.module.css';

export type StepState = 'done' | 'current' | 'warn' | 'waiting';

const spoken: Record<StepState, string> = {
  done: 'done',
  current: 'now',
  warn: 'needs attention',
  waiting: 'to come',
};

interface TimelineStepProps {
  number: number;
  title: string;
  state: StepState;
  /** What shows that it is so. */
  children: ReactNode;
}

export function TimelineStep({ number, title, state, children }: TimelineStepProps) {
  return (
    <li className={classes.root} data-state={state}>
      <span className={classes.mark} aria-hidden="true">
        {state === 'done' && <IconCheck size={14} stroke={2.5} />}
        {state === 'warn' && <IconAlertTriangle size={14} />}
        {(state === 'current' || state === 'waiting') && number}
      </span>
      <div>
        <h3 className={classes.title}>
          {title}
          <span className="visually-hidden">, {spoken[state]}</span>
        </h3>
        <div className={classes.body}>{children}</div>
      </div>
    </li>
  );
}
