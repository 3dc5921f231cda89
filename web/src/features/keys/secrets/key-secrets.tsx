import { Title } from '@mantine/core';

export function KeySecrets() {
  return <Title order={2}>Secrets</Title>;
}
