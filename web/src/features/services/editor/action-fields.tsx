import { TextInput } from '@mantine/core';
import classes from './action-fields.module.css';
import { dropAction, renameAction } from './default-permissions.ts';
import { ListTools } from './list-tools.tsx';
import type { SectionProps } from './profile-form.ts';

/** The actions of one resource, one a line. */
export function ActionFields({ form, resourceIndex }: SectionProps & { resourceIndex: number }) {
  const resource = form.values.resources[resourceIndex];
  if (resource === undefined) {
    return null;
  }
  const list = `resources.${resourceIndex}.actions` as const;
  const { actions } = resource;
  return (
    <div className={classes.root}>
      {actions.map((action, index) => {
        const path = `${list}.${index}` as const;
        const name = `action ${action.name === '' ? index + 1 : action.name} of ${resource.name || 'the resource'}`;
        return (
          <div key={action.key} className={classes.line}>
            <TextInput
              aria-label={`Name of ${name}`}
              placeholder="create"
              autoComplete="off"
              spellCheck={false}
              {...form.getInputProps(`${path}.name`)}
              onChange={(event) => {
                renameAction(form, resource.name, action.name, event.currentTarget.value);
                form.setFieldValue(`${path}.name`, event.currentTarget.value);
              }}
            />
            <TextInput
              aria-label={`Description of ${name}`}
              placeholder="What it lets a key do"
              autoComplete="off"
              {...form.getInputProps(`${path}.description`)}
            />
            <ListTools
              name={name}
              index={index}
              length={actions.length}
              onMove={(to) => form.reorderListItem(list, { from: index, to })}
              onRemove={
                actions.length > 1
                  ? () => {
                      dropAction(form, resource.name, action.name);
                      form.removeListItem(list, index);
                    }
                  : undefined
              }
            />
          </div>
        );
      })}
    </div>
  );
}
