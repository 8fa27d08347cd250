using VaultConformance.Harness.Helm;
using VaultConformance.Harness.Waiting;

namespace VaultConformance.Harness.Tests.Helm;

[Platform("Linux", Reason = "The program that plays Helm is a shell script.")]
[CancelAfter(30_000)]
public sealed class HelmClientTests
{
    [TestCase("v3.18.4", 3, 18)]
    [TestCase("v3.14.0+gc309b6f", 3, 14)]
    [TestCase("v4.0.1", 4, 0)]
    [TestCase("v4.1.0-rc.1\n", 4, 1)]
    [TestCase("v4.1", 4, 1)]
    public async Task The_version_is_what_the_program_says(string output, int major, int minor, CancellationToken cancellationToken)
    {
        using var helm = new FakeHelm(output);

        var version = (await helm.OpenAsync(cancellationToken)).Version;

        Assert.That(version, Is.EqualTo(new HelmVersion(major, minor, output.Trim())));
    }

    [TestCase("Client: v2.17.0+ga690bad", "Helm v2.17.0+ga690bad is not supported. Install Helm 3 or 4, or name another one with --helm.")]
    [TestCase("v5.0.0", "Helm v5.0.0 is not supported. Install Helm 3 or 4, or name another one with --helm.")]
    [TestCase("helm, the text editor", "The Helm program answered 'helm, the text editor' when asked for its version. Install Helm 3 or 4, or name another one with --helm.")]
    [TestCase("", "The Helm program answered '' when asked for its version. Install Helm 3 or 4, or name another one with --helm.")]
    public async Task Another_program_is_refused(string output, string message, CancellationToken cancellationToken)
    {
        using var helm = new FakeHelm(output);

        await Assert.ThatAsync(() => helm.OpenAsync(cancellationToken), Throws.TypeOf<HarnessException>().With.Message.EqualTo(message));
    }

    [Test]
    public async Task A_program_that_cannot_tell_its_version_is_refused(CancellationToken cancellationToken)
    {
        using var helm = new FakeHelm().Answer("version", "", "exec format error\n", 126);

        await Assert.ThatAsync(
            () => helm.OpenAsync(cancellationToken),
            Throws.TypeOf<HelmCommandException>().With.Message.EqualTo(
                "'helm version' ended with exit code 126. Last seen: exec format error. Install Helm 3 or 4, or name another one with --helm."));
    }

    [Test]
    public async Task A_program_that_is_not_there_is_told(CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();

        await Assert.ThatAsync(
            () => HelmClient.OpenAsync("/nowhere/helm", folder.Path, cancellationToken),
            Throws.TypeOf<HarnessException>().With.Property(nameof(HarnessException.Kind)).EqualTo(FailureKind.Environment)
                .And.Message.StartsWith("The Helm program '/nowhere/helm' could not be started: ").And.Message.EndsWith(" Install Helm 3 or 4, or name one with --helm."));
    }

    [Test]
    public async Task Nothing_in_the_users_environment_leads_Helm_elsewhere(CancellationToken cancellationToken)
    {
        string[] names = ["HELM_KUBEAPISERVER", "HELM_KUBETOKEN", "HELM_KUBECONTEXT", "HELM_NAMESPACE", "HELM_DRIVER", "HELM_PLUGINS", "KUBECONFIG"];
        using var helm = new FakeHelm();
        try
        {
            SetAll(names, "https://elsewhere.example");

            await helm.OpenAsync(cancellationToken);
        }
        finally
        {
            SetAll(names, null);
        }

        var home = Path.Combine(helm.Folder, "home");
        Assert.That(helm.EnvironmentSeen, Is.EqualTo((string[])[$"HELM_CACHE_HOME={home}/cache", $"HELM_CONFIG_HOME={home}/config", $"HELM_DATA_HOME={home}/data"]));
    }

    [Test]
    public async Task Arguments_arrive_as_they_were_given(CancellationToken cancellationToken)
    {
        string[] arguments = ["template", "a b", "it's \"quoted\"", "$(touch x)", "", "back\\slash", "línea\nnueva", "*"];
        using var helm = new FakeHelm();

        await (await helm.OpenAsync(cancellationToken)).RunAsync("template", arguments, cancellationToken);

        Assert.That(helm.Calls.Single(), Is.EqualTo(arguments));
    }

    [TestCase("trap 'touch \"$here/asked\"; exit 130' INT; echo $$ >\"$here/pid\"; while :; do sleep 0.05; done", true)]
    [TestCase("trap '' INT TERM; echo $$ >\"$here/pid\"; while :; do sleep 0.05; done", false)]
    public async Task Cancelling_ends_the_program_first_gently_then_by_force(string script, bool gently, CancellationToken cancellationToken)
    {
        using var helm = new FakeHelm().Run("install", script);
        var client = await helm.OpenAsync(cancellationToken);
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);

        var running = client.RunAsync("install", ["install", "vault"], cancelled.Token);
        var pid = await PidAsync(helm, cancellationToken);
        await cancelled.CancelAsync();

        await Assert.ThatAsync(() => running, Throws.InstanceOf<OperationCanceledException>());
        await UntilAsync("the program to be gone", () => Directory.Exists($"/proc/{pid}") ? null : pid, cancellationToken);
        Assert.That(File.Exists(Path.Combine(helm.Folder, "asked")), Is.EqualTo(gently));
    }

    private static void SetAll(IEnumerable<string> names, string? value)
    {
        foreach (var name in names)
        {
            Environment.SetEnvironmentVariable(name, value);
        }
    }

    private static Task<string> PidAsync(FakeHelm helm, CancellationToken cancellationToken)
    {
        var file = Path.Combine(helm.Folder, "pid");
        return UntilAsync("the program to run", () => File.Exists(file) && File.ReadAllText(file) is { Length: > 1 } text && text.EndsWith('\n') ? text.Trim() : null, cancellationToken);
    }

    private static Task<string> UntilAsync(string goal, Func<string?> look, CancellationToken cancellationToken) => new Wait(TimeProvider.System).UntilAsync<string>(
        new WaitGoal(goal, TimeSpan.FromSeconds(20), TimeSpan.FromMilliseconds(20), "It does not."),
        _ => Task.FromResult<Sighting<string>>(look() is { } seen ? new Sighting<string>.Reached(seen) : new Sighting<string>.NotYet("not yet")),
        cancellationToken);
}
