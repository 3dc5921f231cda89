import type { Gate } from '@keyward/shared/verification';
import { IconCheck, IconMinus, IconX } from '@tabler/icons-react';
import { gateLabels, type ShownGate, toShownGates } from './gate-labels.ts';
import classes from './gate-list.module.css';

const icons = { passed: IconCheck, failed: IconX, 'not reached': IconMinus };
const standings = { passed: 'Passed', failed: 'Failed', 'not reached': 'Not reached' };

/** Every gate in the order in which a call meets them. */
export function GateList({ gates }: { gates: readonly Gate[] }) {
  return (
    <ol aria-label="Gates" className={classes.root}>
      {toShownGates(gates).map((gate) => (
        <GateItem key={gate.gate} {...gate} />
      ))}
    </ol>
  );
}

function GateItem({ gate, standing, wouldFail, detail }: ShownGate) {
  const Icon = icons[standing];
  return (
    <li className={classes.gate} data-standing={standing}>
      <span className={classes.icon} aria-hidden="true">
        <Icon size={14} stroke={2.25} />
      </span>
      <div className={classes.text}>
        <p className={classes.label}>
          {gateLabels[gate]}
          <span className={classes.standing}>
            {standings[standing]}
            {wouldFail && ', would fail too'}
          </span>
        </p>
        {detail !== null && <p className={classes.detail}>{detail}</p>}
      </div>
    </li>
  );
}
