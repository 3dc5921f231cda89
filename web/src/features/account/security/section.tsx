import { Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import { Panel } from '../../../ui/panel.tsx';
import classes from './section.module.css';

interface SectionProps {
  title: string;
  description: ReactNode;
  /** How it stands, beside the title. */
  mark?: ReactNode;
  children: ReactNode;
}

/** One matter of the account. */
export function Section({ title, description, mark, children }: SectionProps) {
  const titleId = useId();
  return (
    <section aria-labelledby={titleId}>
      <Panel className={classes.root}>
        <div className={classes.heading}>
          <Title order={2} size="h3" id={titleId}>
            {title}
          </Title>
          {mark}
        </div>
        <p className={classes.description}>{description}</p>
        {children}
      </Panel>
    </section>
  );
}
