using VaultConformance.Cli.Tests.Support;

namespace VaultConformance.Cli.Tests;

/// <summary>Profiles and waivers that are none, in every way a user can hand them over: one clear error, exit code 3, nothing started, nothing written.</summary>
public sealed class MalformedFileTests
{
    private static readonly string[] Commands =
    [
        "run --profile FILE", "run --waivers FILE", "replay out --profile FILE", "replay out --waivers FILE", "profile check FILE", "profile show FILE", "waivers audit FILE",
    ];

    private static readonly Dictionary<string, (byte[]? Content, string Message)> Files = new()
    {
        ["missing"] = (null, "cannot be read: it does not exist."),
        ["empty"] = ([], "line 1: the file is empty"),
        ["only a comment"] = (Text("# nothing\n"), "line 1: the file is empty"),
        ["not a mapping"] = (Text("- a\n"), "line 1: a "),
        ["a word"] = (Text("just words\n"), "line 1: a "),
        ["duplicate keys"] = (Text("name: a\nname: b\nwaivers: []\nwaivers: []\n"), "is already given in line "),
        ["an anchor"] = (Text("name: &a x\nwaivers: &b []\n"), "anchors are not allowed (&a)"),
        ["an alias bomb"] = (Text("a: &a [x,x,x,x]\nb: &b [*a,*a,*a,*a]\nc: [*b,*b,*b,*b]\n"), "aliases are not allowed (*a)"),
        ["a tag"] = (Text("name: !!python/object x\n"), "tags are not allowed ("),
        ["two documents"] = (Text("name: a\n---\nname: b\n"), "line 2: only one document is allowed in this file"),
        ["an unknown field"] = (Text("nonsense: 1\n"), "line 1: unknown field 'nonsense'"),
        ["endless nesting"] = (Text("name: " + new string('[', 100_000)), "nested more than 32 levels deep"),
        ["no YAML"] = (Text("name: {a: b\n"), "this is not YAML: "),
        ["larger than 1 MiB"] = (Text("name: " + new string('x', 1024 * 1024) + "\n"), "cannot be read: it is larger than 1 MiB."),
        ["NUL characters"] = (Text("name: a\0b\n"), "cannot be read: it is not text: it holds NUL characters."),
        ["a program"] = ([0x7F, (byte)'E', (byte)'L', (byte)'F', 0xFF, 0xFE, 0x80, 1, 2], "cannot be read: it is not text in UTF-8."),
        ["UTF-16"] = (System.Text.Encoding.Unicode.GetPreamble().Concat(System.Text.Encoding.Unicode.GetBytes("name: a\n")).ToArray(), "cannot be read: it is not text in UTF-8."),
    };

    private TestApp _app = null!;

    private static IEnumerable<TestCaseData> Cases =>
        from command in Commands from file in Files.Keys select new TestCaseData(command, file).SetName($"{{m}}({command}, {file})");

    [SetUp]
    public void CreateApp() => _app = new TestApp();

    [TearDown]
    public void RemoveApp() => _app.Dispose();

    [TestCaseSource(nameof(Cases))]
    public async Task A_file_that_is_none_is_refused(string command, string file)
    {
        if (Files[file].Content is { } content)
        {
            await File.WriteAllBytesAsync(Path.Combine(_app.WorkingFolder, "bad.yaml"), content);
        }

        await AssertRefusedAsync(command.Replace("FILE", "bad.yaml", StringComparison.Ordinal), Files[file].Message);
    }

    [TestCaseSource(nameof(Commands))]
    public async Task A_folder_is_refused(string command)
    {
        Directory.CreateDirectory(Path.Combine(_app.WorkingFolder, "bad.yaml"));

        await AssertRefusedAsync(command.Replace("FILE", "bad.yaml", StringComparison.Ordinal), "cannot be read: it is a folder, not a file.");
    }

    [TestCase("version: \"1.0\"", "version: \"99999999999999999999.0\"", "version '99999999999999999999.0' must look like 1.0")]
    [TestCase("version: \"1.0\"", "version: 1", "version '1' must look like 1.0")]
    [TestCase("version: \"1.0\"", "version: [1, 0]", "'version' must be a text that is not empty")]
    [TestCase("parameters: {}", "parameters: {shutdownBudgetSeconds: 99999999999999999999999999}", "'shutdownBudgetSeconds' must hold whole numbers from 0 to 2147483647")]
    [TestCase("parameters: {}", "parameters: {allowedUids: [1e9]}", "'allowedUids' must hold whole numbers from 0 to 4294967294")]
    [TestCase("parameters: {}", "parameters: []", "'parameters' must be a mapping")]
    [TestCase("parameters: {}", "parameters: {nonsense: 1}", "unknown field 'nonsense'")]
    [TestCase("CORE-1: {level: must}", "CORE-99999999999999999999: {level: must}", "unknown control 'CORE-99999999999999999999'")]
    public async Task A_profile_with_a_wrong_value_is_refused(string right, string wrong, string message)
    {
        var text = TestApp.ProfileText("mine").Replace("version: 1.0", "version: \"1.0\"", StringComparison.Ordinal) + "parameters: {}\n";
        _app.WriteWork("bad.yaml", text.Replace(right, wrong, StringComparison.Ordinal));

        foreach (var command in Commands.Where(command => command.Contains("profile", StringComparison.Ordinal)))
        {
            await AssertRefusedAsync(command.Replace("FILE", "bad.yaml", StringComparison.Ordinal), message);
        }
    }

    [TestCase("expires: 2026-06-30", "expires: 0", "'0' in 'expires' must be a day that exists")]
    [TestCase("expires: 2026-06-30", "expires: 99999-01-01", "'99999-01-01' in 'expires' must be a day that exists")]
    [TestCase("expires: 2026-06-30", "expires: [2026, 6, 30]", "'expires' must be a text that is not empty")]
    [TestCase("chart: 0.34.1", "chart: 0.34 or so", "'0.34 or so' in 'chart' is not a range of chart versions")]
    [TestCase("chart: 0.34.1", "chart: {from: 1}", "'chart' must be a text that is not empty")]
    [TestCase("chart: 0.34.1", "cluster: mine", "unknown field 'cluster'")]
    public async Task A_waiver_with_a_wrong_value_is_refused(string right, string wrong, string message)
    {
        const string Good = "waivers:\n- id: x\n  control: PROC-1\n  scope: {chart: 0.34.1}\n  reason: r\n  owner: o\n  approvedBy: a\n  expires: 2026-06-30\n";
        _app.WriteWork("bad.yaml", Good.Replace(right, wrong, StringComparison.Ordinal));

        foreach (var command in Commands.Where(command => command.Contains("waivers", StringComparison.Ordinal)))
        {
            await AssertRefusedAsync(command.Replace("FILE", "bad.yaml", StringComparison.Ordinal), message);
        }
    }

    private async Task AssertRefusedAsync(string command, string message)
    {
        await RecordedRun.WriteAsync(_app, TestApp.Now);
        var before = Directory.GetFileSystemEntries(_app.Folder, "*", SearchOption.AllDirectories);

        var result = await _app.RunAsync([.. command.Split(' '), .. command.StartsWith("replay", StringComparison.Ordinal) ? new[] { "--output", "again" } : []]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.EqualTo(3), command);
            Assert.That(result.Error, Does.StartWith("Error: ").And.Contain(message), command);
            Assert.That(result.Error, Does.Not.Contain("unexpected").And.Not.Contain("   at "), command);
            Assert.That(result.Error.Split('\n').Count(line => line.StartsWith("Error: ", StringComparison.Ordinal)), Is.EqualTo(1), command);
            Assert.That(result.Error, Has.Length.LessThan(4000), command);
            Assert.That(result.Output, Is.Empty, command);
            Assert.That(_app.Pipeline.Plan, Is.Null, command);
            Assert.That(Directory.GetFileSystemEntries(_app.Folder, "*", SearchOption.AllDirectories), Is.EqualTo(before), command);
        }
    }

    private static byte[] Text(string text) => System.Text.Encoding.UTF8.GetBytes(text);
}
