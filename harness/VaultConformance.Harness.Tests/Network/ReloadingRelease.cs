using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Pods;
using VaultConformance.Harness.Probes.Network;
using VaultConformance.Harness.Tests.Pods;
using VaultConformance.Harness.Tests.Tls;
using VaultConformance.Harness.Tls.Authority;

namespace VaultConformance.Harness.Tests.Network;

/// <summary>How an imagined release behaves when its certificate is replaced.</summary>
internal sealed record ReloadBehaviour
{
    public string? SubPath { get; init; }

    public bool MountUpdates { get; init; } = true;

    public bool Ours { get; init; } = true;

    public long StartTime { get; init; } = 1234;
}

/// <summary>Two pods whose servers serve what is mounted, from SIGHUP on; an API server that takes patches.</summary>
internal sealed class ReloadingRelease : IPodExecutor, IAsyncDisposable
{
    private const string CertificatePath = "/vault/tls/tls.crt";
    private static readonly string[] PodNames = ["vault-0", "vault-1"];

    private readonly ReloadBehaviour _behaviour;
    private readonly TestCertificateAuthority _authority = new(TimeProvider.System);
    private readonly CertificateNames _names = CertificateNames.CreateForRelease("vault", "secrets", replicas: 2);
    private readonly FakeObservations _source = new();
    private readonly TestServer _listener;
    private readonly Dictionary<string, byte[]> _secret;
    private string _served;
    private FakeApiServer? _api;
    private CertificateReloadProbe? _probe;

    private ReloadingRelease(ReloadBehaviour behaviour)
    {
        _behaviour = behaviour;
        First = _authority.Issue(CertificateRecipe.Good, _names);
        _served = First.CertificateChain + First.PrivateKey;
        _secret = new() { ["tls.crt"] = Bytes(First.CertificateChain), ["tls.key"] = Bytes(First.PrivateKey), ["ca.crt"] = Bytes(First.Authority) };
        _listener = new TestServer(async (socket, cancellationToken) =>
        {
            using var certificate = X509Certificate2.CreateFromPem(_served, _served);
            await using var stream = new SslStream(new NetworkStream(socket));
            await stream.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate, EnabledSslProtocols = SslProtocols.Tls13 }, cancellationToken);
        });
    }

    public ServerCertificate First { get; }

    public List<JsonObject> Patches { get; } = [];

    public List<string> Annotated { get; } = [];

    public List<string> HungUp { get; } = [];

    public IReadOnlyList<(string Kind, string Subject)> AskedBeforePatch { get; private set; } = [];

    public static async Task<ReloadingRelease> StartAsync(ReloadBehaviour behaviour)
    {
        var release = new ReloadingRelease(behaviour);
        release.Describe();
        release._api = await FakeApiServer.StartAsync(release.Map);
        var relay = new LocalVantage().Lead("10.42.0.0", 8200, release._listener.ConnectAsync).Lead("10.42.0.1", 8200, release._listener.ConnectAsync);
        var services = NetworkFixture.Services(relay, issue: behaviour.Ours ? () => release._authority.Issue(CertificateRecipe.Good, release._names) : null);
        release._probe = new CertificateReloadProbe(NetworkFixture.Context(release._source, release._api.Client, release), services);
        return release;
    }

    public Task<CertificateReloadFacts> TakeAsync(string subject, CancellationToken cancellationToken) => _probe!.TakeAsync(subject, cancellationToken);

    public Task<ExecResult> ExecuteAsync(ExecRequest request, CancellationToken cancellationToken)
    {
        var script = Encoding.UTF8.GetString(request.Input.Span);
        var output = string.Empty;
        if (request.Command.SequenceEqual(["cat", CertificatePath]))
        {
            output = _behaviour.MountUpdates ? Encoding.UTF8.GetString(_secret["tls.crt"]) : First.CertificateChain;
        }
        else if (script.Contains("kill -HUP 9", StringComparison.Ordinal))
        {
            HungUp.Add(request.Target.Pod);
            _served = Encoding.UTF8.GetString(_secret["tls.crt"]) + Encoding.UTF8.GetString(_secret["tls.key"]);
        }
        else
        {
            output = $"9 (vault :) x) S 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 {_behaviour.StartTime} 20 21\n";
        }

        return Task.FromResult(new ExecResult(request.Target, 0, Bytes(output), default));
    }

    public async ValueTask DisposeAsync()
    {
        await _listener.DisposeAsync();
        _authority.Dispose();
        if (_api is not null)
        {
            await _api.DisposeAsync();
        }
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private void Describe()
    {
        var pods = PodNames.Select((_, ordinal) => TestRelease.Pod(ordinal)).ToArray();
        foreach (var pod in pods)
        {
            var subject = Subjects.FromPod(pod.Metadata.Name);
            pod.Spec.Containers[0].VolumeMounts = [new V1VolumeMount { Name = "tls", MountPath = "/vault/tls", SubPath = _behaviour.SubPath }];
            _source
                .Set(ObservationKinds.Files, subject, new FileFacts([new FileEntry(CertificatePath, "tls-certificate", true, 0, 0, "440", false, false, null)], [], new CommandOutcome(0, "Vault"), []))
                .Set(ObservationKinds.Processes, subject, TestRelease.Processes(9, startTime: 1234))
                .Set(ObservationKinds.Listeners, subject, TestRelease.Listeners(First));
        }

        _source
            .Set(ObservationKinds.Objects, Subjects.Release, TestRelease.Objects(pods))
            .Set(ObservationKinds.Trust, Subjects.Release, new TrustFacts([_authority.Anchor], ["vault-tls"]));
    }

    private void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/namespaces/secrets/secrets/vault-tls", () => Json(new V1Secret { Data = _secret }));
        routes.MapPatch("/api/v1/namespaces/secrets/secrets/vault-tls", (HttpRequest request) => PatchSecretAsync(request));
        routes.MapGet("/api/v1/namespaces/secrets/pods/{pod}", () => Json(TestRelease.Pod(0)));
        routes.MapPatch("/api/v1/namespaces/secrets/pods/{pod}", (string pod) =>
        {
            lock (Annotated)
            {
                Annotated.Add(pod);
            }

            return Json(TestRelease.Pod(0));
        });
        routes.MapGet("/api/v1/namespaces/secrets/pods/{pod}/log", () => Results.Text("old line\n==> Vault reload triggered\nnew line\n"));
    }

    private async Task<IResult> PatchSecretAsync(HttpRequest request)
    {
        var data = (await JsonNode.ParseAsync(request.Body))!["data"]!.AsObject();
        AskedBeforePatch = _source.Asked;
        Patches.Add(data);
        foreach (var (key, value) in data)
        {
            _secret[key] = Convert.FromBase64String(value!.GetValue<string>());
        }

        return Json(new V1Secret { Data = _secret });
    }

    private static IResult Json(object value) => Results.Content(KubernetesJson.Serialize(value), "application/json");
}
