import type { Key } from '@keyward/shared/keys';
import { useState } from 'react';
import { EndRotationDialog } from './end-rotation-dialog.tsx';
import type { EndedRotation } from './end-rotation-form.tsx';
import { EndedNotice } from './ended-notice.tsx';
import { LiveSecrets } from './live-secrets.tsx';
import { type MintedSecret, NewSecret } from './new-secret.tsx';
import { RetiredSecrets } from './retired-secrets.tsx';
import { type KeyRotation, readUnderway } from './rotation.ts';
import { RotationTimeline } from './rotation-timeline.tsx';
import { StandingNote } from './standing-note.tsx';
import { StartRotation } from './start-rotation.tsx';

// What had the focus goes away: the part of the page that comes next takes it.
const focusRotation = () =>
  requestAnimationFrame(() => document.getElementById('rotation')?.focus());

/** The secrets as they stand, with what can be done about them. */
export function SecretsBoard({ apiKey, rotation }: { apiKey: Key; rotation: KeyRotation }) {
  const [minted, setMinted] = useState<MintedSecret | null>(null);
  const [ending, setEnding] = useState<'finish' | 'rollback'>('finish');
  const [isAsking, setAsking] = useState(false);
  const [ended, setEnded] = useState<EndedRotation | null>(null);
  const underway = apiKey.status === 'revoked' ? null : readUnderway(rotation);
  const end = (what: EndedRotation) => {
    setAsking(false);
    setEnded(what);
    if (what.action === 'rollback') {
      // What is dead is not to be stored.
      setMinted(null);
    }
  };
  return (
    <>
      {minted !== null && (
        <NewSecret
          apiKey={apiKey}
          minted={minted}
          onStored={() => {
            setMinted(null);
            focusRotation();
          }}
        />
      )}
      {ended !== null && <EndedNotice ended={ended} />}
      <StandingNote status={apiKey.status} />
      <LiveSecrets rotation={rotation} isRevoked={apiKey.status === 'revoked'} />
      {underway !== null && (
        <>
          <RotationTimeline
            keyId={apiKey.id}
            underway={underway}
            isShown={minted !== null}
            onEnd={(action) => {
              setEnding(action);
              setAsking(true);
            }}
          />
          <EndRotationDialog
            keyId={apiKey.id}
            underway={underway}
            action={ending}
            isOpen={isAsking}
            onClose={() => setAsking(false)}
            onEnded={end}
          />
        </>
      )}
      {underway === null && apiKey.status !== 'revoked' && minted === null && (
        <StartRotation
          apiKey={apiKey}
          onMinted={(made) => {
            setEnded(null);
            setMinted(made);
          }}
        />
      )}
      <RetiredSecrets rotation={rotation} />
    </>
  );
}
