import { useKey } from '../key-context.ts';
import { KeyFacts } from './key-facts.tsx';

/** What a key is, at a glance. */
export function KeyOverview() {
  return <KeyFacts apiKey={useKey()} />;
}
