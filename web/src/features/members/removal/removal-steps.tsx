import { IconCheck } from '@tabler/icons-react';
import type { LeaverKey } from '../member.ts';
import classes from './removal-steps.module.css';

/** The order in which nothing breaks, with what is done of it: by evidence, not by ticking. */
export function RemovalSteps({ leaverKeys }: { leaverKeys: readonly LeaverKey[] }) {
  const used = leaverKeys.filter(({ callsIn30Days, successor }) => callsIn30Days > 0 || successor);
  const handedOver = used.filter(({ successor }) => successor !== null).length;
  const seen = used.filter(({ successor }) => successor?.usage.lastUsedAt).length;
  const of = (count: number) => `${count} of ${used.length}`;
  const isHandedOver = handedOver === used.length;
  const isSeen = seen === used.length;
  const steps = [
    {
      title: 'Hand over',
      text: `Make a bot key for each key in use: ${of(handedOver)} done.`,
      isDone: isHandedOver,
    },
    {
      title: 'Deploy',
      text: 'Store each new secret where the old one stands.',
      isDone: isSeen,
    },
    {
      title: 'See it in use',
      text: `Wait for the first call of each bot key: ${of(seen)} seen.`,
      isDone: isSeen,
    },
    { title: 'Remove', text: 'The old keys die with the membership.', isDone: false },
  ];
  const next = steps.findIndex(({ isDone }) => !isDone);
  return (
    <ol className={classes.root} aria-label="The order in which nothing breaks">
      {steps.map(({ title, text, isDone }, index) => (
        <li
          key={title}
          className={classes.step}
          data-state={isDone ? 'done' : index === next ? 'next' : undefined}
          aria-current={index === next ? 'step' : undefined}
        >
          <span className={classes.mark} aria-hidden="true">
            {isDone ? <IconCheck size={14} /> : index + 1}
          </span>
          <span>
            <span className={classes.title}>
              {title}
              {isDone && <span className="visually-hidden">, done</span>}
            </span>
            <span className={classes.text}>{text}</span>
          </span>
        </li>
      ))}
    </ol>
  );
}
