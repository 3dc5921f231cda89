import { Title } from '@mantine/core';

export function KeyActivity() {
  return <Title order={2}>Activity</Title>;
}
