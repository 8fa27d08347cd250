using VaultConformance.Controls.Tests.Support;
using VaultConformance.Reporting.Model;
using static VaultConformance.Controls.Tests.Families.Mutation;

namespace VaultConformance.Controls.Tests.Families;

/// <summary>Load balancers: annotations of clouds, and who may reach the cluster port.</summary>
internal static class BalancerMutations
{
    // The names are those of the clouds' own documentation; none of them stands in the judging code.
    private static readonly (string Name, string Value)[] Ending =
    [
        ("service.beta.kubernetes.io/aws-load-balancer-ssl-cert", "arn:aws:acm:eu-central-1:000000000000:certificate/0"),
        ("service.beta.kubernetes.io/aws-load-balancer-ssl-ports", "8200"),
        ("service.beta.kubernetes.io/aws-load-balancer-backend-protocol", "ssl"),
        ("loadbalancer.openstack.org/default-tls-container-ref", "https://barbican/v1/containers/0"),
        ("service.beta.kubernetes.io/do-loadbalancer-certificate-id", "3f5c"),
        ("service.beta.kubernetes.io/do-loadbalancer-protocol", "http2"),
        ("service.beta.kubernetes.io/do-loadbalancer-tls-ports", "443"),
        ("service.beta.kubernetes.io/oci-load-balancer-tls-secret", "ns/secret"),
        ("service.beta.kubernetes.io/scw-loadbalancer-certificate-ids", "3f5c"),
        ("service.beta.kubernetes.io/scw-loadbalancer-protocol-http", "true"),
        ("service.beta.kubernetes.io/alibaba-cloud-loadbalancer-protocol-port", "https:443"),
        ("service.beta.kubernetes.io/linode-loadbalancer-port-443", """{ "tls-secret-name": "x", "protocol": "https" }"""),
        ("service.beta.kubernetes.io/vultr-loadbalancer-ssl", "x"),
        ("load-balancer.hetzner.cloud/protocol", "https"),
        ("load-balancer.hetzner.cloud/http-managed-certificate-name", "x"),
        ("kubernetes.io/elb.cert-id", "3f5c"),
        ("service.cloud.tencent.com/specify-protocol", """{ "443": { "protocol": ["TCP_SSL"], "tls": "x" } }"""),
        ("example.org/front", "vault-tls"),
        ("example.org/frontCertificate", "x"),
    ];

    private static readonly (string Name, string Value)[] Harmless =
    [
        ("service.beta.kubernetes.io/aws-load-balancer-type", "nlb"),
        ("service.beta.kubernetes.io/aws-load-balancer-backend-protocol", "tcp"),
        ("service.beta.kubernetes.io/aws-load-balancer-proxy-protocol", "*"),
        ("service.beta.kubernetes.io/aws-load-balancer-healthcheck-protocol", "HTTPS"),
        ("service.beta.kubernetes.io/azure-load-balancer-health-probe-request-path", "/v1/sys/health"),
        ("service.beta.kubernetes.io/azure-load-balancer-internal", "true"),
        ("service.beta.kubernetes.io/do-loadbalancer-tls-passthrough", "true"),
        ("service.beta.kubernetes.io/vultr-loadbalancer-ssl-pass-through", "true"),
        ("load-balancer.hetzner.cloud/protocol", "tcp"),
        ("metallb.io/address-pool", "internal"),
        ("service.beta.openshift.io/serving-cert-secret-name", "vault-tls"),
        ("prometheus.io/scheme", "https"),
        ("example.org/contact", "https://example.org/team"),
    ];

    public static IReadOnlyList<Mutation> All =>
    [
        .. Ending.Select(annotation => Release("TLS-6", $"{annotation.Name}={annotation.Value}", "annotations that end TLS in a load balancer: " + annotation.Name, release =>
            release.Balance(annotation: annotation.Name, value: annotation.Value))),
        .. Harmless.Select(annotation => Release("TLS-6", $"{annotation.Name}={annotation.Value}", "", release =>
            release.Balance(annotation: annotation.Name, value: annotation.Value), Outcome.Passed)),
        Release("TLS-6", "a Service that a controller is asked to publish", "nobody went the way", release =>
            release.Services[0].Metadata.Annotations["cloud.google.com/neg"] = """{ "exposed_ports": { "8200": {} } }""", Outcome.Inconclusive),

        Release("TLS-7", "cluster port published", "8201 by type LoadBalancer", release => release.Balance(clusterPort: true)),
        Release("TLS-7", "cluster port published by addresses of nodes", "8201 by external IP 192.0.2.1", release =>
        {
            release.Services[0].Spec.ExternalIPs = ["192.0.2.1"];
            release.Paths.AddRange(new[] { 8200, 8201 }.Select(port => Entries.Way($"service/vault:{port} (external IP)", "ExternalIP", ready: true)));
        }),
        Release("TLS-7", "published to the declared peers only", "", release =>
        {
            Peers(release, "10.1.0.0/16");
            release.Services[0].Spec.LoadBalancerSourceRanges = ["10.1.2.0/24"];
        }, Outcome.Passed),
        Release("TLS-7", "published to more than the declared peers", "8201 by type LoadBalancer, to 10.0.0.0/8", release =>
        {
            Peers(release, "10.1.0.0/16");
            release.Services[0].Spec.LoadBalancerSourceRanges = ["10.0.0.0/8"];
        }),
        Release("TLS-7", "peers declared, but published to every address", "to every address", release => Peers(release, "10.1.0.0/16")),
        Release("TLS-7", "published by an internal load balancer, as declared", "", release =>
        {
            Peers(release, "internal");
            release.Services[0].Metadata.Annotations["service.beta.kubernetes.io/aws-load-balancer-internal"] = "true";
        }, Outcome.Passed),
        Release("TLS-7", "internal load balancer, but networks declared", "to every address", release =>
        {
            Peers(release, "10.1.0.0/16");
            release.Services[0].Metadata.Annotations["service.beta.kubernetes.io/aws-load-balancer-internal"] = "true";
        }),
    ];

    private static void Peers(ReleaseEvidence release, params string[] peers)
    {
        release.Balance(clusterPort: true);
        release.Profile = profile => profile with { Parameters = profile.Parameters with { ReplicationPeers = peers } };
    }
}
