import type { ProviderRefusal } from '@keyward/shared/providers';

/** Why a visit to the provider ended without what it was for. The console has the words. */
export class VisitRefused extends Error {
  readonly reason: ProviderRefusal;

  constructor(reason: ProviderRefusal, cause?: unknown) {
    super(`A visit to the provider was refused: ${reason}.`, { cause });
    this.name = 'VisitRefused';
    this.reason = reason;
  }
}
