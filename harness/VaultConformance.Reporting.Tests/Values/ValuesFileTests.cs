using System.Diagnostics;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Values;

namespace VaultConformance.Reporting.Tests.Values;

/// <summary>What people and programs write into values files.</summary>
public sealed class ValuesFileTests
{
    private const int Deep = 5_000;

    [TestCase("")]
    [TestCase("\n\n")]
    [TestCase("# nothing yet\n")]
    [TestCase("---\n")]
    [TestCase("null\n")]
    [TestCase("[1, 2]")]
    [TestCase("server: {image: {tag: 1")]
    [TestCase("\tserver:\n")]
    [TestCase("server: *nowhere")]
    [TestCase("server:\n  image: !!binary &a [*a]\n")]
    public void A_file_that_declares_nothing_is_no_error(string text) => Assert.That(Find(text, "server.image.tag"), Is.Empty);

    [Test]
    public void An_alias_leads_to_the_line_where_the_text_stands() =>
        Assert.That(
            Find("x-hard: &hard\n  readOnlyRootFilesystem: false\nserver:\n  statefulSet:\n    securityContext:\n      container: *hard\n", Root),
            Is.EqualTo([new DeclaredValue(Root, "values.yaml", 2, "false")]));

    [Test]
    public void A_merge_key_adds_what_is_not_there()
    {
        const string Text = """
            weak: &weak {readOnlyRootFilesystem: false, privileged: true}
            strong: &strong
              readOnlyRootFilesystem: true
            server:
              statefulSet:
                securityContext:
                  container:
                    <<: [*strong, *weak]
                    privileged: false
            """;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Find(Text, Root).Single(), Is.EqualTo(new DeclaredValue(Root, "values.yaml", 3, "true")));
            Assert.That(Find(Text, "server.statefulSet.securityContext.container.privileged").Single().Line, Is.EqualTo(9));
        }
    }

    [Test]
    public void Of_two_equal_keys_the_last_counts_as_in_Helm() =>
        Assert.That(Find("server: {image: {tag: a}}\nserver:\n  image:\n    tag: b\n    tag: c\n", "server.image.tag").Single(), Is.EqualTo(Tag(5, "c")));

    [Test]
    public void Only_the_first_document_is_read_as_in_Helm() =>
        Assert.That(Find("---\nserver: {image: {tag: a}}\n---\nserver: {image: {tag: b}}\n", "server.image.tag").Single(), Is.EqualTo(Tag(2, "a")));

    [Test]
    public void Line_ends_of_Windows_count_once() =>
        Assert.That(Find("# x\r\n\r\nserver:\r\n  image:\r\n    tag: a\r\n", "server.image.tag").Single(), Is.EqualTo(Tag(5, "a")));

    [Test]
    public void A_line_is_what_an_editor_calls_a_line() =>
        Assert.That(Find("# a\u2028b\u2029c\u0085d\nserver: {image: {tag: a}}\n", "server.image.tag").Single(), Is.EqualTo(Tag(2, "a")));

    [Test]
    public void Aliases_that_stand_for_a_billion_values_take_no_time()
    {
        var text = new StringBuilder("a0: &a0 {x: 1}\n");
        for (var level = 1; level <= 40; level++)
        {
            text.Append($"a{level}: &a{level}\n  <<: [{string.Join(", ", Enumerable.Repeat($"*a{level - 1}", 10))}]\n  y: [{string.Join(", ", Enumerable.Repeat($"*a{level - 1}", 10))}]\n");
        }

        text.Append("server: *a40\n");
        var watch = Stopwatch.StartNew();

        Assert.That(Find(text.ToString(), "server.z", "server#z", "server.y#z").Select(value => value.Text), Has.All.EndsWith("without z"));
        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(5)));
    }

    [Test]
    public void Deep_nesting_is_passed_over()
    {
        // Reading takes time by the square of the depth. A small stack would overflow at a depth that a large one bears.
        IReadOnlyList<DeclaredValue> found = [];
        var text = $"deep: {new string('[', Deep)}{new string(']', Deep)}\nserver: {{image: {{tag: a}}}}\n";
        var thread = new Thread(() => found = Find(text, "server.image.tag"), maxStackSize: Deep * 100);
        thread.Start();
        thread.Join();

        Assert.That(found.Single(), Is.EqualTo(Tag(2, "a")));
    }

    [Test]
    public void A_file_of_megabytes_is_read_in_seconds()
    {
        var filler = string.Concat(Enumerable.Range(0, 60_000).Select(number => $"  key{number}: a value of no interest whatsoever\n"));
        var watch = Stopwatch.StartNew();

        Assert.That(Find($"filler:\n{filler}server:\n  image:\n    tag: a\n", "server.image.tag").Single(), Is.EqualTo(Tag(60_004, "a")));
        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(20)));
    }

    [Test]
    public void Whatever_stands_before_it_a_key_is_found_on_its_own_line() =>
        Prop.ForAll<int[]>(noise =>
        {
            var before = string.Concat(noise.Select(Noise));
            var line = before.Count(character => character == '\n') + 3;
            return Find($"{before}server:\n  image:\n    tag: a\n", "server.image.tag").Single() == Tag(line, "a");
        }).Check(Config.QuickThrowOnFailure.WithQuietOnSuccess(true));

    [Test]
    public void Any_text_is_read_without_an_error() =>
        Prop.ForAll<string?>(text => Find(text ?? string.Empty, "server.image.tag", "server#tag").Count >= 0).Check(Config.QuickThrowOnFailure.WithQuietOnSuccess(true));

    private const string Root = "server.statefulSet.securityContext.container.readOnlyRootFilesystem";

    // Each is whole in itself, whatever comes before and after.
    private static string Noise(int number, int index) => (((number % 9) + 9) % 9) switch
    {
        0 => "\n",
        1 => "# server: {image: {tag: no}}\n",
        2 => $"k{index}: |\n  server:\n    image:\n\n      tag: no\n\n",
        3 => $"k{index}: >-\n  folded\n  text\n\n  tag: no\n",
        4 => $"k{index}: \"quoted\n  over\n\n  lines\"\n",
        5 => $"k{index}: [a,\n  b, # comment\n  c]\n",
        6 => $"? k{index}\n: {{server: {{image:\n  {{tag: no}}}}}}\n",
        7 => $"k{index}: &a{index} {{x: 1}}\nl{index}: *a{index}\r\n",
        _ => $"'k{index}': 'it''s\n\n  two'\n",
    };

    private static DeclaredValue Tag(int line, string text) => new("server.image.tag", "values.yaml", line, text);

    private static IReadOnlyList<DeclaredValue> Find(string text, params string[] keys) => new ValuesLocator([ValuesFile.Parse("values.yaml", text)]).Find(keys);
}
