using System.CommandLine;
using VaultConformance.Cli.Commands;
using VaultConformance.Cli.Output;
using VaultConformance.Cli.Tests.Support;

namespace VaultConformance.Cli.Tests;

public sealed class HelpTests
{
    private TestApp _app = null!;

    [SetUp]
    public void CreateApp() => _app = new TestApp();

    [TearDown]
    public void RemoveApp() => _app.Dispose();

    [Test]
    public void Every_verb_has_examples_that_the_program_understands()
    {
        var root = new RootCommand();
        Verbs.CreateAll(_app.CreateServices(TextWriter.Null, TextWriter.Null)).ToList().ForEach(verb => root.Add(verb.Create()));
        foreach (var verb in ListVerbs())
        {
            Assert.That(verb.Examples, Is.Not.Empty, verb.Name);
            foreach (var example in verb.Examples.Select(example => example.Split(" > ")[0].Split(" >> ")[0]))
            {
                var parsed = root.Parse(example.Split(' '), CommandLineApp.Parser);

                Assert.That(new UsageProblems(parsed).List(), Is.Empty, example);
                Assert.That(parsed.CommandResult.Command.Parents.Prepend(parsed.CommandResult.Command).Select(command => command.Name), Does.Contain(verb.Name), example);
            }
        }
    }

    [TestCase("run")]
    [TestCase("lint")]
    [TestCase("replay")]
    [TestCase("doctor")]
    [TestCase("profile show")]
    public async Task Help_shows_usage_examples_and_options(string verb) =>
        Assert.That(
            (await _app.RunAsync([.. verb.Split(' '), "--help"])).Output,
            Does.Contain($"\nUsage:\n  vault-conformance {verb}").Or.Contain($"\nUsage:\n  ./run.sh {verb}"));

    [Test]
    public async Task The_options_of_run_stand_in_groups_and_each_in_one_only()
    {
        var help = (await _app.RunAsync("help", "run")).Output;

        Assert.That(
            new[] { "What is tested:", "Where it is tested:", "How it is judged:", "The run and its results:", "Exit code:", "What the console shows:" },
            Is.All.Matches<string>(title => help.Contains($"\n{title}\n", StringComparison.Ordinal)));
        Assert.That(help, Does.Contain("  -f, --values <file> ").And.Contain("  -o, --output <folder> ").And.Contain("  -q, --quiet ").And.Contain("  -v, --verbose "));
        Assert.That(help.Split("--timeout <duration>"), Has.Length.EqualTo(2));
    }

    [Test]
    public async Task Help_of_the_program_says_where_to_start() =>
        Assert.That((await _app.RunAsync("help")).Output, Does.Contain("\nStart here:\n").And.Contain(" doctor ").And.Contain(" my-values.yaml "));

    [TestCase(80)]
    [TestCase(120)]
    public void Help_fits_the_terminal(int width)
    {
        using var output = new StringWriter { NewLine = "\n" };
        var help = new HelpText(new CliConsole(output, output, new ConsoleTraits(false, false, false, width)), "./run.sh");

        help.Write(ListVerbs().Single(verb => verb.Name == "run"));

        // Names of options and examples are never broken: they are there to be copied.
        Assert.That(output.ToString().Split('\n').Where(line => line.Length > width && !line.StartsWith("  ./run.sh", StringComparison.Ordinal)
            && !line.StartsWith("  -", StringComparison.Ordinal)), Is.Empty);
    }

    private List<VerbCommand> ListVerbs()
    {
        var services = _app.CreateServices(TextWriter.Null, TextWriter.Null);
        var top = Verbs.CreateAll(services).Select(verb => verb.Create()).ToList();
        return [.. top.Concat(top.SelectMany(verb => verb.Subcommands)).Cast<VerbCommand>()];
    }
}
