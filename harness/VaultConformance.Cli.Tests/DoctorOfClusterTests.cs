using VaultConformance.Cli.Tests.Support;

namespace VaultConformance.Cli.Tests;

/// <summary>A cluster of someone else's is only asked.</summary>
public sealed class DoctorOfClusterTests
{
    private TestApp _app = null!;
    private FakeApiServer _server = null!;

    [SetUp]
    public void CreateApp()
    {
        _app = new TestApp();
        _server = new FakeApiServer();
        _app.WriteWork("kubeconfig", _server.Kubeconfig);
    }

    [TearDown]
    public void RemoveApp()
    {
        _server.Dispose();
        _app.Dispose();
    }

    [Test]
    public async Task A_cluster_that_allows_everything_is_ready()
    {
        var result = await CheckAsync();

        Assert.That((result.ExitCode, result.Error), Is.EqualTo((0, string.Empty)), result.Output);
        Assert.That(result.Output, Does.Contain("context 'staging', Kubernetes v1.34.1").And.Contain("everything that a run does is allowed")
            .And.Contain("standard (default)").And.EndWith("Ready to run.\n").And.Not.Contain("Docker"));
        Assert.That(_server.Asked.Where(line => !line.StartsWith("GET ", StringComparison.Ordinal)).Distinct().Select(line => line.TrimEnd('/')),
            Is.EqualTo(new[] { "POST /apis/authorization.k8s.io/v1/selfsubjectaccessreviews" }), "nothing is changed");
    }

    [Test]
    public async Task Rights_that_every_run_needs_are_named_exactly()
    {
        _server.IsAllowed = asked => asked is not ("create namespaces" or "delete namespaces" or "create pods/exec" or "list jobs.batch");

        var result = await CheckAsync();

        Assert.That(result.ExitCode, Is.EqualTo(4));
        Assert.That(result.Output, Does.Contain("rights: Allow the account in all namespaces: create, delete namespaces; create pods/exec.\n")
            .And.EndWith("Not ready to run: rights.\n"));
    }

    [Test]
    public async Task Rights_that_only_some_controls_need_are_a_note()
    {
        _server.IsAllowed = asked => asked is not ("list nodes" or "list jobs.batch");

        var result = await CheckAsync();

        Assert.That(result.ExitCode, Is.Zero);
        Assert.That(result.Output, Does.Contain("rights: Some controls may be inconclusive, and some values may not install, without: list nodes; list jobs.batch.\n"));
    }

    [TestCase("", "no storage class")]
    [TestCase("slow,fast", "no default storage class; there are slow, fast")]
    public async Task A_cluster_without_a_default_storage_class_is_a_note(string classes, string found)
    {
        _server.StorageClasses = classes.Split(',', StringSplitOptions.RemoveEmptyEntries);

        var result = await CheckAsync();

        Assert.That(result.Output, Does.Contain(found).And.Contain("storage: Name a class in server.dataStorage.storageClass"));
    }

    [Test]
    public async Task OpenShift_is_seen()
    {
        _server.Groups = ["security.openshift.io"];

        Assert.That((await CheckAsync()).Output, Does.Contain("judge with --profile openshift"));
    }

    [TestCase("doctor --kubeconfig kubeconfig", "--kubeconfig and --context belong together; neither is ever assumed.")]
    [TestCase("doctor --kubeconfig kubeconfig --context prod", "has no context 'prod'. Its contexts are: staging. Choose one with --context.")]
    public async Task A_context_is_never_assumed(string line, string message)
    {
        var result = await _app.RunAsync(line.Split(' '));

        Assert.That(result.ExitCode, Is.EqualTo(3));
        Assert.That(result.Error, Does.Contain(message));
    }

    [Test]
    public async Task A_cluster_that_does_not_answer_is_one_message()
    {
        _server.Dispose();

        var result = await CheckAsync();

        Assert.That(result.ExitCode, Is.EqualTo(4));
        Assert.That(result.Error, Does.StartWith("Error: The API server of context 'staging' does not answer: "));
        _server = new FakeApiServer();
    }

    private Task<CliResult> CheckAsync() => _app.RunAsync("doctor", "--kubeconfig", "kubeconfig", "--context", "staging");
}
