"""The other system of the same name: what a pod may do with the Kubernetes API, by the cluster’s roles and bindings.

IAM is not asked here for a Kubernetes account, and RBAC is not asked for a bucket. Rules only add; there is no deny.
Source: kubernetes.io/docs/reference/access-authn-authz/rbac.
"""

from __future__ import annotations

from typing import Any

from app.algorithms.iam.credentials import Step, account_of, step
from app.algorithms.iam.mends import Mend
from app.algorithms.iam.sandbox import ClusterRole, Pod, RoleBinding, Rule, Sandbox, namespaced, pod_named


def can(
    sandbox: Sandbox, name: str, verb: str, resource: str, namespace: str | None = None, group: str = ""
) -> dict[str, Any]:
    """May the pod, with the token that is mounted in it, do this in that namespace (its own, if not given)?

    `resource` may name a subresource, “serviceaccounts/token”; `group` is its API group, “” for the first one. The
    answer is a verdict as of `verdict.may`: answer, identity, steps, failing. Raises ValueError for no such pod.
    """
    pod = pod_named(sandbox, name)
    where = namespace or namespaced(name)[0]
    account = account_of(name, pod)
    steps = [_token(name, pod, account)]
    if steps[0]["holds"]:
        steps.append(_bound(sandbox, pod, account, (verb, resource, where, group)))
    failing = next((each["id"] for each in steps if not each["holds"]), None)
    answer = "denied" if failing else "allowed"
    return {"answer": answer, "identity": user(account), "steps": steps, "failing": failing}


def granted(
    sandbox: Sandbox, cluster: str, account: str, verb: str, resource: str, where: str, group: str = ""
) -> str | None:
    """The name of the first binding that lets a Kubernetes account do it; None if none does."""
    rbac = sandbox["clusters"][cluster]["rbac"]
    for binding in rbac["bindings"]:
        everywhere = binding["kind"] == "ClusterRoleBinding"
        if not everywhere and binding.get("namespace") != where:
            continue
        if not any(_means(subject, account, binding) for subject in binding["subjects"]):
            continue
        role = _role(rbac["roles"], binding)
        if role and any(_covers(rule, verb, resource, group) for rule in role["rules"]):
            return f"{binding['kind']} {binding['name']}"
    return None


def user(account: str) -> str:
    """The name under which a Kubernetes account asks."""
    return "system:serviceaccount:" + account.replace("/", ":")


def _token(name: str, pod: Pod, account: str) -> Step:
    sought = f"Does the pod hold a token of {account}?"
    if pod["automount"]:
        return step("token", sought, True, f"It is mounted; the API server sees {user(account)}.")
    mend: list[Mend] = [{"tool": "YAML", "text": f"# in the pod {name}\nspec:\n  automountServiceAccountToken: true"}]
    found = "automountServiceAccountToken is false: it asks as system:anonymous."
    return step("token", sought, False, found, "a mounted token", mend)


def _bound(sandbox: Sandbox, pod: Pod, account: str, asked: tuple[str, str, str, str]) -> Step:
    verb, resource, where, group = asked
    sought = f"Does a role binding let {account} {verb} {resource} in {where}?"
    if binding := granted(sandbox, pod["cluster"], account, verb, resource, where, group):
        return step("rbac", sought, True, f"{binding} does.")
    name = f"{namespaced(account)[1]}-{resource.replace('/', '-')}"
    kind = f"{resource}.{group}" if group else resource
    mend: list[Mend] = [
        {
            "tool": "kubectl",
            "text": f"kubectl create role {name} --namespace {where} --verb={verb} --resource={kind}\n"
            f"kubectl create rolebinding {name} --namespace {where} --role={name} \\\n"
            f"  --serviceaccount={account.replace('/', ':')}",
        }
    ]
    return step("rbac", sought, False, "None does. Google’s IAM roles do not count here.", f"a role for {verb}", mend)


def _means(subject: dict[str, str], account: str, binding: RoleBinding) -> bool:
    namespace, name = namespaced(account)
    if subject["kind"] == "ServiceAccount":
        return (subject.get("namespace", binding.get("namespace")), subject["name"]) == (namespace, name)
    if subject["kind"] == "User":
        return subject["name"] == user(account)
    groups = ("system:serviceaccounts", f"system:serviceaccounts:{namespace}", "system:authenticated")
    return subject["name"] in groups


def _role(roles: list[ClusterRole], binding: RoleBinding) -> ClusterRole | None:
    """A Role is looked for in the binding’s own namespace."""
    kind, name = binding["role"]["kind"], binding["role"]["name"]
    fitting = (role for role in roles if (role["kind"], role["name"]) == (kind, name))
    return next(
        (role for role in fitting if kind == "ClusterRole" or role.get("namespace") == binding.get("namespace")), None
    )


def _covers(rule: Rule, verb: str, resource: str, group: str) -> bool:
    """A rule for named objects does not cover the question, which names none; a subresource is not its resource."""
    if rule.get("resourceNames"):
        return False
    subresource = "*/" + resource.partition("/")[2]
    resources = (resource, "*", subresource) if "/" in resource else (resource, "*")
    return (
        any(each in rule["verbs"] for each in (verb, "*"))
        and any(each in rule["apiGroups"] for each in (group, "*"))
        and any(each in rule["resources"] for each in resources)
    )
