using VaultConformance.Reporting.Values;
using VaultConformance.Runs.Plan;

namespace VaultConformance.Runs.Engine;

/// <summary>Reads from the values files of a run what they declare about its controls.</summary>
internal static class ValuesDeclarations
{
    /// <summary>What the values files declare.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    public static async Task<DeclaredValues> ReadAsync(RunPlan plan, CancellationToken cancellationToken)
    {
        var files = new List<ValuesFile>();
        foreach (var path in plan.Release.ValuesFiles)
        {
            files.Add(ValuesFile.Parse(GetName(path, plan.WorkingFolder), await ReadTextAsync(path, cancellationToken)));
        }

        return DeclaredValues.From(files, plan.Controls.Catalogue);
    }

    /// <summary>A file as a report names it: from the working folder, or by its name alone when it lies elsewhere.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="workingFolder">The working folder.</param>
    internal static string GetName(string path, string workingFolder)
    {
        var relative = Path.GetRelativePath(workingFolder, path);
        var isBelow =
            !Path.IsPathRooted(relative) && relative.Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar)[0] != "..";
        return isBelow ? relative.Replace(Path.DirectorySeparatorChar, '/') : Path.GetFileName(path);
    }

    private static async Task<string> ReadTextAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllTextAsync(path, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The release was installed from this file, so that it was there. What it declares is a help to the reader and never worth a
            // result.
            return string.Empty;
        }
    }
}
