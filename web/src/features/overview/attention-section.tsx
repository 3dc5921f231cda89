import { Skeleton, Title } from '@mantine/core';
import { AttentionCard } from './attention-card.tsx';
import { type Attention, toAttentionKinds } from './attention-kinds.ts';
import classes from './attention-section.module.css';

/** Which keys somebody should look at, by reason. */
export function AttentionSection({ attention }: { attention: Attention | undefined }) {
  const kinds = attention === undefined ? [] : toAttentionKinds(attention);
  const found = kinds.filter(({ count }) => count > 0);
  const clear = kinds.filter(({ count }) => count === 0);
  return (
    <section aria-labelledby="attention">
      <Title order={2} id="attention" mb="sm">
        Keys that want attention
      </Title>
      {attention === undefined && (
        <div className={classes.cards}>
          <span role="status" className="visually-hidden">
            Loading keys that want attention
          </span>
          <Skeleton height={240} radius="lg" />
          <Skeleton height={240} radius="lg" />
        </div>
      )}
      {found.length > 0 && (
        <ul className={classes.cards}>
          {found.map((kind) => (
            <li key={kind.filter}>
              <AttentionCard kind={kind} />
            </li>
          ))}
        </ul>
      )}
      {clear.length > 0 && (
        <p className={classes.clear}>
          {found.length === 0 ? 'Nothing wants attention: ' : 'All else is well: '}
          {joinWords(clear.map(({ none }) => none))}.
        </p>
      )}
    </section>
  );
}

const list = new Intl.ListFormat('en', { type: 'conjunction' });
const joinWords = (words: readonly string[]): string => list.format(words);
