using System.Text.Json.Nodes;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Products;
using VaultConformance.Judging.Subjects;
using VaultConformance.Reporting.Model;
using k8s.Models;

namespace VaultConformance.Judging.TransportSecurity;

/// <summary>Whether configuration, environment, ports and probes all speak of TLS.</summary>
public static class TlsCoherence
{
    private static readonly string[] AddressSettings = ["api_addr", "redirect_addr", "cluster_addr"];
    private static readonly IReadOnlyList<string> Addresses = ServerProduct.ListVariables("ADDR", "API_ADDR", "CLUSTER_ADDR");

    /// <summary>Every loaded listener has TLS on, with certificate and key.</summary>
    /// <param name="listeners">The listeners.</param>
    public static IEnumerable<Judgement> JudgeListeners(IReadOnlyList<LoadedListener> listeners)
    {
        if (listeners.Count == 0)
        {
            yield return Judgement.Unknown("loaded listeners", "at least one", "the server reports none");
        }

        foreach (var listener in listeners)
        {
            yield return Judgement.Of(
                $"TLS of listener {listener.Address}", !listener.TlsDisabled, "on", listener.TlsDisabled ? "off (tls_disable)" : "on")
                .SayingFirst($"TLS is off for listener {listener.Address}.", FailureCause.TlsOff);
            if (!listener.TlsDisabled)
            {
                var missing = new[] { ("tls_cert_file", listener.CertificateFile), ("tls_key_file", listener.KeyFile) }
                    .Where(file => file.Item2 is null)
                    .Select(file => file.Item1);
                yield return Judgement.None($"settings that listener {listener.Address} lacks", missing)
                    .Saying(found => $"Listener {listener.Address} lacks {found}.");
            }
        }
    }

    /// <summary>No listener believes what a header says of a client certificate.</summary>
    /// <param name="listener">The listener.</param>
    internal static Judgement JudgeHeader(LoadedListener listener) => Judgement.Of(
        $"x_forwarded_for_client_cert_header of listener {listener.Address}",
        listener.ForwardedCertificateHeader is null,
        "not set, else whoever sends it poses as a client certificate",
        listener.ForwardedCertificateHeader ?? "not set")
        .Saying(header => $"Listener {listener.Address} takes client certificates from the header {header}, which anyone can send.");

    /// <summary>What the pod declares agrees with that.</summary>
    /// <param name="container">The server container.</param>
    public static IEnumerable<Judgement> JudgeDeclared(V1Container container)
    {
        var plain = (container.Env ?? [])
            .Where(variable =>
                Addresses.Contains(variable.Name) && variable.Value?.StartsWith("http://", StringComparison.OrdinalIgnoreCase) == true)
            .Select(variable => $"{variable.Name}={variable.Value}");
        yield return Judgement.None("addresses in the environment that are not https", plain)
            .Saying(found => $"Addresses in the environment do not use https: {found}.", FailureCause.TlsOff);
        var ports = (container.Ports ?? [])
            .Where(port => port.Name is "http" or "http-internal" or "http-rep")
            .Select(port => $"{port.Name} ({port.ContainerPort})");
        yield return Judgement.None("container ports that are named after plaintext", ports)
            .Saying(found => $"Container ports are named for plain HTTP: {found}.", FailureCause.TlsOff);
        var probes = new[] { container.LivenessProbe, container.ReadinessProbe, container.StartupProbe }
            .Where(probe =>
                probe?.HttpGet is { Path: var path, Scheme: not "HTTPS" } && path?.StartsWith("/v1/sys/", StringComparison.Ordinal) == true)
            .Select(probe => probe!.HttpGet.Path);
        yield return Judgement.None("probes that ask the server in plaintext", probes)
            .Saying(found => $"Probes call the server in plain HTTP: {found}.", FailureCause.TlsOff);
    }

    /// <summary>The process may have addresses from elsewhere than the pod's own variables.</summary>
    /// <param name="environment">Environment of the server.</param>
    public static IEnumerable<Judgement> JudgeEnvironment(EffectiveEnvironment environment)
    {
        const string Fact = "addresses in the environment of the process that are not https";
        var variables =
            Addresses.Select(name => (name, Variable: environment.Find(name))).Where(item => item.Variable.Present == true).ToList();
        yield return Judgement.None(
            Fact, variables.Where(item => IsPlain(item.Variable.Value)).Select(item => $"{item.name}={item.Variable.Value}"))
            .Saying(found => $"Addresses in the environment of the process do not use https: {found}.", FailureCause.TlsOff);
        foreach (var (name, _) in variables.Where(item => item.Variable.Value is null))
        {
            yield return Judgement.Unknown(Fact, "none", $"{name} is set, but its value is not known");
        }
    }

    /// <summary>Clients are redirected to the addresses that the configuration names.</summary>
    /// <param name="loaded">What the server reports to have loaded; null when it does not.</param>
    /// <param name="configurations">The files that it was started with.</param>
    public static Judgement JudgeAddresses(JsonObject? loaded, IEnumerable<ServerConfiguration> configurations)
    {
        var reported = AddressSettings.Select(name => (name, Text: loaded?[name]?.ToString()));
        var written = configurations.SelectMany(
            configuration => AddressSettings.Select(name => (name, Text: configuration.Document.Root.FindValue(name)?.AsText())));
        return Judgement.None(
            "addresses in the configuration that are not https",
            reported.Concat(written).Where(item => IsPlain(item.Text)).Select(item => $"{item.name} = {item.Text}").Distinct())
            .Saying(found => $"Addresses in the configuration do not use https: {found}.", FailureCause.TlsOff);
    }

    private static bool IsPlain(string? address) => address?.StartsWith("http://", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>Ports of Services are named after what is spoken there.</summary>
    /// <param name="service">A Service that leads to server pods.</param>
    public static Judgement JudgeService(V1Service service) => Judgement.None(
        "ports that are named after plaintext",
        (service.Spec.Ports ?? []).Where(port => port.Name is "http" or "http-internal").Select(port => $"{port.Name} ({port.Port})"))
        .SayingOfSubject("names ports for plain HTTP", "name ports for plain HTTP", FailureCause.TlsOff);

    /// <summary>
    /// Ports that answered and have no socket among those that were seen; over the pod network none on the loopback interface can have
    /// answered.
    /// </summary>
    /// <param name="sockets">The pod's own sockets.</param>
    /// <param name="listeners">What was checked.</param>
    public static IReadOnlyList<int> ListUnseen(IReadOnlyList<ListeningSocket> sockets, ListenerFacts listeners) =>
    [
        .. listeners.Endpoints.Where(endpoint =>
            !sockets.Any(socket => socket.Port == endpoint.Port && !(socket.LoopbackOnly && endpoint.Route == NetworkRoute.PodNetwork)))
            .Select(endpoint => endpoint.Port).Distinct().Order(),
    ];

    /// <summary>No port that listens was left out.</summary>
    /// <param name="sockets">The pod's own sockets.</param>
    /// <param name="listeners">What was checked.</param>
    public static Judgement JudgeCompleteness(IReadOnlyList<ListeningSocket> sockets, ListenerFacts listeners)
    {
        var missing = sockets.Where(socket => !socket.LoopbackOnly)
            .Select(socket => socket.Port)
            .Distinct()
            .Except(listeners.Endpoints.Select(endpoint => endpoint.Port))
            .Order()
            .ToList();
        const string Fact = "listening ports that were not checked";
        var unseen = ListUnseen(sockets, listeners);
        if (unseen.Count > 0)
        {
            return Judgement.Unknown(
                Fact,
                "none",
                $"the sockets that were seen are not all there are: port {string.Join(", ", unseen)} answered and is not among them");
        }

        return missing.Count == 0 && listeners.Endpoints.Count > 0
            ? Judgement.Of(Fact, true, "none", "none")
            : Judgement.Unknown(Fact, "none", missing.Count > 0 ? string.Join(", ", missing) : "no port was checked");
    }
}
