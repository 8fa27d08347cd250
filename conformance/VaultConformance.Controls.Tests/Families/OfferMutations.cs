using VaultConformance.Controls.Tests.Support;
using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Model;
using static VaultConformance.Controls.Tests.Families.Mutation;

namespace VaultConformance.Controls.Tests.Families;

/// <summary>What a refusal proves, and what it does not.</summary>
internal static class OfferMutations
{
    private const string Failure = "handshake_failure(40)";
    private static readonly OfferScope Whole = new(352, true, ["", "vault.vault.svc"]);
    private static readonly OfferScope Part = Whole with { Complete = false };

    public static IReadOnlyList<Mutation> All =>
    [
        Old("handshake_failure after every suite", Failure, Whole, "", Outcome.Passed),
        Old("a close after every suite", null, Whole, "", Outcome.Passed),
        Old("handshake_failure after some suites", Failure, Part, "Not every offer was refused in a way that means a refusal"),
        Old("handshake_failure, suites not recorded", Failure, null, "It was not recorded whether every cipher suite had been offered"),
        Old("a close, suites not recorded", null, null, "It was not recorded whether every cipher suite had been offered"),
        Old("an alert that says that something went wrong", "internal_error(80)", Whole, "something went wrong"),
        Old("an alert about the name", "unrecognized_name(112)", Whole, "something went wrong"),
        Pod("TLS-2", "an old version that was not offered", "TLS 1.1 on port 8200: it was not offered", pod => pod.ChangeEndpoint(PortPurpose.Api, endpoint => endpoint with
        {
            Handshakes = [.. endpoint.Handshakes.Where(handshake => handshake.Offered != TlsVersion.Tls11)],
        }), Outcome.Inconclusive),
        Pod("TLS-2", "a family of suites that was not offered", "EXPORT suites on port 8200: they were not offered", pod => pod.ChangeEndpoint(PortPurpose.Api, endpoint => endpoint with
        {
            WeakSuites = [.. endpoint.WeakSuites.Where(offer => offer.Family != "EXPORT")],
        }), Outcome.Inconclusive),
        Pod("TLS-2", "suites refused after all were offered", "", pod => Weak(pod, Failure, Whole), Outcome.Passed),
        Pod("TLS-2", "suites refused, but not recorded which", "NULL suites on port 8200", pod => Weak(pod, Failure, null), Outcome.Inconclusive),
        Pod("TLS-2", "cluster port that turns every stranger away", "", pod => pod.ChangeEndpoint(PortPurpose.Cluster, endpoint => endpoint with
        {
            Handshakes = [.. endpoint.Handshakes.Select(handshake => Refusal(handshake.Offered, "internal_error(80)", null))],
        }), Outcome.Passed),
        Pod("TLS-2", "cluster port that accepts newer versions of strangers", "TLS 1.0 on port 8201", pod => pod.ChangeEndpoint(PortPurpose.Cluster, endpoint => endpoint with
        {
            Handshakes = [.. endpoint.Handshakes.Select(handshake => handshake.Offered >= TlsVersion.Tls12
                ? CompliantTransport.Accept(handshake.Offered, CompliantTransport.Certificate) : Refusal(handshake.Offered, "internal_error(80)", null))],
        }), Outcome.Inconclusive, also: ["TLS-7"]),
        Asking("a cluster port that asks for a certificate and may not insist", null, "whether it insists on one was not seen", Outcome.Inconclusive),
        Asking("a cluster port that insists on a certificate", "certificate_required(116)", "", Outcome.Passed),
    ];

    private static Mutation Old(string deviation, string? alert, OfferScope? scope, string reason, Outcome outcome = Outcome.Inconclusive) => Pod(
        "TLS-2", deviation, reason, pod => pod.ChangeHandshake(PortPurpose.Api, TlsVersion.Tls10, handshake => Refusal(handshake.Offered, alert, scope)), outcome);

    private static Mutation Asking(string deviation, string? alert, string reason, Outcome outcome) => Pod("TLS-7", deviation, reason, pod => pod.ChangeHandshake(
        PortPurpose.Cluster,
        TlsVersion.Tls13,
        _ => CompliantTransport.Accept(TlsVersion.Tls13, CompliantTransport.Certificate) with { Alert = alert, AsksForClientCertificate = true }), outcome);

    private static void Weak(PodEvidence pod, string? alert, OfferScope? scope) => pod.ChangeEndpoint(PortPurpose.Api, endpoint => endpoint with
    {
        WeakSuites = [.. endpoint.WeakSuites.Select(offer => offer with { Handshake = Refusal(TlsVersion.Tls12, alert, scope) })],
    });

    private static TlsHandshake Refusal(TlsVersion version, string? alert, OfferScope? scope) =>
        new(version, HandshakeOutcome.RefusedByServer, null, alert, alert is null ? "The server closed the connection." : $"The server sent the alert {alert}.", [], null, scope);
}
