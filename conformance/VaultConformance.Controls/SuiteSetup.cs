using NUnit.Framework.Internal;
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

    /// <summary>Opens what the environment names. A problem fails every control loudly.</summary>
    [OneTimeSetUp]
    public async Task PrepareAsync()
    {
        var suite = TestExecutionContext.CurrentContext.CurrentTest;
        if (SuiteSession.Find(suite) is not null)
        {
            return;
        }

        if (SuiteConfiguration.Read(Environment.GetEnvironmentVariable) is not { } configuration)
        {
            return;
        }

        var profile = await BuiltInProfiles.LoadAsync(configuration.Profile, CancellationToken.None);
        var opened = await configuration.OpenTargetAsync(TimeProvider.System);
        _connection = opened.Connection;
        await TestContext.Progress.WriteLineAsync($"Judging '{configuration.TargetFile ?? configuration.EvidenceFolder}' by profile {profile.Reference}.");
        new SuiteSession(opened.Target, profile, TimeProvider.System, CancellationToken.None).AttachTo(suite);
    }

    /// <summary>Closes the connection to a live target; the target itself stays.</summary>
    [OneTimeTearDown]
    public async Task CloseAsync()
    {
        if (_connection is not null)
        {
            await _connection.DisposeAsync();
        }
    }
}
