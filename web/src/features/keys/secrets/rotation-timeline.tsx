import { Button, Title } from '@mantine/core';
import { formatMoment } from '../../../lib/format-time.ts';
import { Panel } from '../../../ui/panel.tsx';
import { StatusMark, type Tone } from '../../../ui/status-mark.tsx';
import { MaskedSecret } from '../masked-secret.tsx';
import { describeMaker } from './describe-maker.ts';
import type { Underway } from './rotation.ts';
import classes from './rotation-timeline.module.css';
import { Ago, EndsByItself, OldSecretUse } from './step-evidence.tsx';
import { StoreStep } from './store-step.tsx';
import { TimelineStep } from './timeline-step.tsx';

interface RotationTimelineProps {
  keyId: string;
  underway: Underway;
  /** Whether the new secret stands on the page, this once. */
  isShown: boolean;
  onEnd: (action: 'finish' | 'rollback') => void;
}

/** The playbook of a rotation: create, store, deploy, seen in use, retire. Each step with its evidence. */
export function RotationTimeline({ keyId, underway, isShown, onEnd }: RotationTimelineProps) {
  const { newer, older, now, isNewSeen, isOldBusy } = underway;
  const [tone, standing] = describeStanding(underway);
  return (
    <Panel>
      <div className={classes.heading}>
        <Title order={2} id="rotation" tabIndex={-1}>
          Rotation
        </Title>
        <span role="status">
          <StatusMark tone={tone}>{standing}</StatusMark>
        </span>
      </div>
      <ol className={classes.steps}>
        <TimelineStep number={1} title="Create" state="done">
          <p>
            <MaskedSecret apiKey={newer} /> was made on{' '}
            <strong>{formatMoment(newer.createdAt)}</strong>
            {newer.createdBy !== null && <> by {describeMaker(newer.createdBy)}</>}.
          </p>
        </TimelineStep>
        <StoreStep keyId={keyId} underway={underway} isShown={isShown} />
        <TimelineStep number={3} title="Deploy" state={isNewSeen ? 'done' : 'current'}>
          {newer.firstUsedAt === null ? (
            <>
              <p>
                Put it in place of <MaskedSecret apiKey={older} /> wherever that is used, and
                restart what reads it.
              </p>
              <p>No call with the new secret yet. This page watches for the first one.</p>
            </>
          ) : (
            <p>
              It reached something that runs: its first call came{' '}
              <strong>
                <Ago time={newer.firstUsedAt} now={now} />
              </strong>
              , on {formatMoment(newer.firstUsedAt)}.
            </p>
          )}
        </TimelineStep>
        <TimelineStep number={4} title="Seen in use" state={seenState(underway)}>
          {newer.lastUsedAt === null ? (
            <p>Make one call that changes nothing, such as a GET, to see that it works.</p>
          ) : (
            <p>
              The new secret was used last{' '}
              <strong>
                <Ago time={newer.lastUsedAt} now={now} />
              </strong>
              {newer.lastUsedIp !== null && <>, from {newer.lastUsedIp}</>}.
            </p>
          )}
          <OldSecretUse underway={underway} />
        </TimelineStep>
        <TimelineStep
          number={5}
          title="Retire the old secret"
          state={isNewSeen && !isOldBusy ? 'current' : 'waiting'}
        >
          <EndsByItself underway={underway} />
          <div className={classes.actions}>
            <Button
              variant={isNewSeen && !isOldBusy ? 'filled' : 'default'}
              onClick={() => onEnd('finish')}
            >
              Finish now
            </Button>
            <Button variant="default" onClick={() => onEnd('rollback')}>
              Roll back
            </Button>
          </div>
        </TimelineStep>
      </ol>
    </Panel>
  );
}

function seenState({ isNewSeen, isOldBusy }: Underway) {
  if (!isNewSeen) {
    return 'waiting';
  }
  return isOldBusy ? 'warn' : 'done';
}

// Without times: it is read out whenever it changes.
function describeStanding({ isNewSeen, isOldBusy }: Underway): [Tone, string] {
  if (!isNewSeen) {
    return ['quiet', 'Waiting for the new secret'];
  }
  return isOldBusy ? ['warn', 'Both secrets are in use'] : ['good', 'Ready to finish'];
}
