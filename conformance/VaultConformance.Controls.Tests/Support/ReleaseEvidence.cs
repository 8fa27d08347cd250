using System.Text.Json.Nodes;
using VaultConformance.Controls.Suite;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Tls.Authority;
using VaultConformance.Judging.Objects;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Profiles;
using k8s.Models;

namespace VaultConformance.Controls.Tests.Support;

/// <summary>Everything observed of a release; compliant until a test changes it.</summary>
internal sealed class ReleaseEvidence
{
    /// <summary>The families whose evidence is complete here.</summary>
    public static IReadOnlyList<string> Families { get; } = [.. ControlCatalogue.BuiltIn.Controls.Select(control => control.Id.Family).Distinct()];

    /// <summary>A node for each server.</summary>
    public static IReadOnlyList<string> NodeNames { get; } = ["node", "node-2", "node-3"];

    public PodEvidence First { get; } = CompliantPod.Create("vault-0");

    /// <summary>The pod that tests spoil, so that each also proves that every pod is judged.</summary>
    public PodEvidence Second { get; } = CompliantPod.Create("vault-1", "node-2");

    /// <summary>A third server, so that two of them are a quorum.</summary>
    public PodEvidence Third { get; } = CompliantPod.Create("vault-2", "node-3");

    /// <summary>All servers.</summary>
    public IReadOnlyList<PodEvidence> Servers => [First, Second, Third];

    public V1Namespace Namespace { get; } = new() { Metadata = new V1ObjectMeta { Name = "vault", Annotations = new Dictionary<string, string>(), Labels = new Dictionary<string, string> { ["pod-security.kubernetes.io/enforce"] = "restricted" } } };

    public List<V1Pod> OtherPods { get; } = [];

    /// <summary>Declares the servers, and nothing about them that a test could contradict.</summary>
    public V1StatefulSet StatefulSet { get; } = new()
    {
        Metadata = new V1ObjectMeta { Name = "vault" },
        Spec = new V1StatefulSetSpec
        {
            Replicas = 3,
            ServiceName = "vault-internal",
            UpdateStrategy = new V1StatefulSetUpdateStrategy { Type = "OnDelete" },
            Selector = new V1LabelSelector { MatchLabels = ServerLabels() },
            Template = new V1PodTemplateSpec { Metadata = new V1ObjectMeta { Labels = ServerLabels() }, Spec = new V1PodSpec { Containers = [] } },
        },
    };

    public List<V1Deployment> Deployments { get; } = [];

    public List<V1DaemonSet> DaemonSets { get; } = [];

    public List<V1Job> Jobs { get; } = [];

    public List<V1RuntimeClass> RuntimeClasses { get; } = [];

    public string? ConfigMapText { get; set; } = CompliantPod.Config;

    public List<V1ConfigMap> OtherMaps { get; } = [];

    public List<SecretFacts> Secrets { get; } = [new("vault-tls", "kubernetes.io/tls", ["tls.crt", "tls.key"], Digest(CompliantTransport.Certificate), false)];

    public List<V1PersistentVolumeClaim> Claims { get; } =
    [
        .. new[] { "data-vault-0", "data-vault-1", "data-vault-2" }.Select(name => new V1PersistentVolumeClaim
        {
            Metadata = new V1ObjectMeta { Name = name },
            Spec = new V1PersistentVolumeClaimSpec { AccessModes = ["ReadWriteOnce"] },
            Status = new V1PersistentVolumeClaimStatus { Phase = "Bound" },
        }),
    ];

    public List<V1Service> Services { get; } = [.. CompliantTransport.Services()];

    public List<V1Ingress> Ingresses { get; } = [];

    public List<JsonObject> Routes { get; } = [];

    public List<V1IngressClass>? IngressClasses { get; set; } = [];

    public List<JsonObject>? Gateways { get; set; } = [];

    public List<PathEndpoint> Paths { get; } = [.. CompliantTransport.Paths(CompliantTransport.Certificate)];

    public TrustFacts? Trust { get; set; } = new([CompliantTransport.Authority.Anchor], ["vault-tls"]);

    /// <summary>What became of the values: one that the chart knows, with an effect, and a mode that is off beside it.</summary>
    public ValuesFacts? Values { get; set; } = new(
        [new ValueFacts("server.ha.enabled", "my-values.yaml", 2, ValueFacts.FromValues, false, null, false, 1, ["StatefulSet/vault: spec.replicas"], []),
        new ValueFacts("server.standalone.enabled", "my-values.yaml", 3, ValueFacts.FromValues, false, null, false, 0, [], []) { InForce = true }], []);

    /// <summary>What the servers' account may do: nothing but what every account may, and label its pods.</summary>
    public RbacFacts? Rights { get; set; } = new(RbacFacts.Review, "vault", [new AccountRights(
        "vault",
        [
            new ScopedRights(null, [new RightsRule(["authorization.k8s.io"], ["selfsubjectaccessreviews", "selfsubjectrulesreviews"], [], ["create"], []), new RightsRule([], [], [], ["get"], ["/api", "/version"])]),
            new ScopedRights("vault", [new RightsRule([""], ["pods"], [], ["get", "update", "patch"], [])]),
        ],
        [])]);

    /// <summary>How the server is configured: one auth method with a narrow role, one engine, short times.</summary>
    public VaultMounts? Mounts { get; set; } = CompliantApi.Mounts;

    public AuditFacts? Audit { get; set; } = CompliantApi.Audit;

    public PolicyFacts? Policies { get; set; } = CompliantApi.Policies;

    public TokenFacts? Tokens { get; set; } = CompliantApi.Tokens;

    /// <summary>Admission webhooks that call into the namespace.</summary>
    public List<WebhookFacts>? Webhooks { get; set; } = [];

    /// <summary>What shares the nodes with the servers: nothing, and others are kept off.</summary>
    public TenancyFacts? Tenancy { get; set; } = new(
        [.. NodeNames.Select(name => new TenancyNode(name, ["vault=only:NoSchedule"], new Dictionary<string, string> { ["kubernetes.io/hostname"] = name }, []))]);

    /// <summary>What the API server says about Pod Security: it judges as this program does, and the namespace enforces restricted.</summary>
    public Func<PodSecurityFacts, PodSecurityFacts?> PodSecurity { get; set; } = facts => facts;

    /// <summary>Members of the integrated storage.</summary>
    public RaftFacts? Raft { get; set; } = new([.. new[] { "vault-0", "vault-1", "vault-2" }.Select(name => Tests.Families.QuorumMutations.Peer(name))], true, 1, null);

    public List<V1PodDisruptionBudget>? Budgets { get; set; } = [Tests.Families.QuorumMutations.Budget("vault", "1", null)];

    /// <summary>Who may connect to the servers, and where they may connect to.</summary>
    public List<V1NetworkPolicy>? NetworkPolicies { get; set; } = [CompliantNetwork.Policy()];

    /// <summary>What was tried over the pod network.</summary>
    public NetworkFacts? Network { get; set; } = CompliantNetwork.Facts;

    /// <summary>The nodes of the cluster.</summary>
    public IReadOnlyList<string> Nodes { get; set; } = NodeNames;

    /// <summary>What was installed; null where no control asks for it.</summary>
    public ReleaseFacts? Facts { get; set; }

    /// <summary>Who may do what in the namespace.</summary>
    public AccessFacts? Access { get; set; } = new([new AccessGrant("Group/system:masters", "clusterrolebinding/cluster-admin", [new RightsRule(["*"], ["*"], [], ["*"], [])])], null);

    /// <summary>False where a deviation is that something beside the servers is not declared.</summary>
    public bool DeclaresOthers { get; set; } = true;

    /// <summary>False where a deviation is that the image of a container was not recorded.</summary>
    public bool FillsImages { get; set; } = true;

    /// <summary>False where a deviation is that a port of a server was not tried.</summary>
    public bool TriesEveryPort { get; set; } = true;

    public string ClusterKind { get; set; } = "existing";

    public string Kernel { get; set; } = "6.18.0";

    /// <summary>Places of keys before they were masked; null for evidence that does not tell.</summary>
    public List<string>? UnsealMaterial { get; set; } = [];

    /// <summary>Changes the objects as they were recorded.</summary>
    public Func<AdmittedObjects, AdmittedObjects> Admission { get; set; } = objects => objects;

    /// <summary>Changes what was found in the logs of all containers, which is nothing.</summary>
    public Func<ContainerLogsFacts, ContainerLogsFacts?> Logs { get; set; } = facts => facts;

    public SigtermFacts? Sigterm { get; set; } = new("vault-1", true, 0, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(15), "==> Vault shutdown triggered");

    public PodDeletionFacts? Deletion { get; set; } = new(
        "vault-1", true, 60, 0, TimeSpan.FromSeconds(6), "==> Vault shutdown triggered", [], "vault-0", TimeSpan.FromSeconds(7), true);

    public CrashCanaryFacts? Crash { get; set; } = new("vault-1-crash-canary", "core", ResourceLimit.Zero, 134, [], null);

    public Func<Profile, Profile> Profile { get; set; } = profile => profile;

    public FakeSource ToSource()
    {
        var source = new FakeSource();
        foreach (var server in Servers)
        {
            server.AddTo(source);
        }

        source.Set(ObservationKinds.Objects, Subjects.Release, Objects());
        source.Set(ObservationKinds.Cluster, Subjects.Cluster, new ClusterFacts(
            ClusterKind, SimulatedAdmission.ServerVersion, [.. Nodes.Select(name => new NodeFacts(name, "linux", Kernel, "containerd://2", "v1.34.1"))], new Dictionary<string, Capability>(), null, []));
        Add(source, ObservationKinds.Trust, Trust);
        Add(source, ObservationKinds.Values, Values);
        Add(source, ObservationKinds.Rbac, Rights);
        Add(source, ObservationKinds.VaultMounts, Mounts);
        Add(source, ObservationKinds.Audit, Audit);
        Add(source, ObservationKinds.Tokens, Tokens);
        Add(source, ObservationKinds.Policies, Policies);
        Add(source, ObservationKinds.Release, Facts);
        Add(source, ObservationKinds.PodSecurity, PodSecurity(SimulatedAdmission.Answer(Objects().Pods)));
        Add(source, ObservationKinds.Raft, Raft);
        Add(source, ObservationKinds.Network, TriesEveryPort ? Network?.WithPortsOf(Servers) : Network);
        Add(source, ObservationKinds.Tenancy, Tenancy);
        Add(source, ObservationKinds.Access, Access);
        Add(source, ObservationKinds.Paths, new PathFacts(Paths));
        Add(source, ObservationKinds.ContainerLogs, Logs(CleanLogs()));
        Add(source, ObservationKinds.Sigterm, Sigterm);
        Add(source, ObservationKinds.PodDeletion, Deletion);
        Add(source, ObservationKinds.CrashCanary, Crash);
        return source;
    }

    /// <summary>Replaces the certificate of the whole release: wire, file and Secret agree, only the certificate is another.</summary>
    public void Serve(ServerCertificate certificate)
    {
        foreach (var pod in Servers)
        {
            pod.Listeners = CompliantTransport.Listeners(certificate);
            pod.Reload = pod.Reload! with { Before = certificate.Fingerprint };
            pod.ChangeFile(CompliantTransport.CertificatePath, file => file with { FirstCertificateSha256 = certificate.Fingerprint });
        }

        Secrets[0] = Secrets[0] with { CertificateSha256 = Digest(certificate) };
        Paths.Clear();
        Paths.AddRange(CompliantTransport.Paths(certificate));
    }

    /// <summary>Writes it as a recorded evidence folder.</summary>
    public Task WriteAsync(string folder) => ToSource().WriteAsync(new EvidenceStore(folder));

    /// <summary>Judges the families whose evidence is complete, by the hardened profile.</summary>
    public IReadOnlyDictionary<string, ControlResult> Judge(Func<FakeSource, FakeSource>? change = null) =>
        DirectSuite.Judge(change?.Invoke(ToSource()) ?? ToSource(), Profile(Declare(Catalogue.Profile())))
            .Where(result => Families.Contains(result.Control.Id.Family)).ToDictionary(result => result.Control.Id.ToString());

    public AdmittedObjects Objects()
    {
        IReadOnlyList<V1ConfigMap> maps = ConfigMapText is { } text
            ? [new V1ConfigMap { Metadata = new V1ObjectMeta { Name = "vault-config" }, Data = new Dictionary<string, string> { ["extraconfig-from-values.hcl"] = text } }]
            : [];
        var objects = Admission(new AdmittedObjects(
            Namespace, [.. Servers.Select(server => server.Admitted), .. OtherPods], [StatefulSet], [.. Deployments], [.. DaemonSets], Services, [.. maps, .. OtherMaps], Secrets, [.. Claims], [], Ingresses, Routes, [], IngressClasses, Gateways, [])
        {
            UnsealMaterial = UnsealMaterial,
            ReplicaSets = [],
            ReplicationControllers = [],
            PodTemplates = [],
            Jobs = [.. Jobs],
            CronJobs = [],
            RuntimeClasses = [.. RuntimeClasses],
            Webhooks = Webhooks,
            DisruptionBudgets = Budgets,
            NetworkPolicies = NetworkPolicies,
        });
        return FillsImages ? objects.WithImages() : objects;
    }

    // What a deviation adds for the sake of another control is declared.
    private Profile Declare(Profile profile) => profile with
    {
        Parameters = profile.Parameters with
        {
            DeclaredWorkloads = DeclaresOthers ? [.. Tenants.ListUndeclared(Objects(), []).Select(tenant => tenant.Subject), .. (Webhooks ?? []).Select(webhook => webhook.Configuration)] : [],
        },
    };

    private ContainerLogsFacts CleanLogs()
    {
        IReadOnlyList<ContainerLogFacts> logs =
        [
            .. Objects().Pods.SelectMany(pod => (pod.Spec.InitContainers ?? []).Concat(pod.Spec.Containers ?? []).Select(container => container.Name)
                .Concat((pod.Spec.EphemeralContainers ?? []).Select(container => container.Name))
                .Select(name => new ContainerLogFacts(pod.Metadata.Name, name, 0, 100, false, [], null))),
        ];
        return new ContainerLogsFacts(4 * 1024 * 1024, logs.Count, logs);
    }

    private static Dictionary<string, string> ServerLabels() => new() { ["component"] = "server", ["app.kubernetes.io/instance"] = "vault" };

    private static Dictionary<string, string> Digest(ServerCertificate certificate) => new() { ["tls.crt"] = certificate.Fingerprint };

    private static void Add<T>(FakeSource source, ObservationKind<T> kind, T? fact)
        where T : class
    {
        if (fact is not null)
        {
            source.Set(kind, Subjects.Release, fact);
        }
    }
}
