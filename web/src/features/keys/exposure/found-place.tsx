import type { KeyExposure } from '@keyward/shared/exposures';
import { Anchor } from '@mantine/core';
import { RelativeTime } from '../../../ui/relative-time.tsx';

/** When and where a secret was found, and who told: reads on from `was found `. */
export function FoundPlace({ exposure }: { exposure: KeyExposure }) {
  const { at, url, source, reporter } = exposure;
  const what = source?.replaceAll('_', ' ').toLowerCase();
  return (
    <>
      <RelativeTime time={at} />
      {url !== null && (
        <>
          {' at '}
          <Anchor href={url} target="_blank" rel="noreferrer noopener" inherit>
            {url}
          </Anchor>
        </>
      )}
      {what && ` (${what})`}
      {reporter === 'github'
        ? ', reported by GitHub secret scanning'
        : ', reported by whoever found it'}
    </>
  );
}
