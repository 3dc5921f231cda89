import { Button, TextInput, Title } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useId } from 'react';
import { ActionFields } from './action-fields.tsx';
import { dropResource, renameResource } from './default-permissions.ts';
import classes from './form-section.module.css';
import { ListTools } from './list-tools.tsx';
import { emptyAction, nextKey } from './profile-draft.ts';
import type { SectionProps } from './profile-form.ts';

const mostActions = 20;

/** One resource of the draft, with its actions. */
export function ResourceFields({ form, index }: SectionProps & { index: number }) {
  const id = useId();
  const { resources } = form.values;
  const resource = resources[index];
  if (resource === undefined) {
    return null;
  }
  const path = `resources.${index}` as const;
  const title = resource.name === '' ? `Resource ${index + 1}` : resource.name;
  const rename = (name: string) => {
    renameResource(form, resource.name, name);
    form.setFieldValue(`${path}.name`, name);
  };
  const remove = () => {
    dropResource(form, resource.name);
    form.removeListItem('resources', index);
  };
  const isFresh = resource.actions.every(({ name }) => name === '');
  return (
    <section aria-labelledby={id} className={classes.card}>
      <div className={classes.cardHead}>
        <Title order={3} id={id} className={classes.cardTitle}>
          {title}
        </Title>
        <ListTools
          name={`resource ${title}`}
          index={index}
          length={resources.length}
          onMove={(to) => form.reorderListItem('resources', { from: index, to })}
          onRemove={remove}
        />
      </div>
      <div className={classes.pair}>
        <TextInput
          label="Resource name"
          placeholder="shortLinks"
          autoComplete="off"
          spellCheck={false}
          {...form.getInputProps(`${path}.name`)}
          onChange={(event) => rename(event.currentTarget.value)}
        />
        <TextInput
          label="Resource description"
          placeholder="Short links"
          autoComplete="off"
          {...form.getInputProps(`${path}.description`)}
        />
      </div>
      <ActionFields form={form} resourceIndex={index} />
      <div className={classes.tools}>
        {resource.actions.length < mostActions && (
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconPlus size={14} />}
            aria-label={`Add an action to ${title}`}
            onClick={() => form.insertListItem(`${path}.actions`, emptyAction())}
          >
            Add an action
          </Button>
        )}
        {isFresh && (
          <Button
            variant="subtle"
            size="compact-sm"
            aria-label={`Give ${title} the usual four actions`}
            onClick={() => form.setFieldValue(`${path}.actions`, usualActions(resource))}
          >
            Create, read, update, delete
          </Button>
        )}
      </div>
    </section>
  );
}

function usualActions({ name, description }: { name: string; description: string }) {
  const things = (description || name).replace(/^[A-Z](?![A-Z])/, (letter) => letter.toLowerCase());
  return [
    { key: nextKey(), name: 'create', description: `Create ${things}`.trim() },
    { key: nextKey(), name: 'read', description: `View ${things}`.trim() },
    { key: nextKey(), name: 'update', description: `Change ${things}`.trim() },
    { key: nextKey(), name: 'delete', description: `Remove ${things}`.trim() },
  ];
}
