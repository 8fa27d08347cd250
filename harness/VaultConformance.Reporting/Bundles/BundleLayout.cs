
namespace VaultConformance.Reporting.Bundles;

/// <summary>What an evidence bundle of layout 1 is made of; described for people in <c>docs/evidence-bundle.md</c>.</summary>
internal static class BundleLayout
{
    /// <summary>Name of the format, in the manifest of every bundle.</summary>
    public const string Format = "vault-conformance-bundle";

    /// <summary>The layout that this program writes and reads.</summary>
    public const int Version = 1;

    /// <summary>Name of the bundle in the output folder of a run.</summary>
    public const string FileName = "evidence.vcb";

    /// <summary>The manifest. It lists all other parts, and not itself.</summary>
    public const string Manifest = "bundle.json";

    /// <summary>The record of the run: what a replay needs besides observations.</summary>
    public const string Run = "run.json";

    /// <summary>What was asked for, as data.</summary>
    public const string Plan = "plan.json";

    /// <summary>Versions of the program, its runtime and its controls.</summary>
    public const string Versions = "versions.json";

    /// <summary>The results as they were recorded.</summary>
    public const string Results = "results/results.json";

    /// <summary>The test framework's own result.</summary>
    public const string NUnit = "results/nunit.xml";

    /// <summary>The objects as they were rendered, redacted.</summary>
    public const string RenderedManifest = "release/manifest.yaml";

    /// <summary>Folder of the values files, redacted.</summary>
    public const string ValuesFolder = "release/values/";

    /// <summary>Folder of the observations, one file each.</summary>
    public const string ObservationsFolder = "observations/";

    /// <summary>Folder of the diagnostics, redacted.</summary>
    public const string DiagnosticsFolder = "diagnostics/";

    /// <summary>Parts without which a bundle is none; the manifest is not among them.</summary>
    public static IReadOnlyList<string> Required { get; } = [Plan, Results, Run, Versions];

    private static readonly string[] Folders = [ObservationsFolder, "results/", "release/", DiagnosticsFolder];

    /// <summary>True when a part may be in a bundle of this layout.</summary>
    /// <param name="path">Path of the part.</param>
    public static bool Belongs(string path) =>
        path is Run or Plan or Versions
            || Array.Exists(Folders, folder => path.StartsWith(folder, StringComparison.Ordinal) && path.Length > folder.Length);

    /// <summary>
    /// The media type of a part. Diagnostics are text, whatever they are called: taking secrets out can leave them unreadable as anything
    /// else.
    /// </summary>
    /// <param name="path">Path of the part.</param>
    public static string GetMediaType(string path) => Path.GetExtension(path) switch
    {
        _ when path.StartsWith(DiagnosticsFolder, StringComparison.Ordinal) => BundleMediaTypes.Text,
        ".json" => BundleMediaTypes.Json,
        ".yaml" => BundleMediaTypes.Yaml,
        ".xml" => BundleMediaTypes.Xml,
        _ => BundleMediaTypes.Text,
    };
}

/// <summary>Media types of the parts of a bundle.</summary>
internal static class BundleMediaTypes
{
    /// <summary>Canonical JSON.</summary>
    public const string Json = "application/json";

    public const string Yaml = "application/yaml";

    public const string Xml = "application/xml";

    /// <summary>Text in UTF-8.</summary>
    public const string Text = "text/plain";
}
