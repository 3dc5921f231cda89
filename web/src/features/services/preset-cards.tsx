import { type PresetName, presetNames, servicePresets } from '@keyward/shared/service-presets';
import type { Service } from '@keyward/shared/services';
import { Title } from '@mantine/core';
import { AddPresetButton } from './add-preset-button.tsx';
import { AddedPreset } from './added-preset.tsx';
import { ProfileCard } from './profile-card.tsx';
import classes from './services-page.module.css';

/** The services that come with Keyward, to be taken into the catalog by the operator. */
export function PresetCards({ catalog }: { catalog: readonly Service[] }) {
  const present = new Set(catalog.map((service) => service.slug));
  const isPresent = (preset: PresetName) => present.has(servicePresets[preset].slug);
  return (
    <section aria-labelledby="presets" className={classes.section}>
      <Title order={2} id="presets">
        Presets
      </Title>
      <p className={classes.lead}>
        Five services, ready to use. Add one, then create keys of it. You can change it later.
      </p>
      <div className={classes.grid}>
        {presetNames
          .filter((preset) => !isPresent(preset))
          .map((preset) => (
            <ProfileCard
              key={preset}
              profile={servicePresets[preset]}
              action={<AddPresetButton preset={preset} />}
            />
          ))}
      </div>
      <div className={classes.grid}>
        {presetNames.filter(isPresent).map((preset) => (
          <AddedPreset key={preset} profile={servicePresets[preset]} />
        ))}
      </div>
    </section>
  );
}
