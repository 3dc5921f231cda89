import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import classes from './form-section.module.css';
import { FormSection } from './form-section.tsx';
import { emptyResource } from './profile-draft.ts';
import type { SectionProps } from './profile-form.ts';
import { ResourceFields } from './resource-fields.tsx';

const mostResources = 50;

/** What keys can be allowed to do. */
export function ResourcesSection({ form }: SectionProps) {
  const { resources } = form.values;
  return (
    <FormSection
      title="Resources and actions"
      lead="What a key may be granted. shortLinks with the action create becomes the permission shortLinks:create. Keyward’s own resources (keys, webhooks, members, audit log, usage) are in every service already."
    >
      {resources.map((resource, index) => (
        <ResourceFields key={resource.key} form={form} index={index} />
      ))}
      {form.errors.resources && (
        <p role="alert" className={classes.error}>
          {form.errors.resources}
        </p>
      )}
      {resources.length < mostResources && (
        <div>
          <Button
            variant="default"
            size="xs"
            leftSection={<IconPlus size={16} />}
            onClick={() => form.insertListItem('resources', emptyResource())}
          >
            Add a resource
          </Button>
        </div>
      )}
    </FormSection>
  );
}
