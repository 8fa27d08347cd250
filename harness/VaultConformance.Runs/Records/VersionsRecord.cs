using System.Runtime.InteropServices;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Runs.Records;

/// <summary>What made a bundle, as <c>versions.json</c> keeps it.</summary>
/// <param name="Tool">Name and version of the program.</param>
/// <param name="Runtime">For example <c>.NET 10.0.1</c>.</param>
/// <param name="OperatingSystem">System that the program ran on; not that of the node.</param>
/// <param name="Architecture">For example <c>x64</c>.</param>
/// <param name="RunRecordFormat">Layout of <c>run.json</c>.</param>
/// <param name="Controls">Revision of each control, by id.</param>
internal sealed record VersionsRecord(
    string Tool, string Runtime, string OperatingSystem, string Architecture, int RunRecordFormat, IReadOnlyDictionary<string, int> Controls)
{
    /// <summary>The versions of this program.</summary>
    /// <param name="report">The report.</param>
    /// <param name="catalogue">All controls of this program.</param>
    public static VersionsRecord Of(ConformanceReport report, IReadOnlyList<ControlDescriptor> catalogue) => new(
        report.Tool,
        RuntimeInformation.FrameworkDescription,
        RuntimeInformation.OSDescription,
        RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant(),
        RunRecord.CurrentFormat,
        catalogue.ToDictionary(control => control.Id.ToString(), control => control.Revision));
}
