import type { KeyExposure } from '@keyward/shared/exposures';
import { Caution } from '../../../ui/caution.tsx';
import { CheckLine } from '../../../ui/check-line.tsx';
import { FoundPlace } from './found-place.tsx';

interface AcceptExposedProps {
  exposure: KeyExposure;
  isAccepted: boolean;
  onAccept: (isAccepted: boolean) => void;
}

/** Asks whoever resumes a key to say that they know of the exposure. */
export function AcceptExposed({ exposure, isAccepted, onAccept }: AcceptExposedProps) {
  return (
    <>
      <Caution title="Its secret was found in the open">
        The one ending in {exposure.last4} was found <FoundPlace exposure={exposure} />. Resume the
        key as it is, and whoever found it can call again. To be safe, rotate it and finish the
        rotation first.
      </Caution>
      <CheckLine isChecked={isAccepted} onChange={onAccept}>
        I know that the exposed secret ending in {exposure.last4} is accepted again.
      </CheckLine>
    </>
  );
}
