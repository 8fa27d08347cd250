using System.Text.Json.Nodes;
using VaultConformance.Cli.Tests.Support;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Values;
using VaultConformance.Runs.Attestation;
using VaultConformance.Runs.Records;

namespace VaultConformance.Cli.Tests;

/// <summary>Records and results may come from somebody else: whatever text of them holds a key or a token, no verb prints or writes it.</summary>
public sealed class MaskedTextsTests
{
    private const string Token = "hvs.CAESIJ8saBcD1234567890abcdef";

    private TestApp _app = null!;

    [SetUp]
    public void CreateApp() => _app = new TestApp();

    [TearDown]
    public void RemoveApp() => _app.Dispose();

    [TestCase("replay out --output again")]
    [TestCase("report --from out --output again")]
    public async Task No_text_of_a_record_is_printed_with_its_tokens(string line)
    {
        var path = await RecordAsync();
        foreach (var change in Leaves(await File.ReadAllTextAsync(path)))
        {
            await File.WriteAllTextAsync(path, change.Text);

            var result = await _app.RunAsync(line.Split(' '));

            AssertMasked(change.Place, result.Output, result.Error);
        }
    }

    [Test]
    public async Task Notices_of_a_record_keep_their_words()
    {
        await RecordAsync();

        await _app.RunAsync("report", "--from", "out", "--output", "again");

        Assert.That(await File.ReadAllTextAsync(Path.Combine(_app.WorkingFolder, "again", "results.json")), Does.Contain("A stand-in was tested with ***.").And.Not.Contain(Token));
    }

    [TestCase("compare out/results.json other.json --output again")]
    [TestCase("compare other.json out/results.json --output again")]
    public async Task No_text_of_results_is_printed_with_its_tokens(string line)
    {
        await RecordAsync();
        await _app.RunAsync("replay", "out", "--output", "out");
        var text = await File.ReadAllTextAsync(Path.Combine(_app.WorkingFolder, "out", "results.json"));
        foreach (var change in Leaves(text))
        {
            _app.WriteWork("other.json", change.Text);

            var result = await _app.RunAsync(line.Split(' '));

            AssertMasked(change.Place, result.Output, result.Error);
        }
    }

    [Test]
    public void Checks_of_a_bundle_lose_the_tokens_in_their_words() =>
        Assert.That(new VerificationCheck("results", "they follow", [$"the results say notices[0] is {Token}"]).Problems, Is.EqualTo((string[])["the results say notices[0] is ***"]));

    private async Task<string> RecordAsync()
    {
        var declared = new DeclaredValue("server.resources", "site.yaml", 7, "mapping with 1 key") { Path = "deploy/site.yaml" };
        var record = SampleRecords.Of(SampleReports.Of(Outcome.Passed)) with
        {
            Notices = [$"A stand-in was tested with {Token}."],
            Problem = "The run ended early.",
            Digests = [new SubjectDigest(SubjectKind.Chart, "vault-0.34.1", new string('a', 64))],
            Declared = new DeclaredValues(["deploy/site.yaml"], new Dictionary<string, IReadOnlyList<DeclaredValue>> { ["MEM-4"] = [declared] }),
        };
        var folder = Path.Combine(_app.WorkingFolder, "out", "evidence");
        await RunRecordFile.WriteAsync(folder, record, CancellationToken.None);
        return Path.Combine(folder, "run.json");
    }

    private void AssertMasked(string place, params string[] texts)
    {
        var folder = Path.Combine(_app.WorkingFolder, "again");
        var files = Directory.Exists(folder) ? Directory.GetFiles(folder).Select(File.ReadAllText) : [];
        Assert.That(string.Concat([.. texts, .. files]), Does.Not.Contain(Token), place);
    }

    /// <summary>The document once for every text in it, each time with a token behind that text; of lists the first two entries will do.</summary>
    private static IEnumerable<(string Place, string Text)> Leaves(string json)
    {
        var count = Texts(JsonNode.Parse(json)!).Count();
        for (var at = 0; at < count; at++)
        {
            var root = JsonNode.Parse(json)!;
            var leaf = Texts(root).ElementAt(at);
            var place = leaf.GetPath();
            leaf.ReplaceWith(JsonValue.Create($"{leaf.GetValue<string>()} {Token}"));
            yield return (place, root.ToJsonString());
        }
    }

    private static IEnumerable<JsonValue> Texts(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(member => Texts(member.Value)),
        JsonArray list => list.Take(2).SelectMany(Texts),
        JsonValue value when value.TryGetValue<string>(out _) => [value],
        _ => [],
    };
}
