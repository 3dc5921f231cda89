import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { CopyBlock } from './copy-block.tsx';
import { PageHeader } from './page-header.tsx';
import { SecretGuard } from './secret-guard.tsx';
import classes from './secret-page.module.css';

interface SecretPageProps {
  /** Whose secret it is. */
  what: string;
  description: ReactNode;
  secret: string;
  /** How it is used. */
  children: ReactNode;
  /** What to know and to watch meanwhile. */
  aside: ReactNode;
  onStored: () => void;
}

/** A secret, this once. */
export function SecretPage({
  what,
  description,
  secret,
  children,
  aside,
  onStored,
}: SecretPageProps) {
  return (
    <>
      <PageHeader title="Store this secret now" takesFocus description={description} />
      <div className={classes.columns}>
        <div className={classes.main}>
          <CopyBlock name="secret" text={secret} variant="filled" />
          {children}
        </div>
        <div className={classes.aside}>{aside}</div>
      </div>
      <Button size="md" mt="xl" onClick={onStored}>
        I have stored it
      </Button>
      <SecretGuard what={what} />
    </>
  );
}

interface SecretSectionProps {
  id: string;
  title: string;
  children: ReactNode;
}

/** A matter of a page with a secret. */
export function SecretSection({ id, title, children }: SecretSectionProps) {
  return (
    <section aria-labelledby={id} className={classes.section}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}

/** What to do and not to do with a secret. */
export function SecretAdvice({ lines }: { lines: readonly string[] }) {
  return (
    <SecretSection id="care" title="Take care of it">
      <ul className={classes.advice}>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </SecretSection>
  );
}
