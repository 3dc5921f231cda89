import { Title } from '@mantine/core';

export function KeyNetwork() {
  return <Title order={2}>Network</Title>;
}
