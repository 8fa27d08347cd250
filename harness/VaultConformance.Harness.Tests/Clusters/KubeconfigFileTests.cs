using VaultConformance.Harness.Clusters;
using YamlDotNet.RepresentationModel;

namespace VaultConformance.Harness.Tests.Clusters;

public sealed class KubeconfigFileTests
{
    private const string TwoContexts =
        """
        apiVersion: v1
        kind: Config
        current-context: staging
        contexts:
        - name: staging
          context: {cluster: one, user: someone, namespace: team}
        - name: production
          context: {cluster: two, user: admin}
        clusters:
        - name: one
          cluster:
            server: https://one.example:6443
            certificate-authority: pki/ca.crt
            proxy-url: http://proxy.example:3128
            tls-server-name: kube.example
        - name: two
          cluster: {server: "https://two.example:6443", certificate-authority-data: c2VjcmV0}
        users:
        - name: someone
          user:
            client-certificate: pki/me.crt
            client-key: /absolute/me.key
            tokenFile: token
            exec:
              apiVersion: client.authentication.k8s.io/v1
              command: bin/login
              args: ["--region", "007"]
              env: [{name: A, value: "true"}]
              interactiveMode: Never
              provideClusterInfo: true
              installHint: Install it.
        - name: admin
          user: {token: token-of-the-other-context}
        """;

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void Create() => _folder = new TemporaryFolder();

    [TearDown]
    public void Remove() => _folder.Dispose();

    [TestCase("staging", "staging")]
    [TestCase("current", "staging")]
    [TestCase("production", "production")]
    public async Task The_copy_holds_the_one_context_only(string context, string name)
    {
        var single = await LoadAsync(TwoContexts, context);

        var root = Parse(single.Yaml);
        Assert.That(single.Name, Is.EqualTo(name));
        Assert.That(root["current-context"].ToString(), Is.EqualTo(name));
        Assert.That(((string[])["contexts", "clusters", "users"]).Select(list => ((YamlSequenceNode)root[list]).Children.Count), Is.All.EqualTo(1));
        Assert.That(single.Yaml.Contains("token-of-the-other-context", StringComparison.Ordinal), Is.EqualTo(name == "production"));
        Assert.That(single.ToString(), Does.Not.Contain("token-of-the-other-context"));
    }

    [Test]
    public async Task Files_are_named_absolutely_and_everything_else_stays_as_it_is()
    {
        var root = Parse((await LoadAsync(TwoContexts, "staging")).Yaml);

        var cluster = root["clusters"][0]["cluster"];
        var user = root["users"][0]["user"];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(cluster["certificate-authority"].ToString(), Is.EqualTo(Path.Combine(_folder.Path, "pki/ca.crt")));
            Assert.That(cluster["proxy-url"].ToString(), Is.EqualTo("http://proxy.example:3128"));
            Assert.That(cluster["tls-server-name"].ToString(), Is.EqualTo("kube.example"));
            Assert.That(user["client-certificate"].ToString(), Is.EqualTo(Path.Combine(_folder.Path, "pki/me.crt")));
            Assert.That(user["client-key"].ToString(), Is.EqualTo("/absolute/me.key"));
            Assert.That(user["tokenFile"].ToString(), Is.EqualTo(Path.Combine(_folder.Path, "token")));
            Assert.That(user["exec"]["command"].ToString(), Is.EqualTo(Path.Combine(_folder.Path, "bin/login")));
            Assert.That(user["exec"]["args"].ToString(), Is.EqualTo("[ --region, 007 ]"));
            Assert.That(((YamlScalarNode)user["exec"]["args"][1]).Style, Is.EqualTo(YamlDotNet.Core.ScalarStyle.DoubleQuoted), "007 is no number");
            Assert.That(user["exec"]["installHint"].ToString(), Is.EqualTo("Install it."));
            Assert.That(root["contexts"][0]["context"]["namespace"].ToString(), Is.EqualTo("team"));
        }
    }

    [Test]
    public async Task A_plugin_without_a_folder_stays_to_be_found_in_the_path()
    {
        var root = Parse((await LoadAsync(TwoContexts.Replace("bin/login", "aws", StringComparison.Ordinal), "staging")).Yaml);

        Assert.That(root["users"][0]["user"]["exec"]["command"].ToString(), Is.EqualTo("aws"));
    }

    [Test]
    public async Task A_context_without_a_user_is_one() =>
        Assert.That(
            Parse((await LoadAsync("contexts: [{name: a, context: {cluster: c}}]\nclusters: [{name: c, cluster: {server: 'http://x'}}]\n", "a")).Yaml)["users"],
            Is.Empty);

    [TestCase(TwoContexts, "elsewhere", "has no context 'elsewhere'. Its contexts are: staging, production. Choose one with --context.")]
    [TestCase("contexts:\n- name: a\n", "current", "names no current context. Its contexts are: a. Choose one with --context.")]
    [TestCase("current-context: gone\n", "current", "has no context 'gone': it holds no contexts. Give another file with --kubeconfig.")]
    [TestCase("a: b\n", "x", "has no context 'x': it holds no contexts. Give another file with --kubeconfig.")]
    [TestCase("a: [\n", "x", "cannot be read as a kubeconfig: its YAML is malformed at line 2. Check the file, or name another with --kubeconfig.")]
    [TestCase("- a\n", "x", "cannot be read as a kubeconfig: it holds no mapping. Check the file, or name another with --kubeconfig.")]
    [TestCase("", "x", "cannot be read as a kubeconfig: it holds no mapping. Check the file, or name another with --kubeconfig.")]
    public async Task What_is_wrong_with_the_file_is_told(string text, string context, string problem) =>
        await Assert.ThatAsync(
            () => LoadAsync(text, context),
            Throws.TypeOf<HarnessException>().With.Property(nameof(HarnessException.Kind)).EqualTo(FailureKind.Configuration)
                .And.Message.EqualTo($"Kubeconfig '{Path.Combine(_folder.Path, "config")}' {problem}"));

    [TestCase("cluster: one", "cluster: gone", "names cluster 'gone', which the file does not have. Correct the file, or choose another context with --context.")]
    [TestCase("user: someone", "user: gone", "names user 'gone', which the file does not have. Correct the file, or choose another context with --context.")]
    public async Task A_context_whose_parts_are_missing_is_told(string part, string replacement, string problem) =>
        await Assert.ThatAsync(
            () => LoadAsync(TwoContexts.Replace(part, replacement, StringComparison.Ordinal), "staging"),
            Throws.TypeOf<HarnessException>().With.Message.EqualTo($"Context 'staging' of kubeconfig '{Path.Combine(_folder.Path, "config")}' {problem}"));

    [Test]
    public async Task A_file_that_is_not_there_is_told() =>
        await Assert.ThatAsync(
            () => KubeconfigFile.LoadSingleContextAsync("/nowhere/config", "current", CancellationToken.None),
            Throws.TypeOf<HarnessException>().With.Property(nameof(HarnessException.Kind)).EqualTo(FailureKind.Configuration)
                .And.Message.EqualTo("Kubeconfig '/nowhere/config' does not exist. Name an existing file with --kubeconfig."));

    private Task<SingleContext> LoadAsync(string text, string context) =>
        KubeconfigFile.LoadSingleContextAsync(_folder.Write("config", text), context, CancellationToken.None);

    private static YamlNode Parse(string text)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(text));
        return yaml.Documents.Single().RootNode;
    }
}
