using VaultConformance.Reporting.Html;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Writers;

namespace VaultConformance.Reporting;

/// <summary>Writes a report in every format into one folder.</summary>
/// <param name="folder">The output folder; created when it is missing.</param>
public sealed class ReportFolder(string folder)
{
    /// <summary>File with the test framework's own result, stored as it is.</summary>
    public const string NUnitFileName = "nunit.xml";

    private static readonly IReadOnlyList<IReportWriter> Writers =
    [
        new JsonReportWriter(), new JUnitReportWriter(), new SarifReportWriter(), new MarkdownReportWriter(), new HtmlReportWriter(),
        new AnnotationsWriter(), new CodeQualityWriter(),
    ];

    /// <summary>Names of the files of a complete report.</summary>
    public static IReadOnlyList<string> FileNames => [.. Writers.Select(writer => writer.FileName), NUnitFileName];

    /// <summary>Writes all formats, each file whole or not at all.</summary>
    /// <param name="report">The report.</param>
    /// <param name="nunitXml">The suite's own result; null when the suite did not run.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <returns>The files written.</returns>
    /// <exception cref="ReportWriteException">One could not be written.</exception>
    public async Task<IReadOnlyList<string>> WriteAsync(ConformanceReport report, string? nunitXml, CancellationToken cancellationToken)
    {
        var files = new List<string>();
        foreach (var writer in Writers)
        {
            files.Add(await WriteFileAsync(writer.FileName, await writer.RenderAsync(report), cancellationToken));
        }

        await WriteFixAsync(report.Fix?.Text, files, cancellationToken);
        if (nunitXml is not null)
        {
            files.Add(await WriteFileAsync(NUnitFileName, nunitXml, cancellationToken));
        }

        return files;
    }

    // One that an earlier report left would be taken for this one's.
    private async Task WriteFixAsync(string? text, List<string> files, CancellationToken cancellationToken)
    {
        if (text is not null)
        {
            files.Add(await WriteFileAsync(RunFix.FileName, text, cancellationToken));
        }
        else if (Directory.Exists(folder))
        {
            File.Delete(Path.Combine(folder, RunFix.FileName));
        }
    }

    private async Task<string> WriteFileAsync(string name, string text, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, name);
        await ReportFile.WriteAsync(path, text, cancellationToken);
        return path;
    }
}
