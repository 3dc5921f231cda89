import { PageHeader } from '../../../ui/page-header.tsx';

export function CreateServicePage() {
  return <PageHeader title="New service" />;
}
