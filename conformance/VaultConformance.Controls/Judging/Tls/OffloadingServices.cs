using k8s.Models;
using VaultConformance.Controls.Framework;

namespace VaultConformance.Controls.Judging.Tls;

/// <summary>Annotations by which a cloud's load balancer ends TLS.</summary>
internal static class OffloadingServices
{
    // Each of these gives the load balancer a certificate, or says on which ports it uses it.
    private static readonly string[] Terminating =
    [
        "service.beta.kubernetes.io/aws-load-balancer-ssl-cert",
        "service.beta.kubernetes.io/aws-load-balancer-ssl-ports",
        "service.beta.kubernetes.io/do-loadbalancer-certificate-id",
        "service.beta.kubernetes.io/oci-load-balancer-tls-secret",
        "service.beta.kubernetes.io/scw-loadbalancer-certificate-ids",
        "service.beta.kubernetes.io/alibaba-cloud-loadbalancer-cert-id",
        "load-balancer.hetzner.cloud/http-certificates",
    ];

    // These say what the load balancer speaks; anything but TCP means that it takes part in the conversation.
    private static readonly string[] Protocols =
    [
        "service.beta.kubernetes.io/aws-load-balancer-backend-protocol",
        "service.beta.kubernetes.io/do-loadbalancer-protocol",
        "service.beta.kubernetes.io/oci-load-balancer-backend-protocol",
        "load-balancer.hetzner.cloud/protocol",
    ];

    /// <summary>Judges a Service that leads to server pods.</summary>
    /// <param name="service">The Service.</param>
    public static Judgement Judge(V1Service service)
    {
        var annotations = service.Metadata.Annotations ?? new Dictionary<string, string>();
        return Judgement.None(
            "annotations that end TLS in a load balancer",
            annotations.Where(annotation => Terminating.Contains(annotation.Key) || (Protocols.Contains(annotation.Key) && !IsTcp(annotation.Value)))
                .Select(annotation => $"{annotation.Key}={annotation.Value}"));
    }

    private static bool IsTcp(string protocol) => protocol.Equals("tcp", StringComparison.OrdinalIgnoreCase);
}
