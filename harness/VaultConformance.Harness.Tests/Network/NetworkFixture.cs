using VaultConformance.Harness.Pods;
using VaultConformance.Harness.Probes;
using VaultConformance.Harness.Probes.Network;
using VaultConformance.Harness.Secrets;
using VaultConformance.Harness.Tls;
using VaultConformance.Harness.Tls.Authority;
using k8s;

namespace VaultConformance.Harness.Tests.Network;

/// <summary>What network probes are made of in tests.</summary>
internal static class NetworkFixture
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    public static TlsProber Prober { get; } = TlsProber.Create(Limit, TimeProvider.System);

    public static ProbeContext Context(FakeObservations source, IKubernetes? client = null, IPodExecutor? executor = null) => new(
        client!, "secrets", "existing", [], executor!, () => source, new SecretRedactor(), TimeProvider.System, CancellationToken.None);

    public static NetworkServices Services(
        INetworkVantage relay,
        INetworkVantage? outside = null,
        Func<string, int, CancellationToken, Task<Stream>>? portForward = null,
        Func<ServerCertificate>? issue = null) => new(
        Prober,
        new PlaintextProber(Limit, TimeProvider.System),
        relay,
        outside ?? new LocalVantage(),
        portForward ?? ((_, _, _) => throw new PortForwardException("not forwarded")),
        issue);
}
