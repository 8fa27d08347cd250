using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using VaultConformance.Reporting.Bundles;

namespace VaultConformance.Reporting.Tests.Bundles;

/// <summary>Each way in which a bundle can be wrong has its own message.</summary>
public sealed class MalformedBundleTests
{
    private static readonly Dictionary<string, (Func<byte[]> Make, string Message)> Cases = new()
    {
        ["nothing"] = (() => [], "it is not a ZIP file"),
        ["text"] = (() => SampleBundle.Utf8("{\"format\":\"vault-conformance-bundle\"}"), "it is not a ZIP file"),
        ["cut off"] = (() => new SampleBundle().Forge()[..^30], "it is cut off, or something was put behind its end"),
        ["only a start"] = (() => SampleBundle.Utf8("PK\u0003\u0004"), "it is cut off, or something was put behind its end"),
        ["something behind"] = (() => [.. new SampleBundle().Forge(), 1, 2, 3], "it is cut off, or something was put behind its end"),
        ["something before"] = (() => [.. SampleBundle.Utf8("PK--"), .. new SampleBundle().Forge()], "its directory does not fit the file"),
        ["no manifest"] = (() => ZipOf(("run.json", "{}")), "there is no 'bundle.json' in it, so this is not a bundle"),
        ["another format"] = (() => Forged(manifest => manifest["format"] = "someones-bundle"), "it has the format 'someones-bundle'; this program reads 'vault-conformance-bundle'"),
        ["no format"] = (() => Forged(manifest => manifest.Remove("format")), "'bundle.json' does not name its format, so this is not a bundle"),
        ["version 2"] = (() => Forged(manifest => manifest["version"] = 2), "it has version 2; this program reads version 1"),
        ["version 1.5"] = (() => Forged(manifest => manifest["version"] = 1.5), "it has version 1.5; this program reads version 1"),
        ["no version"] = (() => Forged(manifest => manifest.Remove("version")), "it has no version; this program reads version 1"),
        ["unknown member"] = (() => Forged(manifest => manifest["extra"] = 1), "'bundle.json' does not have the members of version 1: line 1: it has an unknown member 'extra'"),
        ["missing member"] = (() => Forged(manifest => manifest.Remove("runId")), "'bundle.json' does not have the members of version 1: line 1: it lacks 'runId'"),
        ["null member"] = (() => Forged(manifest => manifest["parts"] = null), "'bundle.json' does not have the members of version 1: "),
        ["size is a text"] = (() => Forged(manifest => manifest["parts"]![0]!["size"] = "5"), "'bundle.json' does not have the members of version 1: "),
        ["huge size"] = (() => Forged(manifest => manifest["parts"]![0]!["size"] = 1e300), "'bundle.json' does not have the members of version 1: "),
        ["huge number"] = (() => WithManifest("{\"format\":\"vault-conformance-bundle\",\"version\":1e999}"), "it has version 1e999; this program reads version 1"),
        ["manifest twice the same member"] = (() => WithManifest("{\"format\":\"vault-conformance-bundle\",\"version\":1,\"version\":1}"), "Duplicate property 'version' encountered"),
        ["manifest with something behind"] = (() => WithManifest("{} {}"), "'{' is invalid after a single JSON value"),
        ["deep manifest"] = (() => WithManifest(new string('[', 70) + new string(']', 70)), "The maximum configured depth of 64 has been exceeded"),
        ["manifest is a list"] = (() => WithManifest("[]"), "'bundle.json' does not name its format, so this is not a bundle"),
        ["wrong hash"] = (() => Forged(manifest => manifest["parts"]![1]!["sha256"] = new string('0', 64)), "part 'observations/pod/vault-0/memory.json' is not what was recorded: its SHA-256 differs from the one that is listed"),
        ["wrong size"] = (() => Forged(manifest => manifest["parts"]![0]!["size"] = 6), "part 'diagnostics/logs/vault-0.vault.log' has 5 bytes, but 'bundle.json' says 6"),
        ["wrong media type"] = (() => Forged(manifest => manifest["parts"]![2]!["mediaType"] = "text/html"), "part 'plan.json' is listed as 'text/html', not as 'application/json'"),
        ["listed, not there"] = (() => Forged(manifest => manifest["parts"]!.AsArray().Add(Entry("observations/x.json"))), "part 'observations/x.json' is listed in 'bundle.json', but it is not there"),
        ["listed twice"] = (() => Forged(manifest => manifest["parts"]!.AsArray().Add(manifest["parts"]![0]!.DeepClone())), "'bundle.json' lists part 'diagnostics/logs/vault-0.vault.log' 2 times"),
        ["there, not listed"] = (() => With(sample => sample.Extra.Add(("observations/x.json", SampleBundle.Utf8("{}")))), "part 'observations/x.json' is not listed in 'bundle.json'"),
        ["no run"] = (() => With(sample => sample.Parts.Remove("run.json")), "there is no part 'run.json'"),
        ["no results"] = (() => With(sample => sample.Parts.Remove("results/results.json")), "there is no part 'results/results.json'"),
        ["foreign part"] = (() => With(sample => sample.Parts["install.sh"] = []), "part 'install.sh' does not belong into a bundle of version 1"),
        ["another run"] = (() => Forged(manifest => manifest["runId"] = "r0"), "'bundle.json' says runId 'r0', but 'run.json' says 'r7f3'"),
        ["another tool"] = (() => Forged(manifest => manifest["tool"] = "t"), "'bundle.json' says tool 't', but 'run.json' says 'vault-conformance 0.1.0'"),
        ["white space"] = (() => With(sample => sample.Parts["plan.json"] = SampleBundle.Utf8("{ }")), "part 'plan.json' is not in canonical form"),
        ["part twice the same member"] = (() => With(sample => sample.Parts["plan.json"] = SampleBundle.Utf8("{\"a\":1,\"a\":2}")), "part 'plan.json' is refused: Duplicate property 'a' encountered"),
        ["part with something behind"] = (() => With(sample => sample.Parts["plan.json"] = SampleBundle.Utf8("{}[]")), "part 'plan.json' is refused: '[' is invalid after a single JSON value"),
        ["deep part"] = (() => With(sample => sample.Parts["plan.json"] = SampleBundle.Utf8(new string('[', 65) + new string(']', 65))), "part 'plan.json' is refused: The maximum configured depth of 64 has been exceeded"),
        ["part with a huge number"] = (() => With(sample => sample.Parts["plan.json"] = SampleBundle.Utf8("[1e999]")), "part 'plan.json' is refused: it holds the number 1e999, which is too large"),
        ["part that is not JSON"] = (() => With(sample => sample.Parts["run.json"] = SampleBundle.Utf8("nothing")), "part 'run.json' is refused: "),
        ["path with .."] = (() => Named("observations/../../x.json"), "entry 'observations/../../x.json' has a path that leads elsewhere ('.' or '..')"),
        ["absolute path"] = (() => Named("/etc/passwd"), "entry '/etc/passwd' has an absolute path"),
        ["backslash"] = (() => Named("observations\\x.json"), "entry 'observations\\x.json' has a backslash in its path"),
        ["drive"] = (() => Named("C:/x.json"), "entry 'C:/x.json' has a drive or a ':' in its path"),
        ["folder"] = (() => Named("observations/pod/"), "entry 'observations/pod/' is a folder; a bundle has only files"),
        ["empty step"] = (() => Named("observations//x.json"), "entry 'observations//x.json' has a step in its path that is empty or ends with '.'"),
        ["trailing dot"] = (() => Named("observations/x."), "entry 'observations/x.' has a step in its path that is empty or ends with '.'"),
        ["hostile name"] = (() => Named("observations/\u001b[31m.json"), "entry 'observations/\\u001B[31m.json' has characters in its path other than letters, digits, '.', '_', '-' and '/'"),
        ["long name"] = (() => Named("observations/" + new string('x', 300)), "has a name of more than 240 characters"),
        ["twice"] = (() => Named("run.json"), "entry 'run.json' is there 2 times"),
        ["twice but for case"] = (() => Named("Run.json"), "entries 'run.json' and 'Run.json' differ only in letter case"),
        ["link"] = (() => With(sample => sample.ChangeEntry = entry => entry.ExternalAttributes = unchecked((int)0xA1FF0000)), "is a link or a device; a bundle has only files"),
    };

    private static IEnumerable<string> CaseNames => Cases.Keys;

    [TestCaseSource(nameof(CaseNames))]
    public void Each_has_its_message(string name)
    {
        var (make, message) = Cases[name];

        Assert.That(
            () => BundleReader.Read("a.vcb", make()),
            Throws.TypeOf<BundleException>().With.Message.StartsWith("Bundle 'a.vcb' is refused:").And.Message.Contains(message)
                .And.Message.EndsWith("Record the evidence again, or take an untouched copy."));
    }

    [Test]
    public void Several_problems_are_told_at_once()
    {
        var file = With(sample =>
        {
            sample.Parts.Remove("run.json");
            sample.Parts["x.txt"] = [];
        });

        Assert.That(
            () => BundleReader.Read("a.vcb", file),
            Throws.TypeOf<BundleException>().With.Message.EqualTo("""
                Bundle 'a.vcb' is refused:
                  there is no part 'run.json'
                  part 'x.txt' does not belong into a bundle of version 1
                Record the evidence again, or take an untouched copy.
                """));
    }

    [Test]
    public void Every_byte_counts()
    {
        var good = new SampleBundle().Forge();
        var undetected = Enumerable.Range(0, good.Length).Where(index => !IsNoticed(good, index)).ToList();

        // What is left is bookkeeping of the ZIP format that no reader of a bundle looks at: times, versions, the names in front of each content.
        Assert.That(undetected.Count, Is.LessThan(good.Length / 2));
        Assert.That(undetected.All(index => SameContent(good, Flipped(good, index))), Is.True);
    }

    [Test]
    public void Whatever_is_damaged_ends_with_the_one_exception()
    {
        var good = new SampleBundle().Forge();
        var changes = Gen.Zip(Gen.Choose(0, good.Length - 1), Gen.Choose(0, 255)).NonEmptyListOf().ToArbitrary();

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(changes, list =>
        {
            var file = (byte[])good.Clone();
            foreach (var (index, value) in list)
            {
                file[index] = (byte)value;
            }

            IsRefusedOrSound(file);
        }));
    }

    private static void IsRefusedOrSound(byte[] file)
    {
        try
        {
            BundleReader.Read("a.vcb", file);
        }
        catch (BundleException exception)
        {
            Assert.That(exception.Message, Does.StartWith("Bundle 'a.vcb' is refused:"));
        }
    }

    private static bool IsNoticed(byte[] good, int index)
    {
        try
        {
            BundleReader.Read("a.vcb", Flipped(good, index));
            return false;
        }
        catch (BundleException)
        {
            return true;
        }
    }

    private static bool SameContent(byte[] one, byte[] other)
    {
        var (left, right) = (BundleReader.Read("a", one), BundleReader.Read("b", other));
        return left.Sha256 != right.Sha256
            && left.Parts.Select(part => (part.Path, Encoding.UTF8.GetString(part.Content.Span))).SequenceEqual(right.Parts.Select(part => (part.Path, Encoding.UTF8.GetString(part.Content.Span))));
    }

    private static byte[] Flipped(byte[] file, int index)
    {
        var copy = (byte[])file.Clone();
        copy[index] ^= 0x55;
        return copy;
    }

    private static JsonObject Entry(string path) => new() { ["mediaType"] = "application/json", ["path"] = path, ["sha256"] = new string('0', 64), ["size"] = 2 };

    private static byte[] Forged(Action<JsonObject> change) => new SampleBundle { ChangeManifest = change }.Forge();

    private static byte[] WithManifest(string text) => new SampleBundle { ManifestText = text }.Forge();

    private static byte[] Named(string name) => With(sample => sample.Extra.Add((name, SampleBundle.Utf8("{}"))));

    private static byte[] With(Action<SampleBundle> change)
    {
        var sample = new SampleBundle();
        change(sample);
        return sample.Forge();
    }

    private static byte[] ZipOf(params (string Name, string Text)[] entries)
    {
        using var output = new MemoryStream();
        using (var archive = new System.IO.Compression.ZipArchive(output, System.IO.Compression.ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in entries)
            {
                using var stream = archive.CreateEntry(name).Open();
                stream.Write(SampleBundle.Utf8(text));
            }
        }

        return output.ToArray();
    }
}
