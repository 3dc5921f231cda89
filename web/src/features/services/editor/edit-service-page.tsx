import { PageHeader } from '../../../ui/page-header.tsx';

export function EditServicePage({ slug }: { slug: string }) {
  return <PageHeader title={slug} />;
}
