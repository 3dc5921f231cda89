import { useEffect, useRef } from 'react';
import { ReceiptLine } from '../../../ui/receipt-line.tsx';
import { MaskedSecret } from '../masked-secret.tsx';
import type { EndedRotation } from './end-rotation-form.tsx';
import classes from './key-secrets.module.css';

/** What came of the end of a rotation. The question that led here is gone, so the focus comes here. */
export function EndedNotice({ ended: { action, dead, receipt } }: { ended: EndedRotation }) {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The dialog gives the focus back first, to a button that goes away with the rotation.
    const frame = requestAnimationFrame(() => element.current?.focus());
    return () => cancelAnimationFrame(frame);
  }, []);
  return (
    <div ref={element} tabIndex={-1} className={classes.ended}>
      <p>
        {action === 'finish' ? 'The rotation is finished. ' : 'The rotation is rolled back. '}
        <MaskedSecret apiKey={dead} /> is refused from now on.
      </p>
      <ReceiptLine what="Dead" receipt={receipt} />
    </div>
  );
}
