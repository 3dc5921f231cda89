import type { Service } from '@keyward/shared/services';
import { StatusMark } from '../../ui/status-mark.tsx';
import { isOwnService } from './is-own-service.ts';

/** How a service stands, where that is worth a word. */
export function ServiceMark({ service }: { service: Service }) {
  if (service.status === 'disabled') {
    return <StatusMark tone="warn">Disabled</StatusMark>;
  }
  return isOwnService(service) ? <StatusMark tone="quiet">Built in</StatusMark> : null;
}
