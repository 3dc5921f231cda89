import type { Organization } from '@keyward/shared/organizations';
import { slugFromName } from '@keyward/shared/slug-from-name';
import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { toFailure } from '../../lib/failure.ts';
import { focusFirstError } from '../../lib/focus-first-error.ts';
import { lazySchema } from '../../lib/lazy-schema.ts';
import { splitIssues } from '../../lib/split-issues.ts';
import { trpc } from '../../lib/trpc.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Panel } from '../../ui/panel.tsx';
import classes from './create-organization-page.module.css';

interface CreateOrganizationPageProps {
  /** Whether it is the person's first one. */
  isFirst: boolean;
  onCreated: (organization: Organization) => void;
}

export function CreateOrganizationPage({ isFirst, onCreated }: CreateOrganizationPageProps) {
  const [isSlugTheirs, setSlugTheirs] = useState(false);
  const form = useForm({
    initialValues: { name: '', slug: '' },
    validate: lazySchema(
      async () => (await import('@keyward/shared/organizations')).createOrganizationInput,
    ),
  });
  const create = trpc.organizations.create.useMutation({
    onSuccess: onCreated,
    onError: (error) => {
      const { code, detail, issues } = toFailure(error);
      const { byField } = splitIssues(issues, ['name', 'slug']);
      form.setErrors(code === 'conflict' ? { slug: detail } : byField);
    },
  });
  const changeName = (name: string) => {
    form.setFieldValue('name', name);
    if (!isSlugTheirs) {
      form.setFieldValue('slug', slugFromName(name));
    }
  };
  const changeSlug = (slug: string) => {
    form.setFieldValue('slug', slug);
    // Emptied, it follows the name again.
    setSlugTheirs(slug !== '');
  };
  const { slug } = form.values;
  return (
    <div className={classes.column}>
      <PageHeader
        title={isFirst ? 'Create your organization' : 'Create an organization'}
        description="An organization holds keys, and the people who manage them. You become its owner."
      />
      <Panel>
        <form
          noValidate
          onSubmit={form.onSubmit((values) => create.mutate(values), focusFirstError(form))}
        >
          <Stack gap="md">
            {create.isError && <FailureNotice failure={toFailure(create.error)} />}
            <TextInput
              label="Name"
              placeholder="Acme"
              autoComplete="organization"
              autoFocus
              {...form.getInputProps('name')}
              onChange={(event) => changeName(event.currentTarget.value)}
            />
            <TextInput
              label="Slug"
              description={`Its address in the console: /o/${slug === '' ? 'acme' : slug}`}
              autoComplete="off"
              spellCheck={false}
              {...form.getInputProps('slug')}
              onChange={(event) => changeSlug(event.currentTarget.value)}
            />
            <Group mt="xs">
              <Button type="submit" loading={create.isPending}>
                Create organization
              </Button>
              {!isFirst && (
                <Button
                  variant="subtle"
                  color="gray"
                  renderRoot={(props) => <Link to="/" {...props} />}
                >
                  Cancel
                </Button>
              )}
            </Group>
          </Stack>
        </form>
      </Panel>
    </div>
  );
}
