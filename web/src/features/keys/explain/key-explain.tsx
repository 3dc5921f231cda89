import { Title } from '@mantine/core';

export function KeyExplain() {
  return <Title order={2}>Explain</Title>;
}
