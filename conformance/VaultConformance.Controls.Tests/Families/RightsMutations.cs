using VaultConformance.Controls.Tests.Support;
using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Model;
using static VaultConformance.Controls.Tests.Families.Mutation;

namespace VaultConformance.Controls.Tests.Families;

/// <summary>Deviations that the control on the rights of the servers' ServiceAccount has to notice.</summary>
internal static class RightsMutations
{
    private const string Home = "vault";

    private static readonly RightsRule TokenReviews = Rule("authentication.k8s.io", "tokenreviews", "create");

    public static IEnumerable<Mutation> All =>
    [
        Rights("everything", "do anything with everything in the whole cluster", null, Rule("*", "*", "*")),
        Rights("Secrets of its namespace", "get, list secrets in namespace vault", Home, Rule("", "secrets", "get", "list")),
        Rights("one Secret of another namespace", "get secrets (ca) in namespace shop", "shop", Rule("", "secrets", "get") with { ResourceNames = ["ca"] }),
        Rights("commands in pods", "create pods/exec in namespace vault", Home, Rule("", "pods/exec", "create")),
        Rights("other identities", "bind, escalate clusterroles.rbac.authorization.k8s.io in the whole cluster", null, Rule("rbac.authorization.k8s.io", "clusterroles", "bind", "escalate")),
        Rights("other users", "impersonate users in the whole cluster", null, Rule("", "users", "impersonate")),
        Rights("pods of the whole cluster", "get pods in the whole cluster", null, Rule("", "pods", "get")),
        Rights("pods of another namespace", "patch pods in namespace shop", "shop", Rule("", "pods", "patch")),
        Rights("deletion of its pods", "delete pods in namespace vault", Home, Rule("", "pods", "delete")),
        Rights("a further path of the API server", "get /metrics in the whole cluster", null, new RightsRule([], [], [], ["get"], ["/metrics"])),
        Rights("a known path with another verb", "post /version in the whole cluster", null, new RightsRule([], [], [], ["post"], ["/version"])),
        Rights("checks of tokens", "does not declare the Kubernetes auth method", null, TokenReviews),
        Release("K8S-4", "checks of tokens where the profile declares the auth method", "", release =>
        {
            Add(release, null, TokenReviews);
            Add(release, null, Rule("authorization.k8s.io", "subjectaccessreviews", "create"));
            Declare(release);
        }, Outcome.Passed),
        Release("K8S-4", "the auth method is declared, and there is more than it needs", "create localsubjectaccessreviews.authorization.k8s.io", release =>
        {
            Add(release, null, Rule("authorization.k8s.io", "localsubjectaccessreviews", "create"));
            Declare(release);
        }),
        Rights("what the chart's role has beyond what is needed", "", Home, Rule("", "pods", "watch", "list"), Outcome.Passed),
        Release("K8S-4", "the API server does not know all rights", "webhook", release => Change(release, account => account with { Gaps = ["rights in namespace vault: webhook"] }), Outcome.Inconclusive),
        Release("K8S-4", "the account was not reviewed", "ServiceAccount 'vault' may do was not recorded", release => Change(release, account => account with { Account = "other" }), Outcome.Inconclusive),
        Release("K8S-4", "nobody found out", "not set", release => release.Rights = null, Outcome.Inconclusive),
    ];

    private static Mutation Rights(string deviation, string reason, string? scope, RightsRule rule, Outcome outcome = Outcome.Failed) =>
        Release("K8S-4", deviation, reason, release => Add(release, scope, rule), outcome);

    private static RightsRule Rule(string api, string resource, params string[] verbs) => new([api], [resource], [], verbs, []);

    private static void Declare(ReleaseEvidence release) =>
        release.Profile = profile => profile with { Parameters = profile.Parameters with { KubernetesAuth = true } };

    private static void Add(ReleaseEvidence release, string? scope, RightsRule rule) =>
        Change(release, account => account with { Scopes = [.. account.Scopes, new ScopedRights(scope, [rule])] });

    private static void Change(ReleaseEvidence release, Func<AccountRights, AccountRights> change) =>
        release.Rights = release.Rights! with { Accounts = [.. release.Rights.Accounts.Select(change)] };
}
