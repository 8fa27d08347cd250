using System.Text;
using FsCheck;
using FsCheck.Fluent;
using VaultConformance.Harness.Probes.Passive;
using FsCheckConfig = FsCheck.Config;

namespace VaultConformance.Harness.Tests.Probes;

public sealed class DumpFramesTests
{
    private const string Marker = "vc00112233";

    /// <summary>Pieces from which hostile content is made: everything but the marker itself, which it cannot know.</summary>
    private static readonly string[] Pieces =
        ["\n", "\0", " ", "=", "= 0\n", "done\n", "vc00112234 done\n", "\nvc0011223", "process 1 status\n", "M", "\r\n", "é", "\u0001", "self\n"];

    [Test]
    public void Content_of_any_kind_comes_back_unchanged()
    {
        var contents = Gen.Elements(Pieces).ListOf().Select(string.Concat).ListOf().ToArbitrary();

        Prop.ForAll(contents, list => list.Select((text, number) => (text, number)).All(item => Read(Written(list))[$"frame {item.number}"].Text == item.text))
            .Check(FsCheckConfig.QuickThrowOnFailure.WithMaxTest(500));
    }

    [Test]
    public void Any_output_is_either_a_whole_dump_or_refused()
    {
        var outputs = Gen.Elements([.. Pieces, $"\n{Marker} ", $"\n{Marker} = 0\n", Marker]).ListOf().Select(string.Concat).ToArbitrary();

        Prop.ForAll(outputs, output => IsRefused(output) || output.Contains($"\n{Marker} done", StringComparison.Ordinal))
            .Check(FsCheckConfig.QuickThrowOnFailure.WithMaxTest(3000));
    }

    [Test]
    public void A_dump_that_is_cut_anywhere_is_refused()
    {
        var whole = Written(["one", "two\n", "three"]);

        for (var length = 0; length < whole.Length - 1; length++)
        {
            Assert.That(IsRefused(whole[..length]), Is.True, $"cut after {length}");
        }
    }

    [Test]
    public void Every_script_has_a_marker_of_its_own()
    {
        var request = new DumpRequest(new("n", "p", "c"), [], []);

        Assert.That(Enumerable.Range(0, 20).Select(_ => DumpScript.CreateFor(request).Marker).Distinct().Count(), Is.EqualTo(20));
    }

    [Test]
    public void Parameters_cannot_break_out_of_their_quotes()
    {
        var request = new DumpRequest(new("n", "p", "c"), [new(FilePurposes.TlsKey, "/x'; touch /y; '")], ["a'b", "two\nlines"]);

        var script = DumpScript.CreateFor(request).Text;

        Assert.That(script, Does.Contain(@"WORDS='a'\''b'").And.Contain(@"FILES='tls-key /x'\''; touch /y; '\'''"));
    }

    private static string Written(IEnumerable<string> contents)
    {
        var frames = contents.Select((content, number) => $"\n{Marker} frame {number}\n{content}\n{Marker} = 0\n");
        return string.Concat(frames) + $"\n{Marker} done\n";
    }

    private static IReadOnlyDictionary<string, DumpFrame> Read(string output) => DumpFrames.Parse(Marker, Encoding.UTF8.GetBytes(output));

    private static bool IsRefused(string output)
    {
        try
        {
            Read(output);
            return false;
        }
        catch (PodDumpException)
        {
            return true;
        }
    }
}
