using VaultConformance.Controls.Bridge;
using VaultConformance.Controls.Framework;
using VaultConformance.Controls.Suite;

namespace VaultConformance.Controls;

/// <summary>
/// Prepares a run that a test runner or an IDE started. A run by <see cref="ConformanceSuite"/> has brought its own session.
/// It has to be in the root namespace of the fixtures: NUnit applies it to that namespace and those below, and silently to nothing else.
/// </summary>
[SetUpFixture]
public sealed class SuiteSetup
{
    private IAsyncDisposable? _connection;
    private InstalledSubject? _installed;

    /// <summary>Opens or installs what the environment names. A problem fails every control loudly.</summary>
    [OneTimeSetUp]
    public async Task PrepareAsync()
    {
        if (Attachment<SuiteSession>.OfCurrentTest is not null
            || SuiteConfiguration.Read(Environment.GetEnvironmentVariable) is not { } configuration)
        {
            return;
        }

        if (configuration.Installs)
        {
            _installed = await InstalledSubject.InstallAsync();
            _installed.Attach();
            return;
        }

        var profile = await BuiltInProfiles.LoadAsync(configuration.Profile, CancellationToken.None);
        var opened = await configuration.OpenTargetAsync(TimeProvider.System);
        _connection = opened.Connection;
        await TestContext.Progress.WriteLineAsync(
            $"Judging '{configuration.TargetFile ?? configuration.EvidenceFolder}' by profile {profile.Reference}.");
        Attachment<SuiteSession>.ToCurrentTest(new SuiteSession(opened.Target, profile, TimeProvider.System, CancellationToken.None));
    }

    /// <summary>Reports and removes what was installed, or closes the connection to a target that stays.</summary>
    /// <exception cref="Harness.HarnessException">The run could not be finished.</exception>
    [OneTimeTearDown]
    public async Task CloseAsync()
    {
        if (_installed is not null)
        {
            await using var installed = _installed;
            await installed.FinishAsync();
        }

        if (_connection is not null)
        {
            await _connection.DisposeAsync();
        }
    }
}
