using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using VaultConformance.Harness.Vault.Setup;
using VaultConformance.Reporting.Yaml;

namespace VaultConformance.Runs.Plan;

/// <summary>Reads the files that configure the server: a list of writes in YAML, or a program.</summary>
/// <param name="problems">Receives what is wrong with them.</param>
internal sealed class SetupReader(PlanProblems problems)
{
    private const int LargestList = 1024 * 1024;
    private static readonly string[] Fields = ["path", "data", "status"];

    /// <summary>Reads a file.</summary>
    /// <param name="origin">Where it was named.</param>
    /// <param name="path">Full path.</param>
    /// <returns>The step; null when something is wrong with it.</returns>
    public SetupStep? Read(string origin, string path)
    {
        try
        {
            return Path.GetExtension(path).ToUpperInvariant() is ".YAML" or ".YML" or ".JSON"
                ? ReadWrites(origin, path)
                : ReadProgram(origin, path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problems.Add(origin, $"'{path}' cannot be read: {exception.Message.TrimEnd('.')}");
            return null;
        }
    }

    private SetupStep.Program? ReadProgram(string origin, string path)
    {
        if (!OperatingSystem.IsWindows() && !File.GetUnixFileMode(path).HasFlag(UnixFileMode.UserExecute))
        {
            problems.Add(
                origin,
                $"'{path}' is neither a list of writes (*.yaml) nor a program that may be executed; name it *.yaml, or make it "
                    + "executable with 'chmod +x'");
            return null;
        }

        return new SetupStep.Program(Path.GetFileName(path), ComputeDigest(File.ReadAllBytes(path)), path);
    }

    private SetupStep.Writes? ReadWrites(string origin, string path)
    {
        var bytes = File.ReadAllBytes(path);
        var found = new ProblemList();
        if (bytes.Length > LargestList)
        {
            found.Add(1, "the file is larger than 1 MiB");
        }

        var writes = bytes.Length > LargestList ? [] : ReadList(StrictYaml.Read(Encoding.UTF8.GetString(bytes), found), found);
        foreach (var line in found.Lines)
        {
            problems.Add(origin, $"'{path}' {line}");
        }

        return found.IsEmpty ? new SetupStep.Writes(Path.GetFileName(path), ComputeDigest(bytes), writes) : null;
    }

    private static List<SetupWrite> ReadList(YamlValue? document, ProblemList problems)
    {
        switch (document)
        {
            case YamlList list:
                return [.. list.Items.Select(item => ReadWrite(item, problems)).OfType<SetupWrite>()];
            case { } other:
                problems.Add(other.Line, "the file must be a list of writes, each with 'path' and, where there is any, 'data'");
                return [];
            default:
                return [];
        }
    }

    private static SetupWrite? ReadWrite(YamlValue item, ProblemList problems)
    {
        if (item is not YamlMap map)
        {
            problems.Add(item.Line, "a write must be a mapping with 'path' and, where there is any, 'data'");
            return null;
        }

        var fields = new YamlFields(map, problems, Fields);
        fields.RefuseUnknown();
        var path = fields.ReadRequiredText("path");
        if (path.StartsWith('/') || path.StartsWith("v1/", StringComparison.Ordinal) || path.Contains("..", StringComparison.Ordinal))
        {
            problems.Add(
                fields.FindLine("path"), $"'{path}' must be a path of the API without '/v1/' in front, for example sys/auth/userpass");
        }

        return new SetupWrite(
            path.TrimEnd('/'),
            fields.Map("data") is { } data ? ConvertMap(data) : null,
            ReadStatus(fields, problems),
            fields.FindLine("path"));
    }

    private static int? ReadStatus(YamlFields fields, ProblemList problems)
    {
        if (fields.ReadOptionalText("status") is not { } text)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var status) && status is >= 200 and <= 599)
        {
            return status;
        }

        problems.Add(fields.FindLine("status"), $"'{text}' must be an HTTP status from 200 to 599");
        return null;
    }

    private static JsonNode? Convert(YamlValue value) => value switch
    {
        YamlMap map => ConvertMap(map),
        YamlList list => new JsonArray([.. list.Items.Select(Convert)]),
        YamlText { Quoted: false, Text: "true" or "false" } text => JsonValue.Create(text.Text == "true"),
        YamlText { Quoted: false, Text: "" or "~" or "null" } => null,
        YamlText { Quoted: false } text when long.TryParse(text.Text, CultureInfo.InvariantCulture, out var number)
            && number.ToString(CultureInfo.InvariantCulture) == text.Text => JsonValue.Create(number),
        YamlText text => JsonValue.Create(text.Text),
        _ => null,
    };

    private static JsonObject ConvertMap(YamlMap map) =>
        new(map.Entries.Select(entry => KeyValuePair.Create(entry.Key, Convert(entry.Value))));

    private static string ComputeDigest(byte[] bytes) => System.Convert.ToHexStringLower(SHA256.HashData(bytes));
}
