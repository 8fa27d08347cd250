namespace VaultConformance.Runs.Plan;

/// <summary>Finds the Helm program that a user named.</summary>
/// <param name="variables">The environment.</param>
internal sealed class HelmProgram(IReadOnlyDictionary<string, string> variables)
{
    /// <summary>The program that <c>--helm</c> names, by path or by name on PATH; null when it names none.</summary>
    /// <param name="reader">The settings.</param>
    /// <param name="problems">Receives the problems.</param>
    public string? Find(PlanReader reader, PlanProblems problems)
    {
        if (reader.ReadSingle(Settings.Helm) is not { } text)
        {
            return null;
        }

        var isName = text.AsSpan().IndexOfAny('/', '\\') < 0;
        if ((File.Exists(reader.ToFullPath(text)) ? reader.ToFullPath(text) : isName ? FindOnPath(variables, text) : null) is { } program)
        {
            return program;
        }

        problems.Add(
            reader.DescribeOrigin(Settings.Helm), $"there is no program '{text}'; give the path of Helm 3 or 4, or leave the option out");
        return null;
    }

    /// <summary>A program on PATH, or null.</summary>
    /// <param name="variables">The environment.</param>
    /// <param name="name">Name without extension.</param>
    public static string? FindOnPath(IReadOnlyDictionary<string, string> variables, string name) =>
        variables.GetValueOrDefault("PATH", string.Empty).Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? name + ".exe" : name))
            .FirstOrDefault(File.Exists);
}
