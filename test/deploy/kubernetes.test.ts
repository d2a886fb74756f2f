import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { bucketHeader } from '../../src/client/bucket';
import { limits, readConfig } from '../../src/config';

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  // Kubernetes' own types are checked by its API server.
  // biome-ignore lint/suspicious/noExplicitAny: the shape is what the test checks
  readonly spec: any;
  readonly stringData?: Readonly<Record<string, string>>;
}

const file = resolve(__dirname, '../../deploy/kubernetes.yaml');
const documents = parseAllDocuments(readFileSync(file, 'utf8'));
const manifests = documents.map((each) => each.toJS() as Manifest);
const ofKind = (kind: string) => manifests.find((each) => each.kind === kind)!;
const pod = ofKind('Deployment').spec.template;
const [container] = pod.spec.containers;

test('it is YAML without errors and warnings', () => {
  expect(documents.flatMap(({ errors, warnings }) => [...errors, ...warnings])).toEqual([]);
});

test('the server accepts its settings, and listens where other pods can connect', () => {
  const secret = ofKind('Secret');
  const environment: Record<string, string> = {};
  for (const { name, value, valueFrom } of container.env) {
    const reference = valueFrom?.secretKeyRef;
    if (reference !== undefined) expect(reference.name).toBe(secret.metadata.name);
    environment[name] = value ?? secret.stringData![reference.key];
  }
  const [{ containerPort }] = container.ports;
  expect(Object.keys(environment).toSorted()).toEqual([
    'ALLOWED_HOSTS',
    'AUTH',
    'DATABASE_URL',
    'HOST',
    'PORT',
  ]);
  expect(readConfig(environment)).toMatchObject({
    port: containerPort,
    host: '0.0.0.0',
    auth: { mode: 'on', tokens: null },
    allowedHosts: ofKind('HTTPRoute').spec.hostnames,
    database: { kind: 'postgres' },
  });
});

test('a pod is ready by /readyz and alive by /healthz, and has the time to stop', () => {
  const port = container.ports[0].name;
  expect(container.readinessProbe.httpGet).toEqual({ path: '/readyz', port });
  for (const probe of [container.startupProbe, container.livenessProbe]) {
    expect(probe.httpGet).toEqual({ path: '/healthz', port });
  }
  expect(container.readinessProbe.timeoutSeconds * 1_000).toBeGreaterThan(limits.readinessMsMax);
  const stopSeconds = container.lifecycle.preStop.sleep.seconds + limits.stopMsMax / 1_000;
  expect(pod.spec.terminationGracePeriodSeconds).toBeGreaterThan(stopSeconds);
});

test('objects name each other', () => {
  const { labels } = pod.metadata;
  for (const kind of ['Deployment', 'PodDisruptionBudget']) {
    expect(ofKind(kind).spec.selector.matchLabels).toEqual(labels);
  }
  const service = ofKind('Service');
  expect(service.spec.selector).toEqual(labels);
  expect(service.spec.ports[0].targetPort).toBe(container.ports[0].name);
  const route = ofKind('HTTPRoute');
  expect(route.spec.parentRefs).toEqual([{ name: ofKind('Gateway').metadata.name }]);
  expect(route.spec.rules[0].backendRefs).toEqual([
    { name: service.metadata.name, port: service.spec.ports[0].port },
  ]);
  const policy = ofKind('BackendTrafficPolicy').spec;
  expect(policy.targetRefs).toMatchObject([{ kind: 'HTTPRoute', name: route.metadata.name }]);
  expect(policy.loadBalancer.consistentHash.header.name.toLowerCase()).toBe(bucketHeader);
});
