// The commands that mend what is missing: gcloud, kubectl and YAML, Terraform where that is how it is kept.
// @ts-check

import { cut } from "./facts.js";
import { workloadMember } from "./members.js";

const made = (tool, text) => ({ tool, text });

/** An answer with its mends written out: until then they are named. */
export function written(found) {
  const all = { grant, impersonate, annotate, createKubernetesAccount, workloadIdentity, nodeMetadata, ownNetwork, reachMetadata, enable, createGoogleAccount, dropKey, widerScopes, exceptFromDeny };
  const steps = (list) => list.map((step) => ({ ...step, mends: step.mends.flatMap(({ how, given, ...mend }) => (how ? all[how](...given) : mend)) }));
  return { ...found, steps: steps(found.steps), ...(found.checks && { checks: steps(found.checks) }) };
}

function grant(resource, role, member) {
  const [kind, name] = cut(resource);
  const [command, block, field, value] = {
    buckets: [`gcloud storage buckets add-iam-policy-binding gs://${name}`, "google_storage_bucket_iam_member", "bucket", name],
    serviceAccounts: [`gcloud iam service-accounts add-iam-policy-binding ${name}`, "google_service_account_iam_member", "service_account_id", `projects/${home(name)}/serviceAccounts/${name}`],
    projects: [`gcloud projects add-iam-policy-binding ${name}`, "google_project_iam_member", "project", name],
  }[kind];
  const width = Math.max(field.length, 6);
  const lines = Object.entries({ [field]: value, role, member }).map(([key, text]) => `  ${key.padEnd(width)} = "${text}"`);
  return [
    made("gcloud", `${command} \\\n  --role="${role}" \\\n  --member="${member}"`),
    made("Terraform", [`resource "${block}" "pod" {`, ...lines, "}"].join("\n")),
  ];
}

const impersonate = (email, identity) => grant(`serviceAccounts/${email}`, "roles/iam.workloadIdentityUser", workloadMember(identity));

function annotate(namespace, name, email) {
  const key = "iam.gke.io/gcp-service-account";
  return [
    made("kubectl", `kubectl annotate serviceaccount ${name} \\\n  --namespace ${namespace} \\\n  ${key}=${email}`),
    made("YAML", `apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: ${name}\n  namespace: ${namespace}\n  annotations:\n    ${key}: ${email}`),
  ];
}

const createKubernetesAccount = (namespace, name) => [made("kubectl", `kubectl create serviceaccount ${name} --namespace ${namespace}`)];

function workloadIdentity(sandbox, cluster) {
  const { project, location } = sandbox.clusters[cluster];
  const pool = `${project}.svc.id.goog`;
  return [
    made("gcloud", `gcloud container clusters update ${cluster} --location=${location} \\\n  --workload-pool=${pool}`),
    ...nodeMetadata(sandbox, cluster),
    made("Terraform", `workload_identity_config {\n  workload_pool = "${pool}"\n}  # in google_container_cluster`),
  ];
}

const at = (sandbox, cluster) => `--cluster=${cluster} --location=${sandbox.clusters[cluster].location}`;
const nodeMetadata = (sandbox, cluster) => [made("gcloud", `gcloud container node-pools update default-pool ${at(sandbox, cluster)} \\\n  --workload-metadata=GKE_METADATA`)];
const ownNetwork = (pod) => [made("YAML", `# in the pod ${pod}\nspec:\n  hostNetwork: false`)];

function reachMetadata(namespace) {
  return [made("YAML", [
    "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: allow-metadata",
    `  namespace: ${namespace}\nspec:\n  podSelector: {}\n  policyTypes: [Egress]\n  egress:`,
    "  - to:\n    - ipBlock:\n        cidr: 169.254.169.252/32\n    ports:\n    - port: 988",
    "  - to:\n    - ipBlock:\n        cidr: 169.254.169.254/32  # GKE Dataplane V2\n    ports:\n    - port: 80",
  ].join("\n"))];
}

const enable = (email) => [made("gcloud", `gcloud iam service-accounts enable ${email}`)];
const createGoogleAccount = (email) => [made("gcloud", `gcloud iam service-accounts create ${cut(email, "@")[0]} --project=${home(email)}`)];
const dropKey = (pod) => [made("YAML", `# in the pod ${pod}: remove the key’s volume and\nenv:\n- name: GOOGLE_APPLICATION_CREDENTIALS  # this`)];
const widerScopes = (sandbox, cluster) => [made("gcloud", `gcloud container node-pools create wide ${at(sandbox, cluster)} \\\n  --scopes=cloud-platform`)];

function exceptFromDeny(resource, principal) {
  const [kind, name] = cut(resource);
  const point = `cloudresourcemanager.googleapis.com%2F${kind}%2F${name}`;
  return [
    made("gcloud", `gcloud iam policies list --attachment-point="${point}" --kind=denypolicies\ngcloud iam policies update POLICY --attachment-point="${point}" --kind=denypolicies --policy-file=deny.json`),
    made("JSON", `"exceptionPrincipals": ["${principal}"]`),
  ];
}

function home(email) {
  const [, domain] = cut(email, "@");
  return domain.endsWith(".iam.gserviceaccount.com") ? domain.slice(0, -".iam.gserviceaccount.com".length) : "-";
}
