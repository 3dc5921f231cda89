import type { Permission } from '@keyward/shared/permissions';
import type { KeyKind, ServiceProfile } from '@keyward/shared/service-profile';
import { type Duration, toDuration, toSeconds } from '../../../lib/duration.ts';

/** A profile as it stands in the form: the same shape, with what was typed in place of numbers and nulls. */
export interface ProfileDraft {
  slug: string;
  name: string;
  description: string;
  header: { name: string; scheme: string };
  kinds: KeyKind[];
  userKeys: { isLimited: boolean };
  userKeysPerMember: string;
  tiers: TierDraft[];
  resources: ResourceDraft[];
  defaults: {
    tier: string;
    isEndless: boolean;
    expiresInSeconds: Duration;
    permissions: Permission[];
  };
}

export interface TierDraft {
  /** For the page alone: what stands at a place may move. */
  key: string;
  name: string;
  description: string;
  prefixes: { live: string; test: string };
  rateLimit: { isLimited: boolean; limit: string; windowSeconds: Duration };
}

export interface ActionDraft {
  key: string;
  name: string;
  description: string;
}

export interface ResourceDraft extends ActionDraft {
  actions: ActionDraft[];
}

let made = 0;

/** A name for a part of a form, for as long as the page stands. */
export function nextKey(): string {
  made += 1;
  return `part-${made}`;
}

export const emptyAction = (): ActionDraft => ({ key: nextKey(), name: '', description: '' });

export const emptyResource = (): ResourceDraft => ({
  key: nextKey(),
  name: '',
  description: '',
  actions: [emptyAction()],
});

export const emptyTier = (): TierDraft => ({
  key: nextKey(),
  name: '',
  description: '',
  prefixes: { live: '', test: '' },
  rateLimit: { isLimited: true, limit: '1000', windowSeconds: toDuration(3_600) },
});

/** What a service begins with that is made of nothing. */
export const blankProfile: ServiceProfile = {
  slug: '',
  name: '',
  description: '',
  header: { name: 'Authorization', scheme: 'Bearer' },
  resources: [],
  tiers: [
    {
      name: 'default',
      description: 'Every key',
      prefixes: {},
      rateLimit: { limit: 1_000, windowSeconds: 3_600 },
    },
  ],
  defaults: { tier: 'default', expiresInSeconds: 90 * 86_400, permissions: [] },
  userKeysPerMember: 1,
  kinds: ['user', 'bot'],
};

export function toDraft(profile: ServiceProfile): ProfileDraft {
  const { slug, name, description, header, kinds, userKeysPerMember, defaults } = profile;
  return {
    slug,
    name,
    description,
    header: { name: header.name, scheme: header.scheme ?? '' },
    kinds: [...kinds],
    userKeys: { isLimited: userKeysPerMember !== null },
    userKeysPerMember: String(userKeysPerMember ?? 1),
    tiers: profile.tiers.map(({ prefixes, rateLimit, ...tier }) => ({
      ...tier,
      key: nextKey(),
      prefixes: { live: prefixes.live ?? '', test: prefixes.test ?? '' },
      rateLimit: {
        isLimited: rateLimit !== null,
        limit: String(rateLimit?.limit ?? 1_000),
        windowSeconds: toDuration(rateLimit?.windowSeconds ?? 3_600),
      },
    })),
    resources: profile.resources.map((resource) => ({
      ...resource,
      key: nextKey(),
      actions: resource.actions.map((action) => ({ ...action, key: nextKey() })),
    })),
    defaults: {
      tier: defaults.tier,
      isEndless: defaults.expiresInSeconds === null,
      expiresInSeconds: toDuration(defaults.expiresInSeconds ?? 90 * 86_400),
      permissions: [...defaults.permissions],
    },
  };
}

const toNumber = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text));
const trimmed = ({ name, description }: ActionDraft) => ({
  name: name.trim(),
  description: description.trim(),
});

/** The profile that a draft stands for. It may be none yet: the contract says what is wrong with it. */
export function toProfile(draft: ProfileDraft): ServiceProfile {
  const { header, defaults } = draft;
  return {
    slug: draft.slug.trim(),
    name: draft.name.trim(),
    description: draft.description.trim(),
    header: {
      name: header.name.trim(),
      scheme: header.scheme.trim() === '' ? null : header.scheme.trim(),
    },
    resources: draft.resources.map(({ actions, ...resource }) => ({
      ...trimmed(resource),
      actions: actions.map(trimmed),
    })),
    tiers: draft.tiers.map(({ name, description, prefixes: { live, test }, rateLimit }) => ({
      name: name.trim(),
      description: description.trim(),
      prefixes: { ...(live !== '' && { live }), ...(test !== '' && { test }) },
      rateLimit: rateLimit.isLimited
        ? { limit: toNumber(rateLimit.limit), windowSeconds: toSeconds(rateLimit.windowSeconds) }
        : null,
    })),
    defaults: {
      tier: defaults.tier,
      expiresInSeconds: defaults.isEndless ? null : toSeconds(defaults.expiresInSeconds),
      permissions: defaults.permissions,
    },
    userKeysPerMember: draft.userKeys.isLimited ? toNumber(draft.userKeysPerMember) : null,
    kinds: (['user', 'bot'] as const).filter((kind) => draft.kinds.includes(kind)),
  };
}
