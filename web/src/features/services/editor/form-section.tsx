import { Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import { Panel } from '../../../ui/panel.tsx';
import classes from './form-section.module.css';

interface FormSectionProps {
  title: string;
  lead?: ReactNode;
  children: ReactNode;
}

/** One matter of a profile. */
export function FormSection({ title, lead, children }: FormSectionProps) {
  const id = useId();
  return (
    <Panel>
      <section aria-labelledby={id} className={classes.root}>
        <div>
          <Title order={2} id={id}>
            {title}
          </Title>
          {lead && <p className={classes.lead}>{lead}</p>}
        </div>
        {children}
      </section>
    </Panel>
  );
}
