using System.Text;
using FsCheck;
using FsCheck.Fluent;
using VaultConformance.Harness.Pods;
using VaultConformance.Harness.Probes.Passive;
using VaultConformance.Harness.Shell;
using FsCheckConfig = FsCheck.Config;

namespace VaultConformance.Harness.Tests.Probes;

public sealed class ParserPropertyTests
{
    private static readonly string[] Pieces =
    [
        "\n", "\0", " ", "\t", ":", "Uid:\t0\t0\t0\t0\n", "Gid:\t1\t1\t1\t1\n", "PPid:\t0\n", "State:\n", "CapEff:\tzz\n", "Max core file size", " unlimited", " 0",
        "Max locked memory   1 2 bytes\n", "99999999999999999999", "-1", " - ", "rw,ro", "/a\\040b", "\\", "\\9", "0A", "00000000:2008", "zz:zz", "=", "://u:p@h", "y", "n", "drwx",
    ];

    private static readonly string[] Parts =
    [
        "process 1 status", "process 1 comm", "process 1 cmdline", "process 1 limits", "process 1 stat", "process 1 uid_map", "process 1 attr/current", "process 1 environ",
        "process 1 exe", "process x status", "process 99999999999 status", "self-limits", "mountinfo", "swaps", "tcp", "tcp6", "cgroup", "memory.max", "core-pattern", "core-uses-pid",
        "writes", "writes-cut", "file 1", "content 1", "leftovers", "words", "version",
    ];

    private static readonly Action<PodDump>[] Parsers =
    [
        dump => ProcessTableParser.Parse(dump),
        dump => MountTableParser.Parse(dump),
        dump => WriteAttemptsParser.Parse(dump),
        dump => MemoryParser.ReadCore(dump),
        dump => MemoryParser.ReadConfinement(dump),
        dump => ListeningSocketsParser.Parse(dump),
        dump => FileFactsParser.Parse(dump),
        dump => PreStopParser.Parse(dump, ["sh", "-c", "kill 1"]),
    ];

    [Test]
    public void Whatever_a_container_prints_is_read_or_refused_with_a_reason()
    {
        var content = Gen.Elements(Pieces).ListOf().Select(string.Concat);
        var dumps = from contents in content.ListOf(Parts.Length)
                    from codes in Gen.Choose(0, 1).ListOf(Parts.Length)
                    select Dump(contents, codes);

        Prop.ForAll(dumps.ToArbitrary(), dump => Parsers.All(parser => Tolerates(parser, dump))).Check(FsCheckConfig.QuickThrowOnFailure.WithMaxTest(1000));
    }

    [Test]
    public void Any_shell_text_has_command_words_or_none()
    {
        string[] pieces = ["case", " ", "in", ")", "(", ";;", "$(", "`", "'", "\"", "\\", "\n", ";", "&&", "esac", "for", "do", "kill", ">", "2>", "<<", "#", "$((", "${", "}", "=", "fi"];
        var scripts = Gen.Elements(pieces).ListOf().Select(string.Concat).ToArbitrary();

        Prop.ForAll(scripts, script => HookAnalysis.From(["sh", "-c", script]).Words.All(word => word is not null)).Check(FsCheckConfig.QuickThrowOnFailure.WithMaxTest(3000));
    }

    private static bool Tolerates(Action<PodDump> parser, PodDump dump)
    {
        try
        {
            parser(dump);
            return true;
        }
        catch (PodDumpException)
        {
            return true;
        }
    }

    private static PodDump Dump(IEnumerable<string> contents, IEnumerable<int> codes) => new(
        new DumpRequest(new PodContainer("n", "p", "c"), [], []),
        Parts.Zip(contents, codes).ToDictionary(item => item.First, item => new DumpFrame(Encoding.UTF8.GetBytes(item.Second), item.Third)));
}
