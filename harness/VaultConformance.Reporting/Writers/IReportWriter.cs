using VaultConformance.Reporting.Model;

namespace VaultConformance.Reporting.Writers;

/// <summary>One format of the report.</summary>
public interface IReportWriter
{
    /// <summary>Name of the file in the output folder.</summary>
    string FileName { get; }

    /// <summary>The report in this format. The notices come first.</summary>
    /// <param name="report">The report.</param>
    Task<string> RenderAsync(ConformanceReport report);
}
