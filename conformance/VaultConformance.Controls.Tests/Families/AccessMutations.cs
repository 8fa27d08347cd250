using VaultConformance.Controls.Tests.Support;
using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Model;
using static VaultConformance.Controls.Tests.Families.Mutation;

namespace VaultConformance.Controls.Tests.Families;

/// <summary>Deviations that the control on access to the pods and on Secrets at rest has to notice.</summary>
internal static class AccessMutations
{
    public static IEnumerable<Mutation> All =>
    [
        Grant("somebody who may exec", "User/alice (pods/exec by rolebinding/b)", "User/alice", "", "pods/exec", "create"),
        Grant("somebody who may exec with GET", "User/alice (pods/exec", "User/alice", "", "pods/exec", "get"),
        Grant("somebody who may use every subresource", "pods/exec, pods/attach, pods/portforward, pods/ephemeralcontainers", "User/alice", "", "*/exec,*/attach,*/portforward,*/ephemeralcontainers", "*"),
        Grant("a group with all rights", "Group/admins (everything by rolebinding/b)", "Group/admins", "*", "*", "*"),
        Grant("everybody who reads Secrets", "Group/system:authenticated (secrets", "Group/system:authenticated", "", "secrets", "list"),
        Grant("all accounts of the namespace", "Group/system:serviceaccounts:vault", "Group/system:serviceaccounts:vault", "", "secrets", "get"),
        Grant("a deployer", "ServiceAccount/cd/argo (statefulsets", "ServiceAccount/cd/argo", "apps", "statefulsets", "patch"),
        Grant("somebody who may act as others", "User/alice (users", "User/alice", "", "users", "impersonate"),
        Grant("somebody who may hand out rights", "User/alice (roles", "User/alice", "rbac.authorization.k8s.io", "roles", "escalate"),
        Grant("somebody who may make tokens", "User/alice (serviceaccounts/token", "User/alice", "", "serviceaccounts/token", "create"),
        Grant("somebody who may give a pod another image", "User/alice (pods by", "User/alice", "", "pods", "patch"),
        Grant("somebody who may change what admission does", "User/alice (mutatingwebhookconfigurations", "User/alice", "admissionregistration.k8s.io", "mutatingwebhookconfigurations", "update"),
        Grant("somebody who may sign certificates", "User/alice (signers", "User/alice", "certificates.k8s.io", "signers", "approve"),
        Grant("somebody who may change kinds of a controller that starts pods", "User/alice (workflows.argoproj.io", "User/alice", "argoproj.io", "workflows", "create", Outcome.Inconclusive),
        Grant("a group of kinds that is not named", "User/alice (widgets.*", "User/alice", "*", "widgets", "*", Outcome.Inconclusive),
        Grant("a controller that writes the status of its kinds", "", "User/alice", "argoproj.io", "workflows/status,workflows/finalizers", "update", Outcome.Passed),
        Grant("somebody who reads kinds of a controller", "", "User/alice", "argoproj.io", "workflows", "get,list,watch", Outcome.Passed),
        Grant("the servers, which label their pods", "", "ServiceAccount/vault/vault", "", "pods", "get,update,patch", Outcome.Passed),
        Grant("an account of the same name elsewhere", "ServiceAccount/shop/vault (pods", "ServiceAccount/shop/vault", "", "pods", "patch"),
        Grant("somebody who only reads pods", "", "User/alice", "", "pods", "get,list,watch", Outcome.Passed),
        Grant("a resource of the same name in another group", "", "User/alice", "example.com", "secrets", "get", Outcome.Passed),
        Grant("a controller of the cluster", "", "ServiceAccount/kube-system/job-controller", "", "pods", "create", Outcome.Passed),
        Grant("the controllers of the cluster as a group", "", "Group/system:serviceaccounts:kube-system", "", "pods", "create", Outcome.Passed),
        Grant("another account that may change pods", "ServiceAccount/vault/other (pods by", "ServiceAccount/vault/other", "", "pods", "patch"),
        Release("K8S-6", "somebody who may exec and is declared", "", release =>
        {
            Add(release, "User/alice", "", "pods/exec", "create");
            release.Profile = profile => profile with { Parameters = profile.Parameters with { DeclaredAccess = ["User/alice"] } };
        }, Outcome.Passed),
        Release("K8S-6", "another authorizer", "webhook authorizer", release => release.Access = release.Access! with { OtherAuthorizers = "webhook authorizer" }, Outcome.Inconclusive),
        Release("K8S-6", "who may do what was not recorded", "'access'", release => release.Access = null, Outcome.Inconclusive),
        Release("K8S-6", "no attestation that Secrets are encrypted", "secretsEncryptionAttestation", release => release.Profile = profile => profile with { Parameters = profile.Parameters with { SecretsEncryptionAttestation = null } }, Outcome.Inconclusive),
    ];

    private static Mutation Grant(string deviation, string reason, string subject, string group, string resources, string verbs, Outcome outcome = Outcome.Failed) =>
        Release("K8S-6", deviation, reason, release => Add(release, subject, group, resources, verbs), outcome);

    private static void Add(ReleaseEvidence release, string subject, string group, string resources, string verbs) => release.Access = release.Access! with
    {
        Grants = [.. release.Access.Grants, new AccessGrant(subject, "rolebinding/b", [new RightsRule([group], resources.Split(','), [], verbs.Split(','), [])])],
    };
}
