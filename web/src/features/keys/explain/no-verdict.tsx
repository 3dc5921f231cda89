import { Panel } from '../../../ui/panel.tsx';
import { gateLabels, gateOrder } from './gate-labels.ts';
import classes from './no-verdict.module.css';

/** Before anything was asked: the gates that a call has to pass. */
export function NoVerdict() {
  return (
    <Panel className={classes.root}>
      <p className={classes.lead}>A call is accepted when all of this holds, in this order:</p>
      <ol className={classes.gates}>
        {gateOrder.map((gate) => (
          <li key={gate}>{gateLabels[gate]}</li>
        ))}
      </ol>
    </Panel>
  );
}
