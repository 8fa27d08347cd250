using System.Text;
using System.Text.Json;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Probes;
using VaultConformance.Harness.Secrets;
using VaultConformance.Harness.Tests.Pods;

namespace VaultConformance.Harness.Tests.Probes;

[CancelAfter(20_000)]
public sealed class AdmittedObjectsReaderTests
{
    private const string Pods = """
        {"items":[{"metadata":{"name":"vault-0","labels":{"component":"server"},"managedFields":[{"manager":"m"}],
        "annotations":{"kubectl.kubernetes.io/last-applied-configuration":"applied-copy","keep":"1","example.com/api-token":"literal-four","example.com/note":"hvs.CAESIJ8saBcD1234567890abcdef"}},
        "spec":{"containers":[{"name":"vault","args":["-dev-root-token-id=hvs.CAESIJ8saBcD1234567890abcdef"],
        "env":[{"name":"VAULT_DEV_ROOT_TOKEN_ID","value":"literal-one"},{"name":"DB_PASSWORD","value":"literal-two"},{"name":"VAULT_LICENSE","value":"literal-five"},{"name":"HSM_PIN","value":"literal-six"},{"name":"VAULT_ADDR","value":"https://127.0.0.1:8200"},
        {"name":"FROM_SECRET","valueFrom":{"secretKeyRef":{"name":"s","key":"k"}}}]}]}}]}
        """;

    private const string ConfigMaps = """
        {"items":[{"metadata":{"name":"vault-config"},"data":{"extraconfig-from-values.hcl":"disable_mlock = true\nseal \"transit\" {\n token = \"literal-three\"\n}\n"}}]}
        """;

    [Test]
    public async Task No_secret_of_the_namespace_becomes_evidence(CancellationToken cancellationToken)
    {
        var objects = await ReadAsync(Answers(), cancellationToken);

        var evidence = JsonSerializer.Serialize(objects, EvidenceJson.Options);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(evidence, Does.Not.Contain("literal-").And.Not.Contain("hvs.").And.Not.Contain("managedFields").And.Not.Contain("applied-copy"));
            Assert.That(evidence, Does.Not.Contain(Base64("key-in-secret")).And.Not.Contain("key-in-secret"));
            Assert.That(evidence, Does.Contain("VAULT_DEV_ROOT_TOKEN_ID").And.Contain("https://127.0.0.1:8200").And.Contain("disable_mlock = true"));
        }
    }

    [Test]
    public async Task Last_words_shares_and_configurations_lose_their_secrets(CancellationToken cancellationToken)
    {
        const string Share = "8b0e71ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee";
        var answers = Answers();
        answers["/api/v1/namespaces/vault/pods"] = "{\"items\":[{\"metadata\":{\"name\":\"vault-0\",\"annotations\":{\"unseal\":\"" + Share + "\"}},"
            + "\"spec\":{\"containers\":[{\"name\":\"vault\",\"command\":[\"sh\",\"-c\",\"U=" + Share + "; vault operator unseal $U\"],\"env\":[{\"name\":\"SHARD_A\",\"value\":\"" + Share + "\"}]}]},"
            + "\"status\":{\"message\":\"m " + Share + "\",\"conditions\":[{\"type\":\"Ready\",\"status\":\"False\",\"message\":\"c password=literal-ten\"}],\"initContainerStatuses\":[{\"name\":\"setup\",\"state\":"
            + "{\"terminated\":{\"exitCode\":0,\"message\":\"login hvs.CAESIJ8saBcD1234567890abcdef password=literal-eleven\"}},\"lastState\":{\"waiting\":{\"message\":\"w " + Share + "\"}}}]}}]}";
        answers["/api/v1/namespaces/vault/configmaps"] = "{\"items\":[{\"metadata\":{\"name\":\"x\"},\"data\":{\"k1\":\"" + Share + "\"},\"binaryData\":{\"B.HCL\":\""
            + Base64("storage \"mysql\" {\n username = \"u\"\n password = \"literal-twelve\"\n}") + "\"}}]}";

        var objects = await ReadAsync(answers, cancellationToken);

        var evidence = JsonSerializer.Serialize(objects, EvidenceJson.Options);
        Assert.That(evidence, Does.Not.Contain("literal-").And.Not.Contain("hvs.").And.Not.Contain(Share));
        Assert.That(Encoding.UTF8.GetString(objects.ConfigMaps[0].BinaryData["B.HCL"]), Does.Contain("password = \"***\"").And.Contain("username = \"u\""));
        Assert.That(objects.UnsealMaterial, Is.EqualTo((string[])["configmap/x", "vault-0/vault/SHARD_A"]));
    }

    [Test]
    public async Task Where_keys_stood_before_they_were_masked_is_kept(CancellationToken cancellationToken)
    {
        const string Specification = """{"containers":[{"name":"c","env":[{"name":"WHATEVER","value":"hvs.CAESIJ8saBcD1234567890abcdef"},{"name":"PGPASSWORD","value":"x"}]}]}""";
        var answers = Answers();
        answers["/apis/batch/v1/namespaces/vault/jobs"] = "{\"items\":[{\"metadata\":{\"name\":\"setup\"},\"spec\":{\"template\":{\"spec\":" + Specification + "}}}]}";
        answers["/api/v1/namespaces/vault/replicationcontrollers"] = "{\"items\":[{\"metadata\":{\"name\":\"old\"},\"spec\":{\"template\":{\"spec\":" + Specification + "}}}]}";
        answers["/api/v1/namespaces/vault/podtemplates"] = "{\"items\":[{\"metadata\":{\"name\":\"draft\"},\"template\":{\"spec\":" + Specification + "}}]}";
        answers["/apis/apps/v1/namespaces/vault/statefulsets"] = "{\"items\":[{\"metadata\":{\"name\":\"vault\"},\"spec\":{\"template\":{\"spec\":" + Specification + "}}}]}";
        answers["/api/v1/namespaces/vault/configmaps"] =
            "{\"items\":[{\"metadata\":{\"name\":\"keys\"},\"data\":{\"x\":\"" + Convert.ToBase64String(new byte[33]) + "," + Convert.ToBase64String(new byte[33]) + "\"}}]}";

        Assert.That((await ReadAsync(answers, cancellationToken)).UnsealMaterial, Is.EqualTo(
            (string[])["configmap/keys", "job/setup/c/WHATEVER", "podtemplate/draft/c/WHATEVER", "replicationcontroller/old/c/WHATEVER", "statefulset/vault/c/WHATEVER", "vault-0/vault/VAULT_DEV_ROOT_TOKEN_ID"]));
    }

    [Test]
    public async Task Secrets_are_reduced_to_names_digests_and_a_warning(CancellationToken cancellationToken)
    {
        var secrets = (await ReadAsync(Answers(), cancellationToken)).Secrets.ToDictionary(secret => secret.Name);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(secrets["tls"].Keys, Is.EqualTo((string[])["tls.crt", "tls.key"]));
            Assert.That(secrets["tls"].CertificateSha256.Keys, Is.Empty, "what is labelled as a certificate is none");
            Assert.That(secrets["tls"].HoldsUnsealMaterial, Is.False);
            Assert.That(secrets["init"].HoldsUnsealMaterial, Is.True, "output of vault operator init");
            Assert.That(secrets["share"].HoldsUnsealMaterial, Is.True, "a Shamir share of 33 bytes");
            Assert.That(secrets["named"].HoldsUnsealMaterial, Is.True, "32 bytes under a telling name");
            Assert.That(secrets["random"].HoldsUnsealMaterial, Is.False, "32 bytes under any other name");
            Assert.That(secrets["helm"].HoldsUnsealMaterial, Is.False, "a release of Helm");
        }
    }

    [Test]
    public async Task Routes_are_read_where_the_cluster_has_them(CancellationToken cancellationToken)
    {
        var answers = Answers();
        answers["/apis"] = """
            {"groups":[{"name":"gateway.networking.k8s.io","versions":[{"groupVersion":"g/v1","version":"v1"},{"groupVersion":"g/v1beta1","version":"v1beta1"}],
            "preferredVersion":{"groupVersion":"g/v1","version":"v1"}}]}
            """;
        answers["/apis/gateway.networking.k8s.io/v1"] = """{"groupVersion":"g/v1","resources":[{"name":"httproutes","kind":"HTTPRoute","namespaced":true,"singularName":"","verbs":[]}]}""";
        answers["/apis/gateway.networking.k8s.io/v1beta1"] = """{"groupVersion":"g/v1beta1","resources":[{"name":"httproutes","kind":"HTTPRoute","namespaced":true,"singularName":"","verbs":[]}]}""";
        answers["/apis/gateway.networking.k8s.io/v1/namespaces/vault/httproutes"] = """{"items":[{"kind":"HTTPRoute","metadata":{"name":"vault","managedFields":[]},"spec":{"hostnames":["v"]}}]}""";

        var route = (await ReadAsync(answers, cancellationToken)).Routes.Single();

        Assert.That(route["apiVersion"]!.GetValue<string>(), Is.EqualTo("gateway.networking.k8s.io/v1"));
        Assert.That(route.ToJsonString(), Does.Contain("\"hostnames\":[\"v\"]").And.Not.Contain("managedFields"));
    }

    [Test]
    public async Task Gateways_of_routes_are_read_where_they_are_and_private_keys_are_not(CancellationToken cancellationToken)
    {
        const string Own = "/apis/gateway.networking.k8s.io/v1";
        const string Foreign = "/apis/k8s.nginx.org/v1";
        var answers = Answers();
        answers["/apis"] = """
            {"groups":[{"name":"gateway.networking.k8s.io","versions":[{"groupVersion":"g/v1","version":"v1"}],"preferredVersion":{"groupVersion":"g/v1","version":"v1"}},
            {"name":"k8s.nginx.org","versions":[{"groupVersion":"n/v1","version":"v1"}],"preferredVersion":{"groupVersion":"n/v1","version":"v1"}}]}
            """;
        answers[Own] = Kinds("gateways", "tlsroutes");
        answers[Foreign] = Kinds("transportservers", "virtualservers", "policies");
        answers[Own + "/namespaces/vault/tlsroutes"] = """{"items":[{"kind":"TLSRoute","metadata":{"name":"vault"},"spec":{"parentRefs":[{"name":"edge","namespace":"infra"}]}}]}""";
        answers[Own + "/namespaces/infra/gateways/edge"] = """{"kind":"Gateway","metadata":{"name":"edge","namespace":"infra"},"spec":{"listeners":[]}}""";
        answers[Foreign + "/namespaces/vault/transportservers"] = """{"items":[{"kind":"TransportServer","metadata":{"name":"t"},"spec":{"key":"-----BEGIN PRIVATE KEY-----abc"}}]}""";
        answers[Foreign + "/namespaces/vault/virtualservers"] = 403;

        var objects = await ReadAsync(answers, cancellationToken);

        Assert.That(objects.Gateways!.Single()["metadata"]!["name"]!.GetValue<string>(), Is.EqualTo("edge"));
        Assert.That(objects.Routes.Select(route => route["kind"]!.GetValue<string>()), Is.EquivalentTo(new[] { "TLSRoute", "TransportServer" }));
        Assert.That(string.Concat(objects.Routes.Select(route => route.ToJsonString())), Does.Not.Contain("abc"));
        Assert.That(objects.UnreadKinds, Is.EqualTo(new[] { "virtualservers.k8s.nginx.org (the credentials may not list them)" }));
    }

    [TestCase("targetgroupbindings")]
    [TestCase("routegroups")]
    [TestCase("tunnelbindings")]
    [TestCase("traefikservices")]
    [TestCase("ingresslinks")]
    [TestCase("httpsedges")]
    [TestCase("tlsedges")]
    [TestCase("cloudendpoints")]
    [TestCase("listenersets")]
    [TestCase("serviceexports")]
    [TestCase("destinationrules")]
    [TestCase("sidecars")]
    [TestCase("envoyfilters")]
    [TestCase("whatevers")]
    public async Task Objects_of_controllers_that_publish_Services_are_read(string plural, CancellationToken cancellationToken)
    {
        var answers = Answers();
        answers["/apis"] = """{"groups":[{"name":"edge.example.org","versions":[{"groupVersion":"e/v1","version":"v1"}],"preferredVersion":{"groupVersion":"e/v1","version":"v1"}}]}""";
        answers["/apis/edge.example.org/v1"] = Kinds(plural, plural + "status");
        answers[$"/apis/edge.example.org/v1/namespaces/vault/{plural}"] = """{"items":[{"kind":"K","metadata":{"name":"edge"},"spec":{}}]}""";

        Assert.That((await ReadAsync(answers, cancellationToken)).Routes.Single()["metadata"]!["name"]!.GetValue<string>(), Is.EqualTo("edge"));
    }

    [Test]
    public async Task Kinds_that_are_known_to_be_harmless_are_not_asked_for_and_secrets_of_unknown_ones_are_masked(CancellationToken cancellationToken)
    {
        var answers = Answers();
        answers["/apis"] = """
            {"groups":[{"name":"cert-manager.io","versions":[{"groupVersion":"c/v1","version":"v1"}]},{"name":"security.istio.io","versions":[{"groupVersion":"s/v1","version":"v1"}]},
            {"name":"inference.networking.k8s.io","versions":[{"groupVersion":"i/v1","version":"v1"}]}]}
            """;
        answers["/apis/cert-manager.io/v1"] = 500;
        answers["/apis/security.istio.io/v1"] = Kinds("authorizationpolicies", "peerauthentications", "peerauthentications/status");
        answers["/apis/security.istio.io/v1/namespaces/vault/authorizationpolicies"] = 403;
        answers["/apis/security.istio.io/v1/namespaces/vault/peerauthentications"] = 403;
        answers["/apis/inference.networking.k8s.io/v1"] = Kinds("inferencepools");
        answers["/apis/inference.networking.k8s.io/v1/namespaces/vault/inferencepools"] =
            """{"items":[{"metadata":{"name":"pool"},"spec":{"apiKey":"literal-twenty","note":"hvs.CAESIJ8saBcD1234567890abcdef","selector":{"matchLabels":{"component":"server"}}}}]}""";

        var objects = await ReadAsync(answers, cancellationToken);

        Assert.That(objects.UnreadKinds, Is.EqualTo(new[] { "peerauthentications.security.istio.io (the credentials may not list them)" }));
        var pool = objects.Routes.Single().ToJsonString();
        Assert.That(pool, Does.Contain("\"matchLabels\":{\"component\":\"server\"}").And.Contain("\"name\":\"pool\"").And.Contain("\"kind\":\"inferencepools\"").And.Contain("\"apiVersion\":\"inference.networking.k8s.io/v1\""));
        Assert.That(pool, Does.Not.Contain("literal-").And.Not.Contain("hvs."));
    }

    [TestCase("VirtualService", true)]
    [TestCase("virtualservices", true)]
    [TestCase("Ingresses", true)]
    [TestCase("httpproxies", true)]
    [TestCase("Services", false)]
    [TestCase("policies", false)]
    public void Ways_are_told_by_kind_and_by_the_name_of_their_list(string kind, bool isWay) => Assert.That(ForeignKinds.IsWay(kind), Is.EqualTo(isWay));

    private static string Kinds(params string[] plurals) =>
        $$"""{"groupVersion":"g/v1","resources":[{{string.Join(',', plurals.Select(plural => $$"""{"name":"{{plural}}","kind":"K","namespaced":true,"singularName":"","verbs":["list"]}"""))}}]}""";

    [Test]
    public async Task Objects_that_may_not_be_listed_make_the_whole_observation_unavailable(CancellationToken cancellationToken)
    {
        var answers = Answers();
        answers["/api/v1/namespaces/vault/secrets"] = 403;

        await Assert.ThatAsync(
            () => ReadAsync(answers, cancellationToken),
            Throws.TypeOf<HarnessException>().With.Message.Contains("/api/v1/namespaces/vault/secrets").And.Message.Contains("need 'list' on all kinds"));
    }

    [Test]
    public async Task A_namespace_that_may_not_be_read_is_left_out(CancellationToken cancellationToken)
    {
        var answers = Answers();
        answers["/api/v1/namespaces/vault"] = 403;

        Assert.That((await ReadAsync(answers, cancellationToken)).Namespace, Is.Null);
    }

    private static async Task<AdmittedObjects> ReadAsync(IReadOnlyDictionary<string, object> answers, CancellationToken cancellationToken)
    {
        await using var server = await FakeApiServer.WithObjectsAsync(answers);
        return await new AdmittedObjectsReader(server.Client, new SecretRedactor()).ReadAsync("vault", cancellationToken);
    }

    private static Dictionary<string, object> Answers() => new()
    {
        ["/api/v1/namespaces/vault"] = """{"metadata":{"name":"vault"}}""",
        ["/api/v1/namespaces/vault/pods"] = Pods,
        ["/api/v1/namespaces/vault/configmaps"] = ConfigMaps,
        ["/api/v1/namespaces/vault/secrets"] = $$$"""
            {"items":[
            {"metadata":{"name":"tls"},"type":"kubernetes.io/tls","data":{"tls.key":"{{{Base64("key-in-secret")}}}","tls.crt":"{{{Base64("-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----")}}}"}},
            {"metadata":{"name":"init"},"type":"Opaque","data":{"out.json":"{{{Base64("{\"unseal_keys_b64\":[\"a\"]}")}}}"}},
            {"metadata":{"name":"share"},"type":"Opaque","data":{"x":"{{{Base64(Convert.ToBase64String(new byte[33]))}}}"}},
            {"metadata":{"name":"named"},"type":"Opaque","data":{"unseal-key":"{{{Base64(Convert.ToBase64String(new byte[32]))}}}"}},
            {"metadata":{"name":"random"},"type":"Opaque","data":{"gossip":"{{{Base64(Convert.ToBase64String(new byte[32]))}}}"}},
            {"metadata":{"name":"helm"},"type":"helm.sh/release.v1","data":{"release":"{{{Base64("{\"root_token\":1}")}}}"}}]}
            """,
    };

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
