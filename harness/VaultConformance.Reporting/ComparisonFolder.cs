using VaultConformance.Reporting.Comparing;
using VaultConformance.Reporting.Html;
using VaultConformance.Reporting.Writers;

namespace VaultConformance.Reporting;

/// <summary>Writes a comparison in every format into one folder.</summary>
/// <param name="folder">The output folder; created when it is missing.</param>
public sealed class ComparisonFolder(string folder)
{
    /// <summary>Writes all formats, each file whole or not at all.</summary>
    /// <param name="comparison">The comparison.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <returns>The files written.</returns>
    /// <exception cref="ReportWriteException">One could not be written.</exception>
    public async Task<IReadOnlyList<string>> WriteAsync(RunComparison comparison, CancellationToken cancellationToken)
    {
        string[] files =
            [.. new[] { ComparisonJson.FileName, ComparisonMarkdown.FileName, ComparisonHtml.FileName }.Select(
                name => Path.Combine(folder, name))];
        await ReportFile.WriteAsync(files[0], ComparisonJson.Write(comparison), cancellationToken);
        await ReportFile.WriteAsync(files[1], ComparisonMarkdown.Write(comparison), cancellationToken);
        await ReportFile.WriteAsync(files[2], await ComparisonHtml.RenderAsync(comparison), cancellationToken);
        return files;
    }
}
