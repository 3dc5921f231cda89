import { StatusMark } from '../../ui/status-mark.tsx';
import { describeHealth } from './describe-health.ts';
import type { Standing } from './standing.ts';
import classes from './webhook-list.module.css';

export function WebhookHealth({ standing }: { standing: Standing }) {
  const { tone, label, detail } = describeHealth(standing);
  return (
    <>
      <StatusMark tone={tone}>{label}</StatusMark>
      {detail !== null && <span className={classes.note}>{detail}</span>}
    </>
  );
}
