import { DefaultsSection } from './defaults-section.tsx';
import { HeaderSection } from './header-section.tsx';
import { IdentitySection } from './identity-section.tsx';
import { KindsSection } from './kinds-section.tsx';
import type { SectionProps } from './profile-form.ts';
import { ResourcesSection } from './resources-section.tsx';
import { TiersSection } from './tiers-section.tsx';

/** Everything that a profile decides, matter by matter. */
export function ProfileFields({ form, isNew }: SectionProps & { isNew: boolean }) {
  return (
    <>
      <IdentitySection form={form} isSlugFixed={!isNew} />
      <TiersSection form={form} />
      <HeaderSection form={form} />
      <ResourcesSection form={form} />
      <KindsSection form={form} />
      <DefaultsSection form={form} />
    </>
  );
}
