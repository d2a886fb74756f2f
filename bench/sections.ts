import { authSection } from './auth/auth-section';
import { badRequestsSection } from './bad-requests/bad-requests-section';
import { clusterSection } from './cluster/cluster-section';
import { datedSection } from './dated/dated-section';
import { digestSection } from './digest/digest-section';
import { growthSection } from './growth/growth-section';
import { httpSection } from './http/http-section';
import { lifeSection } from './life/life-section';
import { memorySection } from './memory/memory-section';
import { postgresSection } from './postgres/postgres-section';
import { profileSection } from './profile/profile-section';
import { rulesSection } from './rules/rules-section';
import { serviceSection } from './service/service-section';
import { subscriptionsSection } from './subscriptions/subscriptions-section';
import type { Section } from './support/section';

export const sections: readonly Section[] = [
  rulesSection,
  lifeSection,
  serviceSection,
  httpSection,
  datedSection,
  profileSection,
  memorySection,
  growthSection,
  postgresSection,
  clusterSection,
  subscriptionsSection,
  badRequestsSection,
  authSection,
  digestSection,
];
