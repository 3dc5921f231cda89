import { Title } from '@mantine/core';

export function KeyAudit() {
  return <Title order={2}>Audit</Title>;
}
