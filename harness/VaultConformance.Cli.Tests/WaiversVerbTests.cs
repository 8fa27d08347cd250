using VaultConformance.Cli.Tests.Support;

namespace VaultConformance.Cli.Tests;

public sealed class WaiversVerbTests
{
    private const string Good = """
        waivers:
        - id: good
          control: PROC-1
          scope: {chart: ">=0.30.0 <0.36.0"}
          reason: the chart does not exec
          owner: ops
          approvedBy: security
          expires: 2026-06-30

        """;

    private TestApp _app = null!;

    [SetUp]
    public void CreateApp() => _app = new TestApp();

    [TearDown]
    public void RemoveApp() => _app.Dispose();

    [Test]
    public async Task Waivers_that_hold_need_no_attention()
    {
        _app.WriteWork("w.yaml", Good);

        var result = await _app.RunAsync("waivers", "audit", "w.yaml");

        Assert.That((result.ExitCode, result.Error), Is.EqualTo((0, string.Empty)));
        Assert.That(Lines(result.Output), Does.Contain("good PROC-1 ops active its last day is 2026-06-30"));
        Assert.That(result.Output, Does.EndWith("1 waiver, none needs attention.\n"));
    }

    [TestCase("2026-06-30", "2026-02-28", "expired its last day was 2026-02-28; its control counts as it is", 1)]
    [TestCase("2026-06-30", "2026-03-31", "expires soon its last day is 2026-03-31, in 30 days", 0)]
    [TestCase("2026-06-30", "2026-03-01", "expires soon today is its last day", 0)]
    [TestCase("2026-06-30", "2099-01-01", "too broad it holds for 26604 more days, which is more than 400", 1)]
    [TestCase("  scope: {chart: \">=0.30.0 <0.36.0\"}\n", "", "too broad it names no range of chart versions", 1)]
    [TestCase(" <0.36.0", "", "too broad its range of chart versions (>=0.30.0) has no end", 1)]
    [TestCase("PROC-1", "OLD-1", "unknown control there is no control OLD-1; a run refuses the file", 1)]
    public async Task What_is_wrong_with_a_waiver_is_told_and_decides_the_exit_code(string right, string wrong, string line, int exitCode)
    {
        _app.WriteWork("w.yaml", Good.Replace(right, wrong, StringComparison.Ordinal));

        var result = await _app.RunAsync("waivers", "audit", "w.yaml");

        Assert.That(Lines(result.Output), Has.Some.EndsWith(line));
        Assert.That((result.ExitCode, result.Error), Is.EqualTo((exitCode, string.Empty)));
        Assert.That(result.Output, Does.EndWith(exitCode == 0 ? "1 waiver, none needs attention.\n" : "1 waiver, 1 needs attention.\n"));
    }

    [Test]
    public async Task Programs_get_json()
    {
        _app.WriteWork("w.yaml", Good.Replace("2026-06-30", "2026-02-28", StringComparison.Ordinal));

        var result = await _app.RunAsync("waivers", "audit", "w.yaml", "--json");

        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.Output, Is.EqualTo($$"""
            [
              {
                "id": "good",
                "control": "PROC-1",
                "owner": "ops",
                "approvedBy": "security",
                "expires": "2026-02-28",
                "file": "{{Path.Combine(_app.WorkingFolder, "w.yaml")}}",
                "needsAttention": true,
                "remarks": [
                  {
                    "mark": "expired",
                    "text": "its last day was 2026-02-28; its control counts as it is",
                    "needsAttention": true
                  }
                ]
              }
            ]

            """));
    }

    [Test]
    public async Task Results_that_are_none_are_refused()
    {
        _app.WriteWork("w.yaml", Good);
        _app.WriteWork("out/results.json", "{}");

        foreach (var against in new[] { "out", "out/results.json", "nowhere" })
        {
            var result = await _app.RunAsync("waivers", "audit", "w.yaml", "--against", against);

            Assert.That(result.ExitCode, Is.EqualTo(3));
            Assert.That(result.Error, Does.StartWith("Error: ").And.Contain(against == "nowhere" ? "does not exist. Give an evidence bundle (*.vcb), the output folder of a run, or a results.json." : "Give the results.json of a run as it was written."));
            Assert.That(result.Output, Is.Empty);
        }
    }

    [Test]
    public async Task Two_files_cannot_hold_the_same_waiver()
    {
        _app.WriteWork("a.yaml", Good);
        _app.WriteWork("b.yaml", Good);

        var result = await _app.RunAsync("waivers", "audit", "a.yaml", "b.yaml");

        Assert.That(result.ExitCode, Is.EqualTo(3));
        Assert.That(result.Error, Does.Match("^Error: Waiver 'good' is in '.*a.yaml' and again in '.*b.yaml'. Give each waiver an id of its own.\n$"));
        Assert.That((await _app.RunAsync("waivers", "audit", "a.yaml", "./a.yaml")).ExitCode, Is.Zero, "one file named twice is one file");
    }

    private static IEnumerable<string> Lines(string output) => output.Split('\n').Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
}
