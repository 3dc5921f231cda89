import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { PageHeader } from '../ui/page-header.tsx';
import { LonePage } from './lone-page.tsx';

export function NotFoundPage() {
  return (
    <LonePage>
      <PageHeader
        title="Nothing stands here"
        description="The address may be mistyped, or it belongs to an organization that you are not a member of."
      />
      <Button renderRoot={(props) => <Link to="/" {...props} />}>Go to your keys</Button>
    </LonePage>
  );
}
