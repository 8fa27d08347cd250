namespace VaultConformance.Runs.Records;

/// <summary>The values files of a run, as far as a change of them needs it; kept with the evidence, without secrets.</summary>
/// <param name="Files">The files in the order in which Helm got them.</param>
/// <param name="Defaults">The chart's own server configurations, by key, for example <c>server.standalone.config</c>.</param>
/// <param name="Release">Name of the release.</param>
/// <param name="Notes">What a reader of a changed file has to know, for example that secrets are masked in it.</param>
internal sealed record RecordedValues(
    IReadOnlyList<RecordedValuesFile> Files, IReadOnlyDictionary<string, string> Defaults, string Release, IReadOnlyList<string> Notes);

/// <summary>A values file.</summary>
/// <param name="Path">The file as reports name it.</param>
/// <param name="Text">Its text, with <c>***</c> in place of secrets.</param>
internal sealed record RecordedValuesFile(string Path, string Text);
