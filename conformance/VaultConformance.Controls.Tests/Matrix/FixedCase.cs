using VaultConformance.Controls.Tests.Fixes;
using VaultConformance.Harness.Config;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Controls.Tests.Matrix;

/// <summary>Installs values, merges the change that is proposed, and installs again.</summary>
/// <param name="live">Installs and judges.</param>
/// <param name="folder">Where changed values are written.</param>
internal sealed class FixedCase(LiveCase live, string folder)
{
    /// <summary>Proves that the change does what it says: what fails after it is exactly what was listed as beyond values.</summary>
    /// <param name="file">Values file.</param>
    /// <param name="header">Its header.</param>
    /// <param name="disruptive">Whether disruptive observations are taken.</param>
    /// <param name="cancellationToken">Ends the case.</param>
    internal async Task ProveAsync(string file, FixtureHeader header, bool disruptive, CancellationToken cancellationToken)
    {
        var folderOfFile = Path.GetDirectoryName(file)!;
        var patched = header with
        {
            Patches = [.. header.Patches.Select(patch => Path.GetFullPath(patch, folderOfFile))],
            Setups = header.Setups?.Select(setup => Path.GetFullPath(setup, folderOfFile)).ToList(),
        };
        var text = await File.ReadAllTextAsync(file, cancellationToken);
        var fix = Plan(text, await live.RunAsync(file, patched, disruptive, cancellationToken));
        if (fix?.Text is null)
        {
            Assert.Ignore($"no value mends it: {string.Join(", ", fix?.Rest.Select(rest => $"{rest.Id} ({rest.Kind})") ?? [])}");
        }

        var after = await InstallAsync(fix, file, patched, disruptive, cancellationToken);
        if (header.NeedsStandIn || !header.Starts)
        {
            // A server that misbehaves whatever its values say, or that only starts now, shows the rest in a second round.
            fix = Plan(fix.Text, after);
            after = fix?.Text is null ? after : await InstallAsync(fix, file, patched, disruptive, cancellationToken);
            fix = fix?.Text is null ? fix : Plan(fix.Text, after);
            Assert.That(fix?.Text, Is.Null, after.Explain);
        }

        Assert.That(ListFailed(after), Is.EquivalentTo(fix?.Rest.Select(rest => rest.Id.ToString()) ?? []), after.Explain);
    }

    private async Task<LiveOutcome> InstallAsync(
        RunFix fix, string file, FixtureHeader header, bool disruptive, CancellationToken cancellationToken)
    {
        TestContext.Out.WriteLine(fix.Diff);
        var changed = Path.Combine(folder, $"{Path.GetFileNameWithoutExtension(file)}-fixed.yaml");
        await File.WriteAllTextAsync(changed, fix.Text, cancellationToken);
        return await live.RunAsync(changed, header with { Starts = true }, disruptive, cancellationToken);
    }

    private static RunFix? Plan(string text, LiveOutcome outcome) => ListFailed(outcome).Any() ? FixSamples.PlanResults(text, [.. outcome.Results.Values]) : null;

    private static IEnumerable<string> ListFailed(LiveOutcome outcome) =>
        outcome.Results.Values.Where(result => result.Outcome == Outcome.Failed).Select(result => result.Control.Id.ToString());
}
