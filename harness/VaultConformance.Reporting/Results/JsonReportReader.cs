using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using VaultConformance.Files;
using VaultConformance.Reporting.Comparing;
using VaultConformance.Reporting.Json;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Waivers;

namespace VaultConformance.Reporting.Results;

/// <summary>
/// Reads <c>results.json</c> of layout 1.x. What it needs must be there and be right; what a later 1.x added is passed over, as the schema
/// demands.
/// </summary>
public static partial class JsonReportReader
{
    private static readonly JsonSerializerOptions WaiverOptions = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false) },
    };

    private const long LargestFile = 64 * 1024 * 1024;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ResultsException">It cannot be read, or it is refused.</exception>
    public static ComparedRun Open(string path)
    {
        try
        {
            RegularFile.Require(path);
            return new FileInfo(path).Length > LargestFile
                ? throw ResultsException.Refused(path, [$"it has more than {LargestFile} bytes"])
                : Read(path, File.ReadAllBytes(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw ResultsException.Refused(path, [exception.Message.TrimEnd('.')], exception);
        }
    }

    /// <summary>Reads a text.</summary>
    /// <param name="name">What to call it in messages.</param>
    /// <param name="json">JSON in UTF-8.</param>
    /// <exception cref="ResultsException">It is refused.</exception>
    public static ComparedRun Read(string name, ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = StrictJson.Parse(json);
            // Numbers and texts that mean nothing are refused wherever they stand.
            CanonicalJson.Write(document.RootElement);
            return Read(name, document.RootElement);
        }
        catch (JsonException exception)
        {
            throw ResultsException.Refused(name, [exception.Message], exception);
        }
    }

    private static ComparedRun Read(string name, JsonElement root)
    {
        var problems = new List<string>();
        var fields = new ResultFields(root, "results", problems);
        var version = fields.ReadText("schemaVersion");
        if (problems.Count == 0 && !Layout.IsMatch(version))
        {
            throw ResultsException.Refused(name, [$"they have layout {version}; this program reads layouts 1.x"]);
        }

        var run = new ComparedRun(
            fields.ReadText("runId"),
            fields.ReadText("tool"),
            fields.ReadText("profile"),
            fields.ReadWord<Verdict>("verdict"),
            fields.ReadOptionalFlag("standIn"),
            [.. fields.List("subject").Select(fact => new SubjectFact(fact.ReadText("name"), fact.ReadText("value")))],
            [.. fields.ReadOptionalList("digests").Select(
                digest => new SubjectDigest(digest.ReadWord<SubjectKind>("kind"), digest.ReadText("name"), digest.ReadText("sha256")))],
            [.. fields.List("results")
                .Select(ReadControl)
                .Concat(fields.ReadTexts("notRun").Select(id => ComparedControl.CreateNotRun(ReadId(id, "notRun", problems))))
                .OrderBy(control => control.Id)])
        {
            Waivers = ReadWaivers(fields),
        };
        problems.AddRange(run.Controls.GroupBy(control => control.Id)
            .Where(group => group.Count() > 1)
            .Select(group => $"control {group.Key} is there {group.Count()} times"));
        return problems.Count == 0 ? run : throw ResultsException.Refused(name, problems);
    }

    private static IReadOnlyList<WaiverStatus> ReadWaivers(ResultFields fields)
    {
        try
        {
            return [.. (fields.FindOptionalPart("waivers")?.Deserialize<JsonWaiverStatus[]>(WaiverOptions) ?? [])
                .Select(status => status.ToModel())];
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            fields.Problems.Add($"waivers: {JsonProblem.Explain(exception).TrimEnd('.')}");
            return [];
        }
    }

    private static ComparedControl ReadControl(ResultFields result) => new(
        ReadId(result.ReadText("id"), result.Where, result.Problems),
        result.ReadNumber("revision"),
        result.ReadText("title"),
        result.ReadWord<Requirement>("level"),
        result.ReadWord<Outcome>("outcome"),
        result.ReadText("reason"),
        [
            .. result.List("findings").Select(finding => new Finding(
                finding.ReadText("subject"),
                finding.ReadText("fact"),
                finding.ReadText("expected"),
                finding.ReadText("actual"),
                finding.ReadWord<Outcome>("outcome"))
            {
                Evidence = finding.ReadOptionalTexts("evidence"),
            }),
        ]);

    private static ControlId ReadId(string text, string where, List<string> problems)
    {
        if (!ControlId.TryParse(text, out var id))
        {
            problems.Add($"{where}: '{text}' is not a control id");
        }

        return id;
    }

    [GeneratedRegex("^1\\.[0-9]{1,3}$", RegexOptions.CultureInvariant)]
    private static partial Regex Layout { get; }
}
